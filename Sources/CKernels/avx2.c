// The loops for x86-64 processors with AVX2 and a fused multiply-add.
#if defined(__x86_64__)
#include "ckernels.h"

#define FUNCTIONS avx2_functions
#define VECTORS_PER_TILE 1
#define ROWS_PER_TILE 6
#define GRAMIAN_TILE 2
#define IMAGE_LANES 8
#define IMAGE_CHANNELS 3
#define MOST_KEPT 6

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
