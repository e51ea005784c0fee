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

INLINE bool is_missing(FloatWindow targets, ptrdiff_t row) {
  float target = targets.start[row * targets.stride];
  return target != target;
}

static ptrdiff_t count_present(FloatWindow targets) {
  ptrdiff_t present = 0;
  for (ptrdiff_t row = 0; row < targets.rows; row++) present += !is_missing(targets, row);
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

INLINE ptrdiff_t class_of(FloatWindow labels, ptrdiff_t row, ptrdiff_t classes) {
  float label = labels.start[row * labels.stride];
  if (!(label >= 0.0f && label < (float)classes)) __builtin_trap();
  return (ptrdiff_t)label;
}

enum { MOST_CLASSES_ACROSS_ROWS = 64 };

// logits, gradient [16 rows][classes]: one lane for each of the `count` rows listed, class by
// class. Returns each row's loss in its lane.
INLINE Lanes softmax_across_rows(FloatWindow logits, FloatWindow labels, FloatWindow gradient,
                                 const ptrdiff_t *rows, int count, float factor) {
  _Alignas(64) float by_class[MOST_CLASSES_ACROSS_ROWS][LANES];
  _Alignas(64) float chosen[LANES];
  ptrdiff_t chosen_class[LANES];
  const ptrdiff_t classes = logits.columns;
  for (int i = 0; i < LANES; i++) {
    ptrdiff_t row = rows[i < count ? i : 0];
    const float *z = logits.start + row * logits.stride;
    for (ptrdiff_t c = 0; c < classes; c++) by_class[c][i] = z[c];
    chosen_class[i] = class_of(labels, row, classes);
    chosen[i] = z[chosen_class[i]];
  }
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
  for (int i = 0; i < count; i++) {
    float *d = gradient.start + rows[i] * gradient.stride;
    for (ptrdiff_t c = 0; c < classes; c++) d[c] = by_class[c][i];
    d[chosen_class[i]] -= factor;
  }
  Lanes losses = log_of(sum) + (largest - load(chosen));
  return count < LANES ? losses * ones_before(count) : losses;
}

// logits, gradient [1 row][classes], for many classes: lanes along the row. Returns the loss.
INLINE float softmax_along_row(FloatWindow logits, FloatWindow labels, FloatWindow gradient,
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
INLINE LossTotal softmax_loss(FloatWindow logits, FloatWindow labels, FloatWindow gradient,
                              const bool may_miss) {
  const ptrdiff_t present = may_miss ? count_present(labels) : logits.rows;
  const float factor = present > 0 ? (float)(1.0 / (double)present) : 0.0f;
  LossAccumulator sum = {all(0.0f), 0, 0.0};
  ptrdiff_t block[LANES];
  int count = 0;
  for (ptrdiff_t row = 0; row < logits.rows; row++) {
    if (may_miss && is_missing(labels, row)) {
      clear_row(gradient, row);
    } else if (logits.columns > MOST_CLASSES_ACROSS_ROWS) {
      sum.total += (double)softmax_along_row(logits, labels, gradient, row, factor);
    } else {
      block[count++] = row;
      if (count < LANES) continue;
      accumulate(&sum, softmax_across_rows(logits, labels, gradient, block, LANES, factor));
      count = 0;
    }
  }
  if (count > 0)
    accumulate(&sum, softmax_across_rows(logits, labels, gradient, block, count, factor));
  return (LossTotal){total_of(&sum), present};
}

static LossTotal softmax_cross_entropy(FloatWindow logits, FloatWindow labels,
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

// Elements of rows' ends, collected until they fill all lanes.
typedef struct {
  _Alignas(64) float outputs[LANES];
  _Alignas(64) float targets[LANES];
  float *gradients[LANES];
  int count;
} CollectedElements;

INLINE void finish_collected(CollectedElements *elements, const ElementLoss kind, float delta,
                             Lanes factor, LossAccumulator *sum) {
  _Alignas(64) float gradients[LANES];
  Lanes slopes;
  Lanes losses = element_losses(kind, load(elements->outputs), load(elements->targets), delta,
                                &slopes);
  if (elements->count < LANES) {
    Lanes kept = ones_before(elements->count);
    losses = kept > all(0.0f) ? losses : all(0.0f);
  }
  accumulate(sum, losses);
  store(gradients, slopes * factor);
  for (int i = 0; i < elements->count; i++) *elements->gradients[i] = gradients[i];
  elements->count = 0;
}

// outputs, targets, gradient [rows][columns].
INLINE LossTotal element_loss(const ElementLoss kind, FloatWindow outputs, FloatWindow targets,
                              FloatWindow gradient, const bool may_miss, float delta) {
  const ptrdiff_t columns = outputs.columns;
  const ptrdiff_t present = may_miss ? count_present(targets) : outputs.rows;
  const double elements = (double)present * (double)columns;
  const Lanes factor = all(elements > 0 ? (float)(1.0 / elements) : 0.0f);
  LossAccumulator sum = {all(0.0f), 0, 0.0};
  CollectedElements rest = {{0}, {0}, {0}, 0};
  for (ptrdiff_t row = 0; row < outputs.rows; row++) {
    if (may_miss && is_missing(targets, row)) {
      clear_row(gradient, row);
      continue;
    }
    const float *y = outputs.start + row * outputs.stride;
    const float *t = targets.start + row * targets.stride;
    float *d = gradient.start + row * gradient.stride;
    ptrdiff_t c = 0;
    for (; c + LANES <= columns; c += LANES) {
      Lanes slopes;
      accumulate(&sum, element_losses(kind, load(y + c), load(t + c), delta, &slopes));
      store(d + c, slopes * factor);
    }
    for (; c < columns; c++) {
      rest.outputs[rest.count] = y[c];
      rest.targets[rest.count] = t[c];
      rest.gradients[rest.count] = d + c;
      if (++rest.count == LANES) finish_collected(&rest, kind, delta, factor, &sum);
    }
  }
  if (rest.count > 0) finish_collected(&rest, kind, delta, factor, &sum);
  return (LossTotal){total_of(&sum), present};
}

static LossTotal sigmoid_cross_entropy(FloatWindow logits, FloatWindow targets,
                                       FloatWindow gradient, bool may_miss) {
  return may_miss ? element_loss(SigmoidCrossEntropy, logits, targets, gradient, true, 0.0f)
                  : element_loss(SigmoidCrossEntropy, logits, targets, gradient, false, 0.0f);
}

static LossTotal squared_error(FloatWindow outputs, FloatWindow targets, FloatWindow gradient,
                               bool may_miss) {
  return may_miss ? element_loss(SquaredError, outputs, targets, gradient, true, 0.0f)
                  : element_loss(SquaredError, outputs, targets, gradient, false, 0.0f);
}

static LossTotal absolute_error(FloatWindow outputs, FloatWindow targets, FloatWindow gradient,
                                bool may_miss) {
  return may_miss ? element_loss(AbsoluteError, outputs, targets, gradient, true, 0.0f)
                  : element_loss(AbsoluteError, outputs, targets, gradient, false, 0.0f);
}

static LossTotal huber_error(FloatWindow outputs, FloatWindow targets, FloatWindow gradient,
                             bool may_miss, float delta) {
  return may_miss ? element_loss(HuberError, outputs, targets, gradient, true, delta)
                  : element_loss(HuberError, outputs, targets, gradient, false, delta);
}
