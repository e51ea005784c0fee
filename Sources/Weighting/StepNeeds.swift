/// What a method must be given before it can weigh a step; the trainer computes exactly this.
///
/// Losses are always given. Everything else costs forward or backward passes.
package struct StepNeeds: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Norms of the task gradients on the last shared layer (weight and bias): `gradientNorms`.
  package static let lastLayerNorms = StepNeeds(rawValue: 1 << 0)
  /// Norms of the task gradients on all shared parameters: `gradientNorms`.
  package static let sharedNorms = StepNeeds(rawValue: 1 << 1)
  /// Inner products of the task gradients on all shared parameters: `gramian`.
  package static let gramian = StepNeeds(rawValue: 1 << 2)
  /// One Gramian for every group of `MethodContext.parameterGroups`: `groupGramians`.
  package static let groupGramians = StepNeeds(rawValue: 1 << 3)
  /// The task gradients themselves: `jacobian`.
  package static let jacobian = StepNeeds(rawValue: 1 << 4)
  /// Inner products of the gradients at the shared representation, in `gramian`.
  ///
  /// No task passes through the trunk.
  package static let representationGramian = StepNeeds(rawValue: 1 << 5)
  /// The shared representation and the task gradients at it: `representation` and
  /// `representationGradients`.
  package static let representation = StepNeeds(rawValue: 1 << 6)
  /// Needs that two tasks' gradients at the same place must answer.
  package static let taskGradients: StepNeeds = [
    .lastLayerNorms, .sharedNorms, .gramian, .groupGramians, .jacobian, .crossGramian,
    .representationGramian, .representation,
  ]
  /// Needs that one representation of all tasks must answer.
  package static let gradientsAtRepresentation: StepNeeds = [
    .representationGramian, .representation,
  ]
  /// Losses on the same batch after the parameter step, by `observe(lossesAfter:)`.
  package static let lossesAfterStep = StepNeeds(rawValue: 1 << 7)
  /// Three independent batches, the first two of which give `crossGramian`.
  ///
  /// The update uses the third.
  package static let crossGramian = StepNeeds(rawValue: 1 << 8)
  /// The change of the training losses along the validation gradient after a look-ahead step with
  /// `lookAheadWeights`: `lookAheadSlopes` (Auto-lambda).
  package static let lookAhead = StepNeeds(rawValue: 1 << 9)
}
