/// The complete blocks that tests over suites need: families of suites by methods.
///
/// Suites that share data are not independent, so values are averaged within a family first; a family
/// in which a method failed is failed for it. Methods that have no value in some family, undefined or
/// missing, leave the analysis and are named, so that every block is complete. Seeds are never blocks: with them a
/// Friedman test at .05 is wrong in half of the cases.
package struct SuiteBlocks: Hashable, Sendable {
  /// Names of the families in the order of their first suite: the blocks.
  package let families: [String]
  /// Positions of the methods that have a value in every block, ascending.
  package let methods: [Int]
  /// Positions of the methods that left.
  package let droppedMethods: [Int]
  /// Mean of each family's suites, shape [family][kept method]; nan where one failed.
  package let values: [[Double]]

  /// Blocks of `values`, shape [suite][method]; `families` names the family of each suite.
  ///
  /// - Precondition: one family name per suite, rows of equal length.
  package init(_ values: [[Score]], families names: [String]) {
    let methodCount = values.first?.count ?? 0
    precondition(
      names.count == values.count && values.allSatisfy { $0.count == methodCount },
      "\(names.count) family names for rows of \(values.map { $0.count }) values"
    )
    var families: [String] = []
    for name in names where !families.contains(name) { families.append(name) }
    let means = families.map { family in
      (0..<methodCount).map { method in
        Score.mean(values.indices.filter { names[$0] == family }.map { values[$0][method] })
      }
    }
    let kept = (0..<methodCount).filter { method in
      means.allSatisfy { $0[method].value != nil || $0[method] == .failed }
    }
    self.families = families
    methods = kept
    droppedMethods = (0..<methodCount).filter { !kept.contains($0) }
    self.values = means.map { row in kept.map { row[$0].number } }
  }
}
