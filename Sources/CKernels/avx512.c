// The loops for x86-64 processors with AVX-512.
#if defined(__x86_64__)
#include "ckernels.h"

#define FUNCTIONS avx512_functions
#define VECTORS_PER_TILE 4
#define ROWS_PER_TILE 8
#define GRAMIAN_TILE 4
#define IMAGE_LANES 16
#define IMAGE_CHANNELS 6
#define MOST_KEPT 25

#pragma clang attribute push(                                                            \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
