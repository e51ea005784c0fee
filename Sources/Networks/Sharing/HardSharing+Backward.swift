package import Kernels

extension HardSharing {
  package func backwardHeads() {
    let values = unsafe parameters.start
    unsafe kernels.transpose(layout.fan.weights(in: values), into: cotangents.fanTransposed)
    for (index, layer) in layout.trunk.enumerated() {
      guard let transposed = cotangents.trunkTransposed[index] else { continue }
      unsafe kernels.transpose(layer.weights(in: values), into: transposed)
    }
    for task in 0..<shape.taskCount where !layout.deeper[task].isEmpty {
      backwardHead(task)
    }
  }

  /// Gradients of one head's layers behind the fan, and at its columns of the fan.
  private func backwardHead(_ task: Int) {
    let values = unsafe parameters.start
    let gradients = unsafe gradient.start
    var index = layout.deeper[task].count - 1
    while index >= 0 {
      let layer = layout.deeper[task][index]
      let above = cotangents.deeper[task][index]
      let below = index > 0 ? activations.deeper[task][index - 1] : activations.fanSlices[task]
      let target = index > 0 ? cotangents.deeper[task][index - 1] : cotangents.fanSlices[task]
      let transposed = cotangents.deeperTransposed[task][index]
      unsafe kernels.transpose(layer.weights(in: values), into: transposed)
      unsafe layerGradient(layer, inputs: below, outputs: above, into: gradients)
      activation.backward(above, transposed, outputs: below, into: target, kernels)
      index -= 1
    }
  }

  /// Gradient of one layer's weights and biases at the layer's place in a flat vector.
  private func layerGradient(
    _ layer: DenseLayer,
    inputs: MatrixView,
    outputs: MatrixView,
    into start: UnsafeMutablePointer<Float>
  ) {
    unsafe kernels.multiplyTransposed(
      inputs,
      outputs,
      into: layer.weights(in: start),
      end: .store
    )
    unsafe kernels.columnSums(outputs, into: layer.bias(in: start))
  }

  package func scaleTask(_ task: Int, by factor: Float, includesOwn: Bool) {
    kernels.scale(cotangents.fanSlices[task], by: factor)
    if includesOwn { scaleDeeperGradients(of: task, by: factor) }
  }

  package func ownGradients() {
    unsafe layerGradient(
      layout.fan,
      inputs: representation,
      outputs: cotangents.fan,
      into: gradient.start
    )
  }

  package func scaleOwnGradient(of task: Int, by factor: Float) {
    let start = unsafe gradient.start
    let fan = layout.fan
    let rows = unsafe MatrixView(
      start: start + fan.offset,
      rows: fan.inputCount + 1,
      columns: fan.outputCount,
      stride: fan.stride
    )
    kernels.scale(rows.columns(layout.fanColumns[task]), by: factor)
    scaleDeeperGradients(of: task, by: factor)
  }

  private func scaleDeeperGradients(of task: Int, by factor: Float) {
    let start = unsafe gradient.start
    for layer in layout.deeper[task] {
      let rows = unsafe MatrixView(
        start: start + layer.offset,
        rows: layer.inputCount + 1,
        columns: layer.outputCount,
        stride: layer.stride
      )
      kernels.scale(rows, by: factor)
    }
  }

  package func sharedGradient(into target: UnsafeMutablePointer<Float>) {
    let last = cotangents.trunk.count - 1
    activation.backward(
      cotangents.fan,
      cotangents.fanTransposed,
      outputs: representation,
      into: cotangents.trunk[last],
      kernels
    )
    unsafe trunkGradients(from: last, into: target)
  }

  package func sharedGradient(of task: Int, into target: UnsafeMutablePointer<Float>) {
    let last = cotangents.trunk.count - 1
    activation.backward(
      cotangents.fanSlices[task],
      cotangents.fanTransposedSlices[task],
      outputs: representation,
      into: cotangents.trunk[last],
      kernels
    )
    unsafe trunkGradients(from: last, into: target)
  }

  package func sharedGradient(
    fromRepresentation gradient: MatrixView,
    into target: UnsafeMutablePointer<Float>
  ) {
    let last = cotangents.trunk.count - 1
    let above = cotangents.trunk[last]
    for row in 0..<gradient.rows {
      for column in 0..<gradient.columns {
        let value = unsafe gradient.start[row * gradient.stride + column]
        unsafe above.start[row * above.stride + column] = value
      }
    }
    activation.mask(above, outputs: representation, kernels)
    unsafe trunkGradients(from: last, into: target)
  }

  /// Gradients of the trunk's layers `top`, …, 0 from the filled gradient at layer `top`.
  private func trunkGradients(from top: Int, into target: UnsafeMutablePointer<Float>) {
    var index = top
    while index >= 0 {
      let above = cotangents.trunk[index]
      let below = index > 0 ? activations.trunk[index - 1] : input
      unsafe layerGradient(layout.trunk[index], inputs: below, outputs: above, into: target)
      if index > 0, let transposed = cotangents.trunkTransposed[index] {
        let next = cotangents.trunk[index - 1]
        activation.backward(above, transposed, outputs: below, into: next, kernels)
      }
      index -= 1
    }
  }

  package func lastLayerGradients(into rows: MatrixView) {
    let last = layout.trunk.count - 1
    let below = last > 0 ? activations.trunk[last - 1] : input
    for task in 0..<shape.taskCount {
      activation.backward(
        cotangents.fanSlices[task],
        cotangents.fanTransposedSlices[task],
        outputs: representation,
        into: cotangents.lastTrunk[task],
        kernels
      )
      unsafe layerGradient(
        layout.trunk[last],
        inputs: below,
        outputs: cotangents.lastTrunk[task],
        into: rows.start + task * rows.stride
      )
    }
  }

  package func sharedGradient(
    continuing rows: MatrixView,
    weights: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>
  ) {
    let last = layout.trunk.count - 1
    let range = layout.trunk[last].range
    unsafe kernels.combine(
      rows.columns(range),
      weights: weights,
      into: target + range.lowerBound
    )
    guard last > 0, let transposed = cotangents.trunkTransposed[last] else { return }
    let above = cotangents.trunk[last]
    unsafe kernels.combine(cotangents.lastTrunkRows, weights: weights, into: above.start)
    let below = activations.trunk[last - 1]
    activation.backward(
      above,
      transposed,
      outputs: below,
      into: cotangents.trunk[last - 1],
      kernels
    )
    unsafe trunkGradients(from: last - 1, into: target)
  }

  package func representationGradient(of task: Int, into target: MatrixView) {
    kernels.multiply(
      cotangents.fanSlices[task],
      cotangents.fanTransposedSlices[task],
      into: target,
      end: .store
    )
  }
}
