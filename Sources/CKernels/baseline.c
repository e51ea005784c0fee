// The loops for any processor: SSE2 on x86-64, NEON (which has a fused multiply-add) on arm64.
#include "ckernels.h"

#define FUNCTIONS baseline_functions
#define VECTORS_PER_TILE 1
#define GRAMIAN_TILE 2
#define IMAGE_LANES 4
#define IMAGE_CHANNELS 3
#define MOST_KEPT 5
#if defined(__aarch64__)
#define ROWS_PER_TILE 6
#else
#define ROWS_PER_TILE 2
#endif

#include "kernels.h"
