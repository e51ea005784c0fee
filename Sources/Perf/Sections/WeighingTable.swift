import Weighting

/// What every own method's weight computation costs.
enum WeighingTable: Section {
  static let name = "weighing"
  static let heading = "Weight computations"
  private static let taskCounts = [2, 10, 40]

  static func text(_ session: Session) throws -> String {
    let steps = try taskCounts.map { try MadeUpSteps(taskCount: $0) }
    var table = MarkdownRows(
      ["method", "is given"] + taskCounts.map { "K = \($0), µs" },
      textColumns: 2
    )
    for type in WeightingRegistry.all where !type.isUserProgram {
      var row = [type.name, try given(type, steps[0].context)]
      for (taskCount, steps) in zip(taskCounts, steps) {
        let microseconds = try 1e6 * steps.seconds(type, within: session.seconds(0.1))
        session.record(
          "weight computation",
          work: "K \(taskCount)",
          method: type.name,
          [microseconds],
          unit: "µs"
        )
        row.append(fixed(microseconds, 2))
      }
      table.append(row)
    }
    return """
      Microseconds that a method with its default settings takes to answer one step: random normal
      gradients at \(steps[0].context.sharedCount) shared parameters and random losses, eight
      different steps in turn. What it is given beside the losses is computed before and not
      counted; what it does with the losses after a step is.

      \(table.text)
      """
  }

  private static func given(
    _ type: any WeightingMethod.Type,
    _ context: MethodContext
  ) throws -> String {
    let words = try MadeUpSteps.method(type, context).rule.needs.words
    return words.isEmpty ? "losses" : words.joined(separator: ", ")
  }
}

extension StepNeeds {
  /// What is asked for beside the losses, in words.
  var words: [String] {
    let all: [(need: StepNeeds.Kinds, word: String)] = [
      (.lastLayerNorms, "norms at the last layer"),
      (.sharedNorms, "norms"),
      (.gramian, "Gramian"),
      (.groupGramians, "Gramians of groups"),
      (.jacobian, "Jacobian"),
      (.representationGramian, "Gramian at the representation"),
      (.representation, "gradients at the representation"),
      (.crossGramian, "Gramian of two batches"),
      (.lookAhead, "look-ahead slopes"),
      (.lossesAfterStep, "losses after the step"),
    ]
    return all.filter { contains($0.need) }.map { $0.word }
  }
}
