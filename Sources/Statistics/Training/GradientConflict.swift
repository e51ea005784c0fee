/// How the task gradients of one step agree, on the shared parameters and before weighting.
///
/// For tasks `a` and `b`: cosine `g(a).g(b) / (|g(a)| |g(b)|)`, clamped to -1 to 1, undefined (nan) for
/// a gradient of 0; magnitude similarity `2 |a| |b| / (|a|^2 + |b|^2)`, 1 for equal sizes, 0 when one
/// vanishes, undefined when both do. A conflict is a negative cosine; exactly 0 is none. Two unrelated
/// gradients of `p` parameters have cosines of about `1 / sqrt(p)`, so half of them "conflict": read
/// the conflict share together with the mean absolute cosine.
///
/// Source: Yu, Kumar, Gupta, Levine, Hausman and Finn, "Gradient Surgery for Multi-Task Learning",
/// NeurIPS 2020, definitions 1 and 2.
package struct GradientConflict: Hashable, Sendable {
  /// Norm of each task's gradient, shape [taskCount].
  package let norms: [Double]
  /// The pairs of tasks, in lexicographic order, to which the next two members belong.
  package let pairs: [IndexPair]
  /// Cosine of each pair; nan where undefined.
  package let cosines: [Double]
  /// Magnitude similarity of each pair; nan where undefined.
  package let magnitudeSimilarities: [Double]

  /// Measures of gradients given as rows, shape [task][parameter].
  ///
  /// - Precondition: rows of equal length.
  package init(gradients: [[Double]]) {
    _ = Columns.count(of: gradients)
    self.init(
      gramian: gradients.map { first in
        gradients.map { second in CompensatedSum.of(zip(first, second).map { $0 * $1 }) }
      }
    )
  }

  /// Measures of gradients given by their inner products, shape [task][task].
  ///
  /// - Precondition: a square matrix.
  package init(gramian: [[Double]]) {
    precondition(Columns.count(of: gramian) == gramian.count, "\(gramian.count) rows, not square")
    let norms = gramian.indices.map { gramian[$0][$0].squareRoot() }
    self.norms = norms
    pairs = IndexPair.all(count: gramian.count)
    cosines = pairs.map { pair in
      let product = norms[pair.first] * norms[pair.second]
      guard product > 0 else { return .nan }
      return max(-1, min(1, gramian[pair.first][pair.second] / product))
    }
    magnitudeSimilarities = pairs.map { pair in
      let (a, b) = (norms[pair.first], norms[pair.second])
      return 2 * a * b / (a * a + b * b)
    }
  }

  /// Each norm's part of their sum, shape [taskCount]; nan when all are 0.
  package var normShares: [Double] {
    let total = CompensatedSum.of(norms)
    return norms.map { $0 / total }
  }

  /// Share of the defined cosines that are negative; nan without any.
  package var conflictShare: Double {
    Double(defined(cosines).count { $0 < 0 }) / Double(defined(cosines).count)
  }

  /// Mean of the defined cosines.
  package var meanCosine: Double { CompensatedSum.mean(defined(cosines)) }

  /// Mean size of the defined cosines, whatever their sign.
  package var meanAbsoluteCosine: Double {
    CompensatedSum.mean(defined(cosines).map { abs($0) })
  }

  /// Mean of the defined magnitude similarities.
  package var meanMagnitudeSimilarity: Double {
    CompensatedSum.mean(defined(magnitudeSimilarities))
  }

  /// The pair with the smallest cosine, the first of equal ones; nil when none is defined.
  package var worstPair: IndexPair? {
    let smallest = defined(cosines).min()
    return zip(pairs, cosines).first { $0.1 == smallest }?.0
  }

  private func defined(_ values: [Double]) -> [Double] { values.filter { !$0.isNaN } }
}
