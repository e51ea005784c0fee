internal import Kernels
package import Settings

/// Two regressions whose weight vectors have a chosen cosine.
///
/// With orthogonal unit vectors `u1`, `u2`, shape [inputs], drawn for each seed:
///
///     w1 = scale u1
///     w2 = scale (cosine u1 + sqrt(1 - cosine²) u2)
///     y1 = w1ᵀx + sum over j of sin(alpha[j] w1ᵀx + beta[j]) + noise e1,    x ~ N(0, I)
///     y2 = w2ᵀx + sum over j of sin(alpha[j] w2ᵀx + beta[j]) + noise e2
///
/// Both tasks have the same `alpha[j]` and `beta[j]`, j = 1..sines. At cosine 1 the tasks are one
/// task with two noises; at 0 they share the sines only. Labels correlate less than the weights.
/// No model reaches a squared error below `noise²`. Targets are left as they are; both have the
/// same distribution.
///
/// Source: Ma, Zhao, Yi, Chen, Hong and Chi, "Modeling Task Relationships in Multi-task Learning
/// with Multi-gate Mixture-of-Experts", KDD 2018, section 3.2, steps 1 to 4.
///
/// Departures: the source gives no values for the number of inputs, the scale c, the number of
/// sines m, alpha and beta; here they are 100, 1, 5 and standard normal numbers times
/// `frequency`, as the reimplementations draw them. Its noise "N(0, 0.01)" is read as a variance.
///
/// Settings: `cosine` (default 0.5, -1 to 1), `inputs` (100), `scale` (1), `sines` (5),
/// `frequency` (1), `noise` (0.1), `train` (2048), `validation` (1024), `test` (2048).
package struct RelatedProblem: Problem {
  package static let name = "related"

  package static let description = ProblemDescription(
    idea: "Two regressions of sums of sines whose weight vectors have a chosen cosine.",
    formula: """
      w1 = scale u1; w2 = scale (cosine u1 + sqrt(1 - cosine²) u2), u1 and u2 orthonormal; \
      y_i = w_iᵀx + sum_j sin(alpha_j w_iᵀx + beta_j) + noise e_i; x ~ N(0, I)
      """,
    source: """
      Ma, Zhao, Yi, Chen, Hong and Chi, Modeling Task Relationships in Multi-task Learning with \
      Multi-gate Mixture-of-Experts, KDD 2018, section 3.2
      """,
    settings: [
      .init("cosine", "cosine of the two weight vectors (default 0.5, -1 to 1)"),
      .init("inputs", "columns of x (default 100, 2 to 4096)"),
      .init("scale", "length of the weight vectors, the source's c (default 1, 0 to 100)"),
      .init("sines", "number of sines, the source's m (default 5, 0 to 1000)"),
      .init("frequency", "standard deviation of alpha_j (default 1, 0 to 100)"),
      .init("noise", "standard deviation of the noise (default 0.1, 0 to 1000)"),
    ] + SampleCounts.keys(train: 2048, validation: 1024, test: 2048)
  )

  private let cosine: Double
  private let inputCount: Int
  private let scale: Double
  private let sineCount: Int
  private let frequency: Double
  private let noise: Double
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    cosine = try settings.number("cosine", default: 0.5, in: -1...1)
    inputCount = try settings.count("inputs", default: 100, in: 2...4096)
    scale = try settings.number("scale", default: 1, in: 0...100)
    sineCount = try settings.count("sines", default: 5, in: 0...1000)
    frequency = try settings.number("frequency", default: 1, in: 0...100)
    noise = try settings.number("noise", default: 0.1, in: 0...1000)
    counts = try SampleCounts(settings: &settings, train: 2048, validation: 1024, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let directions = OrthonormalVectors(count: 2, length: inputCount, using: &stream)
    let sine = (1 - cosine * cosine).squareRoot()
    let alphas = (0..<sineCount).map { _ in frequency * stream.normal() }
    let betas = (0..<sineCount).map { _ in stream.normal() }
    let parts = GeneratedParts(counts: counts, inputCount: inputCount, targetCount: 2) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      let first = directions.product(0, x)
      let second = directions.product(1, x)
      let projections = [scale * first, scale * (cosine * first + sine * second)]
      for task in 0..<2 {
        var value = projections[task]
        for j in 0..<sineCount {
          value += Portable.sin(alphas[j] * projections[task] + betas[j])
        }
        y[task] = value + noise * stream.normal()
      }
    }
    return parts.data(tasks: [
      TaskDescription(name: "a", kind: .regression(outputs: 1)),
      TaskDescription(name: "b", kind: .regression(outputs: 1)),
    ])
  }
}
