internal import Kernels
package import Settings

/// The textbook two-head case: a classification and a regression that share a hidden layer.
///
/// A random teacher network labels normal inputs `x`, shape [inputs]:
///
///     h = tanh(x W),        W[i][k] ~ N(0, 1 / inputs),       shape [inputs, teacher_width]
///     class = argmax(h V),  V[k][c] ~ N(0, 1),                 replaced by a uniform class with
///                                                              probability label_flip
///     y = h U + noise e,    U[k][o] ~ N(0, 1 / (v teacher_width)), e ~ N(0, 1)
///
/// where `v` is the variance of `tanh` of a standard normal number, so that each output has a
/// variance of about 1 without its noise. Both tasks need the same `teacher_width` directions of
/// the inputs: there is something to share, and a trunk much narrower than that has to choose.
/// Targets of the regression are standardised on the training rows. No model can be right on more
/// than `1 - label_flip (classes - 1) / classes` of the rows, nor reach a squared error below
/// `noise²` in original units.
///
/// Source: the case is the usual first example of hard parameter sharing (Caruana, "Multitask
/// Learning", Machine Learning 28, 1997); the teacher is this project's.
///
/// Settings: `inputs` (128), `classes` (10), `outputs` (5), `teacher_width` (16), `noise` (0.3),
/// `label_flip` (0.05), `train` (2048), `validation` (1024), `test` (2048).
package struct MixedProblem: Problem {
  package static let name = "mixed"

  package static let description = ProblemDescription(
    idea: "The textbook two-head case: 10 classes and 5 numbers from a shared random teacher.",
    formula: """
      x ~ N(0, I); h = tanh(x W); class = argmax(h V), replaced by a uniform class with \
      probability label_flip; y = h U + noise e
      """,
    source: """
      usual first example of hard parameter sharing (Caruana, Multitask Learning, Machine \
      Learning 28, 1997); the teacher is this project's
      """,
    settings: [
      .init("inputs", "columns of x (default 128, 1 to 4096)"),
      .init("classes", "classes of task a (default 10, 2 to 1000)"),
      .init("outputs", "outputs of task b (default 5, 1 to 1000)"),
      .init("teacher_width", "hidden units of the teacher (default 16, 1 to 4096)"),
      .init("noise", "standard deviation of the noise on y (default 0.3, 0 to 1000)"),
      .init("label_flip", "probability of a uniform class instead (default 0.05, 0 to 1)"),
    ] + SampleCounts.keys(train: 2048, validation: 1024, test: 2048)
  )

  private let inputCount: Int
  private let classCount: Int
  private let outputCount: Int
  private let teacherWidth: Int
  private let noise: Double
  private let labelFlip: Double
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    inputCount = try settings.count("inputs", default: 128, in: 1...4096)
    classCount = try settings.count("classes", default: 10, in: 2...1000)
    outputCount = try settings.count("outputs", default: 5, in: 1...1000)
    teacherWidth = try settings.count("teacher_width", default: 16, in: 1...4096)
    noise = try settings.number("noise", default: 0.3, in: 0...1000)
    labelFlip = try settings.number("label_flip", default: 0.05, in: 0...1)
    counts = try SampleCounts(settings: &settings, train: 2048, validation: 1024, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let teacher = TeacherTrunk(inputCount: inputCount, width: teacherWidth, using: &stream)
    let classHead = teacher.classHead(classCount: classCount, using: &stream)
    let numberHead = teacher.numberHead(outputCount: outputCount, using: &stream)
    var hidden = Array(repeating: 0.0, count: teacherWidth)
    var logits = Array(repeating: 0.0, count: classCount)
    var numbers = Array(repeating: 0.0, count: outputCount)
    let parts = GeneratedParts(
      counts: counts,
      inputCount: inputCount,
      targetCount: 1 + outputCount
    ) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      teacher.apply(to: x, into: &hidden)
      classHead.apply(to: hidden, into: &logits)
      numberHead.apply(to: hidden, into: &numbers)
      // Both draws are made for every row, so that the knobs change nothing else.
      let isFlipped = stream.uniform() < labelFlip
      let uniformClass = stream.below(classCount)
      y[0] = Double(isFlipped ? uniformClass : largestPlace(logits))
      for output in 0..<outputCount { y[1 + output] = numbers[output] + noise * stream.normal() }
    }
    let fitted = parts.standardizeTargets(1..<(1 + outputCount))
    return parts.data(tasks: [
      TaskDescription(name: "a", kind: .multiclass(classes: classCount)),
      TaskDescription(
        name: "b",
        kind: .regression(outputs: outputCount),
        targetMean: fitted.map { $0.mean },
        targetScale: fitted.map { $0.scale }
      ),
    ])
  }

  /// Index of the first largest value.
  private func largestPlace(_ values: [Double]) -> Int {
    var best = 0
    for k in values.indices where values[k] > values[best] { best = k }
    return best
  }
}
