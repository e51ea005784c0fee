/// Runs that take about the same time: those of one method on one problem.
struct RunKind: Sendable, Hashable {
  /// Position of the problem in the suite.
  let problem: Int
  /// Label of the method.
  let method: String
}

/// How long the rest of a suite will take, from what its runs took so far by the clock on the wall.
///
/// Processor time would not do: a program of somebody else's may sleep, and a busy machine makes its
/// runs wait.
struct RemainingTime: Sendable {
  private struct Spent: Sendable {
    var seconds = 0.0
    var count = 0
    var mean: Double? { count > 0 ? seconds / Double(count) : nil }

    mutating func add(_ other: Spent) {
      seconds += other.seconds
      count += other.count
    }
  }

  /// Runs of each problem that are to come, as far as it is known.
  var runs: [Int: Int]
  /// Those of them whose kind is known, since they are being made.
  private var atHand: [RunKind: Int] = [:]
  private var spent: [RunKind: Spent] = [:]

  /// - Parameter runs: Planned runs of each problem.
  init(runs: [Int: Int]) {
    self.runs = runs
  }

  /// How many runs are to come.
  var count: Int { runs.values.reduce(0) { $0 + max(0, $1) } }

  /// Takes in the kinds of the runs that are made next.
  mutating func begin(_ kinds: [RunKind]) {
    for kind in kinds { atHand[kind, default: 0] += 1 }
  }

  /// Takes off a run that need not be made.
  mutating func skip(_ kind: RunKind) { runs[kind.problem, default: 0] -= 1 }

  /// Takes off a run that took some seconds.
  mutating func finish(_ kind: RunKind, seconds: Double) {
    runs[kind.problem, default: 0] -= 1
    if let count = atHand[kind] { atHand[kind] = count > 1 ? count - 1 : nil }
    spent[kind, default: Spent()].add(Spent(seconds: seconds, count: 1))
  }

  /// Seconds to the end with some workers; nil before the first run is done.
  ///
  /// A kind of which no run is done yet is taken to stand to the others on its problem as its method
  /// does on other problems. Runs of unknown kind take the mean of their problem, and those of an
  /// unknown problem the mean of all.
  func seconds(workers: Int) -> Double? {
    var all = Spent()
    var byProblem: [Int: Spent] = [:]
    // In a fixed order, since sums depend on it.
    let known = spent.sorted { Self.isBefore($0.key, $1.key) }
    for (kind, spent) in known {
      all.add(spent)
      byProblem[kind.problem, default: Spent()].add(spent)
    }
    guard let mean = all.mean else { return nil }
    var ofMethod: [String: (seconds: Double, expected: Double)] = [:]
    for (kind, spent) in known {
      let expected = Double(spent.count) * (byProblem[kind.problem]?.mean ?? mean)
      let before = ofMethod[kind.method] ?? (0, 0)
      ofMethod[kind.method] = (before.seconds + spent.seconds, before.expected + expected)
    }
    var seconds = 0.0
    var unknown = runs
    for (kind, count) in atHand.sorted(by: { Self.isBefore($0.key, $1.key) }) {
      unknown[kind.problem, default: 0] -= count
      var own = byProblem[kind.problem]?.mean ?? mean
      if let method = ofMethod[kind.method], method.expected > 0 {
        own *= method.seconds / method.expected
      }
      seconds += Double(count) * (spent[kind]?.mean ?? own)
    }
    for (problem, count) in unknown.sorted(by: { $0.key < $1.key }) where count > 0 {
      seconds += Double(count) * (byProblem[problem]?.mean ?? mean)
    }
    return seconds / Double(workers)
  }

  private static func isBefore(_ first: RunKind, _ second: RunKind) -> Bool {
    (first.problem, first.method) < (second.problem, second.method)
  }
}
