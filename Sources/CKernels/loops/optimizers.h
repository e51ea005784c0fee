// Optimisers: one pass over the parameters, which are a multiple of 16 floats.

// Adam (Kingma and Ba, 2015) on the 16 parameters from i with gradient g, with L2 regularisation
// or decoupled weight decay (Loshchilov and Hutter, 2019) where `regularised`.
INLINE void adam_lanes(ParameterWindow p, ptrdiff_t i, Lanes g, const AdamArguments *s,
                       const bool regularised) {
  Lanes value = load(p.values + i);
  if (regularised) {
    g = all(s->l2) * value + g;
    value = value * all(s->keep);
  }
  Lanes first = all(s->beta1) * load(p.first_moment + i) + all(s->complement1) * g;
  Lanes second = all(s->beta2) * load(p.second_moment + i) + (all(s->complement2) * g) * g;
  Lanes size = __builtin_elementwise_sqrt(second) * all(s->inverse_root_correction2) +
               all(s->epsilon);
  store(p.first_moment + i, first);
  store(p.second_moment + i, second);
  store(p.values + i, value - all(s->step_size) * (first / size));
}

INLINE bool is_regularised(const AdamArguments *step) {
  return step->l2 != 0.0f || step->keep != 1.0f;
}

static void adam(ParameterWindow parameters, const float *gradient, const AdamArguments *step) {
  const AdamArguments s = *step;
  if (is_regularised(step)) {
    for (ptrdiff_t i = 0; i < parameters.count; i += LANES)
      adam_lanes(parameters, i, load(gradient + i), &s, true);
  } else {
    for (ptrdiff_t i = 0; i < parameters.count; i += LANES)
      adam_lanes(parameters, i, load(gradient + i), &s, false);
  }
}

static void adam_combining(ParameterWindow parameters, FloatWindow gradients,
                           const float *weights, const AdamArguments *step) {
  const AdamArguments s = *step;
  if (is_regularised(step)) {
    for (ptrdiff_t i = 0; i < parameters.count; i += LANES)
      adam_lanes(parameters, i, combined(gradients, weights, i), &s, true);
  } else {
    for (ptrdiff_t i = 0; i < parameters.count; i += LANES)
      adam_lanes(parameters, i, combined(gradients, weights, i), &s, false);
  }
}

// Gradient descent: values -= learning rate * buffer, buffer = momentum * buffer + gradient.
static void sgd(ParameterWindow p, const float *gradient, const SGDArguments *step) {
  const SGDArguments s = *step;
  for (ptrdiff_t i = 0; i < p.count; i += LANES) {
    Lanes value = load(p.values + i), g = load(gradient + i);
    if (s.l2 != 0.0f) g = all(s.l2) * value + g;
    if (s.momentum != 0.0f) {
      g = all(s.momentum) * load(p.first_moment + i) + g;
      store(p.first_moment + i, g);
    }
    store(p.values + i, value - all(s.learning_rate) * g);
  }
}
