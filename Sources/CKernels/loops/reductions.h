// Sums over rows and columns: float lanes over at most 1024 columns, double across such blocks.

enum { BLOCK_COLUMNS = 1024 };

// row[c] = sum of a [rows][columns] over its rows from first to last.
static void column_sums(FloatWindow a, float *row) {
  ptrdiff_t c = 0;
  for (; c + 3 * LANES < a.columns; c += 4 * LANES) {
    Lanes sums[4] = {all(0.0f), all(0.0f), all(0.0f), all(0.0f)};
    for (ptrdiff_t r = 0; r < a.rows; r++)
      UNROLL for (int j = 0; j < 4; j++)
        sums[j] = sums[j] + load(a.start + r * a.stride + c + LANES * j);
    UNROLL for (int j = 0; j < 4; j++) store(row + c + LANES * j, sums[j]);
  }
  for (; c < a.columns; c += LANES) {
    Lanes sum = all(0.0f);
    for (ptrdiff_t r = 0; r < a.rows; r++) sum = sum + load(a.start + r * a.stride + c);
    store(row + c, sum);
  }
}

static double squared_norm(const float *x, ptrdiff_t count) {
  double total = 0.0;
  for (ptrdiff_t first = 0; first < count; first += BLOCK_COLUMNS) {
    const ptrdiff_t end = smaller(first + BLOCK_COLUMNS, count);
    Lanes sums[4] = {all(0.0f), all(0.0f), all(0.0f), all(0.0f)};
    ptrdiff_t p = first;
    for (; p + 4 * LANES <= end; p += 4 * LANES)
      UNROLL for (int i = 0; i < 4; i++) {
        Lanes v = load(x + p + LANES * i);
        sums[i] = v * v + sums[i];
      }
    for (; p < end; p += LANES) {
      Lanes v = p + LANES <= end ? load(x + p) : load_first(x + p, end - p);
      sums[0] = v * v + sums[0];
    }
    total += (double)sum_of((sums[0] + sums[1]) + (sums[2] + sums[3]));
  }
  return total;
}

// Adds to sums[i][j] the products of rows x[i] and y[j] over `columns` of them.
INLINE void add_products(const float *const *x, const float *const *y, ptrdiff_t columns,
                         Lanes sums[GRAMIAN_TILE][GRAMIAN_TILE]) {
  ptrdiff_t p = 0;
  for (; p + LANES <= columns; p += LANES) {
    Lanes y_lanes[GRAMIAN_TILE];
    UNROLL for (int j = 0; j < GRAMIAN_TILE; j++) y_lanes[j] = load(y[j] + p);
    UNROLL for (int i = 0; i < GRAMIAN_TILE; i++) {
      Lanes x_lanes = load(x[i] + p);
      UNROLL for (int j = 0; j < GRAMIAN_TILE; j++)
        sums[i][j] = x_lanes * y_lanes[j] + sums[i][j];
    }
  }
  if (p == columns) return;
  for (int i = 0; i < GRAMIAN_TILE; i++)
    for (int j = 0; j < GRAMIAN_TILE; j++)
      sums[i][j] = load_first(x[i] + p, columns - p) * load_first(y[j] + p, columns - p) +
                   sums[i][j];
}

// Adds to g [a.rows][b.rows] the products over one block of columns; only the lower triangle when
// a and b are the same. Rows past the last repeat it, and are dropped.
INLINE void add_gramian_block(FloatWindow a, FloatWindow b, double *g, const bool lower_only) {
  for (ptrdiff_t i0 = 0; i0 < a.rows; i0 += GRAMIAN_TILE) {
    for (ptrdiff_t j0 = 0; j0 < (lower_only ? i0 + 1 : b.rows); j0 += GRAMIAN_TILE) {
      const float *x[GRAMIAN_TILE], *y[GRAMIAN_TILE];
      Lanes sums[GRAMIAN_TILE][GRAMIAN_TILE];
      UNROLL for (int i = 0; i < GRAMIAN_TILE; i++) {
        x[i] = a.start + smaller(i0 + i, a.rows - 1) * a.stride;
        y[i] = b.start + smaller(j0 + i, b.rows - 1) * b.stride;
        UNROLL for (int j = 0; j < GRAMIAN_TILE; j++) sums[i][j] = all(0.0f);
      }
      add_products(x, y, a.columns, sums);
      UNROLL for (int i = 0; i < GRAMIAN_TILE; i++)
        UNROLL for (int j = 0; j < GRAMIAN_TILE; j++) {
          if (i0 + i >= a.rows || j0 + j >= (lower_only ? i0 + i + 1 : b.rows)) continue;
          g[(i0 + i) * b.rows + j0 + j] += (double)sum_of(sums[i][j]);
        }
    }
  }
}

INLINE FloatWindow block_of(FloatWindow a, ptrdiff_t first) {
  return (FloatWindow){a.start + first, a.rows, smaller(BLOCK_COLUMNS, a.columns - first),
                       a.stride};
}

// g [2][2] of the rows x and y, all three products in one pass.
static void gramian_of_two(FloatWindow j, double *g) {
  double xx = 0.0, xy = 0.0, yy = 0.0;
  for (ptrdiff_t first = 0; first < j.columns; first += BLOCK_COLUMNS) {
    const FloatWindow block = block_of(j, first);
    const float *x = block.start, *y = block.start + block.stride;
    Lanes sums[2][3] = {{all(0.0f), all(0.0f), all(0.0f)}, {all(0.0f), all(0.0f), all(0.0f)}};
    ptrdiff_t p = 0;
    for (; p + 2 * LANES <= block.columns; p += 2 * LANES)
      UNROLL for (int i = 0; i < 2; i++) {
        Lanes u = load(x + p + LANES * i), v = load(y + p + LANES * i);
        sums[i][0] = u * u + sums[i][0];
        sums[i][1] = u * v + sums[i][1];
        sums[i][2] = v * v + sums[i][2];
      }
    for (; p < block.columns; p += LANES) {
      const ptrdiff_t rest = block.columns - p;
      Lanes u = rest < LANES ? load_first(x + p, rest) : load(x + p);
      Lanes v = rest < LANES ? load_first(y + p, rest) : load(y + p);
      sums[0][0] = u * u + sums[0][0];
      sums[0][1] = u * v + sums[0][1];
      sums[0][2] = v * v + sums[0][2];
    }
    xx += (double)sum_of(sums[0][0] + sums[1][0]);
    xy += (double)sum_of(sums[0][1] + sums[1][1]);
    yy += (double)sum_of(sums[0][2] + sums[1][2]);
  }
  g[0] = xx;
  g[1] = g[2] = xy;
  g[3] = yy;
}

// g [rows][rows] = J Jᵀ of j [rows][columns]. The blocks of all rows stay in cache.
static void gramian(FloatWindow j, double *g) {
  if (j.rows == 2) {
    gramian_of_two(j, g);
    return;
  }
  for (ptrdiff_t i = 0; i < j.rows * j.rows; i++) g[i] = 0.0;
  for (ptrdiff_t first = 0; first < j.columns; first += BLOCK_COLUMNS)
    add_gramian_block(block_of(j, first), block_of(j, first), g, true);
  for (ptrdiff_t i = 0; i < j.rows; i++)
    for (ptrdiff_t k = 0; k < i; k++) g[k * j.rows + i] = g[i * j.rows + k];
}

// g [a.rows][b.rows] = A Bᵀ of a [a.rows][columns] and b [b.rows][columns].
static void cross_gramian(FloatWindow a, FloatWindow b, double *g) {
  for (ptrdiff_t i = 0; i < a.rows * b.rows; i++) g[i] = 0.0;
  for (ptrdiff_t first = 0; first < a.columns; first += BLOCK_COLUMNS)
    add_gramian_block(block_of(a, first), block_of(b, first), g, false);
}

// The lanes at column p of sum of weights[k] j[k]; j is [rows][columns].
INLINE Lanes combined(FloatWindow j, const float *weights, ptrdiff_t p) {
  Lanes sum = all(0.0f);
  for (ptrdiff_t k = 0; k < j.rows; k++)
    sum = all(weights[k]) * load(j.start + k * j.stride + p) + sum;
  return sum;
}

static void combine(FloatWindow j, const float *weights, float *g) {
  ptrdiff_t p = 0;
  for (; p + LANES <= j.columns; p += LANES) store(g + p, combined(j, weights, p));
  for (; p < j.columns; p++) {
    float sum = 0.0f;
    for (ptrdiff_t k = 0; k < j.rows; k++) sum = weights[k] * j.start[k * j.stride + p] + sum;
    g[p] = sum;
  }
}
