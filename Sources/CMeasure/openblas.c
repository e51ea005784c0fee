// OpenBLAS where this machine has it, found when it is first asked for.
#include "cmeasure.h"

#include <stddef.h>

#if defined(__linux__)
#include <dlfcn.h>

enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };

typedef void (*Multiply)(int order, int transpose_a, int transpose_b, int rows, int columns,
                         int inner, float alpha, const float *a, int a_stride, const float *b,
                         int b_stride, float beta, float *c, int c_stride);

static Multiply multiply;

bool open_blas(void) {
  if (multiply) return true;
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return false;
  void (*set_thread_count)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  if (set_thread_count) set_thread_count(1);
  multiply = (Multiply)dlsym(library, "cblas_sgemm");
  return multiply != NULL;
}

void multiply_by_blas(const BLASProduct *product) {
  multiply(ROW_MAJOR, product->is_transposed ? TRANSPOSE : NO_TRANSPOSE, NO_TRANSPOSE,
           product->rows, product->columns, product->inner, 1, product->a, product->a_stride,
           product->b, product->b_stride, 0, product->c, product->c_stride);
}

#else

bool open_blas(void) { return false; }

void multiply_by_blas(const BLASProduct *product) { (void)product; }

#endif
