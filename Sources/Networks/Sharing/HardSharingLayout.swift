internal import Kernels

/// Where every layer of a hard-sharing network stands in its flat vectors.
///
/// Shared part: the trunk's layers in order. Own part: the *fan*, that is the first layers of all
/// heads side by side as one layer, so that one product serves them all, then the further layers
/// of each head. Heads of one linear layer lie densely side by side; if any head is deeper, each
/// head's columns begin at a multiple of 16.
struct HardSharingLayout: Hashable, Sendable {
  let trunk: [DenseLayer]
  let fan: DenseLayer
  /// Each head's columns of the fan, shape [K].
  let fanColumns: [Range<Int>]
  /// Layers of each head behind the fan, shape [K][...].
  let deeper: [[DenseLayer]]
  let sharedCount: Int
  let parameterCount: Int

  /// - Parameters:
  ///   - inputCount: Inputs of the trunk.
  ///   - trunkWidths: Outputs of the trunk's layers, at least one.
  ///   - headWidths: Outputs of every layer of each head; the last are the task's outputs.
  init(inputCount: Int, trunkWidths: [Int], headWidths: [[Int]]) {
    var offset = 0
    var width = inputCount
    var trunk: [DenseLayer] = []
    for next in trunkWidths {
      trunk.append(DenseLayer(offset: offset, inputCount: width, outputCount: next))
      offset += trunk[trunk.count - 1].count
      width = next
    }
    sharedCount = offset
    self.trunk = trunk

    let isDense = headWidths.allSatisfy { $0.count == 1 }
    var columns: [Range<Int>] = []
    var column = 0
    for widths in headWidths {
      columns.append(column..<column + widths[0])
      column += isDense ? widths[0] : paddedCount(widths[0])
    }
    fanColumns = columns
    fan = DenseLayer(offset: offset, inputCount: width, outputCount: column)
    offset += fan.count

    var deeper: [[DenseLayer]] = []
    for widths in headWidths {
      var layers: [DenseLayer] = []
      for (inputs, outputs) in zip(widths, widths.dropFirst()) {
        layers.append(DenseLayer(offset: offset, inputCount: inputs, outputCount: outputs))
        offset += layers[layers.count - 1].count
      }
      deeper.append(layers)
    }
    self.deeper = deeper
    parameterCount = offset
  }

  var tensors: [NamedTensor] {
    var result: [NamedTensor] = []
    for (index, layer) in trunk.enumerated() {
      result += pair("trunk.\(2 * index)", layer, 0..<layer.outputCount)
    }
    for task in fanColumns.indices {
      result += pair("heads.\(task).0", fan, fanColumns[task])
      for (index, layer) in deeper[task].enumerated() {
        result += pair("heads.\(task).\(2 * index + 2)", layer, 0..<layer.outputCount)
      }
    }
    return result
  }

  private func pair(_ path: String, _ layer: DenseLayer, _ columns: Range<Int>) -> [NamedTensor] {
    [false, true].map { isBias in
      NamedTensor(
        name: path + (isBias ? ".bias" : ".weight"),
        firstColumn: columns.lowerBound,
        inputCount: isBias ? 1 : layer.inputCount,
        outputCount: columns.count,
        isBias: isBias,
        layer: layer
      )
    }
  }
}
