internal import Kernels
package import Settings

/// A few parameters of a rule's own and the optimizer that moves them, in `Double`.
///
/// A rule writes `gradient` and calls `descend`; the optimizer is SGD with momentum, Adam or AdamW as
/// PyTorch defines them, without weight decay, so that AdamW is Adam here:
///
/// - SGD: `b <- momentum * b + g`, `x <- x - rate * b`;
/// - Adam: `m <- beta1 m + (1 - beta1) g`, `v <- beta2 v + (1 - beta2) g^2`,
///   `x <- x - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)` at call t = 1, 2, …
///
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1, in
/// the order of operations of `torch.optim`.
package struct OwnParameters: Sendable {
  /// The parameters.
  package private(set) var values: [Double]
  /// Derivative of the rule's objective with respect to each parameter, written before `descend`.
  package var gradient: [Double]

  private let optimizer: MethodContext.NetworkOptimizer
  /// A rate of the rule's own; nil to follow the network's.
  private let ownRate: Double?
  private var first: [Double]
  private var second: [Double]
  /// `beta1^t` and `beta2^t` after the t steps of each parameter.
  private var firstDecay: [Double]
  private var secondDecay: [Double]

  /// Parameters at `values`.
  ///
  /// - Parameters:
  ///   - values: Where they start.
  ///   - optimizer: What moves them.
  ///   - learningRate: A rate of their own; nil to follow the network's at each step.
  package init(
    _ values: [Double],
    optimizer: MethodContext.NetworkOptimizer,
    learningRate: Double? = nil
  ) {
    self.values = values
    self.optimizer = optimizer
    ownRate = learningRate
    gradient = Array(repeating: 0, count: values.count)
    first = gradient
    second = gradient
    firstDecay = Array(repeating: 1, count: values.count)
    secondDecay = firstDecay
  }

  /// One parameter for each task, as the settings `init` and `learning_rate` say: trained by the
  /// network's optimizer, at its rate unless one is given.
  ///
  /// - Throws: `SettingsError` for a bad value of either key.
  package init(
    context: MethodContext,
    initial: Double,
    in range: ClosedRange<Double>,
    settings: inout SettingsReader
  ) throws(SettingsError) {
    let start = try settings.number("init", default: initial, in: range)
    let rate = try settings.optionalNumber("learning_rate", in: OwnParameters.rates)
    self.init(
      Array(repeating: start, count: context.taskCount),
      optimizer: context.optimizer,
      learningRate: rate
    )
  }

  /// Learning rates a suite may give to own parameters.
  package static let rates = 0.0...100.0

  /// One step against `gradient`.
  ///
  /// - Parameter networkRate: The network's learning rate at this step, used unless the parameters
  ///   have one of their own.
  package mutating func descend(networkRate: Double) {
    let rate = ownRate ?? networkRate
    switch optimizer.kind {
    case .sgd: descendByMomentum(rate)
    case .adam, .adamw: descendByMoments(rate)
    }
  }

  private mutating func descendByMomentum(_ rate: Double) {
    for k in values.indices {
      first[k] = optimizer.momentum * first[k] + gradient[k]
      values[k] -= rate * first[k]
    }
  }

  private mutating func descendByMoments(_ rate: Double) {
    let (beta1, beta2) = optimizer.betas
    for k in values.indices {
      firstDecay[k] *= beta1
      secondDecay[k] *= beta2
      let stepSize = rate / (1 - firstDecay[k])
      let secondScale = (1 - secondDecay[k]).squareRoot()
      first[k] = beta1 * first[k] + (1 - beta1) * gradient[k]
      second[k] = beta2 * second[k] + (1 - beta2) * gradient[k] * gradient[k]
      values[k] -= stepSize * first[k] / (second[k].squareRoot() / secondScale + optimizer.epsilon)
    }
  }

  /// Puts parameter k elsewhere, as a bound or a renormalisation asks; the moments stay.
  package mutating func set(_ k: Int, to value: Double) {
    values[k] = value
  }

  /// Keeps every parameter within `range`.
  package mutating func clamp(to range: ClosedRange<Double>) {
    for k in values.indices {
      values[k] = min(max(values[k], range.lowerBound), range.upperBound)
    }
  }

  /// Hands over the parameters and how far their optimizer is with each.
  ///
  /// - Parameters:
  ///   - memory: What carries them.
  ///   - total: What the parameters sum to; nil where they have no fixed sum.
  package mutating func carry(_ memory: inout TaskMemory, total: Double? = nil) {
    if let total {
      memory.shares(&values, total: total)
    } else {
      memory.perTask(&values)
    }
    memory.perTask(&first)
    memory.perTask(&second)
    memory.perTask(&firstDecay)
    memory.perTask(&secondDecay)
  }

  /// Takes other values, of the same number; nil leaves them as they are.
  package mutating func restore(_ values: [Double]?) {
    guard let values else { return }
    precondition(values.count == self.values.count, "\(values.count) for \(self.values.count)")
    self.values = values
  }
}

extension MethodContext.NetworkOptimizer {
  /// An optimizer of a rule's own, as the settings `betas` and `adam_eps` say.
  ///
  /// - Throws: `SettingsError` for a bad value of either key.
  init(kind: Kind, betasAndEpsilonIn settings: inout SettingsReader) throws(SettingsError) {
    let betas = try settings.numbers(
      "betas",
      default: [0.9, 0.999],
      in: 0...0.999999,
      count: 2...2
    )
    let epsilon = try settings.number("adam_eps", default: 1e-8, in: 0...1)
    self.init(kind: kind, betas: (betas[0], betas[1]), epsilon: epsilon)
  }
}
