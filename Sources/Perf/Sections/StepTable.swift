import CMeasure
import Training

/// Steps a second of W1 to W3 by every measured method, and their share of the roofline.
enum StepTable: Section {
  static let name = "steps"
  static let heading = "Steps"
  /// The methods that are measured, in the order of the table.
  static let methods = ["equal", "uw", "gradnorm", "pcgrad", "cagrad", "mgda", "upgrad"]
  /// The shares of the roofline asked for, in percent.
  private static let targets = ["W1": 80.0, "W2": 90, "W3": 80]

  static func text(_ session: Session) throws -> String {
    var table = MarkdownTable(
      [
        "work", "method", "steps/s, best", "median", "lowest", "% of roofline", "calls for memory",
      ],
      textColumns: 2
    )
    for work in Work.all {
      let timer = RunTimer(work)
      var rates = methods.map { _ in [Double]() }
      for _ in 0..<session.effort.passCount {
        for (index, method) in methods.enumerated() {
          rates[index].append(
            try timer.stepsPerSecond(
              method,
              seconds: session.seconds(0.3),
              trialCount: session.effort.trialSteps
            )
          )
        }
      }
      for (method, rates) in zip(methods, rates) {
        session.record("training steps", work: work.name, method: method, rates, unit: "1/s")
        let steps = session.effort.trialSteps
        let best = rates.max() ?? 0
        let cost = try timer.run(method, steps: steps).cost
        let least = try session.roofline.seconds(work, passes: cost.backwardPasses / steps)
        table.append([
          work.name, method, fixed(best), fixed(rates.median), fixed(rates.min() ?? 0),
          beside(100 * best * least, atLeast: targets[work.name] ?? 0),
          try allocations(timer, method, steps: session.effort.countedSteps),
        ])
      }
    }
    return """
      The roofline is the step's matrix products at the arithmetic peak plus Adam's pass over the
      parameters; in brackets the share asked for. The last column counts calls for memory in \
      \(session.effort.countedSteps) steps.

      \(table.text)
      """
  }

  /// Calls for memory by further steps.
  private static func allocations(
    _ timer: RunTimer,
    _ method: String,
    steps: Int
  ) throws -> String {
    guard allocation_count() >= 0 else { return "?" }
    let counts = try [2, 2, 2 + steps].map { steps in
      let before = allocation_count()
      _ = try timer.run(method, steps: steps)
      return allocation_count() - before
    }
    return "\(counts[2] - counts[1])"
  }
}
