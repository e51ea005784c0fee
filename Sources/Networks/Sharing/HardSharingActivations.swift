internal import Kernels

/// The outputs of every layer for a number of rows, and the pass that fills them.
struct HardSharingActivations {
  /// Outputs of each trunk layer, shape [trunkRows][width].
  let trunk: [MatrixView]
  /// Outputs of the first layers of all heads side by side, shape [headRows][...].
  let fan: MatrixView
  /// Each head's columns of `fan`.
  let fanSlices: [MatrixView]
  /// Outputs of each head's further layers.
  let deeper: [[MatrixView]]
  /// Outputs of each task.
  let outputs: [MatrixView]
  private let storage: [Matrix]

  /// Bytes of all of them.
  var byteCount: Int { storage.reduce(0) { $0 + $1.buffer.byteCount } }

  /// - Parameters:
  ///   - layout: The layers.
  ///   - trunkRows: Rows that one pass takes at most.
  ///   - headRows: Rows whose outputs are kept.
  init(_ layout: HardSharingLayout, trunkRows: Int, headRows: Int) {
    var storage: [Matrix] = []
    func make(_ columns: Int, rows: Int = headRows) -> MatrixView {
      let matrix = Matrix(rows: rows, columns: columns)
      storage.append(matrix)
      return matrix.view
    }
    trunk = layout.trunk.map { make($0.outputCount, rows: trunkRows) }
    fan = make(layout.fan.outputCount)
    deeper = layout.deeper.map { layers in layers.map { make($0.outputCount) } }
    fanSlices = layout.fanColumns.map { [fan] in fan.columns($0) }
    outputs = zip(fanSlices, deeper).map { slice, layers in layers.last ?? slice }
    self.storage = storage
  }

  /// One pass over some rows of inputs; their outputs go to the heads' rows from `first`.
  func forward(
    from source: MatrixView,
    toHeadRow first: Int,
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    let values = unsafe parameters.start
    let headRows = first..<first + source.rows
    var below = source
    for index in 0..<trunk.count {
      let layer = layout.trunk[index]
      let above = trunk[index].rows(0..<source.rows)
      let end = unsafe activation.productEnd(bias: layer.bias(in: values))
      unsafe kernels.multiply(below, layer.weights(in: values), into: above, end: end)
      activation.finish(above, kernels)
      below = above
    }
    unsafe kernels.multiply(
      below,
      layout.fan.weights(in: values),
      into: fan.rows(headRows),
      end: .bias(layout.fan.bias(in: values))
    )
    for task in 0..<deeper.count where !deeper[task].isEmpty {
      forwardHead(task, rows: headRows, layout, parameters, activation, kernels)
    }
  }

  /// The layers of one head behind the fan.
  private func forwardHead(
    _ task: Int,
    rows: Range<Int>,
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    let values = unsafe parameters.start
    var below = fanSlices[task].rows(rows)
    for index in 0..<deeper[task].count {
      let layer = layout.deeper[task][index]
      let above = deeper[task][index].rows(rows)
      applyActivation(activation, to: below, kernels)
      unsafe kernels.multiply(
        below,
        layer.weights(in: values),
        into: above,
        end: .bias(layer.bias(in: values))
      )
      below = above
    }
  }

  private func applyActivation(
    _ activation: Activation,
    to outputs: MatrixView,
    _ kernels: KernelTable
  ) {
    switch activation {
    case .relu: kernels.maskByReLU(outputs, output: outputs)
    case .tanh: kernels.tanh(outputs)
    }
  }
}
