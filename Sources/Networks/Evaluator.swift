package import Kernels

/// Forward passes without gradients over many rows, reading a network's parameters as they are at
/// each call.
package final class Evaluator {
  /// Rows of one pass at most: enough to amortise the calls, few enough for the cache.
  private static let passRows = 256

  private let parameters: FloatBuffer
  private let places: [Int]
  private let space: NetworkSpace
  private let outputWires: [Int]
  private let rowCount: Int
  private let passRows: Int
  private let storage: [Matrix]
  /// Outputs of each task's head after `evaluate`, shape [K] of [rowCount][outputCounts[task]].
  package let outputs: [MatrixView]

  init(
    _ graph: NetworkGraph,
    _ plan: NetworkPlan,
    _ parameters: FloatBuffer,
    _ state: FloatBuffer,
    rowCount: Int,
    _ kernels: KernelTable
  ) {
    self.parameters = parameters
    places = plan.places
    self.rowCount = rowCount
    outputWires = graph.outputs
    // Passes of equal length, so that the last one repeats few rows.
    let passCount = max(1, (rowCount + Self.passRows - 1) / Self.passRows)
    passRows = (rowCount + passCount - 1) / passCount
    space = NetworkSpace(
      graph,
      plan,
      rows: passRows,
      state: state,
      isTraining: false,
      kernels: kernels
    )
    storage = graph.outputs.map { Matrix(rows: rowCount, columns: graph.wires[$0].width) }
    outputs = storage.map { $0.view }
  }

  /// Computes the outputs of all tasks.
  ///
  /// - Parameter inputs: Shape [rowCount][inputCount] with the stride of the training data.
  package func evaluate(_ inputs: MatrixView) {
    precondition(inputs.rows == rowCount, "an evaluator of another number of rows")
    var next = 0
    while next < rowCount {
      // The last pass ends with the last row and repeats some of the one before.
      let first = min(next, rowCount - passRows)
      unsafe space.setInput(inputs.start + first * inputs.stride)
      for (layer, place) in zip(space.layers, places) {
        unsafe layer.forward(parameters.start + place)
      }
      for (wire, target) in zip(outputWires, outputs) {
        copy(space.edges[wire].values, to: target.rows(first..<first + passRows))
      }
      next += passRows
    }
  }

  private func copy(_ source: MatrixView, to target: MatrixView) {
    for row in 0..<source.rows {
      for column in 0..<source.columns {
        let value = unsafe source.start[row * source.stride + column]
        unsafe target.start[row * target.stride + column] = value
      }
    }
  }
}
