import Kernels
import Training

/// How a step's time grows with one size of the work.
struct Growth: Sendable {
  let title: String
  let sizes: [Int]
  let work: @Sendable (Int) -> Work

  static let all = [
    Growth(title: "tasks", sizes: [2, 5, 10, 20, 40]) { Work.growing(taskCount: $0) },
    Growth(title: "width", sizes: [16, 64, 256, 1_024]) { Work.growing(width: $0) },
    Growth(title: "batch", sizes: [8, 32, 128, 512, 1_024]) { Work.growing(batchRows: $0) },
    Growth(title: "depth", sizes: [1, 2, 4, 8]) { Work.growing(depth: $0) },
  ]
}

/// Microseconds per step against every size, and where they go at both ends.
enum GrowthTables: Section {
  static let name = "growth"
  static let heading = "Growth"
  private static let methods = ["equal", "gradnorm", "pcgrad", "mgda", "upgrad"]
  private static let partMethods = ["equal", "pcgrad"]

  static func text(_ session: Session) throws -> String {
    let tables = try Growth.all.map { try table($0, session) }
    return """
      Four regressions of one output, two layers of 64, 64 inputs, batches of 64, but for the size
      that grows. The last column is the slope of log time against log size between the two largest
      sizes.

      \(tables.joined(separator: "\n"))
      Where a step's time goes at both ends, in percent of the step. Each part was timed alone, with
      its storage warm; the rest are the batch's gathering, the losses, and caches that are cold in a
      real step.

      \(try parts(session))
      """
  }

  private static func table(_ growth: Growth, _ session: Session) throws -> String {
    var table = MarkdownRows(
      ["µs per step, \(growth.title)"] + growth.sizes.map { "\($0)" } + ["slope at the end"]
    )
    var times = methods.map { _ in [Double]() }
    for size in growth.sizes {
      let timer = RunTimer(growth.work(size))
      for (index, method) in methods.enumerated() {
        let passes = min(3, session.effort.passCount)
        let seconds = try (0..<passes).map { _ in
          try 1
            / timer.stepsPerSecond(
              method,
              seconds: session.seconds(0.05),
              trialCount: session.effort.trialSteps
            )
        }
        session.record(
          "step",
          work: "\(growth.title) \(size)",
          method: method,
          seconds.map { 1e6 * $0 },
          unit: "µs"
        )
        times[index].append(seconds.min() ?? 0)
      }
    }
    for (method, times) in zip(methods, times) {
      let last = growth.sizes.count - 1
      let slope =
        Portable.log(times[last] / times[last - 1])
        / Portable.log(Double(growth.sizes[last]) / Double(growth.sizes[last - 1]))
      table.append([method] + times.map { fixed($0 * 1e6, 1) } + [fixed(slope, 2)])
    }
    return table.text
  }

  private static func parts(_ session: Session) throws -> String {
    var table = MarkdownRows(
      ["size", "method", "step, µs", "network", "Gramian", "weights", "optimizer", "rest"],
      textColumns: 2
    )
    for growth in Growth.all {
      for size in [growth.sizes[0], growth.sizes[growth.sizes.count - 1]] {
        let work = growth.work(size)
        let data = work.makeData()
        for method in partMethods {
          let parts = try StepParts(work, data, method: method, within: session.seconds(0.03))
          // In turn, so that a disturbance of the machine does not meet one part alone.
          let rounds = (0..<session.effort.passCount).map { _ in
            [
              parts.stepSeconds(), parts.networkSeconds(), parts.gramianSeconds(),
              parts.weighingSeconds(), parts.optimizerSeconds(),
            ]
          }
          let best = rounds[0].indices.map { part in rounds.map { $0[part] }.min() ?? 0 }
          let step = best[0]
          let shares = best.dropFirst().map { 100 * $0 / step }
          let rest = 100 - shares.reduce(0, +)
          table.append(
            ["\(growth.title) \(size)", method, fixed(step * 1e6, 1)]
              + (shares + [rest]).map { fixed($0, 1) }
          )
        }
      }
    }
    return table.text
  }
}
