package import Kernels
package import Settings
package import Weighting

/// A rule that moves parameters along a gradient.
///
/// The moments live beside the parameters in flat vectors of the trainer's; a value holds settings
/// and the running bias corrections only.
package protocol Optimizer: Sendable {
  /// The name in suite files.
  static var name: String { get }
  /// What `mtlbench describe` prints: one sentence, and each key with its default.
  static var description: (idea: String, settings: [(key: String, meaning: String)]) { get }
  /// Reads the optimizer's keys; the learning rate is given per step.
  init(settings: inout SettingsReader) throws(SettingsError)
  /// What weighting methods may know, since the rules' own parameters share the optimizer.
  var context: MethodContext.NetworkOptimizer { get }
  /// Starts the next step; called once per step, before the parameters are moved part by part.
  mutating func advance(learningRate: Double)
  /// Moves the parameters along a gradient of as many entries.
  func apply(
    _ gradient: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    _ kernels: KernelTable
  )
  /// Moves the parameters along `sum over k of weights[k] * rows[k]`.
  ///
  /// - Parameters:
  ///   - rows: Task gradients, shape [K][parameters].
  ///   - weights: Shape [K].
  ///   - parameters: What is moved.
  ///   - scratch: Space for one gradient, for optimizers that need the sum in memory.
  ///   - kernels: The instruction set.
  func apply(
    combining rows: MatrixView,
    weights: UnsafePointer<Float>,
    to parameters: ParameterSlices,
    scratch: UnsafeMutablePointer<Float>,
    _ kernels: KernelTable
  )
  /// First moment (or momentum buffer) factor for the look-ahead step of Auto-lambda: the
  /// momentum of SGD, 0 for the others.
  var lookAheadMomentum: Double { get }
  /// L2 penalty as the gradient sees it.
  var gradientDecay: Double { get }
}
