import CMeasure
import Networks
import Training

/// The least time a step can take on this core: its matrix products at the arithmetic peak, and the
/// optimizer's pass over all parameters as measured.
struct Roofline {
  /// Floating-point operations a second, measured at the same time as what is held against it.
  let peak: Double

  init() {
    let rounds: Int64 = 2_000_000
    peak =
      (0..<7).map { _ in
        let start = ThreadClock.seconds
        let operations = run_peak_arithmetic(rounds)
        return operations / (ThreadClock.seconds - start)
      }.max() ?? 0
  }

  /// The least time of one step.
  ///
  /// - Parameters:
  ///   - work: What is trained.
  ///   - passes: Backward passes through the trunk.
  ///   - lastLayerPasses: Passes more at its last layer, for weight gradients of single tasks.
  /// - Returns: Seconds.
  /// - Throws: `SettingsError`, for a work that is no network.
  func seconds(_ work: Work, passes: Int, lastLayerPasses: Int) throws -> Double {
    let network = try work.makeNetwork()
    return work.operations(passes: passes, lastLayerPasses: lastLayerPasses) / peak
      + OptimizerState.adamSeconds(network.parameterCount, within: 0.05)
  }
}
