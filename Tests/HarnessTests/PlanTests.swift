import Kernels
import Settings
import Statistics
import Testing
import Training

@testable import Harness

@Suite("The plan of a suite")
struct PlanTests {
  /// (2 single-task networks + 3 methods + 2 points) x (2 rates x 2 seeds + 2 seeds).
  @Test("has tuning and evaluation runs for every contender")
  func counts() throws {
    let plan = Plan(try suite())
    #expect(plan.runCountEach == 6)
    #expect(plan.runCount == 42)
    #expect(plan.tuningJobs(plan.singleTasks).count == 8)
    #expect(plan.tuningJobs(plan.methods).count == 20)
    let contender = plan.methods(of: 0)[1]
    #expect(plan.evaluationJobs(contender, learningRate: 0.01).count == 2)
    let jobs = plan.tuningJobs(plan.singleTasks + plan.methods)
    #expect(Set(jobs.map { $0.identity }).count == jobs.count)
  }

  @Test("counts runs of all problems")
  func severalProblems() throws {
    let text = tinySuite + "  - {problem: noisy, label: three, noise: [1, 2, 3], train: 24}\n"
    let plan = Plan(try suite(text))
    // Three tasks: the sweep needs 4 levels, which give C(3, 2) = 3 points.
    #expect(plan.runCount == 42 + (3 + 3 + 3) * 6)
  }

  @Test("tunes and evaluates on different seeds, the same for every contender")
  func seeds() throws {
    let plan = Plan(try suite())
    for contender in plan.singleTasks + plan.methods {
      let tuning = plan.tuningJobs([contender])
      #expect(Set(tuning.map { $0.spec.seed }) == [1_000_001, 1_000_002])
      #expect(Set(tuning.map { $0.learningRate }) == [1e-3, 1e-2])
      let evaluation = plan.evaluationJobs(contender, learningRate: 0.01)
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

  @Test("ten thousand runs are planned in no time")
  func speed() throws {
    // 80 methods and points, 2 single-task networks: 82 x (60 + 62) = 10 004 runs.
    let text =
      tinySuite
      .replacing("levels: 3", with: "levels: 78, points: 100")
      .replacing("seeds: 2}\nevaluation: {seeds: 2}", with: "seeds: 30}\nevaluation: {seeds: 62}")
    let suite = try suite(text)
    let start = Progress.monotonicSeconds
    let plan = Plan(suite)
    #expect(plan.runCount == 10_004)
    let jobs = plan.tuningJobs(plan.singleTasks + plan.methods)
    let results = TuningResults(plan, jobs: jobs, [:])
    for contender in plan.methods {
      #expect(results.choose(contender, singleTaskRates: [1e-3, 1e-3]).index == nil)
      #expect(plan.evaluationJobs(contender, learningRate: 1e-3).count == 62)
    }
    #expect(!plan.hash.isEmpty)
    // Released builds need a tenth of a second; unoptimised ones and busy machines get far more.
    #expect(Progress.monotonicSeconds - start < 10)
  }
}

@Suite("The identity of a run")
struct IdentityTests {
  private func identities(_ text: String) throws -> [String] {
    let plan = Plan(try suite(text))
    return plan.tuningJobs(plan.singleTasks + plan.methods).map { $0.identity }
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
      sweep: {levels: 3}
      evaluation: {seeds: 5}
      tuning: {seeds: 2, learning_rates: [0.001, 0.01]}
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
      ("batch: 8", "batch: 8, checkpoint: best"), ("evaluations: 2", "evaluations: 3"),
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
      plan.evaluationJobs(plan.methods(of: 0)[0], learningRate: 0.01).map { $0.identity }
    }
    #expect(Set(evaluations[0]).isDisjoint(with: evaluations[1]))
  }

  @Test(
    "tuning runs never read the test part, evaluation runs always do",
    arguments: ["", "test: false, "]
  )
  func testPart(_ setting: String) throws {
    let plan = Plan(try suite(tinySuite.replacing("training: {", with: "training: {\(setting)")))
    for contender in plan.singleTasks + plan.methods {
      for job in plan.tuningJobs([contender]) {
        #expect(job.spec.training["test"] == .flag(false))
      }
      for job in plan.evaluationJobs(contender, learningRate: 0.01) {
        #expect(job.spec.training["test"] == .flag(true))
      }
    }
  }

  @Test("a spec reads back from its JSON, and its parts as the tables they spell")
  func roundTrip() throws {
    let plan = Plan(try suite())
    for job in plan.tuningJobs(plan.singleTasks + plan.methods) {
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
