/// What a task predicts.
package enum TaskKind: Hashable, Sendable {
  /// Real numbers, `outputs` of them per row.
  case regression(outputs: Int)
  /// One of two classes; class index 1 is the positive one.
  case binary
  /// One of `classes` classes, at least 2.
  case multiclass(classes: Int)

  /// The word suite files and tables use.
  package var title: String {
    switch self {
    case .regression: "regression"
    case .binary: "binary"
    case .multiclass: "multiclass"
    }
  }

  /// Number of classes; 0 for a regression.
  package var classCount: Int {
    switch self {
    case .regression: 0
    case .binary: 2
    case .multiclass(let classes): classes
    }
  }

  /// Columns of the network's output: numbers, one logit, or one logit per class.
  package var outputCount: Int {
    switch self {
    case .regression(let outputs): outputs
    case .binary: 1
    case .multiclass(let classes): classes
    }
  }

  /// Columns of the target: numbers, or the class index.
  package var targetCount: Int {
    switch self {
    case .regression(let outputs): outputs
    case .binary, .multiclass: 1
    }
  }
}
