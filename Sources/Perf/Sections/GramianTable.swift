import Weighting

/// The weight computation's part in the step of every method that weighs by a Gramian, at 40 tasks.
enum GramianTable: Section {
  static let name = "gramian"
  static let heading = "Weights from a Gramian at 40 tasks"
  private static let taskCount = 40
  private static let gramians: StepNeeds.Kinds = [
    .gramian, .groupGramians, .crossGramian, .representationGramian,
  ]

  static func text(_ session: Session) throws -> String {
    let work = Work.growing(taskCount: taskCount)
    let data = work.makeData()
    let context = try MadeUpSteps(taskCount: taskCount).context
    var table = MarkdownRows(["method", "step, µs", "weights, µs", "% of the step"])
    for type in WeightingRegistry.all where !type.isUserProgram {
      let needs = try MadeUpSteps.method(type, context).rule.needs
      guard !needs.isDisjoint(with: gramians) else { continue }
      let parts = try StepParts(work, data, method: type.name, within: session.seconds(0.2))
      let (step, weighing) = (parts.stepSeconds(), parts.weighingSeconds())
      let share = 100 * weighing / step
      session.record(
        "share of the weights",
        work: "K \(taskCount)",
        method: type.name,
        [share],
        unit: "%"
      )
      table.append([
        type.name, fixed(step * 1e6, 1), fixed(weighing * 1e6, 1), beside(share, atMost: 20, 1),
      ])
    }
    return """
      The work of the growth tables with \(taskCount) tasks; the weights are timed on what steps of
      that training offered.

      \(table.text)
      """
  }
}
