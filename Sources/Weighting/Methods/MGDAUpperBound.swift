package import Settings

/// MGDA-UB: multiple-gradient descent on the gradients at the shared representation.
///
/// As MGDA, with `dl_k/dz` in place of the gradients at the shared parameters, z the representation
/// of the batch, B rows of D numbers: the trunk is passed once, with `sum over k of w_k dl_k/dz`.
/// Where the trunk's Jacobian has full rank its minimum bounds MGDA's from above.
///
/// Weights are at least 0 and sum to 1; edges as MGDA's.
///
/// Source: Sener and Koltun, "Multi-Task Learning as Multi-Objective Optimization", NeurIPS 2018,
/// section 3.3.
///
/// Departures: none by default; the inner products are those of the flattened B * D numbers, as in the
/// authors' code. Variant `batch_sum`, as in one library, sums over the batch first.
package struct MGDAUpperBound: WeightingMethod {
  package static let name = "mgda_ub"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "MGDA on the gradients at the shared representation, with one pass through the trunk.",
    formula: "w = argmin over the simplex of |sum w_k (dl_k/dz) / n_k|^2",
    source: "Sener and Koltun, Multi-Task Learning as Multi-Objective Optimization, NeurIPS 2018",
    passes: "K heads + 1 trunk backward",
    settings: [
      ("normalization", "n_k: none (default) 1, l2 |g_k|, loss l_k, loss+ l_k |g_k|"),
      ("variant", "flat (default): products of all B * D numbers; batch_sum: sum over B first"),
    ],
    traps: ["Summing over the batch first, as one library does, gives another Gramian."]
  )

  package let needs: StepNeeds
  package let sumFactor: Double

  private let sumsBatch: Bool
  private let rowCount: Int
  private let columnCount: Int
  private var hull: NormalizedHull
  private var sums: [Double]
  private var sumGramian: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    sumsBatch =
      try settings.choice("variant", of: ["flat", "batch_sum"], default: "flat") == "batch_sum"
    hull = NormalizedHull(
      taskCount: context.taskCount,
      normalization: try RowNormalization.read(&settings)
    )
    needs = sumsBatch ? .representation : .representationGramian
    sumFactor = Double(context.taskCount)
    (rowCount, columnCount) = context.representationShape
    let width = sumsBatch ? columnCount : 0
    sums = Array(repeating: 0, count: context.taskCount * width)
    sumGramian = Array(repeating: 0, count: context.taskCount * context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = hull.refusal(of: step)
    guard result.refusal == nil else { return }
    if sumsBatch {
      sumOverBatch(step)
      hull.read(sumGramian, losses: step.losses)
    } else {
      hull.read(step.gramian, losses: step.losses)
    }
    result.isPolicy = !hull.solve()
    for k in 0..<step.taskCount {
      result.shared[k] = hull.weights[k]
      result.heads[k] = 1
    }
    if sumsBatch { combine(step, into: &result) }
  }

  /// Fills `sumGramian` with the inner products of the batch sums.
  private mutating func sumOverBatch(_ step: borrowing StepStatistics) {
    let taskCount = step.taskCount
    for k in 0..<taskCount {
      for q in 0..<columnCount {
        var sum = 0.0
        for b in 0..<rowCount {
          sum += unsafe step.representationGradients[(k * rowCount + b) * columnCount + q]
        }
        sums[k * columnCount + q] = sum
      }
    }
    for i in 0..<taskCount {
      for j in 0...i {
        var product = 0.0
        for q in 0..<columnCount {
          product += sums[i * columnCount + q] * sums[j * columnCount + q]
        }
        sumGramian[i * taskCount + j] = product
        sumGramian[j * taskCount + i] = product
      }
    }
  }

  /// Writes the weighted sum of the gradients at the representation.
  private func combine(_ step: borrowing StepStatistics, into result: inout StepWeights) {
    result.update = .representationDirection
    let size = rowCount * columnCount
    for p in 0..<size {
      var sum = 0.0
      for k in 0..<step.taskCount {
        sum += unsafe result.shared[k] * step.representationGradients[k * size + p]
      }
      unsafe result.representationDirection[p] = sum
    }
  }
}
