package import Kernels
package import Settings

/// What a network is built for.
package struct NetworkShape: Hashable, Sendable {
  package let inputCount: Int
  /// Outputs of each task's head, shape [K].
  package let outputCounts: [Int]
  /// Which of the problem's tasks these are, shape [K]: a head starts from the same values whether
  /// it is trained alone or beside others.
  package let taskIndices: [Int]
  /// Rows of a training batch.
  package let batchRows: Int

  package init(inputCount: Int, outputCounts: [Int], taskIndices: [Int], batchRows: Int) {
    self.inputCount = inputCount
    self.outputCounts = outputCounts
    self.taskIndices = taskIndices
    self.batchRows = batchRows
  }

  package var taskCount: Int { outputCounts.count }
}

/// A weight matrix or bias with a name, for inspection and for reading and writing parameters.
package struct NamedTensor: Hashable, Sendable {
  /// Module path such as `trunk.0.weight` or `heads.1.0.bias`; activations count as modules.
  package let name: String
  /// First of its columns in its layer, for heads that lie side by side.
  package let firstColumn: Int
  package let inputCount: Int
  package let outputCount: Int
  package let isBias: Bool
  package let layer: DenseLayer

  /// Position in the flat vector of the weight from `input` to `output` (of the bias of `output`).
  package func position(output: Int, input: Int) -> Int {
    let row = isBias ? layer.inputCount : input
    return layer.offset + row * layer.stride + firstColumn + output
  }
}

/// A network with shared and own parameters, its buffers for one training batch, and the passes
/// that a training step puts together.
///
/// Parameters and gradients are flat vectors with the shared part first. One step is `forward`,
/// the caller's losses (which fill `outputGradient`), `backwardHeads`, then what the weighting
/// method needs: `sharedGradient`s of single tasks into rows of the caller's, or one of the scaled
/// sum of all tasks; and `ownGradients`. No pass allocates.
package protocol Network: AnyObject, SendableMetatype {
  /// The name in suite files.
  static var name: String { get }
  /// One line for `mtlbench list`, and each setting with its meaning.
  static var description: (idea: String, settings: [(key: String, meaning: String)]) { get }

  /// Builds the network with all parameters zero.
  ///
  /// - Throws: `SettingsError` for settings it cannot follow.
  init(
    shape: NetworkShape,
    kernels: KernelTable,
    settings: inout SettingsReader
  ) throws(SettingsError)

  var shape: NetworkShape { get }
  /// All parameters: `sharedCount` shared ones, then the tasks' own.
  var parameters: FloatBuffer { get }
  /// Gradients in the same order.
  var gradient: FloatBuffer { get }
  var sharedCount: Int { get }
  var parameterCount: Int { get }
  /// Ranges of the shared parameters, one for each layer.
  var sharedLayers: [Range<Int>] { get }
  /// Ranges of the shared parameters, one for each weight matrix or bias.
  var sharedMatrices: [Range<Int>] { get }
  /// Range of the last shared layer: its weight and bias.
  var lastSharedLayer: Range<Int> { get }
  /// Weights and biases by name, in the order of the modules.
  var tensors: [NamedTensor] { get }
  /// Columns of the shared representation.
  var representationWidth: Int { get }

  /// Bytes of all buffers: parameters and gradient, activations and what the backward pass keeps.
  var bufferBytes: Int { get }

  /// Draws starting values: uniform in ±1/sqrt(inputs) for weights and biases of every layer, the
  /// shared part and each head from streams of their own.
  func initialize(seed: UInt64)

  /// Where the caller puts a batch, shape [batchRows][inputCount].
  var input: MatrixView { get }
  /// Outputs of one task's head after `forward`, shape [batchRows][outputCounts[task]].
  func outputs(of task: Int) -> MatrixView
  /// Where the caller puts the gradient of the task's loss at its outputs, same shape.
  func outputGradient(of task: Int) -> MatrixView
  /// The shared representation after `forward`, shape [batchRows][representationWidth].
  var representation: MatrixView { get }

  func forward()
  /// Takes the output gradients back through the heads, unscaled, as far as the representation
  /// needs; the first of the backward passes.
  func backwardHeads()
  /// Multiplies one task's part of the gradient that reaches the representation by `factor`.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - factor: The factor.
  ///   - includesOwn: Whether own gradients that `backwardHeads` left in `gradient` are multiplied
  ///     too, so that `ownGradients` completes those of the scaled loss.
  func scaleTask(_ task: Int, by factor: Float, includesOwn: Bool)
  /// Gradients of all own parameters from the (scaled or unscaled) heads' pass into `gradient`.
  func ownGradients()
  /// Multiplies one task's own gradients in `gradient` by `factor`.
  func scaleOwnGradient(of task: Int, by factor: Float)
  /// Gradient of the sum over the tasks' (scaled) parts at the shared parameters.
  ///
  /// - Parameter target: Receives `sharedCount` floats.
  func sharedGradient(into target: UnsafeMutablePointer<Float>)
  /// Gradient of one task's part at the shared parameters.
  func sharedGradient(of task: Int, into target: UnsafeMutablePointer<Float>)
  /// Gradients of every task at the last shared layer alone, into that layer's range of `rows`.
  ///
  /// - Parameter rows: Shape [K][sharedCount]; other columns are left as they are.
  func lastLayerGradients(into rows: MatrixView)
  /// Gradient of the weighted sum at all shared parameters, continuing `lastLayerGradients`.
  ///
  /// - Parameters:
  ///   - rows: As left by `lastLayerGradients`.
  ///   - weights: Shape [K].
  ///   - target: Receives `sharedCount` floats.
  func sharedGradient(
    continuing rows: MatrixView,
    weights: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>
  )
  /// Gradient of one task's part at the representation, shape as `representation`.
  func representationGradient(of task: Int, into target: MatrixView)
  /// Gradient at the shared parameters for a given gradient at the representation.
  func sharedGradient(
    fromRepresentation gradient: MatrixView,
    into target: UnsafeMutablePointer<Float>
  )

  /// An evaluator of this network for parts of `rowCount` rows.
  func makeEvaluator(rowCount: Int) -> any Evaluator
}

/// Forward passes without gradients, in batches of its own size, reading the network's parameters
/// as they are at each call.
package protocol Evaluator: AnyObject {
  /// Outputs of each task's head after `evaluate`, shape [K] of [rowCount][outputCounts[task]].
  var outputs: [MatrixView] { get }
  /// Computes the outputs of all tasks.
  ///
  /// - Parameter inputs: Shape [rowCount][inputCount] with the stride of the training data.
  func evaluate(_ inputs: MatrixView)
}
