import Kernels
import Networks
import Settings
import Store
import Testing
import Training

@testable import Harness

@Suite("A list of networks")
struct NetworkListTests {
  private static let list = "[hard, {sharing: mmoe, experts: 2}, {sharing: soft, label: tied}]"

  private func listed(_ list: String = Self.list, _ more: String = "") throws -> Suite {
    try suite(
      replacing: "network: {trunk: [4]}",
      with: "network: {trunk: [4]}\nnetworks: \(list)\n\(more)"
    )
  }

  @Test("runs every method on each; rows of the first bear the methods' names alone")
  func rows() throws {
    let methods = try listed().problems[0].methods
    #expect(
      methods.map { $0.label } == [
        "equal", "uw", "pcgrad", "static 1/STL", "static (tuned)", "mmoe: equal", "mmoe: uw",
        "mmoe: pcgrad", "tied: equal", "tied: uw",
      ]
    )
    #expect(methods.map { $0.network } == [0, 0, 0, 0, 0, 1, 1, 1, 2, 2])
  }

  @Test("leaves a method out where it cannot run, and says why")
  func leftOut() throws {
    let networks = try listed().problems[0].networks
    #expect(networks.map { $0.leftOut.map { $0.method } } == [[], [], ["pcgrad"]])
    #expect(
      networks[2].leftOut[0].reason
        == "pcgrad weighs the tasks' gradients at shared parameters, and this network shares "
        + "nothing: choose a loss weighting method or another 'sharing'"
    )
  }

  @Test("has the settings of each over those of the suite and of the problem")
  func settings() throws {
    let suite = try suite(
      replacing: "network: {trunk: [4]}",
      with: "network: {trunk: [4]}\nnetworks: [hard, {sharing: mmoe, activation: tanh}]"
    )
    #expect(
      suite.problems[0].networks.map { $0.settings.json } == [
        #"{"activation":"relu","heads":[],"sharing":"hard","trunk":[4]}"#,
        #"{"activation":"tanh","experts":4,"heads":[],"sharing":"mmoe","trunk":[4]}"#,
      ]
    )
  }

  @Test("trains the same methods with the same data, batches and single-task networks")
  func jobs() throws {
    let plan = Plan(try listed())
    func job(_ method: String) -> Job {
      let contender = Plan.Contender(problem: 0, method: method, taskIndex: nil)
      return plan.evaluationJobs(contender)[0]
    }
    let (first, other) = (job("uw"), job("mmoe: uw"))
    #expect(first.spec.problem == other.spec.problem)
    #expect(first.spec.training == other.spec.training)
    #expect(first.spec.method == other.spec.method)
    #expect(first.spec.seed == other.spec.seed)
    #expect(first.spec.network["sharing"] == .text("hard"))
    #expect(other.spec.network["sharing"] == .text("mmoe"))
    // One single-task network a task, whatever the number of networks.
    let alone = Plan(try suite())
    #expect(plan.singleTasks == alone.singleTasks)
    let jobs = [plan, alone].map { plan in
      plan.tuningJobs(plan.singleTasks).map { $0.identity }
    }
    #expect(jobs[0] == jobs[1])
    #expect(plan.bases.isEmpty)
  }

  @Test("does not change the runs of the first network, nor the plan of a suite without a list")
  func firstNetwork() throws {
    let (plan, alone) = (Plan(try listed()), Plan(try suite()))
    func identities(_ plan: Plan) -> [String] {
      plan.methods(of: 0).filter { ["equal", "uw", "pcgrad"].contains($0.method) }
        .flatMap { plan.evaluationJobs($0).map { $0.identity } }
    }
    #expect(identities(plan) == identities(alone))
    #expect(plan.hash != alone.hash)
    #expect(Plan(try listed("[hard, {sharing: mmoe, experts: 3}]")).hash != plan.hash)
  }

  @Test("has single-task networks of every kind of trunk, the first one's for Δm")
  func bases() throws {
    let plan = Plan(try listed("[hard, {sharing: mmoe, trunk: [6]}, {sharing: soft, trunk: [6]}]"))
    #expect(Set(plan.bases.map { $0.method }) == ["single-task (mmoe)"])
    func trunk(_ contender: Plan.Contender) -> CanonicalTable.Value? {
      plan.evaluationJobs(contender)[0].spec.network["trunk"]
    }
    #expect(trunk(plan.singleTasks[0]) == .list([.count(4)]))
    #expect(trunk(plan.bases[0]) == .list([.count(6)]))
  }

  @Test("gets as many parameters on each network where sizes are matched")
  func matched() throws {
    let text = tinySuite.replacing("trunk: [4]", with: "trunk: [64, 48]")
      .replacing("methods:", with: "networks: \(Self.list)\nmatch: parameters\nmethods:")
    let suite = try suite(text)
    let networks = suite.problems[0].networks
    let target = Double(networks[0].size.parameters)
    #expect(networks[0].widthFactor == nil)
    for network in networks.dropFirst() {
      #expect(abs(Double(network.size.parameters) / target - 1) < 0.02, "\(network.label)")
      #expect((network.widthFactor ?? 1) < 1)
    }
    let plan = Plan(suite)
    #expect(Set(plan.bases.map { $0.method }) == ["single-task (same size)"])
    let sizing = NetworkSizing(rowCounts: [24], form: .columns(4), outputCounts: [1])
    let alone = try plan.bases.map {
      try sizing.size(plan.evaluationJobs($0)[0].spec.network).parameters
    }
    #expect(abs(Double(alone.reduce(0, +)) / target - 1) < 0.02)
    // Δm is counted from single-task networks with the trunk as it is written.
    let single = plan.evaluationJobs(plan.singleTasks[0])[0].spec.network
    #expect(single["trunk"] == .list([.count(64), .count(48)]))
  }

  @Test("is stored with sizes, the rows of each network after those of the one before")
  func records() async throws {
    let folder = try TemporaryFolder()
    let store = try makeStore(in: folder)
    try await run(try listed(), into: store)
    let networks = try store.networks(of: "tiny")
    #expect(networks.map { $0.label } == ["hard", "mmoe", "tied"])
    // 4 inputs to 4 and on to two outputs; twice the first, and gates of 4 to 2 for both tasks.
    #expect(networks.map { $0.parameters } == [30, 70, 50])
    #expect(networks.map { $0.sharedParameters } == [20, 40, 0])
    // Batches of 8; a step is forward, all parameters, and the inputs of the heads.
    #expect(networks[0].multiplyAdds == 8 * (24 + 24 + 8))
    let methods = try store.methods(of: "tiny").filter { $0.group != .sweep }
    #expect(
      methods.map { $0.network }.filter { !$0.isEmpty }.isSorted(in: ["hard", "mmoe", "tied"])
    )
    #expect(
      methods.filter { $0.network == "tied" }.map { $0.label } == ["tied: equal", "tied: uw"]
    )
  }

  @Test(
    "is refused with its place",
    arguments: [
      Mistake(
        "[hard, hard]",
        "",
        "suite.yaml:3:18: networks[1]: network 'hard' is there twice; give one of the two a label"
      ),
      Mistake(
        "[hard, mmo]",
        "",
        "suite.yaml:3:18: networks[1].sharing: expected one of hard, soft, cross_stitch, mmoe, cgc, ple, "
          + "dselect_k, mtan, ltb, low_rank, found 'mmo'; did you mean 'mmoe'?"
      ),
      Mistake(
        "[hard, {sharing: mmoe, expert: 2}]",
        "",
        "suite.yaml:3:34: networks[1]: unknown key 'expert'; did you mean 'experts'? known keys: label, "
          + "sharing, experts, trunk, activation, norm, dropout, heads"
      ),
      Mistake(
        "[hard, {sharing: soft, label: \"\"}]",
        "",
        "suite.yaml:3:41: networks[1].label: expected a name, found none"
      ),
      Mistake(
        "[soft]",
        "",
        "suite.yaml:9:22: pcgrad weighs the tasks' gradients at shared parameters, and this "
          + "network shares nothing: choose a loss weighting method or another 'sharing'"
      ),
    ]
  )
  func mistakes(_ mistake: Mistake) throws {
    do {
      _ = try listed(mistake.old)
      Issue.record("no mistake was found")
    } catch {
      #expect("\(error)" == mistake.message)
    }
  }
}

extension [String] {
  /// Whether the words come in the order of a list.
  fileprivate func isSorted(in list: [String]) -> Bool {
    let places = compactMap { list.firstIndex(of: $0) }
    return places == places.sorted() && Set(places).count == list.count
  }
}
