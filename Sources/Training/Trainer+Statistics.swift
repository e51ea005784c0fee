internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Computes what the method needs of the loaded batch beyond its losses.
  ///
  /// - Returns: Whether `rows` holds every task's whole gradient.
  func gatherStatistics(_ needs: StepNeeds) -> Bool {
    let hasRows = !needs.isDisjoint(with: .wholeRows)
    if hasRows { computeRows() }
    if !needs.isDisjoint(with: .wholeGramian) {
      kernels.gramian(rows.view, into: &statistics.gramian)
    }
    if needs.contains(.sharedNorms) { takeNormsFromGramian() }
    if needs.contains(.groupGramians) {
      let square = tasks.count * tasks.count
      for (group, range) in needs.parameterGroups.enumerated() {
        kernels.gramian(
          rows.view,
          columns: range,
          into: &statistics.groupGramians,
          at: group * square
        )
      }
    }
    if needs.contains(.jacobian) { widenRows() }
    if needs.contains(.lastLayerNorms) { gatherLastLayerNorms() }
    if !needs.isDisjoint(with: .atRepresentation) {
      gatherRepresentation(needs)
    }
    return hasRows
  }

  /// Gradient of every task at all shared parameters.
  func computeRows() {
    for task in 0..<tasks.count {
      unsafe network.sharedGradient(
        of: task,
        into: rows.view.start + task * rows.stride
      )
    }
    cost.backwardPasses += tasks.count
  }

  private func takeNormsFromGramian() {
    for task in 0..<tasks.count {
      statistics.gradientNorms[task] =
        statistics.gramian[task * tasks.count + task].squareRoot()
    }
  }

  private func gatherLastLayerNorms() {
    network.lastLayerGradients(into: rows.view)
    for task in 0..<tasks.count {
      var square = 0.0
      for range in network.lastSharedLayers {
        let start = unsafe rows.view.start + task * rows.stride + range.lowerBound
        square += unsafe kernels.squaredNorm(start, count: range.count)
      }
      statistics.gradientNorms[task] = square.squareRoot()
    }
  }

  /// Copies `rows` to `statistics.jacobian`.
  private func widenRows() {
    let target = unsafe space.jacobian
    for task in 0..<tasks.count {
      let source = unsafe rows.view.start + task * rows.stride
      let base = task * network.sharedCount
      for index in 0..<network.sharedCount { unsafe target[base + index] = Double(source[index]) }
    }
  }

  /// Task gradients at the shared representation: their Gramian, or the gradients themselves.
  private func gatherRepresentation(_ needs: StepNeeds) {
    let count = network.shape.batchRows
    for task in 0..<tasks.count {
      let range = task * count..<(task + 1) * count
      network.representationGradient(of: task, into: space.stackedGradients.view.rows(range))
    }
    if needs.contains(.representationGramian) {
      let length = count * space.stackedGradients.stride
      let flat = unsafe MatrixView(
        start: space.stackedGradients.view.start,
        rows: tasks.count,
        columns: length,
        stride: length
      )
      kernels.gramian(flat, into: &statistics.gramian)
    }
    if needs.contains(.representation), let representation = network.representation {
      unsafe widen(representation, into: space.representation)
      unsafe widen(space.stackedGradients.view, into: space.representationGradients)
    }
  }

  private func widen(_ source: MatrixView, into target: UnsafeMutableBufferPointer<Double>) {
    for row in 0..<source.rows {
      for column in 0..<source.columns {
        let value = unsafe source.start[row * source.stride + column]
        unsafe target[row * source.columns + column] = Double(value)
      }
    }
  }

  /// Fills `statistics.gramian` for the record, after the method has had its own; not counted as a
  /// cost of training.
  func gatherDiagnostics(_ needs: StepNeeds) {
    precondition(
      rows.columns == network.sharedCount,
      "diagnostics of a trainer that was made without"
    )
    let before = cost
    defer { cost = before }
    if !hasRows { computeRows() }
    kernels.gramian(rows.view, into: &statistics.gramian)
    if !hasRows, needs.contains(.lastLayerNorms) { network.lastLayerGradients(into: rows.view) }
  }
}
