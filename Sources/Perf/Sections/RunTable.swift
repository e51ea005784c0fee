import Training

/// How much of a run of W1 to W3 is not its steps.
enum RunTable: Section {
  static let name = "runs"
  static let heading = "Runs of 20 epochs with 20 evaluations"

  static func text(_ session: Session) throws -> String {
    let epochs = session.effort.scale < 1 ? 1 : 20
    var table = MarkdownRows(["work", "method", "run, ms", "% outside the steps"], textColumns: 2)
    for work in Work.all {
      let timer = RunTimer(work)
      for method in ["equal", "pcgrad"] {
        let steps = epochs * (work.rowCount / work.batchRows)
        let outcome = try timer.run(method, steps: steps, evaluations: epochs)
        let share = 1 - outcome.trainSeconds / outcome.totalSeconds
        session.record(
          "share outside the steps",
          work: work.name,
          method: method,
          [100 * share],
          unit: "%"
        )
        table.append([
          work.name, method, fixed(1_000 * outcome.totalSeconds), beside(100 * share, atMost: 5, 1),
        ])
      }
    }
    return table.text
  }
}
