/// Two runs at once against one: how much a second worker brings.
enum WorkerTable: Section {
  static let name = "workers"
  static let heading = "Two workers"

  static func text(_ session: Session) async throws -> String {
    var table = MarkdownRows(
      ["work", "method", "one, steps/s", "two, steps/s in all", "ratio"],
      textColumns: 2
    )
    let timer = RunTimer(.small)
    for method in ["equal", "pcgrad"] {
      let rate = try timer.stepsPerSecond(method, seconds: session.seconds(0.3))
      let steps = max(50, Int(rate * session.seconds(1)))
      var rates: [[Double]] = [[], []]
      for _ in 0..<session.effort.passCount {
        for workers in 1...2 {
          rates[workers - 1].append(
            try await stepsPerSecond(timer, method, steps: steps, workers: workers)
          )
        }
      }
      for (index, rates) in rates.enumerated() {
        session.record(
          "steps of \(index + 1) workers",
          work: timer.work.name,
          method: method,
          rates,
          unit: "1/s"
        )
      }
      let best = rates.map { $0.max() ?? 0 }
      table.append([
        timer.work.name, method, fixed(best[0]), fixed(best[1]),
        beside(best[1] / best[0], atLeast: 1.9, 2),
      ])
    }
    return """
      Runs over the same data on threads of their own, as the harness trains them: steps of all by
      wall time, the best of \(session.effort.passCount) interleaved passes. Needs two idle cores.

      \(table.text)
      """
  }

  /// Steps of all workers by the seconds from the first one's start to the last one's end.
  private static func stepsPerSecond(
    _ timer: RunTimer,
    _ method: String,
    steps: Int,
    workers: Int
  ) async throws -> Double {
    let start = wallSeconds()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<workers {
        group.addTask { _ = try timer.run(method, steps: steps) }
      }
      try await group.waitForAll()
    }
    return Double(workers * steps) / (wallSeconds() - start)
  }
}
