/// What a weighting method answers for one step; allocated once per run and overwritten.
@safe package struct StepWeights: @unchecked Sendable {
  /// How the update of the shared parameters is made.
  package enum SharedUpdate: Sendable {
    /// `sum over k of shared[k] * g_k`.
    case combination
    /// A combination of its own for every parameter group: `groupShared`.
    case groupCombinations
    /// The vector in `direction`, which is not a combination of task gradients.
    case direction
    /// The gradient at the shared representation in `representationDirection`, sent through the
    /// trunk by one backward pass.
    case representationDirection
  }

  package var update: SharedUpdate = .combination
  /// Coefficient of each task's gradient in the shared update, shape [K]; by convention `nan` for
  /// rules that have none.
  package var shared: [Double]
  /// Multiplies the combination after `shared` has been reported: Nash-MTL's clip.
  package var sharedFactor = 1.0
  /// Factor of each head's own gradient under the method's native head convention, shape [K].
  package var heads: [Double]
  /// Coefficients per group, shape [groups][K] row-major; empty unless used.
  package var groupShared: [Double] = []
  /// Shape [P]; allocated by the trainer when `needs` holds `jacobian`.
  package var direction: UnsafeMutableBufferPointer<Double>
  /// Shape [B][D]; allocated by the trainer when `needs` holds `representation`.
  package var representationDirection: UnsafeMutableBufferPointer<Double>
  /// The training objective where the method has one, else `nan`.
  package var objective = Double.nan
  /// Whether the input lay outside the rule's domain, so that our convention applied.
  package var isPolicy = false
  /// Why the rule cannot use the step, or nil when all is well; the run then ends as a failure.
  package var refusal: Refusal?

  /// Why a method cannot weigh a step.
  package struct Refusal: Hashable, Sendable {
    package enum Reason: Hashable, Sendable, CustomStringConvertible {
      case nonFinite
      /// A loss that is not positive where the rule needs a positive one.
      case nonPositiveLoss
      /// A weight that the rule made of losses and gradients that are finite themselves.
      case nonFiniteWeight
      /// The program that gives the weights failed; stored apart, since every step copies a refusal's
      /// room.
      indirect case external(ExternalError)

      package var description: String {
        switch self {
        case .nonFinite: "non-finite loss or gradient"
        case .nonPositiveLoss: "loss not above the bound the method needs"
        case .nonFiniteWeight: "weight not finite in 32 bits"
        case .external(let error): error.description
        }
      }
    }

    /// The first task whose loss or gradient cannot be used; nil when the reason is no task's.
    package let task: Int?
    package let reason: Reason

    package init(task: Int?, reason: Reason) {
      self.task = task
      self.reason = reason
    }
  }

  /// Weight of task k in the shared update, on the run's scale; `nan` where the rule has none.
  package func weight(of k: Int) -> Double {
    switch update {
    case .combination, .groupCombinations: shared[k] * sharedFactor
    case .direction, .representationDirection: shared[k]
    }
  }

  /// The first task with a weight that is no number, or further from 0 than `bound`.
  package func task(withWeightBeyond bound: Double) -> Int? {
    for k in shared.indices where !(abs(heads[k]) <= bound) { return k }
    switch update {
    case .combination:
      for k in shared.indices where !(abs(shared[k] * sharedFactor) <= bound) { return k }
    case .groupCombinations:
      for i in groupShared.indices where !(abs(groupShared[i] * sharedFactor) <= bound) {
        return i % shared.count
      }
    case .direction, .representationDirection: break
    }
    return nil
  }

  /// Sum of the tasks' weights in the shared update; `nan` where it is a direction, or the weights
  /// differ between parameter groups.
  package var weightSum: Double {
    if case .direction = update { return .nan }
    var sum = 0.0
    for k in shared.indices { sum += weight(of: k) }
    return sum
  }

  /// Weights of 1 for every task and head.
  package init(taskCount: Int) {
    shared = Array(repeating: 1, count: taskCount)
    heads = Array(repeating: 1, count: taskCount)
    unsafe direction = UnsafeMutableBufferPointer(start: nil, count: 0)
    unsafe representationDirection = UnsafeMutableBufferPointer(start: nil, count: 0)
  }

  /// An answer about fewer tasks that writes its direction where another one does.
  init(taskCount: Int, buffersOf other: StepWeights) {
    self.init(taskCount: taskCount)
    unsafe direction = other.direction
    unsafe representationDirection = other.representationDirection
  }

  /// Makes it the answer that leaves all tasks out.
  mutating func clear() {
    update = .combination
    sharedFactor = 1
    objective = .nan
    isPolicy = false
    refusal = nil
    fill(shared: 0, heads: 0)
    for i in groupShared.indices { groupShared[i] = 0 }
  }

  /// Takes over an answer about some of the tasks, after `clear`.
  ///
  /// - Parameters:
  ///   - answer: About these tasks alone, with the same buffers.
  ///   - tasks: Their positions.
  mutating func take(_ answer: StepWeights, of tasks: [Int]) {
    update = answer.update
    sharedFactor = answer.sharedFactor
    objective = answer.objective
    isPolicy = answer.isPolicy
    refusal = answer.refusal.map { refusal in
      Refusal(task: refusal.task.map { tasks[$0] }, reason: refusal.reason)
    }
    for (index, task) in tasks.enumerated() {
      shared[task] = answer.shared[index]
      heads[task] = answer.heads[index]
    }
    let groupCount = answer.groupShared.count / tasks.count
    let size = groupCount * shared.count
    if groupShared.count != size { groupShared = Array(repeating: 0, count: size) }
    for group in 0..<groupCount {
      for (index, task) in tasks.enumerated() {
        groupShared[group * shared.count + task] = answer.groupShared[group * tasks.count + index]
      }
    }
  }
}

extension StepWeights {
  /// Sets all shared weights and all head factors, in place.
  mutating func fill(shared sharedValue: Double, heads headValue: Double) {
    for k in shared.indices {
      shared[k] = sharedValue
      heads[k] = headValue
    }
  }

  /// Ends a loss weighting whose weights are constants in the backward pass: heads take the shared
  /// weights, and the objective is `sum over k of shared[k] * l_k`.
  mutating func useSharedAsObjective(of step: borrowing StepStatistics) {
    objective = 0
    for k in shared.indices {
      heads[k] = shared[k]
      guard step.isPresent[k] else { continue }
      objective += shared[k] * step.losses[k]
    }
  }
}
