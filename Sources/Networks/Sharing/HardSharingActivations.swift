internal import Kernels

/// The outputs of every layer for a number of rows, and the pass that fills them.
struct HardSharingActivations {
  /// Shape [rows][inputCount], its stride padded to 16.
  let input: MatrixView
  /// Outputs of each trunk layer, shape [rows][width].
  let trunk: [MatrixView]
  /// Outputs of the first layers of all heads side by side.
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

  init(_ layout: HardSharingLayout, rows: Int) {
    var storage: [Matrix] = []
    func make(_ columns: Int) -> MatrixView {
      let matrix = Matrix(rows: rows, columns: columns)
      storage.append(matrix)
      return matrix.view
    }
    input = make(layout.trunk[0].inputCount)
    trunk = layout.trunk.map { make($0.outputCount) }
    fan = make(layout.fan.outputCount)
    deeper = layout.deeper.map { layers in layers.map { make($0.outputCount) } }
    fanSlices = layout.fanColumns.map { [fan] in fan.columns($0) }
    outputs = zip(fanSlices, deeper).map { slice, layers in layers.last ?? slice }
    self.storage = storage
  }

  func forward(
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    forward(from: input, rows: input.rows, layout, parameters, activation, kernels)
  }

  /// The same for the first `rows` rows, with inputs that may stand elsewhere.
  func forward(
    from source: MatrixView,
    rows: Int,
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    let values = unsafe parameters.start
    var below = source
    for index in 0..<trunk.count {
      let layer = layout.trunk[index]
      let above = trunk[index].rows(0..<rows)
      let end = unsafe activation.productEnd(bias: layer.bias(in: values))
      unsafe kernels.multiply(below, layer.weights(in: values), into: above, end: end)
      activation.finish(above, kernels)
      below = above
    }
    unsafe kernels.multiply(
      below,
      layout.fan.weights(in: values),
      into: fan.rows(0..<rows),
      end: .bias(layout.fan.bias(in: values))
    )
    for task in 0..<deeper.count where !deeper[task].isEmpty {
      forwardHead(task, rows: rows, layout, parameters, activation, kernels)
    }
  }

  /// The layers of one head behind the fan.
  private func forwardHead(
    _ task: Int,
    rows: Int,
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    let values = unsafe parameters.start
    var below = fanSlices[task].rows(0..<rows)
    for index in 0..<deeper[task].count {
      let layer = layout.deeper[task][index]
      let above = deeper[task][index].rows(0..<rows)
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
