// The arithmetic peak of one core.
#include "cmeasure.h"

enum { CHAINS = 12 };

// `rounds` steps of CHAINS independent chains of x = x * a + b on vectors of `Vector`.
#define DEFINE_PEAK(name, Vector, lanes)                                      \
  static double name(int64_t rounds) {                                        \
    Vector chains[CHAINS], a = (Vector)(0.999f), b = (Vector)(0.001f);        \
    _Pragma("clang loop unroll(full)")                                        \
    for (int i = 0; i < CHAINS; i++) chains[i] = (Vector)(1.0f + (float)i);   \
    for (int64_t round = 0; round < rounds; round++) {                        \
      _Pragma("clang loop unroll(full)")                                      \
      for (int i = 0; i < CHAINS; i++) {                                      \
        chains[i] = chains[i] * a + b;                                        \
        KEEP(chains[i]);                                                      \
      }                                                                       \
    }                                                                         \
    volatile float sink = 0;                                                  \
    for (int i = 0; i < CHAINS; i++) sink = sink + chains[i][0];              \
    return 2.0 * lanes * CHAINS * (double)rounds;                             \
  }

typedef float Vector4 __attribute__((ext_vector_type(4)));

#pragma STDC FP_CONTRACT ON

#if defined(__x86_64__)
// Hides a chain from the compiler, which could otherwise merge its steps.
#define KEEP(x) __asm__ volatile("" : "+x"(x))

typedef float Vector8 __attribute__((ext_vector_type(8)));
typedef float Vector16 __attribute__((ext_vector_type(16)));

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
DEFINE_PEAK(peak_avx2, Vector8, 8)
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)
DEFINE_PEAK(peak_avx512, Vector16, 16)
#pragma clang attribute pop
#else
#define KEEP(x) __asm__ volatile("" : "+w"(x))
#endif

DEFINE_PEAK(peak_baseline, Vector4, 4)

double run_peak_arithmetic(int64_t rounds) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return peak_avx512(rounds);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return peak_avx2(rounds);
#endif
  return peak_baseline(rounds);
}
