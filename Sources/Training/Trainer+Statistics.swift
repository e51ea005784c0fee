internal import Kernels
internal import Networks
internal import Weighting

/// Needs that are met together; made once, since an option set's list is an array in memory.
extension StepNeeds {
  /// Those that take every task's whole gradient.
  fileprivate static let wholeRows: StepNeeds = [
    .gramian, .groupGramians, .sharedNorms, .jacobian, .crossGramian,
  ]
  /// Those that are read from the Gramian at the shared parameters.
  fileprivate static let wholeGramian: StepNeeds = [.gramian, .sharedNorms]
  /// Those that take every task's gradient at the shared representation.
  fileprivate static let atRepresentation: StepNeeds = [.representation, .representationGramian]
}

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
      for (group, range) in method.rule.parameterGroups.enumerated() {
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

  /// Fills `statistics.gramian` for the record, after the method has had its own; not counted as a
  /// cost of training.
  func gatherDiagnostics(_ needs: StepNeeds, hasRows: Bool) {
    let before = cost
    defer { cost = before }
    if !hasRows { computeRows() }
    kernels.gramian(rows.view, into: &statistics.gramian)
    if !hasRows, needs.contains(.lastLayerNorms) { network.lastLayerGradients(into: rows.view) }
  }
}
