// Losses and their gradients. The gradient is that of the mean over the present rows (and their
// columns, except for softmax), so it carries the factor 1 / number of elements.

// A running sum: float lanes over a few dozen terms, double beyond.
typedef struct {
  Lanes lanes;
  int terms;
  double total;
} LossAccumulator;

INLINE void accumulate(LossAccumulator *sum, Lanes terms) {
  sum->lanes = sum->lanes + terms;
  if (++sum->terms < 32) return;
  sum->total += precise_sum_of(sum->lanes);
  sum->lanes = all(0.0f);
  sum->terms = 0;
}

INLINE double total_of(const LossAccumulator *sum) {
  return sum->total + precise_sum_of(sum->lanes);
}

INLINE const float *targets_of(TargetWindow targets, ptrdiff_t row) {
  return targets.all.start + (targets.rows ? targets.rows[row] : row) * targets.all.stride;
}

INLINE bool is_missing(TargetWindow targets, ptrdiff_t row) {
  float target = *targets_of(targets, row);
  return target != target;
}

static ptrdiff_t count_present(TargetWindow targets, ptrdiff_t rows) {
  ptrdiff_t present = 0;
  for (ptrdiff_t row = 0; row < rows; row++) present += !is_missing(targets, row);
  return present;
}

INLINE void clear_row(FloatWindow gradient, ptrdiff_t row) {
  for (ptrdiff_t c = 0; c < gradient.columns; c++) gradient.start[row * gradient.stride + c] = 0.0f;
}

// 1 in the lanes before `count`, 0 in the others.
INLINE Lanes ones_before(int count) {
  const IntLanes lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lane < count ? all(1.0f) : all(0.0f);
}

INLINE ptrdiff_t class_of(TargetWindow labels, ptrdiff_t row, ptrdiff_t classes) {
  float label = *targets_of(labels, row);
  if (!(label >= 0.0f && label < (float)classes)) __builtin_trap();
  return (ptrdiff_t)label;
}

enum { MOST_CLASSES_ACROSS_ROWS = 64 };

// Rows that are worked on together, one in each lane.
typedef struct {
  ptrdiff_t rows[LANES];
  int count;
} RowBlock;

// logits, gradient [rows][classes]: one lane for each row of the block, class by class. Returns
// each row's loss in its lane.
INLINE Lanes softmax_across_rows(FloatWindow logits, TargetWindow labels, FloatWindow gradient,
                                 const RowBlock *block, float factor) {
  _Alignas(64) float by_row[LANES][MOST_CLASSES_ACROSS_ROWS];
  _Alignas(64) float by_class[MOST_CLASSES_ACROSS_ROWS][LANES];
  _Alignas(64) float chosen[LANES] = {0};
  ptrdiff_t labelled[LANES];
  const ptrdiff_t classes = logits.columns;
  const FloatWindow rows = {by_row[0], LANES, classes, MOST_CLASSES_ACROSS_ROWS};
  const FloatWindow columns = {by_class[0], classes, LANES, LANES};
  for (int i = 0; i < block->count; i++) {
    const float *z = logits.start + block->rows[i] * logits.stride;
    copy_row(z, by_row[i], classes);
    labelled[i] = class_of(labels, block->rows[i], classes);
    chosen[i] = z[labelled[i]];
  }
  for (int i = block->count; i < LANES; i++) copy_row(by_row[0], by_row[i], classes);
  transpose(rows, columns);
  Lanes largest = load(by_class[0]);
  for (ptrdiff_t c = 1; c < classes; c++) {
    Lanes z = load(by_class[c]);
    largest = z > largest ? z : largest;
  }
  Lanes sum = all(0.0f);
  for (ptrdiff_t c = 0; c < classes; c++) {
    Lanes e = exp_of_nonpositive(load(by_class[c]) - largest);
    store(by_class[c], e);
    sum = sum + e;
  }
  Lanes inverse = all(factor) / sum;
  for (ptrdiff_t c = 0; c < classes; c++) store(by_class[c], load(by_class[c]) * inverse);
  transpose(columns, rows);
  for (int i = 0; i < block->count; i++) {
    float *d = gradient.start + block->rows[i] * gradient.stride;
    copy_row(by_row[i], d, classes);
    d[labelled[i]] -= factor;
  }
  Lanes losses = log_of(sum) + (largest - load(chosen));
  return block->count < LANES ? losses * ones_before(block->count) : losses;
}

// logits, gradient [1 row][classes], for many classes: lanes along the row. Returns the loss.
INLINE float softmax_along_row(FloatWindow logits, TargetWindow labels, FloatWindow gradient,
                               ptrdiff_t row, float factor) {
  const float *z = logits.start + row * logits.stride;
  float *d = gradient.start + row * gradient.stride;
  const ptrdiff_t classes = logits.columns, whole = classes / LANES * LANES;
  const ptrdiff_t label = class_of(labels, row, classes);
  const float chosen = z[label];
  Lanes largest_lanes = load(z);
  for (ptrdiff_t c = LANES; c < whole; c += LANES) {
    Lanes x = load(z + c);
    largest_lanes = x > largest_lanes ? x : largest_lanes;
  }
  float largest = largest_lanes[0];
  for (int i = 1; i < LANES; i++) largest = largest_lanes[i] > largest ? largest_lanes[i] : largest;
  for (ptrdiff_t c = whole; c < classes; c++) largest = z[c] > largest ? z[c] : largest;
  Lanes sums = all(0.0f);
  for (ptrdiff_t c = 0; c < whole; c += LANES) {
    Lanes e = exp_of_nonpositive(load(z + c) - all(largest));
    store(d + c, e);
    sums = sums + e;
  }
  const int rest = (int)(classes - whole);
  if (rest > 0) {
    Lanes e = exp_of_nonpositive(load_first(z + whole, rest) - all(largest)) * ones_before(rest);
    store_first(d + whole, e, rest);
    sums = sums + e;
  }
  float sum = sum_of(sums), inverse = factor / sum;
  for (ptrdiff_t c = 0; c < classes; c++) d[c] = d[c] * inverse;
  d[label] -= factor;
  return log_of(all(sum))[0] + (largest - chosen);
}

// logits, gradient [rows][classes], labels [rows][1].
INLINE LossTotal softmax_loss(FloatWindow logits, TargetWindow labels, FloatWindow gradient,
                              const bool may_miss) {
  const ptrdiff_t present = may_miss ? count_present(labels, logits.rows) : logits.rows;
  const float factor = present > 0 ? (float)(1.0 / (double)present) : 0.0f;
  LossAccumulator sum = {all(0.0f), 0, 0.0};
  RowBlock block = {{0}, 0};
  for (ptrdiff_t row = 0; row < logits.rows; row++) {
    if (may_miss && is_missing(labels, row)) {
      clear_row(gradient, row);
    } else if (logits.columns > MOST_CLASSES_ACROSS_ROWS) {
      sum.total += (double)softmax_along_row(logits, labels, gradient, row, factor);
    } else {
      block.rows[block.count++] = row;
      if (block.count < LANES) continue;
      accumulate(&sum, softmax_across_rows(logits, labels, gradient, &block, factor));
      block.count = 0;
    }
  }
  if (block.count > 0)
    accumulate(&sum, softmax_across_rows(logits, labels, gradient, &block, factor));
  return (LossTotal){total_of(&sum), present};
}

static LossTotal softmax_cross_entropy(FloatWindow logits, TargetWindow labels,
                                       FloatWindow gradient, bool may_miss) {
  return may_miss ? softmax_loss(logits, labels, gradient, true)
                  : softmax_loss(logits, labels, gradient, false);
}

typedef enum { SquaredError, AbsoluteError, HuberError, SigmoidCrossEntropy } ElementLoss;

// The losses of 16 elements, and their derivatives by the outputs.
INLINE Lanes element_losses(const ElementLoss kind, Lanes outputs, Lanes targets, float delta,
                            Lanes *slopes) {
  const Lanes zero = all(0.0f), one = all(1.0f);
  if (kind == SigmoidCrossEntropy) {
    // max(z, 0) - z t + ln(1 + e^-|z|), whose exponential never overflows
    Lanes e = exp_of_nonpositive(-absolute(outputs));
    Lanes probability = (outputs < zero ? e : one) / (one + e);
    *slopes = probability - targets;
    Lanes positive_part = outputs < zero ? zero : outputs;
    return (positive_part - outputs * targets) + log_of_one_plus(e);
  }
  const Lanes error = outputs - targets, size = absolute(error);
  // The sign of the error; error * 0 keeps what is not a number.
  const Lanes sign = error > zero ? one : (error < zero ? -one : error * zero);
  switch (kind) {
  case AbsoluteError:
    *slopes = sign;
    return size;
  case HuberError:
    *slopes = size > all(delta) ? all(delta) * sign : error;
    return size > all(delta) ? all(delta) * (size - all(0.5f * delta)) : all(0.5f) * error * error;
  default:
    *slopes = error + error;
    return error * error;
  }
}

// outputs, targets, gradient [rows][columns < 16]: the rows of the block packed one after the other,
// so that sixteen of them fill whole lanes. Empties the block.
INLINE void packed_losses(const ElementLoss kind, FloatWindow outputs, TargetWindow targets,
                          FloatWindow gradient, ptrdiff_t columns, RowBlock *block, float delta,
                          Lanes factor, LossAccumulator *sum) {
  _Alignas(64) float y[LANES * LANES], t[LANES * LANES];
  const ptrdiff_t count = block->count * columns;
  for (int i = 0; i < block->count; i++) {
    copy_row(outputs.start + block->rows[i] * outputs.stride, y + i * columns, columns);
    copy_row(targets_of(targets, block->rows[i]), t + i * columns, columns);
  }
  for (ptrdiff_t p = count; p % LANES != 0; p++) y[p] = t[p] = 0.0f;
  for (ptrdiff_t p = 0; p < count; p += LANES) {
    Lanes slopes;
    Lanes losses = element_losses(kind, load(y + p), load(t + p), delta, &slopes);
    const Lanes kept = ones_before((int)(count - p));
    accumulate(sum, kept > all(0.0f) ? losses : all(0.0f));
    store(y + p, slopes * factor);
  }
  for (int i = 0; i < block->count; i++)
    copy_row(y + i * columns, gradient.start + block->rows[i] * gradient.stride, columns);
  block->count = 0;
}

// The same, compiled apart for the many regressions of one output.
INLINE void narrow_losses(const ElementLoss kind, FloatWindow outputs, TargetWindow targets,
                          FloatWindow gradient, RowBlock *block, float delta, Lanes factor,
                          LossAccumulator *sum) {
  const ptrdiff_t columns = outputs.columns;
  if (columns == 1)
    packed_losses(kind, outputs, targets, gradient, 1, block, delta, factor, sum);
  else
    packed_losses(kind, outputs, targets, gradient, columns, block, delta, factor, sum);
}

INLINE FloatWindow columns_from(FloatWindow a, ptrdiff_t first) {
  return (FloatWindow){a.start + first, a.rows, a.columns - first, a.stride};
}

// outputs, targets, gradient [rows][columns].
INLINE LossTotal element_loss(const ElementLoss kind, FloatWindow outputs, TargetWindow targets,
                              FloatWindow gradient, const bool may_miss, float delta) {
  const ptrdiff_t columns = outputs.columns;
  const ptrdiff_t present = may_miss ? count_present(targets, outputs.rows) : outputs.rows;
  const double elements = (double)present * (double)columns;
  const Lanes factor = all(elements > 0 ? (float)(1.0 / elements) : 0.0f);
  LossAccumulator sum = {all(0.0f), 0, 0.0};
  const ptrdiff_t whole = columns / LANES * LANES;
  const FloatWindow y_ends = columns_from(outputs, whole);
  const FloatWindow d_ends = columns_from(gradient, whole);
  const TargetWindow t_ends = {columns_from(targets.all, whole), targets.rows};
  RowBlock block = {{0}, 0};
  for (ptrdiff_t row = 0; row < outputs.rows; row++) {
    if (may_miss && is_missing(targets, row)) {
      clear_row(gradient, row);
      continue;
    }
    const float *y = outputs.start + row * outputs.stride;
    const float *t = targets_of(targets, row);
    float *d = gradient.start + row * gradient.stride;
    for (ptrdiff_t c = 0; c < whole; c += LANES) {
      Lanes slopes;
      accumulate(&sum, element_losses(kind, load(y + c), load(t + c), delta, &slopes));
      store(d + c, slopes * factor);
    }
    if (whole == columns) continue;
    block.rows[block.count++] = row;
    if (block.count < LANES) continue;
    narrow_losses(kind, y_ends, t_ends, d_ends, &block, delta, factor, &sum);
  }
  if (block.count > 0) narrow_losses(kind, y_ends, t_ends, d_ends, &block, delta, factor, &sum);
  return (LossTotal){total_of(&sum), present};
}

static LossTotal sigmoid_cross_entropy(FloatWindow logits, TargetWindow targets,
                                       FloatWindow gradient, bool may_miss) {
  return may_miss ? element_loss(SigmoidCrossEntropy, logits, targets, gradient, true, 0.0f)
                  : element_loss(SigmoidCrossEntropy, logits, targets, gradient, false, 0.0f);
}

static LossTotal squared_error(FloatWindow outputs, TargetWindow targets, FloatWindow gradient,
                               bool may_miss) {
  return may_miss ? element_loss(SquaredError, outputs, targets, gradient, true, 0.0f)
                  : element_loss(SquaredError, outputs, targets, gradient, false, 0.0f);
}

static LossTotal absolute_error(FloatWindow outputs, TargetWindow targets, FloatWindow gradient,
                                bool may_miss) {
  return may_miss ? element_loss(AbsoluteError, outputs, targets, gradient, true, 0.0f)
                  : element_loss(AbsoluteError, outputs, targets, gradient, false, 0.0f);
}

static LossTotal huber_error(FloatWindow outputs, TargetWindow targets, FloatWindow gradient,
                             bool may_miss, float delta) {
  return may_miss ? element_loss(HuberError, outputs, targets, gradient, true, delta)
                  : element_loss(HuberError, outputs, targets, gradient, false, delta);
}
