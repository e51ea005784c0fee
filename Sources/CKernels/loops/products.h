// C = A B, with A [rows][inner] read by single elements and B, C by rows of lanes.
//
// A tile of C is kept in registers while k runs over `inner`: up to 8 rows of up to 4 vectors of
// 16 lanes, and a tail of 4 or 8 lanes for what is left of a narrow matrix.

typedef struct {
  const float *a;
  ptrdiff_t a_row_step, a_inner_step;
  const float *b;
  ptrdiff_t b_stride;
  float *c;
  ptrdiff_t c_stride;
  const float *extra;
  ptrdiff_t extra_stride;
  ptrdiff_t inner;
  ProductEnding ending;
} TileArguments;

// The elements of C that are kept in registers.
typedef struct {
  Lanes vectors[8][4];
  Lanes8 tails8[8];
  Lanes4 tails4[8];
} TileSums;

// What the sums start from: the bias or 0. In these three functions rows, vectors and tail (0, 4
// or 8 lanes) are constants of each caller, so that all their loops but that over k are unrolled.
INLINE void start_tile(const int rows, const int vectors, const int tail, TileSums *sums,
                       ProductEnding ending, const float *extra) {
  const bool has_bias = ending == ProductEndBias || ending == ProductEndBiasReLU;
  UNROLL for (int j = 0; j < vectors; j++) {
    const Lanes start = has_bias ? load(extra + LANES * j) : all(0.0f);
    UNROLL for (int i = 0; i < rows; i++) sums->vectors[i][j] = start;
  }
  if (tail == 8) {
    const Lanes8 start = has_bias ? load8(extra + LANES * vectors) : (Lanes8)(0.0f);
    UNROLL for (int i = 0; i < rows; i++) sums->tails8[i] = start;
  }
  if (tail == 4) {
    const Lanes4 start = has_bias ? load4(extra + LANES * vectors) : (Lanes4)(0.0f);
    UNROLL for (int i = 0; i < rows; i++) sums->tails4[i] = start;
  }
}

// Stores `sum`, whose lanes belong at `c`, by the product's ending; `mask` points to the mask of
// the same elements. A macro, since it serves three vector types.
#define FINISH(Vector, UnalignedVector, sum, c, mask)                              \
  do {                                                                             \
    const Vector zero = (Vector)(0.0f);                                            \
    Vector result = (sum);                                                         \
    if (ending == ProductEndBiasReLU) result = result < zero ? zero : result;      \
    if (ending == ProductEndReLUMask)                                              \
      result = *(const UnalignedVector *)(mask) > zero ? result : zero;            \
    if (ending == ProductEndAccumulate) result = *(UnalignedVector *)(c) + result; \
    *(UnalignedVector *)(c) = result;                                              \
  } while (0)

INLINE void finish_tile(const int rows, const int vectors, const int tail, const TileSums *sums,
                        float *restrict c, ptrdiff_t c_stride, ProductEnding ending,
                        const float *restrict extra, ptrdiff_t extra_stride) {
  const int end = LANES * vectors;
  UNROLL for (int i = 0; i < rows; i++) {
    float *row = c + i * c_stride;
    const float *mask = extra + i * extra_stride;
    UNROLL for (int j = 0; j < vectors; j++)
      FINISH(Lanes, UnalignedLanes, sums->vectors[i][j], row + LANES * j, mask + LANES * j);
    if (tail == 8) FINISH(Lanes8, UnalignedLanes8, sums->tails8[i], row + end, mask + end);
    if (tail == 4) FINISH(Lanes4, UnalignedLanes4, sums->tails4[i], row + end, mask + end);
  }
}

// Moves a pointer on, hiding from the compiler where it points now.
INLINE void advance(const float **pointer, ptrdiff_t step) {
  *pointer += step;
  __asm__ volatile("" : "+r"(*pointer) : : "memory");
}

// Adds to the sums one element of each row of A times one row of B, and moves on to the next ones.
// `a_rows` points to every third row of A. Without hidden pointers the compiler would reach each
// row from the one before it, a chain of additions as long as all the arithmetic beside it, and
// read the elements of several steps in advance, more of them than there are registers.
INLINE void tile_step(const int rows, const int vectors, const int tail, TileSums *sums,
                      const TileArguments *t, const float **a_rows, const float **b) {
  Lanes b_vectors[4];
  Lanes8 b_tail8;
  Lanes4 b_tail4;
  UNROLL for (int j = 0; j < vectors; j++) b_vectors[j] = load(*b + LANES * j);
  if (tail == 8) b_tail8 = load8(*b + LANES * vectors);
  if (tail == 4) b_tail4 = load4(*b + LANES * vectors);
  UNROLL for (int i = 0; i < rows; i++) {
    const float element = a_rows[i / 3][i % 3 * t->a_row_step];
    UNROLL for (int j = 0; j < vectors; j++)
      sums->vectors[i][j] = all(element) * b_vectors[j] + sums->vectors[i][j];
    if (tail == 8) sums->tails8[i] = (Lanes8)(element)*b_tail8 + sums->tails8[i];
    if (tail == 4) sums->tails4[i] = (Lanes4)(element)*b_tail4 + sums->tails4[i];
  }
  advance(b, t->b_stride);
  UNROLL for (int i = 0; 3 * i < rows; i++) advance(&a_rows[i], t->a_inner_step);
}

// c [rows][16 vectors + tail] from a [rows][inner] and b [inner][16 vectors + tail].
INLINE void tile(const int rows, const int vectors, const int tail, const TileArguments *tile,
                 const float *a, float *restrict c, const float *restrict extra) {
  const TileArguments t = *tile;
  TileSums sums;
  start_tile(rows, vectors, tail, &sums, t.ending, extra);
  const float *b = t.b, *a_rows[3] = {a, a + 3 * t.a_row_step, a + 6 * t.a_row_step};
  ptrdiff_t left = t.inner;
  for (; left >= 4; left -= 4)
    UNROLL for (int step = 0; step < 4; step++)
      tile_step(rows, vectors, tail, &sums, &t, a_rows, &b);
  _Pragma("clang loop unroll(disable)") for (; left > 0; left--)
      tile_step(rows, vectors, tail, &sums, &t, a_rows, &b);
  finish_tile(rows, vectors, tail, &sums, c, t.c_stride, t.ending, extra, t.extra_stride);
}

// `count` tiles below each other.
INLINE void tiles(const int rows, const int vectors, const int tail, const TileArguments *t,
                  ptrdiff_t count) {
  const float *a = t->a, *extra = t->extra;
  float *c = t->c;
  for (; count > 0; count--) {
    tile(rows, vectors, tail, t, a, c, extra);
    a += rows * t->a_row_step;
    c += rows * t->c_stride;
    if (t->ending == ProductEndReLUMask) extra += rows * t->extra_stride;
  }
}

typedef void TileFunction(const TileArguments *t, ptrdiff_t count);

#define TILE(rows, vectors, tail)                                                          \
  static void tiles_##rows##x##vectors##_##tail(const TileArguments *t, ptrdiff_t count) { \
    tiles(rows, vectors, tail, t, count);                                                  \
  }
#define TILES_TO_2(vectors, tail) TILE(1, vectors, tail) TILE(2, vectors, tail)
#define TILES_TO_6(vectors, tail)                                                \
  TILES_TO_2(vectors, tail) TILE(3, vectors, tail) TILE(4, vectors, tail)        \
  TILE(5, vectors, tail) TILE(6, vectors, tail)
#define TILES_TO_8(vectors, tail) \
  TILES_TO_6(vectors, tail) TILE(7, vectors, tail) TILE(8, vectors, tail)

// The tiles of one width by their number of rows, of which there are at most `rows`.
typedef struct {
  ptrdiff_t rows;
  TileFunction *by_rows[9];
} TileColumn;

#define COLUMN_TO_2(vectors, tail) \
  {2, {NULL, tiles_1x##vectors##_##tail, tiles_2x##vectors##_##tail}}
#define COLUMN_TO_6(vectors, tail)                                                      \
  {6,                                                                                   \
   {NULL, tiles_1x##vectors##_##tail, tiles_2x##vectors##_##tail, tiles_3x##vectors##_##tail, \
    tiles_4x##vectors##_##tail, tiles_5x##vectors##_##tail, tiles_6x##vectors##_##tail}}
#define COLUMN_TO_8(vectors, tail)                                                      \
  {8,                                                                                   \
   {NULL, tiles_1x##vectors##_##tail, tiles_2x##vectors##_##tail, tiles_3x##vectors##_##tail, \
    tiles_4x##vectors##_##tail, tiles_5x##vectors##_##tail, tiles_6x##vectors##_##tail,    \
    tiles_7x##vectors##_##tail, tiles_8x##vectors##_##tail}}

// tile_columns[vectors][tail / 4]: as high as the registers allow.
#if VECTORS_PER_TILE == 4
TILES_TO_8(0, 4) TILES_TO_8(0, 8)
TILES_TO_8(1, 0) TILES_TO_8(1, 4) TILES_TO_8(1, 8)
TILES_TO_8(2, 0) TILES_TO_8(2, 4) TILES_TO_8(2, 8)
TILES_TO_8(3, 0) TILES_TO_6(3, 4) TILES_TO_6(3, 8)
TILES_TO_6(4, 0)
static const TileColumn tile_columns[5][3] = {
    {{0}, COLUMN_TO_8(0, 4), COLUMN_TO_8(0, 8)},
    {COLUMN_TO_8(1, 0), COLUMN_TO_8(1, 4), COLUMN_TO_8(1, 8)},
    {COLUMN_TO_8(2, 0), COLUMN_TO_8(2, 4), COLUMN_TO_8(2, 8)},
    {COLUMN_TO_8(3, 0), COLUMN_TO_6(3, 4), COLUMN_TO_6(3, 8)},
    {COLUMN_TO_6(4, 0)},
};
#elif ROWS_PER_TILE == 6
TILES_TO_8(0, 4) TILES_TO_8(0, 8) TILES_TO_6(1, 0)
static const TileColumn tile_columns[2][3] = {
    {{0}, COLUMN_TO_8(0, 4), COLUMN_TO_8(0, 8)},
    {COLUMN_TO_6(1, 0)},
};
#else
TILES_TO_6(0, 4) TILES_TO_2(0, 8) TILES_TO_2(1, 0)
static const TileColumn tile_columns[2][3] = {
    {{0}, COLUMN_TO_6(0, 4), COLUMN_TO_2(0, 8)},
    {COLUMN_TO_2(1, 0)},
};
#endif

// All rows of the columns from `first`: 16 vectors + tail of them, given where those columns of B
// start. The rows are shared out evenly among the fewest tiles: some of one row more, the rest.
INLINE void multiply_panel(const ProductArguments *p, ptrdiff_t first, ptrdiff_t vectors,
                           ptrdiff_t tail, const float *b, ptrdiff_t b_stride) {
  const TileColumn *column = &tile_columns[vectors][tail / 4];
  TileArguments t = {p->a,        p->a_row_step, p->a_inner_step, b,
                     b_stride,    p->c + first,  p->c_stride,     p->extra,
                     p->extra_stride, p->inner,  p->ending};
  if (p->extra) t.extra += first;
  const ptrdiff_t count = (p->rows + column->rows - 1) / column->rows;
  const ptrdiff_t rows = p->rows / count, higher = p->rows % count;
  if (higher > 0) {
    column->by_rows[rows + 1](&t, higher);
    t.a += higher * (rows + 1) * t.a_row_step;
    t.c += higher * (rows + 1) * t.c_stride;
    if (p->ending == ProductEndReLUMask) t.extra += higher * (rows + 1) * t.extra_stride;
  }
  column->by_rows[rows](&t, count - higher);
}

enum { MOST_PACKED = 512 };

// Whether one vector from each row of B falls on so few sets of the first-level cache that the
// rows displace each other before the next tile reads them again.
INLINE bool should_pack(const ProductArguments *p) {
  return VECTORS_PER_TILE == 1 && p->b_stride % 128 == 0 && p->rows >= 4 * ROWS_PER_TILE &&
         p->inner >= 64 && p->inner <= MOST_PACKED;
}

// A panel of one vector, after copying its columns of B side by side.
static __attribute__((noinline)) void multiply_packed_panel(const ProductArguments *p,
                                                            ptrdiff_t first) {
  _Alignas(64) float packed[MOST_PACKED * LANES];
  for (ptrdiff_t k = 0; k < p->inner; k++)
    store(packed + k * LANES, load(p->b + k * p->b_stride + first));
  multiply_panel(p, first, 1, 0, packed, LANES);
}

// All rows of column `j`, one element at a time.
INLINE void multiply_column(const ProductArguments *p, ptrdiff_t j) {
  bool has_bias = p->ending == ProductEndBias || p->ending == ProductEndBiasReLU;
  for (ptrdiff_t i = 0; i < p->rows; i++) {
    const float *a = p->a + i * p->a_row_step;
    float sum = has_bias ? p->extra[j] : 0.0f;
    for (ptrdiff_t k = 0; k < p->inner; k++)
      sum = a[k * p->a_inner_step] * p->b[k * p->b_stride + j] + sum;
    float *c = p->c + i * p->c_stride + j;
    if (p->ending == ProductEndBiasReLU) sum = sum < 0.0f ? 0.0f : sum;
    if (p->ending == ProductEndReLUMask && !(p->extra[i * p->extra_stride + j] > 0.0f)) sum = 0.0f;
    if (p->ending == ProductEndAccumulate) sum = *c + sum;
    *c = sum;
  }
}

static void multiply(const ProductArguments *p) {
  if (p->rows == 0) return;
  ptrdiff_t vectors = p->columns / LANES, rest = p->columns % LANES, tail = 0, column = 0;
  if (!p->exact) {
    if (rest > 8) vectors++;
    else if (rest > 4) tail = 8;
    else if (rest > 0) tail = 4;
  }
  // A tail takes the place of a vector in the last panel.
  ptrdiff_t widths = vectors + (tail > 0);
  const bool packs = should_pack(p);
  ptrdiff_t panels = (widths + VECTORS_PER_TILE - 1) / VECTORS_PER_TILE;
  for (; panels > 0; panels--) {
    const ptrdiff_t width = (widths + panels - 1) / panels;
    const bool takes_tail = tail > 0 && panels == 1;
    if (packs && !takes_tail)
      multiply_packed_panel(p, column);
    else
      multiply_panel(p, column, takes_tail ? width - 1 : width, takes_tail ? tail : 0,
                     p->b + column, p->b_stride);
    column += LANES * width;
    widths -= width;
  }
  if (!p->exact || rest == 0) return;
  column = p->columns - rest;
  for (ptrdiff_t width = 8; width >= 4; width /= 2) {
    if (!(rest & width)) continue;
    multiply_panel(p, column, 0, width, p->b + column, p->b_stride);
    column += width;
  }
  for (; column < p->columns; column++) multiply_column(p, column);
}
