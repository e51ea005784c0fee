internal import Kernels
internal import Statistics

/// The race of one contender for one utility: which candidates go on, and which one wins.
struct Race {
  /// A candidate as far as the race has come.
  struct Runner: Hashable {
    /// Place among the contender's candidates.
    let candidate: Int
    let learningRate: Double
    /// Seeds that it was judged on.
    var seedCount = 0
    /// Mean of the criterion over them; nil where a run failed or none was made.
    var score: Double?
    /// What each seed said, in the seeds' order; nil where the seed is left out.
    var values: [Double?] = []
  }

  /// Number of bootstrap draws of the seeds.
  private static let draws = 1000
  /// Means closer than this are tied; the criterion may well be 0, hence no relative one.
  private static let tie = 1e-12

  /// Every candidate that ever ran, by its place.
  private(set) var runners: [Runner] = []
  /// Places of those that still run, ascending.
  private(set) var remaining: [Int] = []

  /// Lets more candidates start; they must run on the first seeds.
  mutating func enter(_ candidates: [Candidate]) {
    for candidate in candidates.dropFirst(runners.count) {
      remaining.append(runners.count)
      runners.append(Runner(candidate: runners.count, learningRate: candidate.learningRate))
    }
  }

  /// Takes what the remaining candidates came to on the seeds so far; `results` says of a candidate
  /// what each seed says of it.
  mutating func judge(seedCount: Int, _ results: (_ candidate: Int) -> [TuningResults.Result]) {
    for place in remaining {
      let found = results(place)
      runners[place].seedCount = seedCount
      runners[place].values = found.map { if case .value(let value) = $0 { value } else { nil } }
      let made = runners[place].values.compactMap { $0 }
      let hasFailed = found.contains(.failed)
      runners[place].score = hasFailed || made.isEmpty ? nil : CompensatedSum.mean(made)
    }
  }

  /// Lets the best go on, those that failed never.
  mutating func cut(to count: Int) {
    remaining = ranked(remaining).prefix(count).sorted()
  }

  /// Places from the best on; equal ones from the lower learning rate on; without those that failed.
  func ranked(_ places: [Int]) -> [Int] {
    places.filter { runners[$0].score != nil }.sorted { first, second in
      let a = runners[first]
      let b = runners[second]
      guard let x = a.score, let y = b.score, abs(x - y) > Race.tie else {
        return (a.learningRate, a.candidate) < (b.learningRate, b.candidate)
      }
      return x < y
    }
  }

  /// The best of those that ran to the end; nil where all failed.
  var winner: Int? { ranked(remaining).first }

  /// Share of bootstrap draws of the seeds that choose each of those that ran to the end without a
  /// failure, by place.
  var shares: [Int: Double] {
    let finalists = ranked(remaining)
    // A seed without data is left out for all; one that a single candidate lacks cannot be drawn.
    let seeds = (finalists.first.map { runners[$0].values.indices } ?? 0..<0).filter { seed in
      finalists.allSatisfy { runners[$0].values[seed] != nil }
    }
    guard !seeds.isEmpty else { return [:] }
    let values = finalists.map { place in seeds.compactMap { runners[place].values[$0] } }
    var stream = RandomStream(seed: 0, purpose: .statistics)
    let shares = ChoiceShares.shares(values, draws: Race.draws, using: &stream)
    return Dictionary(uniqueKeysWithValues: zip(finalists, shares))
  }
}
