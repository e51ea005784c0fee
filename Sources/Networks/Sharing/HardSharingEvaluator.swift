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
    rowCount: Int,
    _ kernels: KernelTable
  ) {
    self.layout = layout
    self.parameters = parameters
    self.activation = activation
    self.kernels = kernels
    activations = HardSharingActivations(
      layout,
      trunkRows: min(Self.passRows, rowCount),
      headRows: rowCount
    )
  }

  package var outputs: [MatrixView] { activations.outputs }

  package func evaluate(_ inputs: MatrixView) {
    precondition(inputs.rows == activations.fan.rows, "an evaluator of another number of rows")
    var first = 0
    while first < inputs.rows {
      let rows = inputs.rows(first..<min(first + Self.passRows, inputs.rows))
      activations.forward(from: rows, toHeadRow: first, layout, parameters, activation, kernels)
      first += rows.rows
    }
  }
}
