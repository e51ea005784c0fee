// Normalization of rows.

INLINE float row_sum(const float *x, ptrdiff_t columns) {
  Lanes sum = all(0.0f);
  ptrdiff_t c = 0;
  for (; c + LANES <= columns; c += LANES) sum = sum + load(x + c);
  if (c < columns) sum = sum + load_first(x + c, columns - c);
  return sum_of(sum);
}

// y [rows][columns] = scale h + shift, with h = (x - mean) / sqrt(variance + epsilon) over each row;
// h and the factors 1 / sqrt are kept.
static void normalize_rows(FloatWindow x, const float *restrict scale, const float *restrict shift,
                           float epsilon, FloatWindow h, float *factors, FloatWindow y) {
  const float share = 1.0f / (float)x.columns;
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *restrict x_row = x.start + r * x.stride;
    float *restrict h_row = h.start + r * h.stride;
    float *restrict y_row = y.start + r * y.stride;
    const float mean = row_sum(x_row, x.columns) * share;
    for (ptrdiff_t c = 0; c < x.columns; c++) h_row[c] = x_row[c] - mean;
    const float variance = row_product(h_row, h_row, x.columns) * share;
    const float factor = 1.0f / __builtin_sqrtf(variance + epsilon);
    factors[r] = factor;
    for (ptrdiff_t c = 0; c < x.columns; c++) {
      h_row[c] = h_row[c] * factor;
      y_row[c] = scale[c] * h_row[c] + shift[c];
    }
  }
}

// The gradient at x, stored or added, for the gradient d at y: factor (g - mean g - h mean g h) with
// g = scale d.
static void normalize_rows_gradient(FloatWindow d, const float *restrict scale, FloatWindow h,
                                    const float *factors, FloatWindow x, bool accumulate) {
  const float share = 1.0f / (float)d.columns;
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    const float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    float *restrict x_row = x.start + r * x.stride;
    const float mean = row_product(d_row, scale, d.columns) * share;
    Lanes sum = all(0.0f);
    for (ptrdiff_t c = 0; c < d.columns; c += LANES) {
      const ptrdiff_t rest = d.columns - c;
      if (rest >= LANES)
        sum = load(d_row + c) * load(scale + c) * load(h_row + c) + sum;
      else
        sum = load_first(d_row + c, rest) * load_first(scale + c, rest) *
                  load_first(h_row + c, rest) +
              sum;
    }
    const float slope = sum_of(sum) * share;
    const float factor = factors[r];
    for (ptrdiff_t c = 0; c < d.columns; c++) {
      const float centred = scale[c] * d_row[c] - mean;
      const float value = factor * (centred - h_row[c] * slope);
      x_row[c] = accumulate ? value + x_row[c] : value;
    }
  }
}

// sums[c] = sum of x[r][c] y[r][c] over r.
static void column_products(FloatWindow x, FloatWindow y, float *restrict sums) {
  for (ptrdiff_t c = 0; c < x.columns; c++) sums[c] = 0.0f;
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *restrict x_row = x.start + r * x.stride;
    const float *restrict y_row = y.start + r * y.stride;
    for (ptrdiff_t c = 0; c < x.columns; c++) sums[c] = x_row[c] * y_row[c] + sums[c];
  }
}
