import Kernels
import Training

/// How a step's time grows with one size of the work.
struct GrowthTable: Sendable {
  private static let methods = ["equal", "gradnorm", "pcgrad", "mgda", "upgrad"]

  let title: String
  let sizes: [Int]
  let work: @Sendable (Int) -> Work

  static let all = [
    GrowthTable(title: "tasks", sizes: [2, 5, 10, 20, 40]) { Work.growing(taskCount: $0) },
    GrowthTable(title: "width", sizes: [16, 64, 256, 1_024]) { Work.growing(width: $0) },
    GrowthTable(title: "batch", sizes: [8, 32, 128, 512, 1_024]) { Work.growing(batchRows: $0) },
    GrowthTable(title: "depth", sizes: [1, 2, 4, 8]) { Work.growing(depth: $0) },
  ]

  /// Microseconds per step; in the last column the slope of log time against log size between the
  /// two largest sizes.
  func text() throws -> String {
    var table = MarkdownTable(
      ["µs per step, \(title)"] + sizes.map { "\($0)" } + ["slope at the end"]
    )
    var times = Self.methods.map { _ in [Double]() }
    for size in sizes {
      let timer = RunTimer(work(size))
      for (index, method) in Self.methods.enumerated() {
        let rates = try (0..<3).map { _ in try timer.stepsPerSecond(method, seconds: 0.05) }
        times[index].append(1 / (rates.max() ?? 0))
      }
    }
    for (method, times) in zip(Self.methods, times) {
      let last = sizes.count - 1
      let slope =
        Portable.log(times[last] / times[last - 1])
        / Portable.log(Double(sizes[last]) / Double(sizes[last - 1]))
      table.append([method] + times.map { fixed($0 * 1e6, 1) } + [fixed(slope, 2)])
    }
    return table.text
  }
}
