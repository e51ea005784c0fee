internal import Kernels

/// A sine along a line, scaled to variance 1: `g(u) = sin(f u) / sqrt((1 - exp(-2 f²)) / 2)`.
///
/// For a standard normal `u` the variance is 1 at every frequency `f`. As `f` falls to 0 the
/// function becomes `u` itself, which it is at 0. The higher the frequency, the more bends a network
/// has to form, and the longer it takes.
struct UnitSine {
  private let frequency: Double
  private let amplitude: Double

  init(frequency: Double) {
    self.frequency = frequency
    let variance = -Portable.expm1(-2 * frequency * frequency) / 2
    amplitude = variance > 0 ? 1 / variance.squareRoot() : 0
  }

  /// The value at `u`.
  func value(at u: Double) -> Double {
    amplitude > 0 ? amplitude * Portable.sin(frequency * u) : u
  }
}
