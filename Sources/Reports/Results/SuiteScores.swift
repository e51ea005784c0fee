internal import Statistics

/// Scores of the methods over the seeds and problems of a suite: 1 is parity with single-task
/// training, larger is better.
struct SuiteScores: Sendable {
  /// Positions of the compared methods in `overview.lines`: those with a Δm, or a failed run, on every
  /// problem that counts.
  let methods: [Int]
  /// How many seeds every one of them has on every problem; undefined and missing ones are left out.
  let seedCount: Int
  /// Scores, shape [method][seed][problem], nan where a run failed.
  let values: [[[Double]]]

  init(_ overview: Overview) {
    let byMethod = overview.lines.map { line in
      overview.countedProblems.map { problem in
        (line.results[problem]?.deltaMBySeed ?? [])
          .filter { $0.value != nil || $0 == .failed }
          .map(\.number)
      }
    }
    let methods = byMethod.indices.filter { method in
      !byMethod[method].isEmpty && byMethod[method].allSatisfy { !$0.isEmpty }
    }
    let seedCount = methods.flatMap { byMethod[$0].map(\.count) }.min() ?? 0
    self.methods = methods
    self.seedCount = seedCount
    // In each problem seeds are drawn for themselves, so that their order does not matter.
    values = methods.map { method in
      (0..<seedCount).map { seed in
        byMethod[method].map { DeltaM.score(ofGain: -$0[seed]) }
      }
    }
  }
}
