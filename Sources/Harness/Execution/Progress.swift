internal import Glibc
internal import Settings
internal import Store
internal import Synchronization

/// Tells how far a suite is: one line that rewrites itself on a terminal, else a plain line every
/// few seconds.
package final class Progress: Sendable {
  /// Seconds between two lines.
  private static let terminalInterval = 0.2
  private static let plainInterval = 10.0
  private static let barWidth = 10

  private struct State {
    var done = 0
    var trained = 0
    var failed = 0
    var lastLine: Double?
    /// Whether the cursor stands behind a line that may still be rewritten.
    var isLineOpen = false
    var start: Double
    var remaining: RemainingTime

    /// Runs done and to come, as far as it is known what will come.
    var total: Int { done + remaining.count }
  }

  private let workers: Int
  private let isTerminal: Bool
  private let isQuiet: Bool
  /// Whether lines are JSON objects.
  private let isJSON: Bool
  private let clock: @Sendable () -> Double
  private let write: @Sendable (String) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - remaining: Planned runs of each problem, by its position in the suite.
  ///   - workers: Runs at a time.
  ///   - isTerminal: Whether lines may rewrite themselves.
  ///   - isQuiet: Whether nothing is written.
  ///   - isJSON: Whether lines are JSON objects, for programs.
  ///   - clock: Seconds from any start, never running backwards.
  ///   - write: Takes the text.
  package init(
    remaining: [Int: Int],
    workers: Int,
    isTerminal: Bool,
    isQuiet: Bool,
    isJSON: Bool = false,
    clock: @escaping @Sendable () -> Double = { Progress.monotonicSeconds },
    write: @escaping @Sendable (String) -> Void
  ) {
    self.workers = workers
    self.isTerminal = isTerminal
    self.isQuiet = isQuiet
    self.isJSON = isJSON
    self.clock = clock
    self.write = write
    state = Mutex(State(start: clock(), remaining: RemainingTime(runs: remaining)))
  }

  /// The clock that runs are timed by, in seconds from any start.
  var now: Double { clock() }
  /// Seconds since the suite began.
  package var elapsed: Double { state.withLock { clock() - $0.start } }
  /// Runs trained by now, without those that were stored before.
  package var trainedCount: Int { state.withLock { $0.trained } }

  /// Takes a new count of what is to come, by problem, as later stages depend on earlier ones.
  func replan(remaining: [Int: Int]) {
    state.withLock { $0.remaining.runs = remaining }
  }

  /// Takes in the jobs that are trained next.
  func begin(_ jobs: [Job]) {
    state.withLock { $0.remaining.begin(jobs.map(\.kind)) }
  }

  /// Counts runs that the store held already.
  func skip(_ jobs: [Job]) {
    state.withLock { state in
      for job in jobs {
        state.done += 1
        state.remaining.skip(job.kind)
      }
    }
  }

  /// Counts a run that was trained, in some seconds by the clock.
  func finish(_ job: Job, _ record: RunRecord, seconds: Double) {
    state.withLock { state in
      state.done += 1
      state.trained += 1
      if record.end.status != .finished { state.failed += 1 }
      state.remaining.finish(job.kind, seconds: seconds)
      show(&state, isForced: false)
    }
  }

  /// Writes the last state, however the suite ended, and closes the line.
  func end() {
    state.withLock { state in
      if state.trained > 0 { show(&state, isForced: true) }
      if state.isLineOpen { write("\n") }
      state.isLineOpen = false
    }
  }

  private func show(_ state: inout State, isForced: Bool) {
    let now = clock()
    let interval = isTerminal || isJSON ? Self.terminalInterval : Self.plainInterval
    guard !isQuiet, isForced || now - (state.lastLine ?? state.start) >= interval else { return }
    state.lastLine = now
    let total = state.total
    if isJSON { return write(json(state, now) + "\n") }
    let percent = total > 0 ? 100 * state.done / total : 100
    var line = "\(state.done)/\(total) runs (\(percent) %), \(DurationText.of(now - state.start))"
    if state.done < total, let left = state.remaining.seconds(workers: workers) {
      line += left < 1 ? ", less than 1 s left" : ", about \(DurationText.of(left)) left"
    }
    if state.failed > 0 { line += ", \(state.failed) failed" }
    guard isTerminal else { return write(line + "\n") }
    let filled = Self.barWidth * percent / 100
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: "-", count: Self.barWidth - filled)
    write("\r\u{1B}[K[\(bar)] \(line)")
    state.isLineOpen = true
  }

  private func json(_ state: State, _ now: Double) -> String {
    let hundredths = { (seconds: Double) in (seconds * 100).rounded() / 100 }
    var table = CanonicalTable()
    table["done"] = .count(state.done)
    table["total"] = .count(state.total)
    table["failed"] = .count(state.failed)
    table["elapsed"] = .number(hundredths(now - state.start))
    table["left"] = .number(orNull: state.remaining.seconds(workers: workers).map(hundredths))
    return table.json
  }

  /// Seconds of the system's clock that never runs backwards.
  package static var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

extension Job {
  /// What the run's time is like that of.
  fileprivate var kind: RunKind { RunKind(problem: problem, method: contender.method) }
}
