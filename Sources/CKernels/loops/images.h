// Pools of images, and normalization of channels over the rows of a batch. Rows hold
// [channels][positions].

// y [rows][channels * out] = the first largest of each window of pool x pool, and its place in x's
// row; a rest of rows and columns is dropped.
static void max_pool(FloatWindow x, ptrdiff_t channels, ptrdiff_t height, ptrdiff_t width,
                     ptrdiff_t pool, FloatWindow y, int32_t *winners, ptrdiff_t winner_stride) {
  const ptrdiff_t out_rows = height / pool, out_columns = width / pool;
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *x_row = x.start + r * x.stride;
    float *y_row = y.start + r * y.stride;
    int32_t *places = winners + r * winner_stride;
    for (ptrdiff_t c = 0; c < channels; c++)
      for (ptrdiff_t i = 0; i < out_rows; i++)
        for (ptrdiff_t j = 0; j < out_columns; j++) {
          const ptrdiff_t corner = (c * height + i * pool) * width + j * pool;
          ptrdiff_t best = corner;
          for (ptrdiff_t u = 0; u < pool; u++)
            for (ptrdiff_t v = 0; v < pool; v++) {
              const ptrdiff_t place = corner + u * width + v;
              best = x_row[place] > x_row[best] ? place : best;
            }
          *y_row++ = x_row[best];
          *places++ = (int32_t)best;
        }
  }
}

// The gradient at x, stored or added, for the gradient d at y.
static void max_pool_gradient(FloatWindow d, const int32_t *winners, ptrdiff_t winner_stride,
                              FloatWindow x, bool accumulate) {
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    float *x_row = x.start + r * x.stride;
    if (!accumulate)
      for (ptrdiff_t c = 0; c < x.columns; c++) x_row[c] = 0.0f;
    for (ptrdiff_t q = 0; q < d.columns; q++) {
      const ptrdiff_t place = winners[r * winner_stride + q];
      x_row[place] = d.start[r * d.stride + q] + x_row[place];
    }
  }
}

// sums[c] = the sum of x over rows and positions, of x y where y is given; in double precision over
// the rows of an image, in lanes over the columns where a channel is one column.
static void channel_sums(FloatWindow x, const FloatWindow *y, ptrdiff_t positions, double *sums) {
  const ptrdiff_t channels = x.columns / positions;
  for (ptrdiff_t c = 0; c < channels; c++) sums[c] = 0.0;
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *x_row = x.start + r * x.stride;
    const float *y_row = y ? y->start + r * y->stride : NULL;
    if (positions == 1) {
      if (y_row)
        for (ptrdiff_t c = 0; c < channels; c++) sums[c] += (double)x_row[c] * (double)y_row[c];
      else
        for (ptrdiff_t c = 0; c < channels; c++) sums[c] += (double)x_row[c];
      continue;
    }
    for (ptrdiff_t c = 0; c < channels; c++)
      sums[c] += (double)(y_row ? row_product(x_row + c * positions, y_row + c * positions,
                                              positions)
                                : row_sum(x_row + c * positions, positions));
  }
}

// h = (x - means) factors by channel, and y = scale h + shift.
static void normalize_channels(FloatWindow x, ptrdiff_t positions, const float *means,
                               const float *factors, const float *scale, const float *shift,
                               FloatWindow h, FloatWindow y) {
  const ptrdiff_t channels = x.columns / positions;
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *restrict x_row = x.start + r * x.stride;
    float *restrict h_row = h.start + r * h.stride;
    float *restrict y_row = y.start + r * y.stride;
    if (positions == 1) {
      for (ptrdiff_t c = 0; c < channels; c++) {
        h_row[c] = (x_row[c] - means[c]) * factors[c];
        y_row[c] = scale[c] * h_row[c] + shift[c];
      }
      continue;
    }
    for (ptrdiff_t c = 0; c < channels; c++) {
      const float mean = means[c], factor = factors[c], a = scale[c], b = shift[c];
      for (ptrdiff_t p = c * positions; p < (c + 1) * positions; p++) {
        h_row[p] = (x_row[p] - mean) * factor;
        y_row[p] = a * h_row[p] + b;
      }
    }
  }
}

// x = slopes (d - means - h products) by channel, stored or added.
static void normalize_channels_gradient(FloatWindow d, ptrdiff_t positions, const float *slopes,
                                        const float *means, const float *products, FloatWindow h,
                                        FloatWindow x, bool accumulate) {
  const ptrdiff_t channels = d.columns / positions;
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    const float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    float *restrict x_row = x.start + r * x.stride;
    for (ptrdiff_t c = 0; c < channels; c++) {
      const float slope = slopes[c], mean = means[c], product = products[c];
      for (ptrdiff_t p = c * positions; p < (c + 1) * positions; p++) {
        const float value = slope * ((d_row[p] - mean) - h_row[p] * product);
        x_row[p] = accumulate ? value + x_row[p] : value;
      }
    }
  }
}

// erf x to 5e-7, by the quotient of polynomials that Eigen and XLA use, constant beyond ±4.
INLINE Lanes erf_of(Lanes x) {
  x = x > all(4.0f) ? all(4.0f) : x;
  x = x < all(-4.0f) ? all(-4.0f) : x;
  const Lanes s = x * x;
  Lanes p = all(-2.72614225801306e-10f);
  p = p * s + all(2.77068142495902e-08f);
  p = p * s + all(-2.10102402082508e-06f);
  p = p * s + all(-5.69250639462346e-05f);
  p = p * s + all(-7.34990630326855e-04f);
  p = p * s + all(-2.95459980854025e-03f);
  p = p * s + all(-1.60960333262415e-02f);
  Lanes q = all(-1.45660718464996e-05f);
  q = q * s + all(-2.13374055278905e-04f);
  q = q * s + all(-1.68282697438203e-03f);
  q = q * s + all(-7.37332916720468e-03f);
  q = q * s + all(-1.42647390514189e-02f);
  return x * p / q;
}

// The distribution function of a standard normal number.
INLINE Lanes normal_share(Lanes x) {
  return all(0.5f) * erf_of(x * all(0.707106781186547524f)) + all(0.5f);
}

INLINE Lanes gelu_of(Lanes x) { return x * normal_share(x); }

INLINE Lanes gelu_slope(Lanes x) {
  const Lanes density = exp_of_nonpositive(all(-0.5f) * x * x) * all(0.398942280401432678f);
  return x * density + normal_share(x);
}

// y [rows][columns] = x times the share of a standard normal number below x.
static void gelu(FloatWindow x, FloatWindow y) {
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *x_row = x.start + r * x.stride;
    float *y_row = y.start + r * y.stride;
    ptrdiff_t c = 0;
    for (; c + LANES <= x.columns; c += LANES) store(y_row + c, gelu_of(load(x_row + c)));
    const ptrdiff_t rest = x.columns - c;
    if (rest > 0) store_first(y_row + c, gelu_of(load_first(x_row + c, rest)), rest);
  }
}

// g = the gradient at x, stored or added, for the gradient d at gelu(x).
static void gelu_gradient(FloatWindow x, FloatWindow d, FloatWindow g, bool accumulate) {
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    for (ptrdiff_t c = 0; c < x.columns; c += LANES) {
      const float *at = x.start + r * x.stride + c, *from = d.start + r * d.stride + c;
      float *to = g.start + r * g.stride + c;
      const ptrdiff_t rest = x.columns - c;
      if (rest >= LANES) {
        const Lanes value = load(from) * gelu_slope(load(at));
        store(to, accumulate ? load(to) + value : value);
      } else {
        const Lanes value = load_first(from, rest) * gelu_slope(load_first(at, rest));
        store_first(to, accumulate ? load_first(to, rest) + value : value, rest);
      }
    }
  }
}
