import CMeasure
import Training

/// Steps a second of W1 to W3 by every measured method, and their share of the roofline.
struct StepTable {
  /// The methods that are measured, in the order of the table.
  static let methods = ["equal", "uw", "gradnorm", "pcgrad", "cagrad", "mgda", "upgrad"]
  private static let passCount = 5

  private let roofline: Roofline

  init(_ roofline: Roofline) {
    self.roofline = roofline
  }

  func text() throws -> String {
    var table = MarkdownTable([
      "work", "method", "steps/s, best", "median", "lowest", "% of roofline", "calls for memory",
    ])
    for work in Work.all {
      let timer = RunTimer(work)
      var rates = Self.methods.map { _ in [Double]() }
      for _ in 0..<Self.passCount {
        for (index, method) in Self.methods.enumerated() {
          rates[index].append(try timer.stepsPerSecond(method, seconds: 0.3))
        }
      }
      for (method, rates) in zip(Self.methods, rates) {
        let steps = 200
        let cost = try timer.run(method, steps: steps).cost
        let least = try roofline.seconds(work, passes: cost.backwardPasses / steps)
        table.append([
          work.name, method, fixed(rates.max() ?? 0), fixed(rates.median), fixed(rates.min() ?? 0),
          fixed(100 * (rates.max() ?? 0) * least), try allocations(timer, method),
        ])
      }
    }
    return table.text
  }

  /// Calls for memory by 1,000 further steps.
  private func allocations(_ timer: RunTimer, _ method: String) throws -> String {
    guard allocation_count() >= 0 else { return "?" }
    let counts = try [100, 100, 1_100].map { steps in
      let before = allocation_count()
      _ = try timer.run(method, steps: steps)
      return allocation_count() - before
    }
    return "\(counts[2] - counts[1])"
  }
}

/// Where the time of a run of 20 epochs on W1 goes, beside its steps.
struct RunTable {
  func text() throws -> String {
    var table = MarkdownTable(["work", "method", "run, ms", "% outside the steps"])
    for work in Work.all {
      let timer = RunTimer(work)
      for method in ["equal", "pcgrad"] {
        let steps = 20 * (work.rowCount / work.batchRows)
        let outcome = try timer.run(method, steps: steps, evaluations: 20)
        let share = 1 - outcome.trainSeconds / outcome.totalSeconds
        table.append([
          work.name, method, fixed(1_000 * outcome.totalSeconds), fixed(100 * share, 1),
        ])
      }
    }
    return table.text
  }
}
