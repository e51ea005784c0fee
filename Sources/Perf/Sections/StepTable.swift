import CMeasure
import Training
import Weighting

/// Steps a second of W1 to W6 by every measured method, and their share of the roofline.
enum StepTable: Section {
  static let name = "steps"
  static let heading = "Steps"
  /// The methods that are measured, in the order of the table.
  static let methods = ["equal", "uw", "gradnorm", "pcgrad", "cagrad", "mgda", "upgrad"]
  /// Steps from one glance at a run to the next.
  private static let glanceSteps = 256
  /// The shares of the roofline asked for, in percent.
  private static let targets = ["W1": 80.0, "W2": 90, "W3": 80]

  static func text(_ session: Session) throws -> String {
    var table = MarkdownRows(
      [
        "work", "method", "steps/s, best", "median", "lowest", "% of roofline", "calls for memory",
      ],
      textColumns: 2
    )
    // Of W6 it is the schemes that differ.
    let measured = Work.every.map { ($0, $0.name.hasPrefix("W6") ? ["equal"] : methods) }
    let timers = measured.map { RunTimer($0.0) }
    var allRates = measured.map { $0.1.map { _ in [Double]() } }
    for _ in 0..<session.effort.passCount {
      session.roofline.observe()
      for (index, timer) in timers.enumerated() {
        for (number, method) in measured[index].1.enumerated() {
          allRates[index][number].append(
            try timer.stepsPerSecond(
              method,
              seconds: session.seconds(0.3),
              trialCount: session.effort.trialSteps
            )
          )
        }
      }
    }
    for (index, timer) in timers.enumerated() {
      let (work, methods) = measured[index]
      for (method, rates) in zip(methods, allRates[index]) {
        session.record("training steps", work: work.name, method: method, rates, unit: "1/s")
        let best = rates.max() ?? 0
        let watched = try watch(timer, method, steps: session.effort.watchedSteps)
        let least = try session.roofline.seconds(
          work,
          passes: watched.outcome.cost.backwardPasses / watched.outcome.stepCount,
          lastLayerPasses: method == GradNorm.name ? work.tasks.count - 1 : 0,
          within: session.seconds(0.05)
        )
        table.append([
          work.name, method, fixed(best), fixed(rates.median), fixed(rates.min() ?? 0),
          targets[work.name].map { beside(100 * best * least, atLeast: $0) }
            ?? fixed(100 * best * least),
          watched.allocations,
        ])
      }
    }
    return """
      The roofline is the step's matrix products at the arithmetic peak of one core, here
      \(fixed(session.roofline.peak * 1e-9)) GFLOP/s, plus Adam's pass over the parameters, for gradnorm
      with each task's weight gradient of the last shared layer; in brackets the share asked for. Of
      W4's convolutions, backward products are counted that its pools spare, so that its share may
      pass 100. The last column counts calls for memory by \(countedSteps(session)) steps after the first
      \(glanceSteps).

      \(table.text)
      """
  }

  private static func countedSteps(_ session: Session) -> Int {
    max(0, session.effort.watchedSteps - 1 - glanceSteps)
  }

  /// A run, and the calls for memory by its steps after the first few hundred, which make what is made
  /// once.
  private static func watch(
    _ timer: RunTimer,
    _ method: String,
    steps: Int
  ) throws -> (outcome: RunOutcome, allocations: String) {
    var counts: [Int64] = []
    counts.reserveCapacity(64)
    let outcome = try timer.run(method, steps: steps) { counts.append(allocation_count()) }
    guard allocation_count() >= 0 else { return (outcome, "?") }
    return (outcome, "\((counts.last ?? 0) - (counts.dropFirst().first ?? 0))")
  }
}
