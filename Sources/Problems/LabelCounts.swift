internal import Kernels

/// How the labels of a task fall.
package struct LabelCounts: Hashable, Sendable {
  /// Rows of each class in the order of their indices; empty for a regression.
  package let counts: [Int]
  /// Rows without a label, of those that may have one.
  package let missing: Int
}

extension ProblemData {
  /// The labels of one task over all three parts.
  package func labelCounts(ofTask i: Int) -> LabelCounts {
    var counts = Array(repeating: 0, count: tasks[i].kind.classCount)
    var missing = 0
    for part in SplitPart.allCases {
      let targets = targets(ofTask: i, in: part)
      for row in self[part].rows(ofTask: i) {
        let value = targets[row, 0]
        if value.isNaN {
          missing += 1
        } else if !counts.isEmpty {
          counts[Int(value)] += 1
        }
      }
    }
    return LabelCounts(counts: counts, missing: missing)
  }
}
