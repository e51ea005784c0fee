internal import Kernels
internal import Problems
internal import Training
package import Settings

/// What every method may spend on its tuning: as many trials as any other, on the same seeds, in a
/// race that all of them run by the same rules.
///
/// A trial is a learning rate and, where settings are searched, one value of each. All trials of a
/// method are run on the first seeds; the best third of them, but at least `keep`, goes on to more
/// seeds, rung by rung. So the noise of a few seeds decides among the clearly worse only, and the
/// choice is made among finalists that ran on all seeds.
///
/// Source: successive halving; Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and
/// Hyperparameter Optimization", AISTATS 2016, algorithm 1, with thirds and seeds in place of halves and
/// training time.
///
/// Settings of `tuning`: `learning_rates` (ascending, default 1e-4 to 1 in factors of sqrt(10)),
/// `trials` (default: as many as there are rates; another number is spread evenly over their range on a
/// logarithmic scale), `seeds` (default 6), `race` (seeds in all after each further rung, ascending,
/// default `[12, 24, 48]`; `[]` for no race), `keep` (fewest trials that go on, default 3), `draw` (which
/// tuning seeds, default 0; another number gives other seeds, to see what hangs on them), `search`
/// (values of training settings to try for every method, such as `weight_decay: [0, 0.01]`).
package struct TuningBudget: Sendable {
  /// Seeds from here on are for tuning; evaluation seeds lie below.
  private static let firstSeed: UInt64 = 1_000_001
  /// Seeds of two draws are at least this far apart.
  private static let seedsPerDraw: UInt64 = 10_000
  private static let standardRates = [
    1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2, 1e-1, 3.16e-1, 1,
  ]

  /// The trials' learning rates, ascending, one for each trial.
  package let learningRates: [Double]
  /// Number of seeds that each rung has run on, ascending.
  package let rungs: [Int]
  /// Fewest trials that go on to the next rung.
  package let keep: Int
  /// All tuning seeds, in the order that rungs take them in.
  package let seeds: [UInt64]
  /// Training settings that are searched for every method.
  package let search: SearchSpace

  package init(settings: inout SettingsReader) throws(SettingsError) {
    let listed = try TuningBudget.rates(&settings, default: TuningBudget.standardRates)
    let trials = try settings.count("trials", default: listed.count, in: 1...1000)
    learningRates = TuningBudget.spread(listed, over: trials)
    let first = try settings.count("seeds", default: 6, in: 1...1000)
    let race = try settings.counts("race", default: [12, 24, 48], in: 1...1000, count: 0...10)
    let later = settings.has("race") ? race : race.filter { $0 > first }
    rungs = [first] + later
    guard zip(rungs, rungs.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw settings.error(
        "race",
        "expected numbers of seeds that rise from rung to rung, the first above seeds (\(first))"
      )
    }
    keep = try settings.count("keep", default: 3, in: 1...1000)
    let draw = UInt64(try settings.count("draw", default: 0, in: 0...1000))
    let start = TuningBudget.firstSeed + draw * TuningBudget.seedsPerDraw
    seeds = (0..<UInt64(rungs[rungs.count - 1])).map { start + $0 }
    search =
      try settings.nested("search") { (nested) throws(SettingsError) in
        try SearchSpace(settings: &nested)
      } ?? SearchSpace()
  }

  private init(_ other: TuningBudget, learningRates: [Double]) {
    self.learningRates = learningRates
    rungs = other.rungs
    keep = other.keep
    seeds = other.seeds
    search = other.search
  }

  /// The same budget over another range of learning rates, as an optimizer may have its own.
  ///
  /// Settings: `learning_rates`; without it the rates stay.
  package func withRates(
    of settings: inout SettingsReader
  ) throws(SettingsError) -> TuningBudget {
    guard settings.has("learning_rates") else { return self }
    let listed = try TuningBudget.rates(&settings, default: nil)
    return TuningBudget(self, learningRates: TuningBudget.spread(listed, over: learningRates.count))
  }

  private static func rates(
    _ settings: inout SettingsReader,
    default standard: [Double]?
  ) throws(SettingsError) -> [Double] {
    let rates = try settings.numbers(
      "learning_rates",
      default: standard,
      in: 1e-8...100,
      count: 1...100
    )
    guard zip(rates, rates.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw settings.error("learning_rates", "expected each rate to be larger than the one before")
    }
    return rates
  }

  /// As many rates as there are trials, from the first to the last of the list; the list itself where
  /// it has as many.
  private static func spread(_ rates: [Double], over trials: Int) -> [Double] {
    guard trials != rates.count, let first = rates.first, let last = rates.last else {
      return rates
    }
    guard trials > 1, first < last else { return Array(repeating: first, count: trials) }
    return (0..<trials).map { trial in
      let share = Double(trial) / Double(trials - 1)
      return Significant.rounded(first * Portable.pow(last / first, share))
    }
  }

  /// Trials of every method on every problem.
  package var trialCount: Int { learningRates.count }

  /// How many of `count` trials go on from a rung.
  package func survivorCount(of count: Int) -> Int { min(count, max(keep, (count + 2) / 3)) }

  /// Runs of a race of `count` trials.
  package func runCount(trials count: Int) -> Int {
    var remaining = count
    var before = 0
    var runs = 0
    for (index, seeds) in rungs.enumerated() {
      if index > 0 { remaining = survivorCount(of: remaining) }
      runs += remaining * (seeds - before)
      before = seeds
    }
    return runs
  }
}
