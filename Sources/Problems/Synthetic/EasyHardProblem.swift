internal import Kernels
package import Settings

/// Regressions of equal size that a network learns at very different speeds.
///
/// With orthonormal vectors `u[i]`, shape [inputs], drawn for each seed, and the sine of variance 1
/// `g[f](u) = sin(f u) / sqrt((1 - exp(-2 f²)) / 2)`, which is `u` itself at `f = 0`:
///
///     y[i] = g[frequency[i]](u[i]ᵀx) + noise[i] e[i],    x ~ N(0, I), e[i] ~ N(0, 1)
///
/// A line is learnt in a few passes, a sine has to be bent together unit by unit. By then the easy
/// task's loss is small, and with it its gradient: rules that look at losses, at gradient norms or at
/// the rate of progress give very different weights here, though neither task is larger, noisier
/// by much, or against the other; the directions are orthogonal. Targets are left as they are. No
/// model reaches a squared error below `noise[i]²`.
///
/// Source: this project's.
///
/// Settings: `frequency` (default [0, 2], one per task, 1 to 64 of them, 0 to 100), `noise` (default
/// [0.01, 0.1], one per task, 0 to 1000), `inputs` (16, at least one for each task), `train` (1800),
/// `validation` (600), `test` (2048).
package struct EasyHardProblem: Problem {
  package static let name = "easyhard"

  package static let description = ProblemDescription(
    idea: "Regressions of equal size that a network learns at very different speeds.",
    formula: """
      y_i = g_i(u_iᵀx) + noise_i e_i; g_i(u) = sin(frequency_i u) scaled to variance 1, u itself \
      at frequency 0; u_i orthonormal; x ~ N(0, I)
      """,
    source: "this project's",
    settings: [
      .init("frequency", "of each task's sine; higher is harder, 0 a line (default [0, 2])"),
      .init("noise", "standard deviations of the noise, one per task (default [0.01, 0.1])"),
      .init("inputs", "columns of x, at least one per task (default 16, 1 to 4096)"),
    ] + SampleCounts.keys(train: 1800, validation: 600, test: 2048)
  )

  private let frequencies: [Double]
  private let noise: [Double]
  private let inputCount: Int
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    frequencies = try settings.numbers("frequency", default: [0, 2], in: 0...100, count: 1...64)
    noise = try settings.numbers("noise", default: [0.01, 0.1], in: 0...1000, count: 1...64)
    guard noise.count == frequencies.count else {
      throw settings.error(
        "noise",
        "needs one number per frequency, \(frequencies.count), and has \(noise.count)"
      )
    }
    inputCount = try settings.count("inputs", default: 16, in: 1...4096)
    guard frequencies.count <= inputCount else {
      throw settings.error(
        "inputs",
        "\(frequencies.count) tasks with orthogonal directions need at least as many inputs"
      )
    }
    counts = try SampleCounts(settings: &settings, train: 1800, validation: 600, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let taskCount = frequencies.count
    let directions = OrthonormalVectors(count: taskCount, length: inputCount, using: &stream)
    let sines = frequencies.map { UnitSine(frequency: $0) }
    let parts = GeneratedParts(
      counts: counts,
      inputCount: inputCount,
      targetCount: taskCount
    ) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      for task in 0..<taskCount {
        let signal = sines[task].value(at: directions.product(task, x))
        y[task] = signal + noise[task] * stream.normal()
      }
    }
    return parts.data(
      tasks: (0..<taskCount).map {
        TaskDescription(name: TaskName.letters($0), kind: .regression(outputs: 1))
      }
    )
  }
}
