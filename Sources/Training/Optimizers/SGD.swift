package import Kernels
package import Settings
package import Weighting

/// Stochastic gradient descent with momentum: `b <- momentum * b + g; p <- p - lr * b`, where `g`
/// is the gradient plus `weight_decay * p`.
///
/// Source: Sutskever, Martens, Dahl and Hinton, "On the Importance of Initialization and Momentum
/// in Deep Learning", ICML 2013.
///
/// Departures: the learning rate multiplies the buffer and not the gradient, as in PyTorch.
///
/// Settings: `momentum` (default 0, below 1), `weight_decay` (default 0).
package struct SGD: Optimizer {
  package static let name = "sgd"
  package static let description = (
    idea: "Plain steps along the gradient, with momentum if asked.",
    settings: [
      (key: "momentum", meaning: "share of the last step that is kept (default 0, below 1)"),
      (key: "weight_decay", meaning: "factor of the L2 penalty's gradient (default 0, to 10)"),
    ]
  )
  private let momentum: Double
  private let decay: Double
  private var learningRate = 0.0

  package init(settings: inout SettingsReader) throws(SettingsError) {
    momentum = try settings.number("momentum", default: 0, in: 0...0.9999)
    decay = try settings.number("weight_decay", default: 0, in: 0...10)
  }

  package var context: MethodContext.NetworkOptimizer {
    MethodContext.NetworkOptimizer(kind: .sgd, momentum: momentum)
  }
  package var lookAheadMomentum: Double { momentum }
  package var gradientDecay: Double { decay }

  package mutating func advance(learningRate: Double) {
    self.learningRate = learningRate
  }

  package func apply(
    _ gradient: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    _ kernels: KernelTable
  ) {
    let step = SGDStep(
      learningRate: Float(learningRate),
      momentum: Float(momentum),
      l2: Float(decay)
    )
    unsafe kernels.sgd(parameters, gradient: gradient, step)
  }

  package func apply(
    combining rows: MatrixView,
    weights: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    scratch: UnsafeMutablePointer<Float>,
    _ kernels: KernelTable
  ) {
    unsafe kernels.combine(rows, weights: weights, into: scratch)
    unsafe apply(scratch, to: parameters, kernels)
  }
}
