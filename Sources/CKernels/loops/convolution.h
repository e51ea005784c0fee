// Convolutions of images, stored in rows as [channels][height][width], with a max-pool behind them.
//
// Forward, the batch is the vector axis: sixteen images lie side by side in lanes, a weight is
// broadcast to all, and what a pool does not keep never leaves the registers. Backward, images are
// taken one by one: only the outputs that a pool kept and a ReLU passed have a gradient, and each
// of them touches one window of the image, which lies in runs with the channels side by side.

#if IMAGE_LANES == 16
typedef Lanes ImageVector;
#define load_image load
#define store_image store
#elif IMAGE_LANES == 8
typedef Lanes8 ImageVector;
#define load_image load8
#define store_image store8
#else
typedef Lanes4 ImageVector;
#define load_image load4
#define store_image store4
#endif

typedef int32_t ImageInts __attribute__((ext_vector_type(IMAGE_LANES)));

// Sizes that follow from a convolution's shape.
typedef struct {
  ptrdiff_t height, width;      // of the image with its border
  ptrdiff_t rows, columns;      // of the outputs before the pool
  ptrdiff_t out_rows, out_columns;
  ptrdiff_t depth;              // floats of a pixel where channels lie side by side
  ptrdiff_t run, vectors;       // floats of a window's row there, and vectors that hold them
} ConvolutionSizes;

INLINE ConvolutionSizes sizes_of(const ConvolutionShape *s) {
  ConvolutionSizes z;
  z.height = s->height + 2 * s->padding;
  z.width = s->width + 2 * s->padding;
  z.rows = z.height - s->kernel + 1;
  z.columns = z.width - s->kernel + 1;
  z.out_rows = z.rows / s->pool;
  z.out_columns = z.columns / s->pool;
  z.depth = convolution_depth(s->channels);
  z.run = s->kernel * z.depth;
  z.vectors = (z.run + LANES - 1) / LANES;
  return z;
}

// Sums of a few output channels at a few positions.
typedef struct {
  ImageVector at[IMAGE_CHANNELS][4];
} ImageSums;

// Adds to the sums, over all channels and places of the window whose corner is at x, weight times
// input; position j is `steps[j]` floats away. `channels` and `positions` are constants of each
// caller.
INLINE void add_windows(const int channels, const int positions, const ConvolutionShape *s,
                        ptrdiff_t row, ptrdiff_t plane, const float *x, const ptrdiff_t *steps,
                        const float *w, ptrdiff_t w_stride, ImageSums *sums) {
  for (ptrdiff_t c = 0; c < s->channels; c++) {
    for (ptrdiff_t u = 0; u < s->kernel; u++) {
      const float *p = x + c * plane + u * row;
      for (ptrdiff_t v = 0; v < s->kernel; v++) {
        ImageVector weights[IMAGE_CHANNELS];
        UNROLL for (int o = 0; o < channels; o++) weights[o] = (ImageVector)(w[o]);
        UNROLL for (int j = 0; j < positions; j++) {
          const ImageVector input = load_image(p + steps[j]);
          UNROLL for (int o = 0; o < channels; o++)
            sums->at[o][j] = weights[o] * input + sums->at[o][j];
        }
        p += LANES;
        w += w_stride;
      }
    }
  }
}

// What one pass over the outputs of a block of sixteen images reads and writes, all in lanes.
typedef struct {
  const ConvolutionShape *shape;
  ConvolutionSizes sizes;
  const float *x;            // [channels][height][width][16]
  const float *weights;      // [channels * kernel * kernel][outputs]
  ptrdiff_t weight_stride;
  const float *bias;
  bool relu;
  float *y;                  // [outputs][out_rows][out_columns][16]
  int32_t *winners;          // alike
} ConvolutionBlock;

INLINE void start_sums(const int channels, const int positions, const float *bias,
                       ImageSums *sums) {
  UNROLL for (int o = 0; o < channels; o++) {
    const ImageVector start = (ImageVector)(bias ? bias[o] : 0.0f);
    UNROLL for (int j = 0; j < positions; j++) sums->at[o][j] = start;
  }
}

INLINE ImageVector end_of(const ConvolutionBlock *b, ImageVector x) {
  const ImageVector zero = (ImageVector)(0.0f);
  return b->relu ? (x < zero ? zero : x) : x;
}

// Outputs without a pool: `positions` neighbours of a row.
INLINE void plain_outputs(const int channels, const int positions, const ConvolutionBlock *b,
                          ptrdiff_t first, ptrdiff_t i, ptrdiff_t j, ptrdiff_t lane) {
  const ptrdiff_t steps[4] = {0, LANES, 2 * LANES, 3 * LANES};
  const ptrdiff_t row = b->sizes.width * LANES, plane = b->sizes.height * row;
  const ptrdiff_t out_plane = b->sizes.out_rows * b->sizes.out_columns * LANES;
  ImageSums sums;
  start_sums(channels, positions, b->bias ? b->bias + first : NULL, &sums);
  add_windows(channels, positions, b->shape, row, plane, b->x + i * row + j * LANES + lane, steps,
              b->weights + first, b->weight_stride, &sums);
  float *y = b->y + first * out_plane + (i * b->sizes.out_columns + j) * LANES + lane;
  UNROLL for (int o = 0; o < channels; o++)
    UNROLL for (int n = 0; n < positions; n++)
      store_image(y + o * out_plane + n * LANES, end_of(b, sums.at[o][n]));
}

// One output behind a pool: the first largest of its window.
INLINE void pooled_output(const int channels, const int positions, const ConvolutionBlock *b,
                          ptrdiff_t first, ptrdiff_t i, ptrdiff_t j, ptrdiff_t lane) {
  const ptrdiff_t pool = b->shape->pool, depth = b->sizes.depth;
  const ptrdiff_t row = b->sizes.width * LANES, plane = b->sizes.height * row;
  const ptrdiff_t out_plane = b->sizes.out_rows * b->sizes.out_columns * LANES;
  const ptrdiff_t steps[4] = {0, LANES, row, row + LANES};
  ImageVector best[IMAGE_CHANNELS];
  ImageInts places[IMAGE_CHANNELS];
  for (ptrdiff_t part = 0; part < pool * pool; part += positions) {
    const ptrdiff_t y = i * pool + part / pool, x = j * pool + part % pool;
    ImageSums sums;
    start_sums(channels, positions, b->bias ? b->bias + first : NULL, &sums);
    add_windows(channels, positions, b->shape, row, plane, b->x + y * row + x * LANES + lane,
                steps, b->weights + first, b->weight_stride, &sums);
    UNROLL for (int n = 0; n < positions; n++) {
      const ptrdiff_t place = ((y + n / 2) * b->sizes.width + x + n % 2) * depth;
      UNROLL for (int o = 0; o < channels; o++) {
        if (part == 0 && n == 0) {
          best[o] = sums.at[o][n];
          places[o] = (ImageInts)((int32_t)place);
        } else {
          const ImageInts wins = sums.at[o][n] > best[o];
          best[o] = wins ? sums.at[o][n] : best[o];
          places[o] = wins ? (ImageInts)((int32_t)place) : places[o];
        }
      }
    }
  }
  const ptrdiff_t at = first * out_plane + (i * b->sizes.out_columns + j) * LANES + lane;
  UNROLL for (int o = 0; o < channels; o++) {
    store_image(b->y + at + o * out_plane, end_of(b, best[o]));
    store_image((float *)(b->winners + at + o * out_plane),
                __builtin_bit_cast(ImageVector, places[o]));
  }
}

// All outputs of `channels` channels from `first`.
INLINE void convolve_channels(const int channels, const ConvolutionBlock *b, ptrdiff_t first) {
  const ptrdiff_t columns = b->sizes.out_columns;
  for (ptrdiff_t lane = 0; lane < LANES; lane += IMAGE_LANES) {
    for (ptrdiff_t i = 0; i < b->sizes.out_rows; i++) {
      ptrdiff_t j = 0;
      if (b->shape->pool == 2) {
        for (; j < columns; j++) pooled_output(channels, 4, b, first, i, j, lane);
      } else if (b->shape->pool > 2) {
        for (; j < columns; j++) pooled_output(channels, 1, b, first, i, j, lane);
      } else {
        for (; j + 4 <= columns; j += 4) plain_outputs(channels, 4, b, first, i, j, lane);
        // The last ones again with some before them.
        if (j < columns && columns >= 4)
          plain_outputs(channels, 4, b, first, i, columns - 4, lane);
        else
          for (; j < columns; j++) plain_outputs(channels, 1, b, first, i, j, lane);
      }
    }
  }
}

static void convolve_block(const ConvolutionBlock *b) {
  // As few tiles of channels as fit, as even as can be.
  ptrdiff_t left = b->shape->outputs, first = 0;
  ptrdiff_t tiles = (left + IMAGE_CHANNELS - 1) / IMAGE_CHANNELS;
  for (; tiles > 0; tiles--) {
    const ptrdiff_t channels = (left + tiles - 1) / tiles;
    switch (channels) {
      case 1: convolve_channels(1, b, first); break;
      case 2: convolve_channels(2, b, first); break;
      case 3: convolve_channels(3, b, first); break;
#if IMAGE_CHANNELS > 3
      case 4: convolve_channels(4, b, first); break;
      case 5: convolve_channels(5, b, first); break;
      default: convolve_channels(6, b, first); break;
#endif
    }
    first += channels;
    left -= channels;
  }
}

// Sixteen rows or fewer as lanes [channels][height][width][16] with a border, which stays as it is.
static void images_to_lanes(const ConvolutionShape *s, const ConvolutionSizes *z, FloatWindow x,
                            float *lanes) {
  if (s->padding == 0) {
    FloatWindow target = {lanes, x.columns, x.rows, LANES};
    transpose(x, target);
    return;
  }
  for (ptrdiff_t c = 0; c < s->channels; c++) {
    for (ptrdiff_t i = 0; i < s->height; i++) {
      FloatWindow row = {x.start + (c * s->height + i) * s->width, x.rows, s->width, x.stride};
      const ptrdiff_t pixel = (c * z->height + i + s->padding) * z->width + s->padding;
      FloatWindow target = {lanes + pixel * LANES, s->width, x.rows, LANES};
      transpose(row, target);
    }
  }
}

static void convolve(const ConvolutionShape *s, FloatWindow x, const float *weights,
                     ptrdiff_t weight_stride, const float *bias, bool relu, FloatWindow y,
                     int32_t *winners, ptrdiff_t winner_stride, float *scratch) {
  const ConvolutionSizes z = sizes_of(s);
  const ptrdiff_t outputs = s->outputs * z.out_rows * z.out_columns;
  float *out_lanes = scratch + s->channels * z.height * z.width * LANES;
  int32_t *winner_lanes = (int32_t *)(out_lanes + outputs * LANES);
  const ConvolutionBlock block = {s,    z,         scratch,     weights, weight_stride, bias,
                                  relu, out_lanes, winner_lanes};
  for (ptrdiff_t first = 0; first < x.rows; first += LANES) {
    const ptrdiff_t rows = smaller(LANES, x.rows - first);
    const FloatWindow images = {x.start + first * x.stride, rows, x.columns, x.stride};
    images_to_lanes(s, &z, images, scratch);
    convolve_block(&block);
    const FloatWindow made = {out_lanes, outputs, rows, LANES};
    const FloatWindow target = {y.start + first * y.stride, rows, outputs, y.stride};
    transpose(made, target);
    if (s->pool == 1 || !winners) continue;
    const FloatWindow places = {(float *)winner_lanes, outputs, rows, LANES};
    const FloatWindow kept = {(float *)(winners + first * winner_stride), rows, outputs,
                              winner_stride};
    transpose(places, kept);
  }
}

// Each row as [height][width][depth], with a border of zeros that stays as it is.
static void lay_channels_last(const ConvolutionShape *s, FloatWindow x, float *copies,
                              ptrdiff_t stride) {
  const ConvolutionSizes z = sizes_of(s);
  for (ptrdiff_t r = 0; r < x.rows; r++) {
    for (ptrdiff_t i = 0; i < s->height; i++) {
      FloatWindow planes = {x.start + r * x.stride + i * s->width, s->channels, s->width,
                            s->height * s->width};
      const ptrdiff_t pixel = (i + s->padding) * z.width + s->padding;
      FloatWindow target = {copies + r * stride + pixel * z.depth, s->width, s->channels, z.depth};
      transpose(planes, target);
    }
  }
}

// kernels [outputs][kernel][16 vectors] with the floats of a window's row as they lie in an image
// with the channels side by side; what is left of a row stays as it is, zero.
static void lay_kernels(const ConvolutionShape *s, const float *weights, ptrdiff_t weight_stride,
                        float *kernels) {
  const ConvolutionSizes z = sizes_of(s);
  for (ptrdiff_t o = 0; o < s->outputs; o++)
    for (ptrdiff_t u = 0; u < s->kernel; u++) {
      float *row = kernels + (o * s->kernel + u) * z.vectors * LANES;
      for (ptrdiff_t v = 0; v < s->kernel; v++)
        for (ptrdiff_t c = 0; c < s->channels; c++)
          row[v * z.depth + c] =
              weights[((c * s->kernel + u) * s->kernel + v) * weight_stride + o];
    }
}

// Outputs of one channel of one image that have a gradient: where their windows begin, and it.
typedef struct {
  ptrdiff_t count;
  int32_t *offsets;
  float *values;
} WindowList;

INLINE void list_windows(WindowList *list, const float *d, const int32_t *offsets,
                         ptrdiff_t count) {
  ptrdiff_t n = 0;
  for (ptrdiff_t q = 0; q < count; q++) {
    list->offsets[n] = offsets[q];
    list->values[n] = d[q];
    n += d[q] != 0.0f;
  }
  list->count = n;
}

// Windows of one image by the place at which they begin: of group g, the entries from ends[g - 1] to
// ends[g] are those of the output channels whose kernels lie `kernels` floats on.
typedef struct {
  ptrdiff_t count;
  int32_t *offsets, *ends;
  int32_t *kernels;
  float *values;
} WindowGroups;

// Appends the group of the window that begins at a row and column, if it has entries: those of the
// outputs d [outputs][count] of position q that have a gradient and whose largest stood there.
INLINE void add_group(WindowGroups *groups, const ConvolutionShape *s, const ConvolutionSizes *z,
                      const float *d, const int32_t *offsets, ptrdiff_t kernel_count, ptrdiff_t row,
                      ptrdiff_t column) {
  const ptrdiff_t count = z->out_rows * z->out_columns;
  const ptrdiff_t q = row / s->pool * z->out_columns + column / s->pool;
  const int32_t place = (int32_t)((row * z->width + column) * z->depth);
  const ptrdiff_t first = groups->count > 0 ? groups->ends[groups->count - 1] : 0;
  ptrdiff_t entry = first;
  for (ptrdiff_t o = 0; o < s->outputs; o++) {
    const bool stood_here = s->pool == 1 || offsets[o * count + q] == place;
    groups->kernels[entry] = (int32_t)(o * kernel_count);
    groups->values[entry] = d[o * count + q];
    entry += stood_here & (d[o * count + q] != 0.0f);
  }
  groups->offsets[groups->count] = place;
  groups->ends[groups->count] = (int32_t)entry;
  groups->count += entry > first;
}

// Groups the outputs of one image by window: position by position, or upwards from the lowest row of
// windows, each from left to right.
INLINE void group_windows(WindowGroups *groups, const ConvolutionShape *s,
                          const ConvolutionSizes *z, const float *d, const int32_t *offsets,
                          ptrdiff_t kernel_count, bool upwards) {
  const ptrdiff_t pool = s->pool;
  groups->count = 0;
  if (upwards) {
    for (ptrdiff_t row = z->out_rows * pool - 1; row >= 0; row--)
      for (ptrdiff_t column = 0; column < z->out_columns * pool; column++)
        add_group(groups, s, z, d, offsets, kernel_count, row, column);
    return;
  }
  for (ptrdiff_t q = 0; q < z->out_rows * z->out_columns; q++)
    for (ptrdiff_t part = 0; part < pool * pool; part++)
      add_group(groups, s, z, d, offsets, kernel_count, q / z->out_columns * pool + part / pool,
                q % z->out_columns * pool + part % pool);
}

// sums [rows][vectors] += value times window, over all windows of the list; and the reverse, to each
// group's window the values times kernels. `rows` and `vectors` are constants of each caller; a
// window's rows are `row` floats apart, those of sums and kernels `step`.
#define WINDOW_LOOPS(Vector, load_vector, store_vector, width, suffix)                           \
  INLINE void sum_windows_##suffix(const int rows, const int vectors, const WindowList *list,    \
                                   const float *x, ptrdiff_t row, float *sums, ptrdiff_t step) { \
    Vector kept[5][5];                                                                           \
    UNROLL for (int r = 0; r < rows; r++)                                                        \
      UNROLL for (int v = 0; v < vectors; v++)                                                   \
        kept[r][v] = load_vector(sums + r * step + v * width);                                   \
    for (ptrdiff_t e = 0; e < list->count; e++) {                                                \
      const float *window = x + list->offsets[e];                                                \
      const Vector value = (Vector)(list->values[e]);                                            \
      UNROLL for (int r = 0; r < rows; r++)                                                      \
        UNROLL for (int v = 0; v < vectors; v++)                                                 \
          kept[r][v] = value * load_vector(window + r * row + v * width) + kept[r][v];           \
    }                                                                                            \
    UNROLL for (int r = 0; r < rows; r++)                                                        \
      UNROLL for (int v = 0; v < vectors; v++)                                                   \
        store_vector(sums + r * step + v * width, kept[r][v]);                                   \
  }                                                                                              \
  INLINE void spread_windows_##suffix(const int rows, const int vectors,                         \
                                      const WindowGroups *groups, float *x, ptrdiff_t row,       \
                                      const float *kernels, ptrdiff_t step) {                    \
    ptrdiff_t e = 0;                                                                             \
    for (ptrdiff_t g = 0; g < groups->count; g++) {                                              \
      float *window = x + groups->offsets[g];                                                    \
      Vector kept[5][5];                                                                         \
      UNROLL for (int r = 0; r < rows; r++)                                                      \
        UNROLL for (int v = 0; v < vectors; v++)                                                 \
          kept[r][v] = load_vector(window + r * row + v * width);                                \
      for (; e < groups->ends[g]; e++) {                                                         \
        const float *kernel = kernels + groups->kernels[e];                                      \
        const Vector value = (Vector)(groups->values[e]);                                        \
        UNROLL for (int r = 0; r < rows; r++)                                                    \
          UNROLL for (int v = 0; v < vectors; v++)                                               \
            kept[r][v] = value * load_vector(kernel + r * step + v * width) + kept[r][v];        \
      }                                                                                          \
      UNROLL for (int r = 0; r < rows; r++)                                                      \
        UNROLL for (int v = 0; v < vectors; v++)                                                 \
          store_vector(window + r * row + v * width, kept[r][v]);                                \
    }                                                                                            \
  }

WINDOW_LOOPS(Lanes, load, store, 16, 16)
WINDOW_LOOPS(Lanes8, load8, store8, 8, 8)

// A rectangle of all windows that the registers hold: of a list for sums, or of groups.
INLINE void take_rectangle(const WindowList *list, const WindowGroups *groups, float *x,
                           ptrdiff_t row, float *kernel, ptrdiff_t step, ptrdiff_t rows,
                           ptrdiff_t vectors) {
#define RECTANGLE(r, v, suffix)                                 \
  do {                                                          \
    if (list)                                                   \
      sum_windows_##suffix(r, v, list, x, row, kernel, step);   \
    else                                                        \
      spread_windows_##suffix(r, v, groups, x, row, kernel, step); \
    return;                                                     \
  } while (0)
// What the registers do not hold is never asked for, and compiled as something smaller.
#define WIDE(r, v) (r * v <= MOST_KEPT ? v : 1)
#define RECTANGLES(r)                         \
  if (rows == r) switch (vectors) {           \
      case 0: RECTANGLE(r, 1, 8);             \
      case 1: RECTANGLE(r, 1, 16);            \
      case 2: RECTANGLE(r, WIDE(r, 2), 16);   \
      case 3: RECTANGLE(r, WIDE(r, 3), 16);   \
      case 4: RECTANGLE(r, WIDE(r, 4), 16);   \
      default: RECTANGLE(r, WIDE(r, 5), 16);  \
    }
  RECTANGLES(1)
  RECTANGLES(3)
  RECTANGLES(5)
}

// Whole windows, in rectangles that the registers hold.
INLINE void take_windows(const WindowList *list, const WindowGroups *groups, float *x,
                         float *kernel, const ConvolutionShape *s, const ConvolutionSizes *z) {
  const ptrdiff_t step = z->vectors * LANES, row = z->width * z->depth;
  ptrdiff_t left = z->run <= 8 ? 0 : z->vectors, column = 0;
  const ptrdiff_t widest = 5;
  ptrdiff_t parts = left == 0 ? 1 : (left + widest - 1) / widest;
  for (; parts > 0; parts--) {
    const ptrdiff_t vectors = (left + parts - 1) / parts;
    const ptrdiff_t wide = vectors == 0 ? 1 : vectors;
    const ptrdiff_t rows = s->kernel % 5 == 0 && 5 * wide <= MOST_KEPT   ? 5
                           : s->kernel % 3 == 0 && 3 * wide <= MOST_KEPT ? 3
                                                                    : 1;
    for (ptrdiff_t u = 0; u < s->kernel; u += rows)
      take_rectangle(list, groups, x + u * row + column * LANES, row,
                     kernel + u * step + column * LANES, step, rows, vectors);
    column += vectors;
    left -= vectors;
  }
}

static void convolution_weight_gradient(const ConvolutionShape *s, FloatWindow d,
                                        const int32_t *offsets, ptrdiff_t offset_stride,
                                        const float *copies, ptrdiff_t copy_stride,
                                        float *gradient, ptrdiff_t gradient_stride, float *bias,
                                        float *scratch) {
  const ConvolutionSizes z = sizes_of(s);
  const ptrdiff_t count = z.out_rows * z.out_columns, step = z.vectors * LANES;
  const ptrdiff_t kernel_count = s->kernel * step;
  WindowList list = {0, (int32_t *)scratch, scratch + count};
  float *sums = scratch + 2 * count;
  for (ptrdiff_t i = 0; i < s->outputs * kernel_count; i++) sums[i] = 0.0f;
  if (bias)
    for (ptrdiff_t o = 0; o < gradient_stride; o++) bias[o] = 0.0f;
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    for (ptrdiff_t o = 0; o < s->outputs; o++) {
      const float *row = d.start + r * d.stride + o * count;
      const int32_t *places = offsets + r * offset_stride;
      // Without a pool the windows begin at the same places in every channel.
      list_windows(&list, row, s->pool == 1 ? places : places + o * count, count);
      if (bias) bias[o] = bias[o] + row_sum(row, count);
      take_windows(&list, NULL, (float *)(copies + r * copy_stride), sums + o * kernel_count, s, &z);
    }
  }
  for (ptrdiff_t c = 0; c < s->channels; c++)
    for (ptrdiff_t u = 0; u < s->kernel; u++)
      for (ptrdiff_t v = 0; v < s->kernel; v++) {
        float *row = gradient + ((c * s->kernel + u) * s->kernel + v) * gradient_stride;
        for (ptrdiff_t o = 0; o < gradient_stride; o++)
          row[o] = o < s->outputs ? sums[(o * s->kernel + u) * step + v * z.depth + c] : 0.0f;
      }
}

static void convolution_input_gradient(const ConvolutionShape *s, FloatWindow d,
                                       const int32_t *offsets, ptrdiff_t offset_stride,
                                       const float *kernels, FloatWindow x, bool accumulate,
                                       float *scratch) {
  const ConvolutionSizes z = sizes_of(s);
  const ptrdiff_t count = z.out_rows * z.out_columns;
  const ptrdiff_t kernel_count = s->kernel * z.vectors * LANES;
  const ptrdiff_t image_count = z.height * z.width * z.depth + LANES;
  const ptrdiff_t group_count = count * s->pool * s->pool, entries = s->outputs * count + 1;
  // In front, where vectors of channels do not cross the lines of the cache.
  float *image = scratch;
  int32_t *numbers = (int32_t *)(image + image_count);
  WindowGroups groups = {0, numbers, numbers + group_count + 1, numbers + 2 * group_count + 2,
                         (float *)(numbers + 2 * group_count + 2 + entries)};
  // A pixel is reached from the rows of its windows in turn, from the first to the last, whether a
  // rectangle of the registers holds one of them or all: upwards, the first is that of the lowest
  // window. Windows of one vector are always taken whole, position by position.
  const bool upwards = z.vectors > 1;
  for (ptrdiff_t r = 0; r < d.rows; r++) {
    for (ptrdiff_t i = 0; i < image_count; i++) image[i] = 0.0f;
    group_windows(&groups, s, &z, d.start + r * d.stride, offsets + r * offset_stride,
                  kernel_count, upwards);
    take_windows(NULL, &groups, image, (float *)kernels, s, &z);
    for (ptrdiff_t c = 0; c < s->channels; c++)
      for (ptrdiff_t i = 0; i < s->height; i++) {
        const float *from =
            image + ((i + s->padding) * z.width + s->padding) * z.depth + c;
        float *to = x.start + r * x.stride + (c * s->height + i) * s->width;
        if (accumulate)
          for (ptrdiff_t j = 0; j < s->width; j++) to[j] = from[j * z.depth] + to[j];
        else
          for (ptrdiff_t j = 0; j < s->width; j++) to[j] = from[j * z.depth];
      }
  }
}
