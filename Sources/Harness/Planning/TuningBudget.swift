package import Settings

/// What every method may spend on its learning rate: the same grid and the same seeds for all.
///
/// Settings of `tuning`: `learning_rates` (ascending, default 1e-4 to 1e-1 in factors of sqrt(10)),
/// `seeds` (default 3).
package struct TuningBudget: Hashable, Sendable {
  /// Seeds from here on are for tuning; evaluation seeds lie below.
  private static let firstSeed: UInt64 = 1_000_001

  package let learningRates: [Double]
  package let seeds: [UInt64]

  package init(settings: inout SettingsReader) throws(SettingsError) {
    let standard = [1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2, 1e-1]
    learningRates = try settings.numbers(
      "learning_rates",
      default: standard,
      in: 1e-8...100,
      count: 1...100
    )
    guard zip(learningRates, learningRates.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw settings.error("learning_rates", "expected each rate to be larger than the one before")
    }
    let count = try settings.count("seeds", default: 3, in: 1...1000)
    seeds = (0..<UInt64(count)).map { Self.firstSeed + $0 }
  }

  /// Runs that one method may spend on one problem.
  package var trialCount: Int { learningRates.count * seeds.count }
}
