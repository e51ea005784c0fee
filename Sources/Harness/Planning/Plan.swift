internal import Networks
internal import Settings
internal import Store
internal import Training
internal import Weighting

/// Which runs a suite asks for, stage by stage; later stages depend on what earlier ones chose.
package struct Plan: Sendable {
  /// A method on a problem, or the single-task network of one task: what is tuned.
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

  package init(_ suite: Suite) {
    self.suite = suite
  }

  package var problemIndices: Range<Int> { suite.problems.indices }
  package var singleTasks: [Contender] { problemIndices.flatMap { singleTasks(of: $0) } }
  package var bases: [Contender] { problemIndices.flatMap { bases(of: $0) } }
  package var methods: [Contender] { problemIndices.flatMap { methods(of: $0) } }

  /// The single-task network of every task of a problem.
  package func singleTasks(of problem: Int) -> [Contender] {
    suite.problems[problem].tasks.indices.map {
      Contender(problem: problem, method: MethodLabel.singleTask, taskIndex: $0)
    }
  }

  /// The single-task networks of other kinds, where the suite asks for them.
  package func bases(of problem: Int) -> [Contender] {
    suite.problems[problem].bases.flatMap { base in
      suite.problems[problem].tasks.indices.map {
        Contender(problem: problem, method: base.label, taskIndex: $0)
      }
    }
  }

  /// Every method on a problem, the rivals of fixed weights included.
  package func methods(of problem: Int) -> [Contender] {
    suite.problems[problem].methods.map {
      Contender(problem: problem, method: $0.label, taskIndex: nil)
    }
  }

  /// The sweep of a problem; nil for a single task.
  func sweep(of problem: Int) -> Contender? { rival(.sweep, of: problem) }

  /// Weights of one over the single-task losses on a problem; nil for a single task.
  func singleTaskUnits(of problem: Int) -> Contender? { rival(.singleTaskUnits, of: problem) }

  /// Equal weights on a problem.
  func equal(of problem: Int) -> Contender {
    Contender(problem: problem, method: EqualWeighting.name, taskIndex: nil)
  }

  private func rival(_ rival: SuiteMethod.Rival, of problem: Int) -> Contender? {
    suite.problems[problem].methods.first { $0.rival == rival }.map {
      Contender(problem: problem, method: $0.label, taskIndex: nil)
    }
  }

  /// What tuning tries for a method or a single-task network, but for the rivals of fixed weights.
  package func candidates(of contender: Contender) -> [Candidate] {
    let problem = suite.problems[contender.problem]
    let label = contender.taskIndex == nil ? contender.method : EqualWeighting.name
    guard let method = problem.methods.first(where: { $0.label == label }), method.rival == nil
    else { preconditionFailure("no method '\(label)' of its own settings is planned") }
    return zip(problem.tuning.learningRates, zip(problem.trainings, method.trials)).map {
      rate,
      trial in
      Candidate(
        learningRate: rate,
        method: trial.1.settings,
        training: trial.0.settings,
        searched: trial.0.searched.merging(trial.1.searched)
      )
    }
  }

  /// One trial of fixed weights for each learning rate.
  func candidates(
    of problem: Int,
    units: [Double],
    exponents: [Int]? = nil,
    losses: [Double],
    heads: String
  ) -> [Candidate] {
    suite.problems[problem].tuning.learningRates.indices.map {
      candidate(of: problem, trial: $0, units, exponents, losses: losses, heads: heads)
    }
  }

  /// One trial of fixed weights.
  func candidate(
    of problem: Int,
    trial: Int,
    _ units: [Double],
    _ exponents: [Int]? = nil,
    losses: [Double],
    heads: String
  ) -> Candidate {
    let suite = suite.problems[problem]
    let weights = StaticSweep.weights(units: units, losses: losses)
    var searched = suite.trainings[trial].searched
    searched["heads"] = .text(heads)
    return Candidate(
      learningRate: suite.tuning.learningRates[trial],
      method: suite.staticSettings(weights: weights, heads: heads),
      training: suite.trainings[trial].settings,
      searched: searched,
      weights: weights,
      exponents: exponents,
      units: StaticSweep.units(weights: weights, losses: losses)
    )
  }

  /// A run of a candidate.
  func job(
    _ contender: Contender,
    _ role: PlanRole,
    _ candidate: Candidate,
    at position: Int,
    _ seed: UInt64
  ) -> Job {
    let problem = suite.problems[contender.problem]
    var training = candidate.training
    training["learning_rate"] = .number(candidate.learningRate)
    training["test"] = .flag(role == .evaluation)
    if role == .tuning { training["diagnostics"] = .count(0) }
    if !measuresMechanism(contender, role) { training["mechanism"] = .count(0) }
    let spec = RunSpec(
      problem: problem.problemSettings,
      network: network(of: contender),
      training: training,
      method: candidate.method,
      tasks: contender.taskIndex.map { [$0] } ?? Array(problem.tasks.indices),
      seed: seed
    )
    return Job(
      contender: contender,
      role: role,
      candidate: position,
      learningRate: candidate.learningRate,
      spec: spec,
      identity: spec.identity
    )
  }

  private func network(of contender: Contender) -> CanonicalTable {
    let problem = suite.problems[contender.problem]
    guard contender.taskIndex == nil else {
      let base = problem.bases.first { $0.label == contender.method }
      return base.map { NetworkSettings.alone($0.settings) } ?? problem.networks[0].alone
    }
    let method = problem.methods.first { $0.label == contender.method }
    return problem.networks[method?.network ?? 0].settings
  }

  /// Whether a run measures its problem's mechanism.
  ///
  /// It is what equal weights do to the tasks, and what each alone can reach. Other runs would say how their methods move, at a cost.
  private func measuresMechanism(_ contender: Contender, _ role: PlanRole) -> Bool {
    role == .evaluation
      && [EqualWeighting.name, MethodLabel.singleTask].contains(contender.method)
  }

  /// About how many runs the whole suite asks for, if no sweep is widened and no second finalist is
  /// evaluated.
  package var runCount: Int { problemIndices.map { runCount(of: $0) }.reduce(0, +) }

  /// The same of one problem.
  package func runCount(of problem: Int) -> Int {
    let own = suite.problems[problem]
    let tuning = own.tuning
    let seeds = suite.evaluationSeeds.count
    let plain = tuning.runCount(trials: tuning.trialCount) + seeds
    let contenders = singleTasks(of: problem).count + bases(of: problem).count
    let methods = own.methods.count { $0.rival != .sweep }
    var count = (contenders + methods) * plain
    guard sweep(of: problem) != nil else { return count }
    let hasGrid = StaticSweep.hasGrid(taskCount: own.tasks.count)
    let points = hasGrid ? own.sweep.grid(taskCount: own.tasks.count).count : 1
    let trials = points * tuning.trialCount * (hasGrid ? own.sweep.heads.count : 1)
    count += tuning.runCount(trials: trials)
    return count + (own.sweep.hasFront && hasGrid ? points * seeds : 0)
  }

  /// A hash of everything the plan's runs depend on; another plan has another one.
  var hash: String {
    var hash = StableHash()
    func combine(_ text: String) { hash.combine(text: text + "\n") }
    combine("numerics \(RunSpec.numericsVersion)")
    combine("\(suite.tuning.rungs) \(suite.tuning.keep) \(suite.tuning.seeds)")
    combine("\(suite.evaluationSeeds) \(suite.utilities)")
    for problem in suite.problems {
      combine("problem \(problem.label) of \(problem.tasks.count) tasks, \(problem.primary)")
      combine(problem.problemSettings.json)
      combine(problem.networks[0].settings.json)
      for network in problem.networks.dropFirst() {
        combine("network \(network.label)")
        combine(network.settings.json)
      }
      if problem.bases.isEmpty { combine("no second base") }
      for base in problem.bases {
        if base.label != MethodLabel.base { combine(base.label) }
        combine(base.settings.json)
      }
      combine("\(problem.tuning.learningRates) \(problem.sweep)")
      for training in problem.trainings { combine(training.settings.json) }
      for method in problem.methods {
        combine(method.label)
        for trial in method.trials { combine(trial.settings.json) }
      }
    }
    return hash.hexadecimal
  }
}
