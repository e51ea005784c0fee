// What lies between the layers of networks that mix features: gates, masks and factors by row.

// The factor of a row: one for each row `stride` floats apart, or one for all with stride 0.
//
// y [rows][columns] = factor x, added to y where `accumulate`.
static void scale_rows(FloatWindow x, const float *factors, ptrdiff_t stride, FloatWindow y,
                       bool accumulate) {
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *restrict x_row = x.start + r * x.stride;
    float *restrict y_row = y.start + r * y.stride;
    const float factor = factors[r * stride];
    if (accumulate)
      for (ptrdiff_t c = 0; c < x.columns; c++) y_row[c] = factor * x_row[c] + y_row[c];
    else
      for (ptrdiff_t c = 0; c < x.columns; c++) y_row[c] = factor * x_row[c];
  }
}

// The sum of x[c] y[c] over `columns`.
INLINE float row_product(const float *x, const float *y, ptrdiff_t columns) {
  Lanes sums[2] = {all(0.0f), all(0.0f)};
  ptrdiff_t c = 0;
  for (; c + 2 * LANES <= columns; c += 2 * LANES) {
    sums[0] = load(x + c) * load(y + c) + sums[0];
    sums[1] = load(x + c + LANES) * load(y + c + LANES) + sums[1];
  }
  for (; c < columns; c += LANES) {
    const ptrdiff_t rest = columns - c;
    if (rest >= LANES)
      sums[0] = load(x + c) * load(y + c) + sums[0];
    else
      sums[0] = load_first(x + c, rest) * load_first(y + c, rest) + sums[0];
  }
  return sum_of(sums[0] + sums[1]);
}

// products[r * stride] = sum of x[r][c] y[r][c] over the columns.
static void row_products(FloatWindow x, FloatWindow y, float *products, ptrdiff_t stride) {
  for (ptrdiff_t r = 0; r < x.rows; r++)
    products[r * stride] = row_product(x.start + r * x.stride, y.start + r * y.stride, x.columns);
}

// z [rows][columns] = x y, element by element, added to z where `accumulate`.
static void multiply_elements(FloatWindow x, FloatWindow y, FloatWindow z, bool accumulate) {
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    const float *restrict x_row = x.start + r * x.stride;
    const float *restrict y_row = y.start + r * y.stride;
    float *restrict z_row = z.start + r * z.stride;
    if (accumulate)
      for (ptrdiff_t c = 0; c < x.columns; c++) z_row[c] = x_row[c] * y_row[c] + z_row[c];
    else
      for (ptrdiff_t c = 0; c < x.columns; c++) z_row[c] = x_row[c] * y_row[c];
  }
}

// 1 / (1 + e^-x), by the exponential of -|x|.
INLINE Lanes sigmoid_of(Lanes x) {
  Lanes small = exp_of_nonpositive(from_bits(bits_of(x) | (int32_t)0x80000000));
  Lanes inverse = all(1.0f) / (all(1.0f) + small);
  return x < all(0.0f) ? small * inverse : inverse;
}

static void apply_sigmoid(FloatWindow a) {
  for (ptrdiff_t r = 0; r < a.rows; r++) {
    float *row = a.start + r * a.stride;
    ptrdiff_t c = 0;
    for (; c + LANES <= a.columns; c += LANES) store(row + c, sigmoid_of(load(row + c)));
    const ptrdiff_t rest = a.columns - c;
    if (rest > 0) store_first(row + c, sigmoid_of(load_first(row + c, rest)), rest);
  }
}

// d [rows][columns] = d h (1 - h), the gradient before a sigmoid whose output is h.
static void mask_by_sigmoid(FloatWindow d, FloatWindow h) {
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    for (ptrdiff_t c = 0; c < d.columns; c++)
      d_row[c] = d_row[c] * (h_row[c] * (1.0f - h_row[c]));
  }
}

// The largest of a row of numbers.
INLINE float row_largest(const float *row, ptrdiff_t columns) {
  float largest = row[0];
  ptrdiff_t c = 0;
  if (columns >= LANES) {
    Lanes most = load(row);
    for (c = LANES; c + LANES <= columns; c += LANES) {
      const Lanes x = load(row + c);
      most = x > most ? x : most;
    }
    largest = largest_of(most);
  }
  for (; c < columns; c++) largest = row[c] > largest ? row[c] : largest;
  return largest;
}

// a [rows][columns] = the softmax of each row; a row with something that is no number is none.
static void apply_softmax(FloatWindow a) {
  for (ptrdiff_t r = 0; r < a.rows; r++) {
    float *row = a.start + r * a.stride;
    const float largest = row_largest(row, a.columns);
    Lanes sum = all(0.0f);
    ptrdiff_t c = 0;
    for (; c + LANES <= a.columns; c += LANES) {
      const Lanes power = exp_of_nonpositive(load(row + c) - all(largest));
      store(row + c, power);
      sum = sum + power;
    }
    const ptrdiff_t rest = a.columns - c;
    if (rest > 0) {
      store_first(row + c, exp_of_nonpositive(load_first(row + c, rest) - all(largest)), rest);
      sum = sum + load_first(row + c, rest);
    }
    const float factor = 1.0f / sum_of(sum);
    for (c = 0; c + LANES <= a.columns; c += LANES) store(row + c, load(row + c) * all(factor));
    for (; c < a.columns; c++) row[c] = row[c] * factor;
  }
}

// d [rows][columns] = h (d - sum of d h), the gradient before a softmax of rows whose output is h.
static void mask_by_softmax(FloatWindow d, FloatWindow h) {
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    const float mean = row_product(d_row, h_row, d.columns);
    for (ptrdiff_t c = 0; c < d.columns; c++) d_row[c] = h_row[c] * (d_row[c] - mean);
  }
}
