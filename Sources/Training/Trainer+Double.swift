internal import Kernels
internal import Networks
internal import Weighting

/// Double copies for rules that work on single entries of gradients.
@safe final class DoubleSpace {
  let jacobian: UnsafeMutableBufferPointer<Double>
  let direction: UnsafeMutableBufferPointer<Double>
  let representation: UnsafeMutableBufferPointer<Double>
  let representationGradients: UnsafeMutableBufferPointer<Double>
  let representationDirection: UnsafeMutableBufferPointer<Double>
  /// Task gradients at the representation, shape [K * rows][columns].
  let stacked: Matrix
  /// A gradient at the representation, shape [rows][columns].
  let single: Matrix

  init(taskCount: Int, sharedCount: Int, rows: Int, columns: Int) {
    func make(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      unsafe buffer.initialize(repeating: 0)
      return unsafe buffer
    }
    unsafe jacobian = make(taskCount * sharedCount)
    unsafe direction = make(sharedCount)
    unsafe representation = make(rows * columns)
    unsafe representationGradients = make(taskCount * rows * columns)
    unsafe representationDirection = make(rows * columns)
    stacked = Matrix(rows: taskCount * rows, columns: columns)
    single = Matrix(rows: rows, columns: columns)
  }

  /// Bytes of all of it.
  var byteCount: Int {
    let doubles =
      unsafe jacobian.count + direction.count + representation.count
      + representationGradients.count + representationDirection.count
    return doubles * MemoryLayout<Double>.stride + stacked.buffer.byteCount
      + single.buffer.byteCount
  }

  deinit {
    unsafe jacobian.deallocate()
    unsafe direction.deallocate()
    unsafe representation.deallocate()
    unsafe representationGradients.deallocate()
    unsafe representationDirection.deallocate()
  }
}

extension Trainer {
  /// The space, made at its first use and known to `statistics` and `weights` from then on.
  private func space() -> DoubleSpace {
    if let doubleSpace { return doubleSpace }
    let made = DoubleSpace(
      taskCount: tasks.count,
      sharedCount: network.sharedCount,
      rows: network.shape.batchRows,
      columns: network.representationWidth
    )
    doubleSpace = made
    unsafe statistics.jacobian = made.jacobian
    unsafe statistics.representation = made.representation
    unsafe statistics.representationGradients = made.representationGradients
    unsafe weights.direction = made.direction
    unsafe weights.representationDirection = made.representationDirection
    return made
  }

  /// Copies `rows` to `statistics.jacobian`.
  func widenRows() {
    let target = unsafe space().jacobian
    for task in 0..<tasks.count {
      let source = unsafe rows.view.start + task * rows.stride
      let base = task * network.sharedCount
      for index in 0..<network.sharedCount { unsafe target[base + index] = Double(source[index]) }
    }
  }

  /// Task gradients at the shared representation: their Gramian, or the gradients themselves.
  func gatherRepresentation(_ needs: StepNeeds) {
    let space = space()
    let count = network.shape.batchRows
    for task in 0..<tasks.count {
      let range = task * count..<(task + 1) * count
      network.representationGradient(of: task, into: space.stacked.view.rows(range))
    }
    if needs.contains(.representationGramian) {
      let length = count * space.stacked.stride
      let flat = unsafe MatrixView(
        start: space.stacked.view.start,
        rows: tasks.count,
        columns: length,
        stride: length
      )
      kernels.gramian(flat, into: &statistics.gramian)
    }
    if needs.contains(.representation), let representation = network.representation {
      unsafe widen(representation, into: space.representation)
      unsafe widen(space.stacked.view, into: space.representationGradients)
    }
  }

  /// Gradient at the shared parameters for the method's direction at the representation.
  func narrowRepresentationDirection() {
    let single = space().single
    for row in 0..<single.rows {
      for column in 0..<single.columns {
        let value = unsafe weights.representationDirection[row * single.columns + column]
        single[row, column] = Float(value * weights.sharedFactor)
      }
    }
    unsafe network.sharedGradient(
      fromRepresentation: single.view,
      into: network.gradient.start
    )
    cost.backwardPasses += 1
  }

  private func widen(_ source: MatrixView, into target: UnsafeMutableBufferPointer<Double>) {
    for row in 0..<source.rows {
      for column in 0..<source.columns {
        let value = unsafe source.start[row * source.stride + column]
        unsafe target[row * source.columns + column] = Double(value)
      }
    }
  }
}
