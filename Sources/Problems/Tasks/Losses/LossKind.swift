/// What training lowers for one task: a mean over the rows whose target is present.
///
/// A loss is a case here, its mean in Double in `TaskLoss`, and the kernel of its mean and gradient in
/// `LossKernel`.
package enum LossKind: String, CaseIterable, Sendable {
  /// Softmax cross-entropy in nats, `-log softmax(z)[class]`.
  case crossEntropy = "cross_entropy"
  /// Sigmoid cross-entropy in nats, `log(1 + exp(z)) - y z` with y in {0, 1}.
  case binaryCrossEntropy = "binary_cross_entropy"
  /// Squared error, mean over rows and outputs: `(o - t)^2`.
  case squared = "mse"
  /// Absolute error, mean over rows and outputs: `|o - t|`.
  case absolute = "l1"
  /// Huber's loss, mean over rows and outputs: `d^2 / 2` up to `|d| = delta`, then
  /// `delta (|d| - delta / 2)`.
  case huber

  /// The losses a kind of task can have, its default first.
  package static func choices(for kind: TaskKind) -> [LossKind] {
    switch kind {
    case .regression: [.squared, .absolute, .huber]
    case .binary: [.binaryCrossEntropy]
    case .multiclass: [.crossEntropy]
    }
  }

  /// The default loss of a kind of task: squared error or cross-entropy.
  package static func standard(for kind: TaskKind) -> LossKind {
    choices(for: kind)[0]
  }
}
