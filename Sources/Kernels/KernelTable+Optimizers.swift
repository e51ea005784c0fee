internal import CKernels

/// The storage an optimiser updates: `count` floats each, a multiple of 16.
@safe
package struct ParameterSlices {
  package let count: Int
  package let values: UnsafeMutablePointer<Float>
  /// The mean of the gradient (Adam) or the momentum buffer (SGD).
  package let firstMoment: UnsafeMutablePointer<Float>
  /// The mean of the squared gradient (Adam).
  package let secondMoment: UnsafeMutablePointer<Float>

  package init(
    count: Int,
    values: UnsafeMutablePointer<Float>,
    firstMoment: UnsafeMutablePointer<Float>,
    secondMoment: UnsafeMutablePointer<Float>
  ) {
    precondition(count >= 0 && count % 16 == 0)
    self.count = count
    unsafe self.values = values
    unsafe self.firstMoment = firstMoment
    unsafe self.secondMoment = secondMoment
  }

  fileprivate var window: ParameterWindow {
    unsafe ParameterWindow(
      count: count,
      values: values,
      first_moment: firstMoment,
      second_moment: secondMoment
    )
  }
}

/// The constants of one step of Adam (Kingma and Ba, 2015), or of AdamW where there is decoupled
/// decay (Loshchilov and Hutter, 2019).
///
/// They are derived in double precision: 1 - 0.999 in float would be off by 1e-5 of itself.
package struct AdamStep: Sendable {
  fileprivate let arguments: AdamArguments

  /// Constants of the step numbered t, from 1.
  ///
  /// - Parameters:
  ///   - learningRate: η
  ///   - beta1: Decay of the mean of the gradient, β₁.
  ///   - beta2: Decay of the mean of the squared gradient, β₂.
  ///   - epsilon: Added to the root of the corrected second moment.
  ///   - l2: Times the value, added to the gradient.
  ///   - decoupledDecay: η times it, times the value, is taken from the value first.
  ///   - correction1: 1 - β₁ᵗ
  ///   - correction2: 1 - β₂ᵗ
  package init(
    learningRate: Double,
    beta1: Double,
    beta2: Double,
    epsilon: Double,
    l2: Double = 0,
    decoupledDecay: Double = 0,
    correction1: Double,
    correction2: Double
  ) {
    arguments = AdamArguments(
      beta1: Float(beta1),
      complement1: Float(1 - beta1),
      beta2: Float(beta2),
      complement2: Float(1 - beta2),
      step_size: Float(learningRate / correction1),
      inverse_root_correction2: Float(1 / correction2.squareRoot()),
      epsilon: Float(epsilon),
      l2: Float(l2),
      keep: Float(1 - learningRate * decoupledDecay)
    )
  }

  /// The same from floats, whose rounding the constants then carry.
  package init(
    learningRate: Float,
    beta1: Float,
    beta2: Float,
    epsilon: Float,
    l2: Float = 0,
    decoupledDecay: Float = 0,
    correction1: Float,
    correction2: Float
  ) {
    self.init(
      learningRate: Double(learningRate),
      beta1: Double(beta1),
      beta2: Double(beta2),
      epsilon: Double(epsilon),
      l2: Double(l2),
      decoupledDecay: Double(decoupledDecay),
      correction1: Double(correction1),
      correction2: Double(correction2)
    )
  }
}

/// The constants of one step of stochastic gradient descent.
package struct SGDStep: Sendable {
  fileprivate let arguments: SGDArguments

  /// Constants of every step.
  ///
  /// - Parameters:
  ///   - learningRate: η
  ///   - momentum: Decay of the momentum buffer; 0 leaves the buffer untouched.
  ///   - l2: Times the value, added to the gradient.
  package init(learningRate: Float, momentum: Float = 0, l2: Float = 0) {
    arguments = SGDArguments(learning_rate: learningRate, momentum: momentum, l2: l2)
  }
}

extension KernelTable {
  /// m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g²,
  /// p = p - η m̂ / (√v̂ + ε), with the corrected moments m̂ and v̂.
  package func adam(
    _ parameters: ParameterSlices,
    gradient: UnsafePointer<Float>,
    _ step: AdamStep
  ) {
    var arguments = step.arguments
    unsafe functions.pointee.adam(parameters.window, gradient, &arguments)
  }

  /// Adam on the gradient Σ weights[k] gradients[k], in one pass over gradients [K][count].
  package func adamCombining(
    _ parameters: ParameterSlices,
    gradients: MatrixView,
    weights: UnsafePointer<Float>,
    _ step: AdamStep
  ) {
    precondition(gradients.columns == parameters.count)
    var arguments = step.arguments
    unsafe functions.pointee.adam_combining(
      parameters.window,
      gradients.window,
      weights,
      &arguments
    )
  }

  /// p = p - η g, or with momentum μ: m = μ m + g, p = p - η m.
  package func sgd(
    _ parameters: ParameterSlices,
    gradient: UnsafePointer<Float>,
    _ step: SGDStep
  ) {
    var arguments = step.arguments
    unsafe functions.pointee.sgd(parameters.window, gradient, &arguments)
  }
}
