internal import Settings
internal import Training
internal import Weighting

/// Which runs a suite asks for, stage by stage; later stages depend on what earlier ones chose.
package struct Plan: Sendable {
  /// A method on a problem, or the single-task network of one task: what a learning rate is
  /// chosen for.
  package struct Contender: Hashable, Sendable {
    package let problem: Int
    package let method: String
    package let taskIndex: Int?

    package init(problem: Int, method: String, taskIndex: Int?) {
      self.problem = problem
      self.method = method
      self.taskIndex = taskIndex
    }
  }

  package let suite: Suite
  /// Settings of every problem's methods by label.
  private let methodSettings: [[String: CanonicalTable]]

  package init(_ suite: Suite) {
    self.suite = suite
    methodSettings = suite.problems.map { problem in
      var settings: [String: CanonicalTable] = [:]
      for method in problem.methods { settings[method.label] = method.settings }
      return settings
    }
  }

  /// The single-task network of every task of a problem.
  package func singleTasks(of problem: Int) -> [Contender] {
    suite.problems[problem].tasks.indices.map {
      Contender(problem: problem, method: SuiteMethod.singleTaskLabel, taskIndex: $0)
    }
  }

  /// Every method on a problem, points of the sweep included.
  package func methods(of problem: Int) -> [Contender] {
    suite.problems[problem].methods.map {
      Contender(problem: problem, method: $0.label, taskIndex: nil)
    }
  }

  package var problemIndices: Range<Int> { suite.problems.indices }
  package var singleTasks: [Contender] { problemIndices.flatMap { singleTasks(of: $0) } }
  package var methods: [Contender] { problemIndices.flatMap { methods(of: $0) } }

  /// Number of runs that the whole suite asks for.
  package var runCount: Int { (singleTasks.count + methods.count) * runCountEach }
  /// Number of runs that every contender gets: its tuning and its evaluation.
  package var runCountEach: Int { suite.tuning.trialCount + suite.evaluationSeeds.count }

  /// The tuning runs of some contenders.
  package func tuningJobs(_ contenders: [Contender]) -> [Job] {
    contenders.flatMap { contender in
      suite.tuning.seeds.flatMap { seed in
        suite.tuning.learningRates.map { job(contender, .tuning, $0, seed) }
      }
    }
  }

  /// The evaluation runs of a contender at its chosen learning rate.
  package func evaluationJobs(_ contender: Contender, learningRate: Double) -> [Job] {
    suite.evaluationSeeds.map { job(contender, .evaluation, learningRate, $0) }
  }

  func job(
    _ contender: Contender,
    _ role: Job.Role,
    _ learningRate: Double,
    _ seed: UInt64
  ) -> Job {
    let problem = suite.problems[contender.problem]
    var training = problem.trainingSettings
    training["learning_rate"] = .number(learningRate)
    training["test"] = .flag(role == .evaluation)
    if role == .tuning { training["diagnostics"] = .count(0) }
    let spec = RunSpec(
      problem: problem.problemSettings,
      network: problem.networkSettings,
      training: training,
      method: settings(of: contender),
      tasks: contender.taskIndex.map { [$0] } ?? Array(problem.tasks.indices),
      seed: seed
    )
    return Job(
      problem: contender.problem,
      method: contender.method,
      role: role,
      learningRate: learningRate,
      taskIndex: contender.taskIndex,
      spec: spec,
      identity: spec.identity
    )
  }

  /// A single-task network trains on its one loss, as equal weights have it.
  private func settings(of contender: Contender) -> CanonicalTable {
    let label = contender.taskIndex == nil ? contender.method : EqualWeighting.name
    guard let settings = methodSettings[contender.problem][label] else {
      preconditionFailure("no method '\(label)' is planned")
    }
    return settings
  }

  /// A hash of everything the plan's runs depend on; another plan has another one.
  var hash: String {
    var hash = StableHash()
    func combine(_ text: String) { hash.combine(text: text + "\n") }
    combine("numerics \(RunSpec.numericsVersion)")
    combine("\(suite.tuning.learningRates) \(suite.tuning.seeds) \(suite.evaluationSeeds)")
    for problem in suite.problems {
      combine("problem \(problem.label) of \(problem.tasks.count) tasks")
      combine(problem.problemSettings.json)
      combine(problem.networkSettings.json)
      combine(problem.trainingSettings.json)
      for method in problem.methods { combine("\(method.label) \(method.settings.json)") }
    }
    return hash.hexadecimal
  }
}
