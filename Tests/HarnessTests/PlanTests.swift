import Kernels
import Settings
import Statistics
import Testing
import Training

@testable import Harness

@Suite("The plan of a suite")
struct PlanTests {
  /// (2 single-task networks + 3 methods + one over the single-task losses) x (2 rates x 2 seeds + 2
  /// seeds), and a sweep of 3 points x 2 rates x 2 seeds with 3 x 2 evaluations of its front.
  @Test("has tuning and evaluation runs for every contender")
  func counts() throws {
    let plan = Plan(try suite())
    #expect(plan.runCount == 6 * 6 + 12 + 6)
    #expect(plan.tuningJobs(plan.singleTasks).count == 8)
    #expect(plan.evaluationJobs(plan.methods(of: 0)[1]).count == 2)
    let jobs = plan.tuningJobs(plan.plainContenders)
    #expect(jobs.count == 5 * 4)
    #expect(Set(jobs.map { $0.identity }).count == jobs.count)
  }

  @Test("counts runs of all problems")
  func severalProblems() throws {
    let text = tinySuite + "  - {problem: noisy, label: three, noise: [1, 2, 3], train: 24}\n"
    let plan = Plan(try suite(text))
    // Three tasks: a range of 3 is less than half a decade, so that 1:1:1 is the only point.
    #expect(plan.runCount == 54 + (3 + 4) * 6 + 4 + 2)
  }

  @Test("tunes and evaluates on different seeds, the same for every contender")
  func seeds() throws {
    let plan = Plan(try suite())
    for contender in plan.plainContenders {
      let tuning = plan.tuningJobs([contender])
      #expect(Set(tuning.map { $0.spec.seed }) == [1_000_001, 1_000_002])
      #expect(Set(tuning.map { $0.learningRate }) == [1e-3, 1e-2])
      let evaluation = plan.evaluationJobs(contender)
      #expect(evaluation.map { $0.spec.seed } == [1, 2])
    }
  }

  @Test("a single-task network trains its one task on the plain loss")
  func singleTask() throws {
    let plan = Plan(
      try suite(replacing: "[equal, uw, pcgrad]", with: "[{method: equal, label: a}]")
    )
    let jobs = plan.tuningJobs([plan.singleTasks(of: 0)[1]])
    #expect(jobs.allSatisfy { $0.spec.tasks == [1] })
    #expect(jobs.allSatisfy { $0.spec.method["name"] == .text("equal") })
  }

  @Test("another draw of the tuning seeds shares none with the first")
  func draws() throws {
    let plans = [
      Plan(try suite()),
      Plan(try suite(replacing: "seeds: 2, race", with: "seeds: 2, draw: 1, race")),
    ]
    let seeds = plans.map { Set($0.suite.tuning.seeds) }
    #expect(seeds[0].isDisjoint(with: seeds[1]))
    #expect(plans[0].suite.evaluationSeeds == plans[1].suite.evaluationSeeds)
    #expect(plans[0].hash != plans[1].hash)
  }

  @Test("every problem is run under every optimizer, with its own learning rates")
  func optimizers() throws {
    let text =
      tinySuite + "optimizers: [adam, {optimizer: sgd, momentum: 0.9, learning_rates: [0.1, 1]}]\n"
    let plan = Plan(try suite(text))
    let problems = plan.suite.problems
    #expect(problems.map { $0.label } == ["noisy-adam", "noisy-sgd"])
    #expect(problems.map { $0.family } == ["noisy", "noisy"])
    #expect(problems.map { $0.tuning.learningRates } == [[1e-3, 1e-2], [0.1, 1]])
    #expect(problems[1].trainingSettings["momentum"] == .number(0.9))
    #expect(problems[0].trainingSettings["optimizer"] == .text("adam"))
  }

  @Test("a second base is the same tasks with another network")
  func secondBase() throws {
    let plan = Plan(try suite(tinySuite + "single_task: {network: {trunk: [2]}}\n"))
    #expect(plan.bases.map { $0.taskIndex } == [0, 1])
    let job = plan.tuningJobs([plan.bases[0]])[0]
    #expect(job.spec.network["trunk"] == .list([.count(2)]))
    #expect(job.spec.tasks == [0])
    #expect(plan.tuningJobs([plan.singleTasks[0]])[0].spec.network["trunk"] == .list([.count(4)]))
  }
}

@Suite("The identity of a run")
struct IdentityTests {
  private func identities(_ text: String) throws -> [String] {
    let plan = Plan(try suite(text))
    return plan.tuningJobs(plan.plainContenders).map { $0.identity }
  }

  @Test("does not depend on how the suite file is written")
  func spelling() throws {
    let other = """
      # another order, other spellings, defaults written out
      problems:
        - test: 12
          problem: noisy
          validation: 12
          noise: [0.1, 3.0]
          train: 24
          teacher_width: 3
          inputs: 4
          label: renamed
      methods: [{method: equal, reduction: sum}, {method: uw, label: kendall}, pcgrad]
      sweep: {heads: [weighted], limit: 3, range: 3}
      evaluation: {seeds: 5}
      tuning: {race: [], seeds: 2, learning_rates: [0.001, 0.01]}
      training: {diagnostics: 3, evaluations: 2, optimizer: adam, batch: 8, steps: 12}
      network: {activation: relu, trunk: [4]}
      suite: another name
      """
    #expect(Set(try identities(tinySuite)) == Set(try identities(other)))
    let plan = Plan(try suite())
    #expect(plan.hash != Plan(try suite(other)).hash, "labels are part of the plan")
  }

  @Test(
    "changes with every setting",
    arguments: [
      ("trunk: [4]", "trunk: [5]"), ("steps: 12", "steps: 13"), ("steps: 12", "epochs: 4"),
      ("batch: 8", "batch: 7"), ("batch: 8", "batch: 8, schedule: cosine"),
      ("batch: 8", "batch: 8, weight_decay: 0.1"), ("batch: 8", "batch: 8, optimizer: adamw"),
      ("batch: 8", "batch: 8, checkpoint: relative"), ("evaluations: 2", "evaluations: 3"),
      ("inputs: 4", "inputs: 5"), ("train: 24", "train: 25"), ("test: 12", "test: 13"),
      ("[1e-3, 1e-2]", "[1.1e-3, 1.1e-2]"), ("trunk: [4]", "activation: tanh, trunk: [4]"),
    ]
  )
  func settings(old: String, new: String) throws {
    let changed = tinySuite.replacing(old, with: new)
    #expect(Set(try identities(tinySuite)).isDisjoint(with: try identities(changed)))
    #expect(Plan(try suite()).hash != Plan(try suite(changed)).hash)
  }

  @Test("a changed method leaves the runs of the others as they are")
  func methodSetting() throws {
    let before = Set(try identities(tinySuite))
    let after = Set(
      try identities(tinySuite.replacing("pcgrad", with: "{method: pcgrad, order: fixed}"))
    )
    #expect(before.subtracting(after).count == 4)
    #expect(after.subtracting(before).count == 4)
  }

  @Test("diagnostics are no part of a tuning run, which records none")
  func diagnostics() throws {
    let changed = tinySuite.replacing("diagnostics: 3", with: "diagnostics: 4")
    #expect(try identities(tinySuite) == identities(changed))
    let plans = [Plan(try suite()), Plan(try suite(changed))]
    let evaluations = plans.map { plan in
      plan.evaluationJobs(plan.methods(of: 0)[0]).map { $0.identity }
    }
    #expect(Set(evaluations[0]).isDisjoint(with: evaluations[1]))
  }

  @Test(
    "tuning runs never read the test part, evaluation runs always do",
    arguments: ["", "test: false, "]
  )
  func testPart(_ setting: String) throws {
    let plan = Plan(try suite(tinySuite.replacing("training: {", with: "training: {\(setting)")))
    for contender in plan.plainContenders {
      for job in plan.tuningJobs([contender]) {
        #expect(job.spec.training["test"] == .flag(false))
      }
      for job in plan.evaluationJobs(contender) {
        #expect(job.spec.training["test"] == .flag(true))
      }
    }
  }

  @Test("a spec reads back from its JSON, and its parts as the tables they spell")
  func roundTrip() throws {
    let plan = Plan(try suite())
    for job in plan.tuningJobs(plan.plainContenders) {
      let back = try RunSpec(json: job.spec.json)
      #expect(back.json == job.spec.json)
      #expect(back.identity == job.identity)
      for part in [job.spec.problem, job.spec.network, job.spec.training, job.spec.method] {
        #expect(CanonicalTable(part.table) == part)
        #expect(CanonicalTable(try CanonicalTable.table(part.json)) == part)
      }
    }
  }

  @Test("changes with the content of a data file")
  func content() throws {
    let folder = try TemporaryFolder()
    let text = "training: {steps: 2}\nproblems: [{problem: csv, file: d.csv, targets: [y]}]\n"
    let rows = (0..<20).map { "\($0),\($0 * $0 % 7)\n" }.joined()
    try folder.write(text, to: "suite.yaml")
    try folder.write("x,y\n" + rows, to: "d.csv")
    let before = Plan(try Suite(path: folder.file("suite.yaml")))
    try folder.write("x,y\n" + rows + "20,3\n", to: "d.csv")
    let after = Plan(try Suite(path: folder.file("suite.yaml")))
    let identities = [before, after].map { plan in
      plan.tuningJobs(plan.singleTasks).map { $0.identity }
    }
    #expect(Set(identities[0]).isDisjoint(with: identities[1]))
  }
}
