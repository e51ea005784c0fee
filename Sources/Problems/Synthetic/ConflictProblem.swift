internal import Kernels
package import Settings

/// Two regressions whose targets agree, ignore or oppose each other by a dial, and have unequal
/// sizes.
///
/// With orthogonal unit vectors `u1`, `u2`, shape [inputs], drawn for each seed, and
/// `g[j](x) = sin(frequency u[j]ᵀx) / sqrt((1 - exp(-2 frequency²)) / 2)`, of variance 1:
///
///     y1 = offset + g1(x) + noise e1,                                    x ~ N(0, I)
///     y2 = scale (offset + relatedness g1(x) + sqrt(1 - relatedness²) g2(x) + noise e2)
///
/// Why this can oppose: let `J` be the change of a shared predictor with the shared parameters. The
/// gradients of the squared errors are `-2 E[r_i J]` with residuals `r_i`; `g1` and `g2` are odd
/// functions of orthogonal directions of a round distribution, so `E[g1 J]` and `E[g2 J]` are
/// orthogonal and, where the offset is learned and both heads are alike, the cosine of the two
/// gradients is exactly `relatedness` and the ratio of their norms `scale`. Heads of their own
/// would undo this by a change of sign: a gradient reaches the trunk multiplied by its head. That
/// is what `offset` is for. Both tasks first learn their large common mean, which turns both heads
/// towards the positive ReLU features; from then on the heads agree, and the sines are hard enough
/// to keep their residuals for long.
///
/// Measured on batches of 1,024 rows in one layer of 64 ReLU units with linear heads (Adam 1e-3, batch 64,
/// scale 1), the mean cosine from step 250 to 2500 is about -0.25, -0.1, 0.1, 0.4 and 0.8 for
/// relatedness -1, -0.5, 0, 0.5 and 1, while two batches of the same task agree by less than 0.2: what
/// opposes is mostly noise of the rows. At the learning rates that tuning chooses (3e-3 and 1e-2) a
/// task agrees with itself by 0.3 to 0.9 and the cosine between the tasks of the default settings is
/// 0 to 0.1. So the dial sets how the targets agree, and no lasting conflict comes of it in a wide
/// trunk; `scaled` with `base_deviation: 0` in a narrow one has that.
///
/// Targets are left as they are, since their scale is a knob. No model reaches squared errors below
/// `noise²` and `scale² noise²`.
///
/// Source: this project's.
///
/// Settings: `relatedness` (default -0.5, -1 to 1), `scale` (4), `offset` (4), `frequency` (2),
/// `inputs` (16), `noise` (0.1), `train` (4096), `validation` (1024), `test` (2048).
package struct ConflictProblem: Problem {
  package static let name = "conflict"

  package static let description = ProblemDescription(
    idea: "Two regressions whose targets agree or oppose by a dial, of unequal sizes.",
    formula: """
      y1 = offset + g1(x) + noise e1; y2 = scale (offset + relatedness g1(x) + sqrt(1 - \
      relatedness²) g2(x) + noise e2); g_j = sin(frequency u_jᵀx), scaled to variance 1, u1 and \
      u2 orthonormal; x ~ N(0, I)
      """,
    source: "this project's",
    settings: [
      .init("relatedness", "cosine of the tasks' residuals (default -0.5, -1 to 1)"),
      .init("scale", "size of the second task's target (default 4, 0.001 to 1000)"),
      .init("offset", "common mean, which makes the heads agree (default 4, 0 to 1000)"),
      .init("frequency", "of the sines; higher is harder (default 2, 0.01 to 100)"),
      .init("inputs", "columns of x (default 16, 2 to 4096)"),
      .init("noise", "standard deviation of the noise before scaling (default 0.1, 0 to 1000)"),
    ] + SampleCounts.keys(train: 4096, validation: 1024, test: 2048)
  )

  private let relatedness: Double
  private let scale: Double
  private let offset: Double
  private let frequency: Double
  private let inputCount: Int
  private let noise: Double
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    relatedness = try settings.number("relatedness", default: -0.5, in: -1...1)
    scale = try settings.number("scale", default: 4, in: 0.001...1000)
    offset = try settings.number("offset", default: 4, in: 0...1000)
    frequency = try settings.number("frequency", default: 2, in: 0.01...100)
    inputCount = try settings.count("inputs", default: 16, in: 2...4096)
    noise = try settings.number("noise", default: 0.1, in: 0...1000)
    counts = try SampleCounts(settings: &settings, train: 4096, validation: 1024, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let directions = OrthonormalVectors(count: 2, length: inputCount, using: &stream)
    let variance = (1 - Portable.exp(-2 * frequency * frequency)) / 2
    let amplitude = 1 / variance.squareRoot()
    let rest = (1 - relatedness * relatedness).squareRoot()
    let parts = GeneratedParts(counts: counts, inputCount: inputCount, targetCount: 2) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      let first = amplitude * Portable.sin(frequency * directions.product(0, x))
      let second = amplitude * Portable.sin(frequency * directions.product(1, x))
      y[0] = offset + first + noise * stream.normal()
      y[1] =
        scale * (offset + relatedness * first + rest * second + noise * stream.normal())
    }
    return parts.data(tasks: [
      TaskDescription(name: "a", kind: .regression(outputs: 1)),
      TaskDescription(name: "b", kind: .regression(outputs: 1)),
    ])
  }
}
