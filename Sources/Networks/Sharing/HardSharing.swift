package import Kernels
package import Settings

/// Hard parameter sharing: one trunk of dense layers for all tasks, one head for each.
///
/// `h = f(... f(x W_1 + b_1) ... W_L + b_L)` is the shared representation and head k maps it to the
/// outputs of task k by one linear layer, or by hidden layers with the same activation and a
/// linear end.
///
/// Source: Caruana, "Multitask Learning", Machine Learning 28, 1997.
///
/// Settings: `trunk` (widths of the shared layers, default `[64]`, 1 to 16 layers of 1 to 8192),
/// `activation` (`relu`, the default, or `tanh`), `heads` (widths of the hidden layers of every
/// head, default none).
package final class HardSharing: Network {
  package static let name = "hard"
  package static let description = (
    idea: "One trunk of dense layers shared by all tasks, one head for each task.",
    settings: [
      (key: "trunk", meaning: "widths of the shared layers, default [64]"),
      (key: "activation", meaning: "relu (default) or tanh"),
      (key: "heads", meaning: "widths of every head's hidden layers, default [] (linear heads)"),
    ]
  )

  package let shape: NetworkShape
  package let parameters: FloatBuffer
  package let gradient: FloatBuffer
  let kernels: KernelTable
  let activation: Activation
  let layout: HardSharingLayout
  private let inputRows: Matrix
  let activations: HardSharingActivations
  let cotangents: HardSharingCotangents

  package convenience init(
    shape: NetworkShape,
    kernels: KernelTable,
    settings: inout SettingsReader
  ) throws(SettingsError) {
    let widthRange = 1...8192
    let trunk = try settings.counts("trunk", default: [64], in: widthRange, count: 1...16)
    let name = try settings.choice(
      "activation",
      of: Activation.allCases.map { $0.rawValue },
      default: Activation.relu.rawValue
    )
    let hidden = try settings.counts("heads", default: [], in: widthRange, count: 0...8)
    self.init(
      shape: shape,
      kernels: kernels,
      trunk: trunk,
      activation: Activation(rawValue: name) ?? .relu,
      heads: shape.outputCounts.map { _ in hidden }
    )
  }

  /// The network with hidden layers chosen for each head.
  ///
  /// - Parameters:
  ///   - shape: What it is built for.
  ///   - kernels: The instruction set to compute with.
  ///   - trunk: Widths of the shared layers, at least one.
  ///   - activation: Behind every hidden layer.
  ///   - heads: Widths of each head's hidden layers, shape [K][...].
  package init(
    shape: NetworkShape,
    kernels: KernelTable,
    trunk: [Int],
    activation: Activation,
    heads: [[Int]]
  ) {
    self.shape = shape
    self.kernels = kernels
    self.activation = activation
    layout = HardSharingLayout(
      inputCount: shape.inputCount,
      trunkWidths: trunk,
      headWidths: zip(heads, shape.outputCounts).map { $0 + [$1] }
    )
    parameters = FloatBuffer(count: layout.parameterCount)
    gradient = FloatBuffer(count: layout.parameterCount)
    inputRows = Matrix(rows: shape.batchRows, columns: shape.inputCount)
    activations = HardSharingActivations(
      layout,
      trunkRows: shape.batchRows,
      headRows: shape.batchRows
    )
    cotangents = HardSharingCotangents(layout, rows: shape.batchRows)
  }

  package var sharedCount: Int { layout.sharedCount }
  package var parameterCount: Int { layout.parameterCount }
  package var sharedLayers: [Range<Int>] { layout.trunk.map { $0.range } }
  package var sharedMatrices: [Range<Int>] {
    layout.trunk.flatMap { [$0.weightRange, $0.biasRange] }
  }
  package var lastSharedLayer: Range<Int> { layout.trunk[layout.trunk.count - 1].range }
  package var tensors: [NamedTensor] { layout.tensors }
  package var representationWidth: Int { layout.fan.inputCount }

  package var bufferBytes: Int {
    parameters.byteCount + gradient.byteCount + inputRows.buffer.byteCount
      + activations.byteCount + cotangents.byteCount
  }

  package func initialize(seed: UInt64) {
    var shared = RandomStream(seed: seed, purpose: .initialization)
    for layer in layout.trunk {
      fill(layer, columns: 0..<layer.outputCount, from: &shared)
    }
    for (task, index) in shape.taskIndices.enumerated() {
      var own = RandomStream(seed: seed, purpose: .initialization, index: UInt64(index) + 1)
      fill(layout.fan, columns: layout.fanColumns[task], from: &own)
      for layer in layout.deeper[task] {
        fill(layer, columns: 0..<layer.outputCount, from: &own)
      }
    }
  }

  private func fill(_ layer: DenseLayer, columns: Range<Int>, from stream: inout RandomStream) {
    let bound = 1 / Double(layer.inputCount).squareRoot()
    for row in 0...layer.inputCount {
      for column in columns {
        let value = Float((2 * stream.uniform() - 1) * bound)
        unsafe parameters.start[layer.offset + row * layer.stride + column] = value
      }
    }
  }

  package var input: MatrixView { inputRows.view }
  package var representation: MatrixView { activations.trunk[activations.trunk.count - 1] }

  package func outputs(of task: Int) -> MatrixView { activations.outputs[task] }

  package func outputGradient(of task: Int) -> MatrixView { cotangents.outputs[task] }

  package func forward() {
    activations.forward(from: input, toHeadRow: 0, layout, parameters, activation, kernels)
  }

  package func makeEvaluator(rowCount: Int) -> any Evaluator {
    HardSharingEvaluator(layout, parameters, activation, rowCount: rowCount, kernels)
  }
}
