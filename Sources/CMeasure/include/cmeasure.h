// What the performance report and the tests need of the machine; nothing of the program itself.
#ifndef CMEASURE_H
#define CMEASURE_H

#include <stdbool.h>
#include <stdint.h>

// How often the calling thread has asked for memory so far, or -1 where that cannot be counted.
//
// Programs that link this target have their malloc family replaced by one that counts.
int64_t allocation_count(void);

// The bytes that the calling thread has been given so far without those it has given back; 0 where
// that cannot be counted. What one thread frees of another's counts for the one that frees, so this
// may be negative: only differences mean something.
int64_t allocated_bytes(void);

// The fused multiply-adds in `rounds` rounds of the fastest loop there is, kept in registers: the
// widest vectors of the processor, as many chains as hide the latency. Returns the number of
// floating-point operations made.
double run_peak_arithmetic(int64_t rounds);

// C = A B, or C = Aᵀ B where is_transposed, on rows of `stride` floats; C has [rows][columns].
typedef struct {
  bool is_transposed;
  int rows, columns, inner;
  const float *_Nonnull a;
  int a_stride;
  const float *_Nonnull b;
  int b_stride;
  float *_Nonnull c;
  int c_stride;
} BLASProduct;

// Loads OpenBLAS and keeps it to one thread; whether it is there.
bool open_blas(void);

// The product by OpenBLAS, after `open_blas` has found it.
void multiply_by_blas(const BLASProduct *_Nonnull product);

#endif
