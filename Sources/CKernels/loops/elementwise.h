// Copies, transposes and element-by-element operations on windows [rows][columns]. Exactly the
// elements of a window are read and written, unless said otherwise.

// b[c][r] = a[r][c] for the 8 x 8 blocks at a and b, in registers.
INLINE void transpose_block(const float *a, ptrdiff_t a_stride, float *b, ptrdiff_t b_stride) {
  Lanes8 rows[8], pairs[8];
  UNROLL for (int i = 0; i < 8; i++) rows[i] = load8(a + i * a_stride);
  UNROLL for (int i = 0; i < 8; i += 2) {
    pairs[i] = __builtin_shufflevector(rows[i], rows[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    pairs[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  UNROLL for (int half = 0; half < 8; half += 4) {
    UNROLL for (int i = half; i < half + 2; i++) {
      rows[i] = __builtin_shufflevector(pairs[i], pairs[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      rows[i + 2] = __builtin_shufflevector(pairs[i], pairs[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  UNROLL for (int i = 0; i < 4; i++) {
    store8(b + i * b_stride,
           __builtin_shufflevector(rows[i], rows[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    store8(b + (i + 4) * b_stride,
           __builtin_shufflevector(rows[i], rows[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

// b [columns][rows] = a [rows][columns] transposed. The last blocks lie over the ones before them.
static void transpose(FloatWindow a, FloatWindow b) {
  if (a.rows < 8 || a.columns < 8) {
    for (ptrdiff_t r = 0; r < a.rows; r++)
      for (ptrdiff_t c = 0; c < a.columns; c++)
        b.start[c * b.stride + r] = a.start[r * a.stride + c];
    return;
  }
  // Sixteen rows of a at a time: whole cache lines of b.
  for (ptrdiff_t band = 0; band < a.rows; band += LANES) {
    for (ptrdiff_t next_column = 0; next_column < a.columns; next_column += 8) {
      const ptrdiff_t c = next_column < a.columns - 8 ? next_column : a.columns - 8;
      for (ptrdiff_t next_row = band; next_row < smaller(band + LANES, a.rows); next_row += 8) {
        const ptrdiff_t r = next_row < a.rows - 8 ? next_row : a.rows - 8;
        transpose_block(a.start + r * a.stride + c, a.stride, b.start + c * b.stride + r,
                        b.stride);
      }
    }
  }
}

// Copies `columns` floats; the last lanes lie over the ones before them.
INLINE void copy_row(const float *from, float *to, ptrdiff_t columns) {
  if (columns >= LANES) {
    for (ptrdiff_t c = 0; c + LANES < columns; c += LANES) store(to + c, load(from + c));
    store(to + columns - LANES, load(from + columns - LANES));
  } else if (columns >= 8) {
    Lanes8 first = load8(from), last = load8(from + columns - 8);
    store8(to, first);
    store8(to + columns - 8, last);
  } else if (columns >= 4) {
    Lanes4 first = load4(from), last = load4(from + columns - 4);
    store4(to, first);
    store4(to + columns - 4, last);
  } else if (columns > 0) {
    const float first = from[0], middle = from[columns / 2], last = from[columns - 1];
    to[0] = first;
    to[columns / 2] = middle;
    to[columns - 1] = last;
  }
}

// destination [count][columns] = the rows of source [rows][columns] that are listed.
static void gather(const int32_t *rows, ptrdiff_t count, FloatWindow source,
                   FloatWindow destination, const int32_t *next) {
  for (ptrdiff_t i = 0; i < count; i++) {
    ptrdiff_t row = rows[i];
    if (row < 0 || row >= source.rows) __builtin_trap();
    copy_row(source.start + row * source.stride, destination.start + i * destination.stride,
             source.columns);
    if (!next) continue;
    const float *ahead = source.start + next[i] * source.stride;
    for (ptrdiff_t c = 0; c < source.columns; c += LANES) __builtin_prefetch(ahead + c, 0, 2);
  }
}

static void fetch(const int32_t *rows, ptrdiff_t count, FloatWindow source) {
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t c = 0; c < source.columns; c += LANES)
      __builtin_prefetch(source.start + rows[i] * source.stride + c, 0, 3);
}

static void apply_tanh(FloatWindow a) {
  for (ptrdiff_t r = 0; r < a.rows; r++) {
    float *row = a.start + r * a.stride;
    ptrdiff_t c = 0;
    for (; c + LANES <= a.columns; c += LANES) store(row + c, tanh_of(load(row + c)));
    ptrdiff_t rest = a.columns - c;
    if (rest > 0) store_first(row + c, tanh_of(load_first(row + c, rest)), rest);
  }
}

// d [rows][columns] = d (1 - h h), the gradient before a tanh whose output is h.
static void mask_by_tanh(FloatWindow d, FloatWindow h) {
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    for (ptrdiff_t c = 0; c < d.columns; c++)
      d_row[c] = d_row[c] * (1.0f - h_row[c] * h_row[c]);
  }
}

// d [rows][columns] = h > 0 ? d : 0, the gradient before a ReLU whose output is h.
static void mask_by_relu(FloatWindow d, FloatWindow h) {
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    float *restrict d_row = d.start + r * d.stride;
    const float *restrict h_row = h.start + r * h.stride;
    for (ptrdiff_t c = 0; c < d.columns; c++) d_row[c] = h_row[c] > 0.0f ? d_row[c] : 0.0f;
  }
}

static void scale(FloatWindow a, float factor) {
  for (ptrdiff_t r = 0; r < a.rows; r++) {
    float *row = a.start + r * a.stride;
    for (ptrdiff_t c = 0; c < a.columns; c++) row[c] = row[c] * factor;
  }
}

// y [count] = y + factor x
static void add(const float *restrict x, float factor, float *restrict y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = factor * x[i] + y[i];
}
