internal import Kernels
package import Settings

/// Tasks that read one teacher's hidden layer, beside tasks that have nothing to do with it.
///
/// A random teacher of `teacher_width` hidden units gives main and relevant tasks their signals,
/// each irrelevant task has a sine along a direction of its own, all of variance about 1:
///
///     h = tanh(x W),                    x ~ N(0, I), W[i][k] ~ N(0, 1 / inputs)
///     main, relevant:  y[i] = h u[i] + noise[i] e[i],      u[i][k] ~ N(0, 1 / (v teacher_width))
///     irrelevant:      y[i] = g(d[i]ᵀx) + noise[i] e[i],   |d[i]| = 1, e[i] ~ N(0, 1)
///
/// with `v` the variance of `tanh` of a standard normal number and `g(u) = sin(2 u)` scaled to
/// variance 1; its direction is drawn at random, so that its correlation with the others is of the
/// order of `0.4 / sqrt(inputs)`. Relevant tasks label the same hidden layer in other directions: where the main task
/// has few labels, they can teach the trunk what it cannot learn alone. Irrelevant tasks offer
/// nothing and claim a part of the trunk.
///
/// `labels` says how many training rows carry each task's label; tasks beyond the list label all
/// they may. With `rows: same` every row may carry every label, and the fewer labels of a task
/// are among those of a task with more; with `rows: own` each row carries the label of one task only,
/// and tasks beyond the list get equal shares of the rows left. Validation and test rows carry
/// every label. Targets are left as they are. No model reaches a squared error below `noise[i]²`.
///
/// What a task's data are depends on its own place in the list and not on what stands beside it:
/// directions and noise of each task, the labelled rows, and the inputs have streams of their own. So
/// the main task is the same in suites that differ in `relevant`, `irrelevant`, `labels` or `noise`.
///
/// Source: this project's, after the usual reasons given for multi-task learning (Caruana,
/// "Multitask Learning", Machine Learning 28, 1997, section 3): data amplification and
/// representation bias by related tasks, and harm by unrelated ones.
///
/// Settings: `tasks` (main tasks, default 1, 1 to 64), `relevant` (3, 0 to 64), `irrelevant` (0, 0
/// to 64), `labels` (default [], all), `noise` (default [0.3]; the last number holds for the tasks
/// beyond the list), `rows` (`same` or `own`), `inputs` (32), `teacher_width` (8), `train` (1600),
/// `validation` (600), `test` (2048). Tasks are listed main, relevant, irrelevant.
package struct SharedProblem: Problem {
  package static let name = "shared"

  package static let description = ProblemDescription(
    idea: "Tasks on one teacher, with as many labels as asked, beside tasks of no use to them.",
    formula: """
      x ~ N(0, I); h = tanh(x W); main and relevant y_i = h u_i + noise_i e_i; irrelevant \
      y_i = g(d_iᵀx) + noise_i e_i, g(u) = sin(2 u) scaled to variance 1, |d_i| = 1
      """,
    source: """
      this project's, after Caruana, Multitask Learning, Machine Learning 28, 1997, section 3
      """,
    settings: [
      .init("tasks", "main tasks, on the teacher (default 1, 1 to 64)"),
      .init("relevant", "further tasks on the teacher (default 3, 0 to 64)"),
      .init("irrelevant", "tasks on directions of their own (default 0, 0 to 64)"),
      .init("labels", "labelled training rows of the first tasks, the others all (default [])"),
      .init("noise", "standard deviations of the noise, the last for all others (default [0.3])"),
      .init("rows", "same: a row may carry every label; own: of one task (default same)"),
      .init("inputs", "columns of x (default 32, 1 to 4096)"),
      .init("teacher_width", "hidden units of the teacher (default 8, 1 to 4096)"),
    ] + SampleCounts.keys(train: 1600, validation: 600, test: 2048)
  )

  /// Frequency of the irrelevant tasks' sines: hard enough to need units of the trunk.
  private static let irrelevantFrequency = 2.0
  /// The stream of the labelled rows; streams of tasks come after it.
  private static let labelStream: UInt64 = 1
  private static let firstTaskStream: UInt64 = 2
  private static let mostTasks = 64

  private let mainCount: Int
  private let relevantCount: Int
  private let irrelevantCount: Int
  private let noise: [Double]
  private let labels: LabelledRows
  private let inputCount: Int
  private let teacherWidth: Int
  private let counts: SampleCounts

  private var sharedCount: Int { mainCount + relevantCount }
  private var taskCount: Int { sharedCount + irrelevantCount }

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    let most = SharedProblem.mostTasks
    mainCount = try settings.count("tasks", default: 1, in: 1...most)
    relevantCount = try settings.count("relevant", default: 3, in: 0...most)
    irrelevantCount = try settings.count("irrelevant", default: 0, in: 0...most)
    let taskCount = mainCount + relevantCount + irrelevantCount
    noise = try settings.numbers("noise", default: [0.3], in: 0...1000, count: 1...3 * most)
    guard noise.count <= taskCount else {
      throw settings.error("noise", "\(noise.count) numbers for \(taskCount) tasks")
    }
    inputCount = try settings.count("inputs", default: 32, in: 1...4096)
    teacherWidth = try settings.count("teacher_width", default: 8, in: 1...4096)
    counts = try SampleCounts(settings: &settings, train: 1600, validation: 600, test: 2048)
    labels = try LabelledRows(settings: &settings, taskCount: taskCount, rowCount: counts.train)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var stream = RandomStream(seed: seed, purpose: .data)
    let teacher = TeacherTrunk(inputCount: inputCount, width: teacherWidth, using: &stream)
    var targets = (0..<taskCount).map { task in
      SharedTarget(
        teacher: task < sharedCount ? teacher : nil,
        inputCount: inputCount,
        frequency: SharedProblem.irrelevantFrequency,
        noise: noise[min(task, noise.count - 1)],
        stream: RandomStream(
          seed: seed,
          purpose: .data,
          index: SharedProblem.firstTaskStream + UInt64(task)
        )
      )
    }
    var hidden = Array(repeating: 0.0, count: teacherWidth)
    let parts = GeneratedParts(
      counts: counts,
      inputCount: inputCount,
      targetCount: taskCount
    ) { x, y in
      for i in x.indices { x[i] = stream.normal() }
      teacher.apply(to: x, into: &hidden)
      for task in targets.indices { y[task] = targets[task].draw(inputs: x, hidden: hidden) }
    }
    var labelStream = RandomStream(seed: seed, purpose: .data, index: SharedProblem.labelStream)
    let rows = labels.rows(using: &labelStream)
    for task in 0..<taskCount where rows[task].count < counts.train {
      parts.keepLabels(ofColumn: task, inRows: rows[task])
    }
    return parts.data(
      tasks: (0..<taskCount).map {
        TaskDescription(
          name: taskName($0),
          kind: .regression(outputs: 1),
          mayMiss: rows[$0].count < counts.train
        )
      }
    )
  }

  /// `main`, `relevant` and `irrelevant`, numbered where there are several.
  private func taskName(_ task: Int) -> String {
    let groups = [
      ("main", mainCount), ("relevant", relevantCount), ("irrelevant", irrelevantCount),
    ]
    var place = task
    for (name, count) in groups {
      if place < count { return count == 1 ? name : "\(name)\(place + 1)" }
      place -= count
    }
    preconditionFailure("task \(task) of \(taskCount)")
  }
}
