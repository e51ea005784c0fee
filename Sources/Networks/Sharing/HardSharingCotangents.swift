internal import Kernels

/// Buffers of the backward pass: gradients at the outputs of layers, and transposed weights.
struct HardSharingCotangents {
  /// Gradient at each task's outputs.
  let outputs: [MatrixView]
  /// Gradient at the fan; for linear heads the same storage as `outputs`.
  let fan: MatrixView
  /// Each head's columns of `fan`.
  let fanSlices: [MatrixView]
  /// Gradient at the outputs of each head's further layers; the last is the task's outputs.
  let deeper: [[MatrixView]]
  /// Gradient at the activation inputs of each trunk layer.
  let trunk: [MatrixView]
  /// Per task, the gradient at the last trunk layer's activation inputs, for `lastLayerGradients`.
  let lastTrunk: [MatrixView]
  /// All of `lastTrunk` as rows of one matrix, shape [K][rows * stride].
  let lastTrunkRows: MatrixView
  /// Transposed fan weights, shape [fan outputs][representation].
  let fanTransposed: MatrixView
  /// Each head's rows of `fanTransposed`.
  let fanTransposedSlices: [MatrixView]
  /// Transposed weights of the trunk's layers but the first, shape [outputs][inputs].
  let trunkTransposed: [MatrixView?]
  /// Transposed weights of the heads' further layers.
  let deeperTransposed: [[MatrixView]]
  private let storage: [Matrix]

  /// Bytes of all of them.
  var byteCount: Int { storage.reduce(0) { $0 + $1.buffer.byteCount } }

  init(_ layout: HardSharingLayout, rows: Int) {
    var storage: [Matrix] = []
    func make(_ rows: Int, _ columns: Int) -> MatrixView {
      let matrix = Matrix(rows: rows, columns: columns)
      storage.append(matrix)
      return matrix.view
    }
    fan = make(rows, layout.fan.outputCount)
    deeper = layout.deeper.map { layers in layers.map { make(rows, $0.outputCount) } }
    fanSlices = layout.fanColumns.map { [fan] in fan.columns($0) }
    outputs = zip(fanSlices, deeper).map { slice, layers in layers.last ?? slice }
    trunk = layout.trunk.map { make(rows, $0.outputCount) }

    let width = layout.fan.inputCount
    let taskCount = layout.fanColumns.count
    let stacked = make(taskCount * rows, width)
    lastTrunk = (0..<taskCount).map { stacked.rows($0 * rows..<($0 + 1) * rows) }
    lastTrunkRows = unsafe MatrixView(
      start: stacked.start,
      rows: taskCount,
      columns: rows * stacked.stride,
      stride: rows * stacked.stride
    )
    fanTransposed = make(layout.fan.outputCount, width)
    fanTransposedSlices = layout.fanColumns.map { [fanTransposed] in fanTransposed.rows($0) }
    trunkTransposed = layout.trunk.enumerated().map { index, layer in
      index == 0 ? nil : make(layer.outputCount, layer.inputCount)
    }
    deeperTransposed = layout.deeper.map { layers in
      layers.map { make($0.outputCount, $0.inputCount) }
    }
    self.storage = storage
  }
}
