/// A weight matrix, bias or other tensor of a network with a name, for inspection and for reading
/// and writing parameters.
package struct NamedTensor: Hashable, Sendable {
  /// Module path such as `trunk.0.weight` or `heads.1.0.bias`; activations count as modules.
  package let name: String
  package let inputCount: Int
  package let outputCount: Int
  package let isBias: Bool
  /// Position in the flat vectors of the first entry.
  package let offset: Int
  /// Floats from one input's entries to the next input's.
  package let stride: Int
  package let start: StartingValues
  /// Whether files list it row by row as it lies, not output by output.
  let isTable: Bool

  /// Position in the flat vector of the weight from `input` to `output` (of the bias of `output`).
  package func position(output: Int, input: Int) -> Int {
    offset + input * stride + output
  }

  /// Positions in the flat vector of all entries, in the order in which files list them:
  /// `[output][input]`, or `[row][column]` of a table.
  package var positions: [Int] {
    if isTable {
      return (0..<inputCount).flatMap { row in
        (0..<outputCount).map { position(output: $0, input: row) }
      }
    }
    return (0..<outputCount).flatMap { output in
      (0..<inputCount).map { position(output: output, input: $0) }
    }
  }

  /// The rows of the tensor in the flat vectors, padding included.
  var rows: Range<Int> { offset..<offset + inputCount * stride }
}

/// What a tensor's entries are before training.
package enum StartingValues: Hashable, Sendable {
  /// Drawn uniformly from ±bound.
  case uniform(bound: Double)
  /// These, input by input.
  case numbers([Float])
}
