package import Settings

/// Gradient sign dropout (GradDrop): each column keeps the gradients of one sign, drawn at random.
///
/// With `P = (1 + sum over k of g_k / sum over k of |g_k|) / 2` (1/2 where all are 0) and a draw U
/// uniform in (0, 1) for each column, task k is kept there (`M = 1`) if `P > U` and its gradient is
/// positive, or `P < U` and it is negative; `d = sum over k of (leak_k + (1 - leak_k) M_k) g_k`.
///
/// Form `parameters`: a column is one shared parameter. Form `representation`, the source's: a column
/// is one of the D features, and the sign of task k there is that of
/// `sum over the batch of sign(x) g_k`; whole columns of `dl_k/dz` are kept or dropped, and their sum
/// is sent through the trunk.
///
/// Columns on which all tasks agree are kept whole, for one task all of them. There are no task
/// weights.
///
/// Source: Chen, Ngiam, Huang, Luong, Kretzschmar, Chai and Anguelov, "Just Pick a Sign", NeurIPS
/// 2020, equations 1 to 3 and Algorithm 1.
///
/// Departures: the default form works on the shared parameters, as one of two published libraries; no
/// small number is added to the denominator of P.
package struct GradDrop: WeightingMethod {
  package static let name = "graddrop"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Keep the gradients of one sign in each column, drawn by how pure the signs are.",
    formula: "P = (1 + sum g_k / sum |g_k|) / 2; keep g_k > 0 if P > U, g_k < 0 if P < U",
    source: "Chen et al., Just Pick a Sign, NeurIPS 2020",
    passes: "K backward (parameters), K heads + 1 trunk (representation)",
    settings: [
      ("form", "parameters (default): by shared parameter; representation: by feature"),
      ("leak", "part of each task left untouched, a number or a list, default 0, 0 to 1"),
    ],
    traps: [
      "Libraries have one form each; they are different rules.",
      "Some codes take the mean and multiply by K; one inverts the leak.",
    ]
  )

  package let needs: StepNeeds
  package var hasTaskWeights: Bool { false }
  package let answersDirection = true
  package let sumFactor = 1.0

  private let isAtRepresentation: Bool
  private let leak: [Double]
  private let rowCount: Int
  private let columnCount: Int
  private var uniforms: [Double]
  private var signals: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let forms = ["parameters", "representation"]
    isAtRepresentation =
      try settings.choice("form", of: forms, default: forms[0]) == "representation"
    leak = try GradDrop.readLeak(&settings, context)
    needs = isAtRepresentation ? .representation : .jacobian
    rowCount = isAtRepresentation ? context.representationShape.rows : 1
    columnCount =
      isAtRepresentation ? context.representationShape.columns : context.sharedCount
    uniforms = Array(repeating: 0, count: columnCount)
    signals = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.fill(shared: .nan, heads: 1)
    result.update = isAtRepresentation ? .representationDirection : .direction
    draws.fillUniforms(&uniforms)
    for column in 0..<columnCount {
      if isAtRepresentation {
        dropFeature(column, of: step, into: &result)
      } else {
        dropParameter(column, of: step, into: &result)
      }
    }
  }

  private mutating func dropParameter(
    _ p: Int,
    of step: borrowing StepStatistics,
    into result: inout StepWeights
  ) {
    for k in signals.indices { signals[k] = unsafe step.jacobian[k * columnCount + p] }
    let kept = keptSign(uniforms[p])
    var sum = 0.0
    for k in signals.indices { sum += factor(task: k, kept: kept) * signals[k] }
    unsafe result.direction[p] = sum
  }

  private mutating func dropFeature(
    _ q: Int,
    of step: borrowing StepStatistics,
    into result: inout StepWeights
  ) {
    for k in signals.indices {
      signals[k] = 0
      for b in 0..<rowCount {
        let x = unsafe step.representation[b * columnCount + q]
        let g = unsafe step.representationGradients[(k * rowCount + b) * columnCount + q]
        signals[k] += x > 0 ? g : (x < 0 ? -g : 0)
      }
    }
    let kept = keptSign(uniforms[q])
    for b in 0..<rowCount {
      var sum = 0.0
      for k in signals.indices {
        let g = unsafe step.representationGradients[(k * rowCount + b) * columnCount + q]
        sum += factor(task: k, kept: kept) * g
      }
      unsafe result.representationDirection[b * columnCount + q] = sum
    }
  }

  /// The sign that a column keeps: 1, -1, or 0 for none.
  private func keptSign(_ uniform: Double) -> Double {
    var sum = 0.0
    var magnitude = 0.0
    for signal in signals {
      sum += signal
      magnitude += abs(signal)
    }
    let purity = magnitude > 0 ? (1 + sum / magnitude) / 2 : 0.5
    return purity > uniform ? 1 : (purity < uniform ? -1 : 0)
  }

  private func factor(task k: Int, kept: Double) -> Double {
    signals[k] * kept > 0 ? 1 : leak[k]
  }

  private static func readLeak(
    _ settings: inout SettingsReader,
    _ context: MethodContext
  ) throws(SettingsError) -> [Double] {
    if case .list = settings.rawSetting("leak")?.value {
      return try context.taskNumbers("leak", default: nil, in: 0...1, &settings)
    }
    let leak = try settings.number("leak", default: 0, in: 0...1)
    return Array(repeating: leak, count: context.taskCount)
  }
}
