// The float32 loops of a training step, compiled once for each instruction set.
//
// Every arithmetic step is written on 16 logical lanes, whatever the width of a register: AVX-512
// uses one register for them, AVX2 two, SSE2 and NEON four. Sums are taken in an order which the
// source fixes, so all instruction sets with a fused multiply-add give the same bits.
//
// Shapes are written [rows][columns]. Nothing here allocates, locks or checks shapes: the Swift
// target `Kernels` is the only caller, and checks them. Indices that come from data (class
// labels, row numbers) are checked here, and end the process when they are out of range.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Row-major float32 storage of someone else: element (r, c) is start[r * stride + c].
typedef struct {
  float *_Nonnull start;
  ptrdiff_t rows, columns, stride;
} FloatWindow;

// What the last pass of a product does with the sum of each element.
typedef enum {
  ProductEndStore,       // c = sum
  ProductEndBias,        // c = sum + extra[column]
  ProductEndBiasReLU,    // c = max(sum + extra[column], 0)
  ProductEndReLUMask,    // c = extra[row][column] > 0 ? sum : 0
  ProductEndAccumulate,  // c = c + sum
} ProductEnding;

// C = A B with A [rows][inner], B [inner][columns], C [rows][columns].
typedef struct {
  ptrdiff_t rows, columns, inner;
  const float *_Nonnull a;  // element (i, k) is a[i * a_row_step + k * a_inner_step]
  ptrdiff_t a_row_step, a_inner_step;
  const float *_Nonnull b;
  ptrdiff_t b_stride;
  float *_Nonnull c;
  ptrdiff_t c_stride;
  ProductEnding ending;
  const float *_Nullable extra;  // the bias row or the mask, by `ending`
  ptrdiff_t extra_stride;
  bool exact;  // whether lanes right of `columns` may be neither read nor written
} ProductArguments;

// The targets of a batch where they stand among those of all data: row i of the batch is the row
// rows[i] of `all`, or the row i where no rows are listed.
typedef struct {
  FloatWindow all;
  const int32_t *_Nullable rows;
} TargetWindow;

// Sum of a loss over the elements of the present rows, and their number.
typedef struct {
  double sum;
  ptrdiff_t present_rows;
} LossTotal;

// The constants of one step of Adam, derived in double precision.
typedef struct {
  float beta1, complement1;  // complement = 1 - beta
  float beta2, complement2;
  float step_size;                 // learning rate / (1 - beta1^t)
  float inverse_root_correction2;  // 1 / sqrt(1 - beta2^t)
  float epsilon;
  float l2;    // times the value, added to the gradient
  float keep;  // factor on the value beforehand: 1 - learning rate * decoupled decay
} AdamArguments;

// The constants of one step of stochastic gradient descent.
typedef struct {
  float learning_rate, momentum, l2;
} SGDArguments;

// What an optimiser updates: `count` floats each, a multiple of 16.
typedef struct {
  ptrdiff_t count;
  float *_Nonnull values;
  float *_Nonnull first_moment;
  float *_Nonnull second_moment;
} ParameterWindow;

// A convolution of images [channels][height][width] to `outputs` channels with square kernels, zeros
// around the image, and a max-pool of pool x pool behind it (1: none), whose rest is dropped.
typedef struct {
  ptrdiff_t channels, height, width;
  ptrdiff_t outputs, kernel, padding, pool;
} ConvolutionShape;

// Floats of a pixel where the channels of an image lie side by side.
static inline ptrdiff_t convolution_depth(ptrdiff_t channels) {
  return channels <= 4 ? channels : (channels + 15) / 16 * 16;
}

typedef struct {
  // C = A B. Each element is one sum over `inner` from first to last, never split.
  // Unless exact, the last columns % 16 columns are read and written as 4, 8 or 16 lanes.
  void (*_Nonnull multiply)(const ProductArguments *_Nonnull product);

  // b[c][r] = a[r][c]; a and b must not overlap.
  void (*_Nonnull transpose)(FloatWindow a, FloatWindow b);

  // row[c] = sum of a[r][c] over r; columns are rounded up to a multiple of 16.
  void (*_Nonnull column_sums)(FloatWindow a, float *_Nonnull row);

  // destination[i] = source[rows[i]] for i < count, while source[next[i]] is fetched into cache.
  void (*_Nonnull gather)(const int32_t *_Nonnull rows, ptrdiff_t count, FloatWindow source,
                          FloatWindow destination, const int32_t *_Nullable next);

  // Fetches the first 64 bytes of the listed rows into cache.
  void (*_Nonnull fetch)(const int32_t *_Nonnull rows, ptrdiff_t count, FloatWindow source);

  void (*_Nonnull apply_tanh)(FloatWindow a);                     // a = tanh(a)
  void (*_Nonnull mask_by_tanh)(FloatWindow d, FloatWindow h);    // d = d (1 - h h)
  void (*_Nonnull mask_by_relu)(FloatWindow d, FloatWindow h);    // d = h > 0 ? d : 0
  void (*_Nonnull scale)(FloatWindow a, float factor);            // a = factor a

  // Losses: outputs [rows][columns], targets alike or, for softmax, [rows][1] class indices.
  // `gradient` receives the gradient of the mean over the elements of the present rows.
  // A row is missing when may_miss and its first target is not a number.
  LossTotal (*_Nonnull softmax_cross_entropy)(FloatWindow logits, TargetWindow labels,
                                              FloatWindow gradient, bool may_miss);
  LossTotal (*_Nonnull sigmoid_cross_entropy)(FloatWindow logits, TargetWindow targets,
                                              FloatWindow gradient, bool may_miss);
  LossTotal (*_Nonnull squared_error)(FloatWindow outputs, TargetWindow targets,
                                      FloatWindow gradient, bool may_miss);
  LossTotal (*_Nonnull absolute_error)(FloatWindow outputs, TargetWindow targets,
                                       FloatWindow gradient, bool may_miss);
  LossTotal (*_Nonnull huber_error)(FloatWindow outputs, TargetWindow targets,
                                    FloatWindow gradient, bool may_miss, float delta);

  // g[i][j] = sum of j[i][p] j[j][p] over p; g is [rows][rows], both triangles are written.
  void (*_Nonnull gramian)(FloatWindow j, double *_Nonnull g);

  // g[i][j] = sum of a[i][p] b[j][p] over p; g is [a.rows][b.rows].
  void (*_Nonnull cross_gramian)(FloatWindow a, FloatWindow b, double *_Nonnull g);

  // g[p] = sum of weights[k] j[k][p] over k.
  void (*_Nonnull combine)(FloatWindow j, const float *_Nonnull weights, float *_Nonnull g);

  // The sum of x[i] x[i].
  double (*_Nonnull squared_norm)(const float *_Nonnull x, ptrdiff_t count);

  // y = y + factor x
  void (*_Nonnull add)(const float *_Nonnull x, float factor, float *_Nonnull y, ptrdiff_t count);

  void (*_Nonnull adam)(ParameterWindow parameters, const float *_Nonnull gradient,
                        const AdamArguments *_Nonnull step);

  // Adam on the gradient sum of weights[k] gradients[k] over k.
  void (*_Nonnull adam_combining)(ParameterWindow parameters, FloatWindow gradients,
                                  const float *_Nonnull weights,
                                  const AdamArguments *_Nonnull step);

  // first_moment is the momentum buffer, untouched without momentum; second_moment is not read.
  void (*_Nonnull sgd)(ParameterWindow parameters, const float *_Nonnull gradient,
                       const SGDArguments *_Nonnull step);

  // y = e^x, and y = ln x for positive normal x.
  void (*_Nonnull exponentials)(const float *_Nonnull x, float *_Nonnull y, ptrdiff_t count);
  void (*_Nonnull logarithms)(const float *_Nonnull x, float *_Nonnull y, ptrdiff_t count);

  // y [rows][columns] = f x, or y + f x, with the factor of row r at factors[r * stride].
  void (*_Nonnull scale_rows)(FloatWindow x, const float *_Nonnull factors, ptrdiff_t stride,
                              FloatWindow y, bool accumulate);

  // products[r * stride] = sum of x[r][c] y[r][c] over c.
  void (*_Nonnull row_products)(FloatWindow x, FloatWindow y, float *_Nonnull products,
                                ptrdiff_t stride);

  // z = x y, or z + x y, element by element.
  void (*_Nonnull multiply_elements)(FloatWindow x, FloatWindow y, FloatWindow z,
                                     bool accumulate);

  void (*_Nonnull apply_sigmoid)(FloatWindow a);                     // a = 1 / (1 + e^-a)
  void (*_Nonnull mask_by_sigmoid)(FloatWindow d, FloatWindow h);    // d = d h (1 - h)
  void (*_Nonnull apply_softmax)(FloatWindow a);                     // softmax of each row
  void (*_Nonnull mask_by_softmax)(FloatWindow d, FloatWindow h);    // d = h (d - sum of d h)

  // y = scale h + shift, with h = (x - mean) factor and factor = 1 / sqrt(variance + epsilon) by row.
  void (*_Nonnull normalize_rows)(FloatWindow x, const float *_Nonnull scale,
                                  const float *_Nonnull shift, float epsilon, FloatWindow h,
                                  float *_Nonnull factors, FloatWindow y);

  // The gradient at x, stored or added, for the gradient d at y.
  void (*_Nonnull normalize_rows_gradient)(FloatWindow d, const float *_Nonnull scale,
                                           FloatWindow h, const float *_Nonnull factors,
                                           FloatWindow x, bool accumulate);

  // sums[c] = sum of x[r][c] y[r][c] over r.
  void (*_Nonnull column_products)(FloatWindow x, FloatWindow y, float *_Nonnull sums);

  // y [rows][outputs * out] = pool(x * weights + bias), with ReLU behind it on demand, and where in an
  // image with the channels side by side the window of each output begins that a pool took (not
  // written without a pool). weights [channels * kernel * kernel][outputs]; scratch for sixteen
  // images and twice their outputs in lanes, zero at first.
  void (*_Nonnull convolve)(const ConvolutionShape *_Nonnull shape, FloatWindow x,
                            const float *_Nonnull weights, ptrdiff_t weight_stride,
                            const float *_Nullable bias, bool relu, FloatWindow y,
                            int32_t *_Nullable winners, ptrdiff_t winner_stride,
                            float *_Nonnull scratch);

  // Each row of x with the channels side by side and the border around it, for
  // `convolution_weight_gradient`; 16 floats behind every copy may be read.
  void (*_Nonnull lay_channels_last)(const ConvolutionShape *_Nonnull shape, FloatWindow x,
                                     float *_Nonnull copies, ptrdiff_t stride);

  // The weights in the order of such windows, for `convolution_input_gradient`.
  void (*_Nonnull lay_kernels)(const ConvolutionShape *_Nonnull shape,
                               const float *_Nonnull weights, ptrdiff_t weight_stride,
                               float *_Nonnull kernels);

  // The gradients of weights and bias for the gradient d at the outputs. offsets as `convolve` left
  // them or, without a pool, one for each position with stride 0; scratch for two floats a position
  // and the weights as `lay_kernels` lays them.
  void (*_Nonnull convolution_weight_gradient)(const ConvolutionShape *_Nonnull shape,
                                               FloatWindow d, const int32_t *_Nonnull offsets,
                                               ptrdiff_t offset_stride,
                                               const float *_Nonnull copies,
                                               ptrdiff_t copy_stride, float *_Nonnull gradient,
                                               ptrdiff_t gradient_stride, float *_Nullable bias,
                                               float *_Nonnull scratch);

  // The gradient at x, stored or added; scratch for two floats an output, two for each of a pool's
  // inputs and one copy of a row.
  void (*_Nonnull convolution_input_gradient)(const ConvolutionShape *_Nonnull shape,
                                              FloatWindow d, const int32_t *_Nonnull offsets,
                                              ptrdiff_t offset_stride,
                                              const float *_Nonnull kernels, FloatWindow x,
                                              bool accumulate, float *_Nonnull scratch);

  // y = the first largest of each window of pool x pool of rows [channels][height][width], with its
  // place in x's row.
  void (*_Nonnull max_pool)(FloatWindow x, ptrdiff_t channels, ptrdiff_t height, ptrdiff_t width,
                            ptrdiff_t pool, FloatWindow y, int32_t *_Nonnull winners,
                            ptrdiff_t winner_stride);
  void (*_Nonnull max_pool_gradient)(FloatWindow d, const int32_t *_Nonnull winners,
                                     ptrdiff_t winner_stride, FloatWindow x, bool accumulate);

  // Rows [channels][positions]: sums[c] = sum of x, or of x y, over rows and positions.
  void (*_Nonnull channel_sums)(FloatWindow x, const FloatWindow *_Nullable y,
                                ptrdiff_t positions, double *_Nonnull sums);

  // h = (x - means) factors and y = scale h + shift, by channel.
  void (*_Nonnull normalize_channels)(FloatWindow x, ptrdiff_t positions,
                                      const float *_Nonnull means, const float *_Nonnull factors,
                                      const float *_Nonnull scale, const float *_Nonnull shift,
                                      FloatWindow h, FloatWindow y);

  // x = slopes (d - means - h products) by channel, stored or added.
  void (*_Nonnull normalize_channels_gradient)(FloatWindow d, ptrdiff_t positions,
                                               const float *_Nonnull slopes,
                                               const float *_Nonnull means,
                                               const float *_Nonnull products, FloatWindow h,
                                               FloatWindow x, bool accumulate);

  // y = x times the share of a standard normal number below x; and g = d times its slope at x.
  void (*_Nonnull gelu)(FloatWindow x, FloatWindow y);
  void (*_Nonnull gelu_gradient)(FloatWindow x, FloatWindow d, FloatWindow g, bool accumulate);
} KernelFunctions;

// The loops for an instruction set, or null where the processor lacks it.
const KernelFunctions *_Nonnull baseline_kernels(void);
const KernelFunctions *_Nullable avx2_kernels(void);
const KernelFunctions *_Nullable avx512_kernels(void);

// Makes the calling thread take denormal numbers as zero, which processors otherwise handle up to
// a hundred times slower. Returns the thread's mode before, for `restore_float_control`.
uint64_t set_flush_to_zero(void);
void restore_float_control(uint64_t control);

#endif
