/// What a suite that `try` writes spends: how long a run is, and how many there are.
struct TryBudget: Hashable, Sendable {
  /// Learning rates, one trial each.
  let rates: [String]
  let tuningSeeds: Int
  let race: [Int]
  let evaluationSeeds: Int
  /// Largest ratio of two fixed weights at first, and while the best lies at an end.
  let sweepRange: Int
  let sweepLimit: Int
  let sweepHeads: [String]
  let hasFront: Bool
  /// The part of the usual number of training steps that a run has.
  var stepShare = 1.0

  private static let rates = [
    "1e-4", "3.16e-4", "1e-3", "3.16e-3", "1e-2", "3.16e-2", "1e-1", "3.16e-1", "1",
  ]
  private static let bothHeads = ["weighted", "own"]

  /// From the most generous to the leanest that still compares: fewer evaluation seeds first, since they
  /// cost most and widen the interval by their root, then fewer trials, then shorter runs.
  static let ladder: [TryBudget] = {
    let full = { (seeds: Int) in
      TryBudget(rates[0...8], 3, [6, 12], seeds, range: 30, limit: 300, bothHeads, hasFront: true)
    }
    let middle = { (seeds: Int) in
      TryBudget(rates[1...7], 3, [6], seeds, range: 30, limit: 300, bothHeads, hasFront: true)
    }
    let lean = { (seeds: Int) in
      TryBudget(rates[1...5], 2, [4], seeds, range: 10, limit: 100, ["weighted"], hasFront: false)
    }
    let leanest = { (share: Double) in
      var budget = TryBudget(
        rates[2...4],
        2,
        [],
        6,
        range: 3,
        limit: 10,
        ["weighted"],
        hasFront: false
      )
      budget.stepShare = share
      return budget
    }
    return [full(40), full(30), full(20), middle(20), middle(14), middle(10), lean(12), lean(8)]
      + [leanest(1), leanest(0.5), leanest(0.25)]
  }()

  private init(
    _ rates: ArraySlice<String>,
    _ tuningSeeds: Int,
    _ race: [Int],
    _ evaluationSeeds: Int,
    range: Int,
    limit: Int,
    _ heads: [String],
    hasFront: Bool
  ) {
    self.rates = Array(rates)
    self.tuningSeeds = tuningSeeds
    self.race = race
    self.evaluationSeeds = evaluationSeeds
    sweepRange = range
    sweepLimit = limit
    sweepHeads = heads
    self.hasFront = hasFront
  }
}

/// How long a run of a table is.
struct TryTraining: Hashable, Sendable {
  let batch: Int
  let steps: Int

  /// Passes over the training rows that a run makes, if its steps stay in their bounds; the best of ten
  /// checkpoints is kept, so that too many do no harm.
  private static let passes = 30
  private static let fewestSteps = 300
  private static let mostSteps = 3_000

  /// Larger tables have larger batches, whose gradients are the less noisy for the same time.
  init(trainingRows rows: Int) {
    batch = rows < 20_000 ? 32 : rows < 200_000 ? 128 : 256
    let epoch = max(1, rows / batch)
    steps = min(Self.mostSteps, max(Self.fewestSteps, Self.passes * epoch))
  }
}
