internal import Kernels
package import Settings

/// Regressions that differ in nothing but how noisy their labels are.
///
/// A random teacher network gives each task a signal of variance about 1:
///
///     h = tanh(x W),                 x ~ N(0, I), W[i][k] ~ N(0, 1 / inputs)
///     y[i] = h u[i] + noise[i] e[i],  u[i][k] ~ N(0, 1 / (v teacher_width)), e[i] ~ N(0, 1)
///
/// with `v` the variance of `tanh` of a standard normal number. Targets are left as they are. No
/// model reaches a squared error below `noise[i]²`; under equal weights the noisiest task has
/// nearly all of the loss and of the gradient's variance. Weighting by inverse noise variance, as
/// uncertainty weighting learns to, is the maximum-likelihood answer here.
///
/// Source: the model of Kendall, Gal and Cipolla, "Multi-task Learning Using Uncertainty to Weigh
/// Losses for Scene Geometry and Semantics", CVPR 2018, section 3.2, taken as a data generator;
/// the teacher is this project's.
///
/// Settings: `noise` (default [0.1, 3], one per task, 1 to 64 of them, 0 to 1000), `inputs` (32),
/// `teacher_width` (8), `train` (2048), `validation` (1024), `test` (2048).
package struct NoisyProblem: Problem {
  package static let name = "noisy"

  package static let description = ProblemDescription(
    idea: "Regressions of equal signal and very different label noise.",
    formula: "x ~ N(0, I); h = tanh(x W); y_i = h u_i + noise_i e_i, the signal of variance 1",
    source: """
      the model of Kendall, Gal and Cipolla, Multi-task Learning Using Uncertainty to Weigh \
      Losses for Scene Geometry and Semantics, CVPR 2018, section 3.2; the teacher is this \
      project's
      """,
    settings: [
      .init("noise", "standard deviations of the noise, one per task (default [0.1, 3])"),
      .init("inputs", "columns of x (default 32, 1 to 4096)"),
      .init("teacher_width", "hidden units of the teacher (default 8, 1 to 4096)"),
    ] + SampleCounts.keys(train: 2048, validation: 1024, test: 2048)
  )

  private let noise: [Double]
  private let inputCount: Int
  private let teacherWidth: Int
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    noise = try settings.numbers("noise", default: [0.1, 3], in: 0...1000, count: 1...64)
    inputCount = try settings.count("inputs", default: 32, in: 1...4096)
    teacherWidth = try settings.count("teacher_width", default: 8, in: 1...4096)
    counts = try SampleCounts(settings: &settings, train: 2048, validation: 1024, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let teacher = TeacherTrunk(inputCount: inputCount, width: teacherWidth, using: &stream)
    let heads = teacher.numberHead(outputCount: noise.count, using: &stream)
    var hidden = Array(repeating: 0.0, count: teacherWidth)
    let parts = GeneratedParts(
      counts: counts,
      inputCount: inputCount,
      targetCount: noise.count
    ) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      teacher.apply(to: x, into: &hidden)
      heads.apply(to: hidden, into: &y)
      for task in noise.indices { y[task] += noise[task] * stream.normal() }
    }
    return parts.data(
      tasks: noise.indices.map {
        TaskDescription(name: TaskName.letters($0), kind: .regression(outputs: 1))
      }
    )
  }
}
