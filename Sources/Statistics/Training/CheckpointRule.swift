internal import Kernels

/// Which of a run's evaluations is the one that is reported.
///
/// - `best`: the lowest sum over the tasks of the logarithm of the validation loss, in which halving
///   any task's loss counts the same, whatever its scale and however far it can fall;
/// - `relative`: the lowest sum of validation losses relative to those before training. A task that
///   cannot be learnt has a ratio near 1 for ever, so that a little overfitting of it outweighs the
///   halving of another's error: a variant, kept to show what hangs on the rule;
/// - `last`: the end of training.
///
/// `best` is the measure of tables in another form: over one task it is that task's best evaluation,
/// and the geometric Δm against single-task losses `b_k` is lowest where `sum of log (L_k / b_k)` is,
/// which is the same evaluation for every `b`. So no base has to be known while training.
package enum CheckpointRule: String, CaseIterable, Sendable {
  case best
  case relative
  case last

  /// The rule where none is named.
  package static let standard = CheckpointRule.best

  /// Losses below this count as this, so that a loss of 0 is better than any other and no more.
  private static let smallestLoss = 1e-30

  /// What the rule minimises at an evaluation; nil where no task has a loss, and for `last`.
  ///
  /// - Parameters:
  ///   - losses: Validation loss of each task, shape [K]; a task without a label on the part has none
  ///     (nan) and is left out.
  ///   - start: The same before training.
  /// - Returns: The mean over the tasks that have a loss; infinite where one is infinite.
  package func score(losses: [Double], start: [Double]) -> Double? {
    precondition(losses.count == start.count, "\(losses.count) losses, \(start.count) at the start")
    let terms = zip(losses, start).compactMap { loss, start -> Double? in
      guard !loss.isNaN else { return nil }
      switch self {
      case .best: return CheckpointRule.logarithm(loss)
      case .relative: return start > 0 ? loss / start : loss
      case .last: return nil
      }
    }
    return terms.isEmpty ? nil : CompensatedSum.mean(terms)
  }

  private static func logarithm(_ loss: Double) -> Double {
    loss.isFinite ? Portable.log(max(loss, smallestLoss)) : loss
  }
}
