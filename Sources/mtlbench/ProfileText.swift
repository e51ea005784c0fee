internal import Harness

/// What `run --profile` prints.
enum ProfileText {
  /// Seconds of every phase, and their share of what all workers could have computed.
  static func text(_ split: TimeSplit, elapsed: Double, workers: Int) -> String {
    let total = elapsed * Double(workers)
    var rows = [["", "seconds", "% of all", "% of training"]]
    func add(_ name: String, _ seconds: Double) {
      let training = split[.training]
      rows.append([
        name, rounded(seconds, 2), rounded(100 * seconds / total, 1),
        training > 0 ? rounded(100 * seconds / training, 1) : "–",
      ])
    }
    add("training steps", split[.training])
    add("evaluation and diagnostics", split[.measuring])
    add("making data", split[.data])
    add("setting up runs", split[.setUp])
    add("storing", split[.storing])
    let outside = TimeSplit.Phase.allCases.filter { $0 != .training }.map { split[$0] }
    add("all outside the steps", outside.reduce(0, +))
    let known = TimeSplit.Phase.allCases.filter { $0 != .storing }.map { split[$0] }.reduce(0, +)
    add("workers waiting, planning", max(0, total - known))
    let title = "time of \(workers) workers over \(rounded(elapsed, 2)) s"
    return "\n\(title)\n" + TextColumns.text(rows, indent: 2)
  }

  private static func rounded(_ value: Double, _ digits: Int) -> String {
    let scale = digits == 1 ? 10.0 : 100.0
    return "\((value * scale).rounded() / scale)"
  }
}
