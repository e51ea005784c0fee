package import Kernels

/// Forward passes of a hard-sharing network over many rows.
package final class HardSharingEvaluator: Evaluator {
  /// Rows of one pass: large enough to amortise the call, small enough for the cache.
  private static let passRows = 256

  private let layout: HardSharingLayout
  private let parameters: FloatBuffer
  private let activation: Activation
  private let kernels: KernelTable
  private let activations: HardSharingActivations

  init(
    _ layout: HardSharingLayout,
    _ parameters: FloatBuffer,
    _ activation: Activation,
    _ kernels: KernelTable
  ) {
    self.layout = layout
    self.parameters = parameters
    self.activation = activation
    self.kernels = kernels
    activations = HardSharingActivations(layout, rows: Self.passRows)
  }

  package func evaluate(_ inputs: MatrixView, into outputs: [MatrixView]) {
    var first = 0
    while first < inputs.rows {
      let count = min(Self.passRows, inputs.rows - first)
      let rows = inputs.rows(first..<first + count)
      activations.forward(from: rows, rows: count, layout, parameters, activation, kernels)
      for task in outputs.indices {
        copy(
          activations.outputs[task].rows(0..<count),
          to: outputs[task].rows(first..<first + count)
        )
      }
      first += count
    }
  }

  private func copy(_ source: MatrixView, to target: MatrixView) {
    for row in 0..<source.rows {
      let from = unsafe source.start + row * source.stride
      let to = unsafe target.start + row * target.stride
      unsafe to.update(from: from, count: source.columns)
    }
  }
}
