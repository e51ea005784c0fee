/// What a method must be given before it can weigh a step; the trainer computes exactly this.
///
/// Losses are always given, and `[]` asks for nothing else. Everything else costs forward or backward
/// passes. What a need has to be told is its argument.
package struct StepNeeds: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Needs by name.
  package struct Kinds: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    package static let lastLayerNorms = Kinds(rawValue: 1 << 0)
    package static let sharedNorms = Kinds(rawValue: 1 << 1)
    package static let gramian = Kinds(rawValue: 1 << 2)
    package static let groupGramians = Kinds(rawValue: 1 << 3)
    package static let jacobian = Kinds(rawValue: 1 << 4)
    package static let representationGramian = Kinds(rawValue: 1 << 5)
    package static let representation = Kinds(rawValue: 1 << 6)
    package static let lossesAfterStep = Kinds(rawValue: 1 << 7)
    package static let crossGramian = Kinds(rawValue: 1 << 8)
    package static let lookAhead = Kinds(rawValue: 1 << 9)

    /// Needs that two tasks' gradients at the same place must answer.
    package static let taskGradients: Kinds = [
      .lastLayerNorms, .sharedNorms, .gramian, .groupGramians, .jacobian, .crossGramian,
      .representationGramian, .representation,
    ]
    /// Needs that one representation of all tasks must answer.
    package static let gradientsAtRepresentation: Kinds = [.representationGramian, .representation]
  }

  /// The look-ahead step of Auto-lambda.
  package struct LookAhead: Hashable, Sendable {
    /// Weights with which the step is made, shape [K].
    package let weights: [Double]
    /// Tasks whose validation losses are followed.
    package let tasks: [Int]
    /// How far the parameters move to both sides for the slopes: a length, above 0.
    package let difference: Double

    package init(weights: [Double], tasks: [Int], difference: Double) {
      self.weights = weights
      self.tasks = tasks
      self.difference = difference
    }
  }

  package private(set) var kinds: Kinds
  /// The groups of `groupGramians`; else empty.
  package private(set) var parameterGroups: [Range<Int>] = []
  /// The factors of `crossGramian`; else empty.
  package private(set) var headBatchFactors: [Double] = []
  /// The step of `lookAhead`; else nil.
  package private(set) var lookAhead: LookAhead?

  private init(_ kinds: Kinds) {
    self.kinds = kinds
  }

  /// All that any of some needs asks for.
  package init(arrayLiteral elements: StepNeeds...) {
    self.init(elements.reduce(into: Kinds()) { $0.formUnion($1.kinds) })
    for needs in elements {
      parameterGroups += needs.parameterGroups
      headBatchFactors += needs.headBatchFactors
      lookAhead = lookAhead ?? needs.lookAhead
    }
  }

  /// The step of `lookAhead`, which is no longer held here: the method may change its weights without a copy.
  package mutating func takeLookAhead() -> LookAhead? {
    let taken = lookAhead
    lookAhead = nil
    return taken
  }

  package func contains(_ kind: Kinds) -> Bool { kinds.contains(kind) }
  package func isDisjoint(with other: Kinds) -> Bool { kinds.isDisjoint(with: other) }

  /// Norms of the task gradients on the last shared layer (weight and bias): `gradientNorms`.
  package static var lastLayerNorms: StepNeeds { StepNeeds(.lastLayerNorms) }
  /// Norms of the task gradients on all shared parameters: `gradientNorms`.
  package static var sharedNorms: StepNeeds { StepNeeds(.sharedNorms) }
  /// Inner products of the task gradients on all shared parameters: `gramian`.
  package static var gramian: StepNeeds { StepNeeds(.gramian) }
  /// The task gradients themselves: `jacobian`.
  package static var jacobian: StepNeeds { StepNeeds(.jacobian) }
  /// Inner products of the gradients at the shared representation, in `gramian`.
  ///
  /// No task passes through the trunk.
  package static var representationGramian: StepNeeds { StepNeeds(.representationGramian) }
  /// The shared representation and the task gradients at it: `representation` and
  /// `representationGradients`.
  package static var representation: StepNeeds { StepNeeds(.representation) }
  /// Losses on the same batch after the parameter step, by `observe(lossesAfter:)`.
  package static var lossesAfterStep: StepNeeds { StepNeeds(.lossesAfterStep) }

  /// One Gramian for every group of shared parameters: `groupGramians`.
  ///
  /// - Parameter groups: As `MethodContext` lists them.
  /// - Returns: This need alone.
  package static func groupGramians(of groups: [Range<Int>]) -> StepNeeds {
    var needs = StepNeeds(.groupGramians)
    needs.parameterGroups = groups
    return needs
  }

  /// Three independent batches, the first two of which give `crossGramian`; the update uses the third.
  ///
  /// - Parameter headBatchFactors: The factor of each batch's gradient in that of the heads, shape [3].
  /// - Returns: This need alone.
  package static func crossGramian(headBatchFactors: [Double]) -> StepNeeds {
    var needs = StepNeeds(.crossGramian)
    needs.headBatchFactors = headBatchFactors
    return needs
  }

  /// The change of the training losses along the validation gradient after a look-ahead step:
  /// `lookAheadSlopes`.
  package static func lookAhead(_ lookAhead: LookAhead) -> StepNeeds {
    var needs = StepNeeds(.lookAhead)
    needs.lookAhead = lookAhead
    return needs
  }
}
