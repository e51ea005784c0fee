// Which instruction sets this processor has, and the treatment of denormal numbers.
#include "ckernels.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

extern const KernelFunctions baseline_functions;
extern const KernelFunctions avx2_functions;
extern const KernelFunctions avx512_functions;

const KernelFunctions *baseline_kernels(void) { return &baseline_functions; }

#if defined(__x86_64__)

const KernelFunctions *avx2_kernels(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &avx2_functions : NULL;
}

const KernelFunctions *avx512_kernels(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
             ? &avx512_functions
             : NULL;
}

uint64_t set_flush_to_zero(void) {
  const unsigned flush_results = 1u << 15, denormals_are_zero = 1u << 6;
  const unsigned control = _mm_getcsr();
  _mm_setcsr(control | flush_results | denormals_are_zero);
  return control;
}

void restore_float_control(uint64_t control) { _mm_setcsr((unsigned)control); }

#else

const KernelFunctions *avx2_kernels(void) { return NULL; }
const KernelFunctions *avx512_kernels(void) { return NULL; }

uint64_t set_flush_to_zero(void) {
  uint64_t control = 0;
#if defined(__aarch64__)
  const uint64_t flush = (uint64_t)1 << 24;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | flush));
#endif
  return control;
}

void restore_float_control(uint64_t control) {
#if defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(control));
#else
  (void)control;
#endif
}

#endif
