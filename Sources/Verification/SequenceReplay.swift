internal import Kernels
internal import Settings
internal import Weighting

/// Replays `sequences.json`: a stateful rule fed with a given series of inputs.
package enum SequenceReplay {
  /// Replays every sequence of a parsed file; an outcome is the worst of its steps.
  ///
  /// - Returns: One outcome per sequence, in the file's order; what this build does not have is
  ///   skipped.
  /// - Throws: `VerificationError` for a file that does not have the layout of one.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    try replayEach(try file.member("sequences")) { (element, _) throws(VerificationError) in
      let sequence = try Sequence(element)
      do throws(ReplaySettings.Unreplayable) {
        return ReplayOutcome(
          method: sequence.name,
          caseID: sequence.id,
          comparison: try sequence.compare()
        )
      } catch {
        return ReplayOutcome(method: sequence.name, caseID: sequence.id, skipped: error.reason)
      }
    }
  }
}

/// One sequence, read from the file.
private struct Sequence {
  let id: String
  let name: String
  let variant: String?
  let hyper: JSONValue?
  let taskCount: Int
  let sharedCount: Int
  let tolerance: Double
  let steps: [SequenceStep]

  init(_ element: JSONValue) throws(VerificationError) {
    id = try element.member("id").string()
    name = try element.member("method").string()
    variant = try element["variant"]?.string()
    hyper = element["hyper"]
    taskCount = try element.member("K").int()
    sharedCount = try element.member("P").int()
    tolerance = try element.member("tolerance").tolerance("relative")
    let inputs = try element.member("steps").elements()
    let outputs = try element.member("expect").elements()
    guard taskCount > 0, sharedCount >= 0, inputs.count == outputs.count else {
      throw .badCase(id: id, reason: "bad K, P or number of steps")
    }
    var steps: [SequenceStep] = []
    for (input, output) in zip(inputs, outputs) {
      steps.append(
        try SequenceStep(input, output, taskCount: taskCount, sharedCount: sharedCount, id: id)
      )
    }
    self.steps = steps
  }

  /// The comparison over all steps.
  func compare() throws(ReplaySettings.Unreplayable) -> ReplayComparison {
    var method = try ReplaySettings.method(
      name,
      variant: variant,
      hyper: hyper,
      context: MethodContext(taskCount: taskCount, sharedCount: sharedCount)
    )
    var comparison = ReplayComparison()
    var draws = WeightingDraws(RandomStream(seed: 0, purpose: .weighting))
    var replay = ReplayStep(
      taskCount: taskCount,
      sharedCount: sharedCount,
      groups: method.rule.needs.parameterGroups
    )
    for (index, step) in steps.enumerated() {
      replay.statistics.step = index
      step.fill(&replay)
      if let orders = step.orders { draws.script(orders: orders) }
      method.weigh(replay.statistics, draws: &draws, into: &replay.result)
      guard replay.result.refusal == nil else {
        comparison.add(error: .infinity, tolerance: tolerance)
        return comparison
      }
      if let after = step.lossesAfter { method.observe(lossesAfter: after) }
      step.compare(replay, state: method.rule.state, tolerance: tolerance, into: &comparison)
      if step.endsEpoch { replay.statistics.epoch += 1 }
    }
    return comparison
  }
}
