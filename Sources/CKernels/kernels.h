// All loops, for the instruction set of the file that includes this one. That file defines:
//   FUNCTIONS         the name of the table made here
//   VECTORS_PER_TILE  16-lane vectors in the widest tile of a product: 1 or 4
//   ROWS_PER_TILE     rows in the highest tile of a product: 2, 6 or 8
//   GRAMIAN_TILE      rows of each side in a tile of a Gram matrix: 2 or 4
//   IMAGE_LANES       images that a register of a convolution holds: 4, 8 or 16
//   IMAGE_CHANNELS    output channels of a convolution that are computed together: 3 or 6
//   MOST_KEPT         vectors of a window that are kept in registers: 5, 6 or 25
#pragma clang diagnostic ignored "-Wpsabi"
#pragma STDC FP_CONTRACT ON

#include "loops/lanes.h"
#include "loops/products.h"
#include "loops/elementwise.h"
#include "loops/losses.h"
#include "loops/reductions.h"
#include "loops/optimizers.h"
#include "loops/mixtures.h"
#include "loops/norms.h"
#include "loops/convolution.h"
#include "loops/images.h"

const KernelFunctions FUNCTIONS = {
    .multiply = multiply,
    .transpose = transpose,
    .column_sums = column_sums,
    .gather = gather,
    .fetch = fetch,
    .apply_tanh = apply_tanh,
    .mask_by_tanh = mask_by_tanh,
    .mask_by_relu = mask_by_relu,
    .scale = scale,
    .softmax_cross_entropy = softmax_cross_entropy,
    .sigmoid_cross_entropy = sigmoid_cross_entropy,
    .squared_error = squared_error,
    .absolute_error = absolute_error,
    .huber_error = huber_error,
    .gramian = gramian,
    .cross_gramian = cross_gramian,
    .combine = combine,
    .squared_norm = squared_norm,
    .add = add,
    .adam = adam,
    .adam_combining = adam_combining,
    .sgd = sgd,
    .exponentials = exponentials,
    .logarithms = logarithms,
    .scale_rows = scale_rows,
    .row_products = row_products,
    .multiply_elements = multiply_elements,
    .apply_sigmoid = apply_sigmoid,
    .mask_by_sigmoid = mask_by_sigmoid,
    .apply_softmax = apply_softmax,
    .mask_by_softmax = mask_by_softmax,
    .normalize_rows = normalize_rows,
    .normalize_rows_gradient = normalize_rows_gradient,
    .column_products = column_products,
    .convolve = convolve,
    .lay_channels_last = lay_channels_last,
    .lay_kernels = lay_kernels,
    .convolution_weight_gradient = convolution_weight_gradient,
    .convolution_input_gradient = convolution_input_gradient,
    .max_pool = max_pool,
    .max_pool_gradient = max_pool_gradient,
    .channel_sums = channel_sums,
    .normalize_channels = normalize_channels,
    .normalize_channels_gradient = normalize_channels_gradient,
    .gelu = gelu,
    .gelu_gradient = gelu_gradient,
};
