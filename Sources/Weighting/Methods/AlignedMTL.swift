package import Settings

/// Aligned-MTL: combines the nearest matrix with orthogonal rows of equal norm.
///
/// With `G = V diag(lambda) V^T`, of which the R eigenvalues above `lambda_max K epsilon` are kept
/// (epsilon the spacing of Double at 1), `B = sigma V diag(lambda)^(-1/2) V^T` over the kept part;
/// `w = B a` with preference a, `d = sum over k of w_k g_k`. `sigma^2` is the smallest kept eigenvalue
/// (`min`), the lower median (`median`) or their mean (`rmse`).
///
/// Without gradients `w = a` and d = 0. Opposite gradients leave their common line: g and -g give 0.
/// A zero gradient has weight 0. One task has weight `a`. Near-dependent or badly scaled gradients
/// make `min` as short as the weakest component.
///
/// Source: Senushkin, Patakin, Kuznetsov and Konushin, "Independent Component Alignment for Multi-Task
/// Learning", CVPR 2023, Algorithm 1.
///
/// Departures: the preference is uniform, 1/K each; the authors' sum of columns is `preference: ones`.
package struct AlignedMTL: WeightingMethod {
  package static let name = "aligned_mtl"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Replace the gradients by the nearest orthogonal ones of equal norm, then combine.",
    formula: "w = sigma V diag(lambda)^(-1/2) V^T a, G = V diag(lambda) V^T",
    source: "Senushkin et al., Independent Component Alignment, CVPR 2023",
    passes: "K backward",
    settings: [
      ("scale_mode", "sigma^2: min (default), median or rmse of the kept eigenvalues"),
      ("preference", "a: uniform (default) 1/K, ones, or a list"),
    ],
    traps: [
      "Published versions sum or average the columns, a factor K apart.",
      "min makes the step as short as the weakest component.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double

  private enum ScaleMode: String, CaseIterable {
    case min
    case median
    case rmse
  }

  private let scaleMode: ScaleMode
  private let preference: [Double]
  private var spectrum: GramianSpectrum
  private var kept: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let word = try settings.choice(
      "scale_mode",
      of: ScaleMode.allCases.map { $0.rawValue },
      default: ScaleMode.min.rawValue
    )
    scaleMode = ScaleMode(rawValue: word) ?? .min
    let preference = try TaskPreference(&settings, context)
    self.preference = preference.values
    sumFactor = preference.sumFactor
    spectrum = GramianSpectrum(taskCount: context.taskCount)
    kept = []
    kept.reserveCapacity(context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let count = step.taskCount
    result.isPolicy = !spectrum.decompose(step.gramian)
    var largest = 0.0
    for e in 0..<spectrum.rank { largest = max(largest, spectrum.eigenvalues[e]) }
    let cutoff = largest * Double(count) * Double.ulpOfOne
    keepEigenvalues(above: cutoff)
    result.fill(shared: 0, heads: 1)
    guard !kept.isEmpty else {
      for k in 0..<count { result.shared[k] = preference[k] }
      return
    }
    let scale = squaredScale().squareRoot()
    for e in 0..<spectrum.rank where spectrum.eigenvalues[e] > cutoff {
      let value = spectrum.eigenvalues[e]
      let vectors = spectrum.scaledVectors
      let component = VectorLoops.dot(vectors, from: e * count, preference, count: count) / value
      let factor = component * scale / value.squareRoot()
      VectorLoops.add(vectors, from: e * count, times: factor, to: &result.shared, count: count)
    }
  }

  /// Fills `kept` in ascending order.
  private mutating func keepEigenvalues(above cutoff: Double) {
    kept.removeAll(keepingCapacity: true)
    for e in 0..<spectrum.rank where spectrum.eigenvalues[e] > cutoff {
      let value = spectrum.eigenvalues[e]
      kept.append(value)
      var place = kept.count - 1
      while place > 0, kept[place - 1] > value {
        kept.swapAt(place - 1, place)
        place -= 1
      }
    }
  }

  private func squaredScale() -> Double {
    switch scaleMode {
    case .min: kept[0]
    case .median: kept[(kept.count - 1) / 2]
    case .rmse: kept.reduce(0, +) / Double(kept.count)
    }
  }
}
