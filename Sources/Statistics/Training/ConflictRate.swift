/// How often and how deeply two tasks' gradients conflict over a run.
///
/// The rate is the share of the defined cosines below 0; the depth the mean of `-cos` over these. An
/// undefined cosine is nil or nan and only counted.
///
/// Source: Yu et al., NeurIPS 2020, definition 1.
package struct ConflictRate: Hashable, Sendable {
  /// Number of steps looked at.
  package let stepCount: Int
  /// Number of steps with a defined cosine.
  package let definedCount: Int
  /// Share of the defined cosines below 0; nan without any.
  package let rate: Double
  /// Mean of the defined cosines; nan without any.
  package let meanCosine: Double
  /// Mean size of the defined cosines, to be printed with the rate: near 0 both signs mean orthogonal.
  package let meanAbsoluteCosine: Double
  /// Mean of `-cos` over the conflicts; nan without any.
  package let meanConflictDepth: Double

  /// Rate over the cosines of a run.
  package init(_ cosines: [Double?]) {
    let defined = cosines.compactMap { $0 }.filter { !$0.isNaN }
    let conflicts = defined.filter { $0 < 0 }
    stepCount = cosines.count
    definedCount = defined.count
    rate = Double(conflicts.count) / Double(defined.count)
    meanCosine = CompensatedSum.mean(defined)
    meanAbsoluteCosine = CompensatedSum.mean(defined.map { abs($0) })
    meanConflictDepth = CompensatedSum.mean(conflicts.map { -$0 })
  }
}
