import CMeasure
import Networks
import Training

/// The least time a step can take on this core: its matrix products at the arithmetic peak, and the
/// optimizer's pass over all parameters as measured.
final class Roofline {
  /// Floating-point operations a second, the most that was observed so far.
  private(set) var peak = 0.0

  init() { observe() }

  /// Measures the peak again; called between the passes of what is held against it, since other
  /// programs may slow a core for a while.
  func observe() {
    let rounds: Int64 = 2_000_000
    for _ in 0..<3 {
      let start = ThreadClock.seconds
      let operations = run_peak_arithmetic(rounds)
      peak = max(peak, operations / (ThreadClock.seconds - start))
    }
  }

  /// The least time of one step.
  ///
  /// - Parameters:
  ///   - work: What is trained.
  ///   - passes: Backward passes through the trunk.
  ///   - lastLayerPasses: Passes more at its last layer, for weight gradients of single tasks.
  ///   - seconds: About how many seconds the optimizer's pass is measured for.
  /// - Returns: Seconds.
  /// - Throws: `SettingsError`, for a work that is no network.
  func seconds(
    _ work: Work,
    passes: Int,
    lastLayerPasses: Int,
    within seconds: Double
  ) throws -> Double {
    let network = try work.makeNetwork()
    return try work.operations(passes: passes, lastLayerPasses: lastLayerPasses) / peak
      + OptimizerState.adamSeconds(network.parameterCount, within: seconds)
  }
}
