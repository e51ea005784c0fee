package import Kernels
package import Settings
package import Weighting

/// Adam with an L2 penalty added to the gradient.
///
/// `m <- b1 m + (1 - b1) g; v <- b2 v + (1 - b2) g^2; p <- p - lr (m / (1 - b1^t)) / (sqrt(v / (1 -
/// b2^t)) + eps)` with `g` the gradient plus `weight_decay * p`.
///
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1.
///
/// Settings: `betas` (default [0.9, 0.999]), `epsilon` (default 1e-8), `weight_decay` (default 0).
package struct Adam: Optimizer {
  package static let name = "adam"
  package static let description = (
    idea: "Steps scaled by the moments of the gradient; weight decay joins the gradient.",
    settings: [
      (key: "betas", meaning: "decay rates of the two moments (default [0.9, 0.999])"),
      (key: "epsilon", meaning: "added to the root of the second moment (default 1e-8)"),
      (key: "weight_decay", meaning: "factor of the L2 penalty's gradient (default 0, to 10)"),
    ]
  )
  private var moments: AdamMoments
  private let decay: Double

  package init(settings: inout SettingsReader) throws(SettingsError) {
    moments = try AdamMoments(settings: &settings)
    decay = try settings.number("weight_decay", default: 0, in: 0...10)
  }

  package var context: MethodContext.NetworkOptimizer { moments.context(kind: .adam) }
  package var lookAheadMomentum: Double { 0 }
  package var gradientDecay: Double { decay }

  package mutating func advance(learningRate: Double) {
    moments.advance(learningRate: learningRate)
  }

  package func apply(
    _ gradient: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    _ kernels: KernelTable
  ) {
    unsafe kernels.adam(parameters, gradient: gradient, moments.step(l2: decay, decoupled: 0))
  }

  package func apply(
    combining rows: MatrixView,
    weights: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    scratch: UnsafeMutablePointer<Float>,
    _ kernels: KernelTable
  ) {
    let step = moments.step(l2: decay, decoupled: 0)
    unsafe kernels.adamCombining(parameters, gradients: rows, weights: weights, step)
  }
}

/// Adam with weight decay decoupled from the gradient: `p <- p - lr * weight_decay * p` first.
///
/// Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
///
/// Settings: as Adam; `weight_decay` defaults to 0.01.
package struct AdamW: Optimizer {
  package static let name = "adamw"
  package static let description = (
    idea: "Adam with weight decay beside the gradient.",
    settings: [
      (key: "betas", meaning: "decay rates of the two moments (default [0.9, 0.999])"),
      (key: "epsilon", meaning: "added to the root of the second moment (default 1e-8)"),
      (
        key: "weight_decay",
        meaning: "share of a parameter per unit of learning rate (default 0.01, to 10)"
      ),
    ]
  )
  private var moments: AdamMoments
  private let decay: Double

  package init(settings: inout SettingsReader) throws(SettingsError) {
    moments = try AdamMoments(settings: &settings)
    decay = try settings.number("weight_decay", default: 0.01, in: 0...10)
  }

  package var context: MethodContext.NetworkOptimizer { moments.context(kind: .adamw) }
  package var lookAheadMomentum: Double { 0 }
  package var gradientDecay: Double { 0 }

  package mutating func advance(learningRate: Double) {
    moments.advance(learningRate: learningRate)
  }

  package func apply(
    _ gradient: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    _ kernels: KernelTable
  ) {
    unsafe kernels.adam(parameters, gradient: gradient, moments.step(l2: 0, decoupled: decay))
  }

  package func apply(
    combining rows: MatrixView,
    weights: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    scratch: UnsafeMutablePointer<Float>,
    _ kernels: KernelTable
  ) {
    let step = moments.step(l2: 0, decoupled: decay)
    unsafe kernels.adamCombining(parameters, gradients: rows, weights: weights, step)
  }
}

/// The settings and running bias corrections that Adam and AdamW share.
private struct AdamMoments: Sendable {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private var power1 = 1.0
  private var power2 = 1.0
  private var learningRate = 0.0

  init(settings: inout SettingsReader) throws(SettingsError) {
    let betas = try settings.numbers(
      "betas",
      default: [0.9, 0.999],
      in: 0...0.999999,
      count: 2...2
    )
    beta1 = betas[0]
    beta2 = betas[1]
    epsilon = try settings.number("epsilon", default: 1e-8, in: 1e-16...1)
  }

  func context(kind: MethodContext.NetworkOptimizer.Kind) -> MethodContext.NetworkOptimizer {
    MethodContext.NetworkOptimizer(kind: kind, betas: (beta1, beta2), epsilon: epsilon)
  }

  mutating func advance(learningRate: Double) {
    power1 *= beta1
    power2 *= beta2
    self.learningRate = learningRate
  }

  func step(l2: Double, decoupled: Double) -> AdamStep {
    AdamStep(
      learningRate: learningRate,
      beta1: beta1,
      beta2: beta2,
      epsilon: epsilon,
      l2: l2,
      decoupledDecay: decoupled,
      correction1: 1 - power1,
      correction2: 1 - power2
    )
  }
}
