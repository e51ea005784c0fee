internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Computes what the method needs of the loaded batch beyond its losses.
  ///
  /// - Returns: Whether `rows` holds every task's whole gradient.
  func gatherStatistics(_ needs: StepNeeds) -> Bool {
    let wholeRows: StepNeeds = [.gramian, .groupGramians, .sharedNorms, .jacobian, .crossGramian]
    let hasRows = !needs.isDisjoint(with: wholeRows)
    if hasRows { computeRows() }
    if !needs.isDisjoint(with: [.gramian, .sharedNorms]) {
      kernels.gramian(rows.view, into: &statistics.gramian)
    }
    if needs.contains(.sharedNorms) { takeNormsFromGramian() }
    if needs.contains(.groupGramians) {
      let square = tasks.count * tasks.count
      for (group, range) in method.rule.parameterGroups.enumerated() {
        kernels.gramian(
          rows.view, columns: range, into: &statistics.groupGramians, at: group * square)
      }
    }
    if needs.contains(.jacobian) { widenRows() }
    if needs.contains(.lastLayerNorms) { gatherLastLayerNorms() }
    if !needs.isDisjoint(with: [.representation, .representationGramian]) {
      gatherRepresentation(needs)
    }
    return hasRows
  }

  /// Gradient of every task at all shared parameters.
  func computeRows() {
    for task in 0..<tasks.count {
      unsafe network.sharedGradient(
        of: task, into: rows.view.start + task * rows.stride)
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
    let range = network.lastSharedLayer
    for task in 0..<tasks.count {
      let start = unsafe rows.view.start + task * rows.stride + range.lowerBound
      let square = unsafe kernels.squaredNorm(start, count: range.count)
      statistics.gradientNorms[task] = square.squareRoot()
    }
  }

  /// Fills `statistics.gramian` and `gradientNorms` for the record, unless they are there already.
  func gatherDiagnostics(hasRows: Bool) {
    guard !method.rule.needs.contains(.lastLayerNorms) else {
      recordBesidePartialRows()
      return
    }
    if !hasRows { computeRows() }
    kernels.gramian(rows.view, into: &statistics.gramian)
    takeNormsFromGramian()
  }

  /// The record for methods whose last-layer gradients stand in `rows` and are needed there.
  private func recordBesidePartialRows() {
    let norms = statistics.gradientNorms
    computeRows()
    kernels.gramian(rows.view, into: &statistics.gramian)
    network.lastLayerGradients(into: rows.view)
    statistics.gradientNorms = norms
  }
}
