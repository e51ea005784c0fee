internal import Kernels
package import Settings

/// The GradNorm toy: regressions that share most of their function and differ in scale.
///
///     y[i] = sigma[i] tanh((B + eps[i]) x),   B ~ N(0, base²), eps[i] ~ N(0, own²), elementwise
///
/// with `base` 10 and `own` 3.5, 250 inputs and 100 outputs; `B` is common to all tasks, `eps[i]`
/// is a task's own. Losses differ by the squares of the scales, so under equal weights the largest
/// task has the trunk to itself. Targets are left as they are: their scale is the point. Δm is made
/// of the root of the squared error relative to that of predicting zero, as large as other
/// problems' errors; the relative squared error itself is shown beside it, since its sum over tasks
/// stands for the task-normalised loss the source plots.
///
/// Source: Chen, Badrinarayanan, Lee and Rabinovich, "GradNorm: Gradient Normalization for
/// Adaptive Loss Balancing in Deep Multitask Networks", ICML 2018, section 4. Its network is a
/// trunk of 4 ReLU layers of 100 units with a linear head per task; its scales are (1, 100) and,
/// for 10 tasks, a spread of them, which `sigmas` takes as a list.
///
/// Departures: the source does not say how x is drawn. Reimplementations draw x uniformly and
/// scale it to length 1, or leave it uniform in [0, 1]; the argument of tanh then has a standard
/// deviation of 10 and more, and the targets are hardly more than signs. Here
/// `x = input_norm z / sqrt(inputs)` with `z ~ N(0, I)`, so that x has a length of about
/// `input_norm`, and the network reads `z`, the standardised x. At the default 0.1 the argument
/// has a standard deviation of 1.06, where tanh is curved and not saturated; 1 gives the
/// reimplementations' case. "N(0, 10)" and "N(0, 3.5)" are read as standard deviations, as the
/// reimplementations read them.
///
/// `base_deviation: 0` leaves nothing to share. In a trunk too narrow for all tasks their gradients then
/// oppose each other for most of training, whatever the heads do: at a point where the sum of two tasks'
/// gradients vanishes, and neither does alone, their cosine is -1. Measured in one layer of 8 units (32
/// inputs, 16 outputs, `own_deviation` 10, `sigmas` [1, 2], 800 steps of Adam at 0.01 falling by a
/// cosine): a large-batch cosine of 0.2 at the start, -0.6 after a twentieth and -0.7 to -1 in the second
/// half, where two batches of the same task agree at 0.7 and more.
///
/// Settings: `sigmas` (default [1, 100], one per task), `inputs` (250), `outputs` (100),
/// `base_deviation` (10), `own_deviation` (3.5), `input_norm` (0.1), `train` (2048), `validation`
/// (512), `test` (1024).
package struct ScaledProblem: Problem {
  package static let name = "scaled"

  package static let description = ProblemDescription(
    idea: "The GradNorm toy: regressions that share most of their function and differ in scale.",
    formula: """
      y_i = sigma_i tanh((B + eps_i) x); B ~ N(0, base_deviation²), eps_i ~ N(0, own_deviation²); \
      x = input_norm z / sqrt(inputs), z ~ N(0, I) is what the network reads
      """,
    source: """
      Chen, Badrinarayanan, Lee and Rabinovich, GradNorm: Gradient Normalization for Adaptive \
      Loss Balancing in Deep Multitask Networks, ICML 2018, section 4
      """,
    settings: [
      .init("sigmas", "scales of the targets, one per task (default [1, 100], 1e-6 to 1e6)"),
      .init("inputs", "columns of z (default 250, 1 to 4096)"),
      .init("outputs", "outputs of each task (default 100, 1 to 1000)"),
      .init("base_deviation", "standard deviation of B (default 10, 0 to 1000)"),
      .init("own_deviation", "standard deviation of eps_i (default 3.5, 0 to 1000)"),
      .init("input_norm", "length of x; 1 saturates the tanh (default 0.1, 1e-6 to 1000)"),
    ] + SampleCounts.keys(train: 2048, validation: 512, test: 1024)
  )

  private let sigmas: [Double]
  private let inputCount: Int
  private let outputCount: Int
  private let baseDeviation: Double
  private let ownDeviation: Double
  private let inputNorm: Double
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    sigmas = try settings.numbers("sigmas", default: [1, 100], in: 1e-6...1e6, count: 1...64)
    inputCount = try settings.count("inputs", default: 250, in: 1...4096)
    outputCount = try settings.count("outputs", default: 100, in: 1...1000)
    baseDeviation = try settings.number("base_deviation", default: 10, in: 0...1000)
    ownDeviation = try settings.number("own_deviation", default: 3.5, in: 0...1000)
    inputNorm = try settings.number("input_norm", default: 0.1, in: 1e-6...1000)
    counts = try SampleCounts(settings: &settings, train: 2048, validation: 512, test: 1024)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let step = inputNorm / Double(inputCount).squareRoot()
    let base = matrix(deviation: step * baseDeviation, using: &stream)
    let maps = sigmas.map { _ in
      var map = matrix(deviation: step * ownDeviation, using: &stream)
      map.add(base)
      return map
    }
    var outputs = Array(repeating: 0.0, count: outputCount)
    let parts = GeneratedParts(
      counts: counts,
      inputCount: inputCount,
      targetCount: outputCount * sigmas.count
    ) { z, y in
      for k in z.indices { z[k] = stream.normal() }
      for task in sigmas.indices {
        maps[task].apply(to: z, into: &outputs)
        for output in outputs.indices {
          y[task * outputCount + output] = sigmas[task] * Portable.tanh(outputs[output])
        }
      }
    }
    return parts.data(
      tasks: sigmas.indices.map {
        TaskDescription(
          name: TaskName.letters($0),
          kind: .regression(outputs: outputCount),
          metrics: [.relativeRMSE, .relativeLoss]
        )
      }
    )
  }

  private func matrix(deviation: Double, using stream: inout RandomStream) -> DenseMap {
    DenseMap(
      inputCount: inputCount,
      outputCount: outputCount,
      deviation: deviation,
      using: &stream
    )
  }
}
