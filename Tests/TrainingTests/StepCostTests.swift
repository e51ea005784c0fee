import CMeasure
import Kernels
import Networks
import Testing
import Weighting

@testable import Training

@Suite("What a step costs")
struct StepCostTests {
  /// Per step for K = 3: forward passes, backward passes, samples in batches.
  ///
  /// K gradients cost K backward passes, and no further one for the update. MoDo takes them on
  /// three batches. Auto-lambda goes to its look-ahead point and takes a gradient there, then looks
  /// at the losses to both sides.
  private static let costs: [(method: String, forward: Int, backward: Int, batches: Int)] = [
    ("name: equal", 1, 1, 1),
    ("name: uw", 1, 1, 1),
    ("name: famo", 2, 1, 1),
    ("name: gradnorm", 1, 1, 1),
    ("{name: gradnorm, layer: all_shared}", 1, 3, 1),
    ("name: pcgrad", 1, 3, 1),
    ("name: mgda", 1, 3, 1),
    ("name: mgda_ub", 1, 1, 1),
    ("{name: graddrop, form: representation}", 1, 1, 1),
    ("{name: gradvac, grouping: layer}", 1, 3, 1),
    ("name: modo", 3, 9, 3),
    ("name: auto_lambda", 5, 3, 5),
  ]

  @Test("passes and samples are counted", arguments: costs.indices)
  func passes(_ index: Int) throws {
    let (method, forward, backward, batches) = Self.costs[index]
    let outcome = try SampleRun(method: method).run()
    #expect(outcome.status == .finished, "\(method)")
    #expect(outcome.cost.forwardPasses == 40 * forward, "\(method)")
    #expect(outcome.cost.backwardPasses == 40 * backward, "\(method)")
    #expect(outcome.cost.samples == 40 * 16 * batches, "\(method)")
  }

  /// How often a run of `steps` steps asks for memory, evaluated at its start and end only.
  private func allocations(
    _ method: String,
    steps: Int,
    network: String = "trunk: [8, 7]",
    form: InputForm = .columns(6)
  ) throws -> Int64 {
    let training = ["steps": "\(steps)", "evaluations": "1"]
    let run = try Run(
      SampleRun(method: method, training: training, network: network).spec(),
      data: sampleData(form: form),
      kernels: .best
    )
    let before = allocation_count()
    let outcome = run.train(isCancelled: { false })
    #expect(outcome?.stepCount == steps)
    return allocation_count() - before
  }

  /// Calls by Swift's runtime, which makes a table of its own now and then.
  private static let runtimeCalls = 20

  @Test(
    "a step allocates nothing",
    .enabled(if: allocation_count() >= 0, "allocations cannot be counted here"),
    arguments: WeightingRegistry.ownNames.map { methodTable($0) } + costs.map { $0.method }
  )
  func allocations(_ method: String) throws {
    _ = try allocations(method, steps: 100)  // what is made once in a process
    let short = try allocations(method, steps: 100)
    #expect(short > 0)
    let long = try allocations(method, steps: 1_100)
    #expect(long - short < Self.runtimeCalls)
  }

  @Test(
    "a step allocates nothing, whatever is shared",
    .enabled(if: allocation_count() >= 0, "allocations cannot be counted here"),
    arguments: SharingRegistry.names,
    ["equal", "gradnorm", "pcgrad"]
  )
  func allocations(_ sharing: String, _ method: String) throws {
    guard sharing != "soft" || method == "equal" else { return }  // nothing is shared
    let network = "{trunk: [8, 7], sharing: \(sharing)}"
    _ = try allocations("name: \(method)", steps: 100, network: network)
    let short = try allocations("name: \(method)", steps: 100, network: network)
    let long = try allocations("name: \(method)", steps: 1_100, network: network)
    #expect(long - short < Self.runtimeCalls)
  }

  @Test(
    "a step allocates nothing, whatever the trunk",
    .enabled(if: allocation_count() >= 0, "allocations cannot be counted here"),
    arguments: SharingTests.spatial.indices,
    ["equal", "gradnorm", "pcgrad"]
  )
  func trunkAllocations(_ index: Int, _ method: String) throws {
    let (trunk, form) = SharingTests.spatial[index]
    for sharing in ["hard", "mtan"] {
      let network = "{trunk: \(trunk), sharing: \(sharing)}"
      func count(_ steps: Int) throws -> Int64 {
        try allocations("name: \(method)", steps: steps, network: network, form: form)
      }
      _ = try count(100)
      let short = try count(100)
      #expect(try count(600) - short < Self.runtimeCalls, "\(network)")
    }
  }

  @Test(
    "10,000 steps allocate nothing",
    .enabled(if: allocation_count() >= 0, "allocations cannot be counted here"),
    arguments: ["name: equal", "name: pcgrad"]
  )
  func longRun(_ method: String) throws {
    _ = try allocations(method, steps: 100)  // what is made once in a process
    let short = try allocations(method, steps: 1_000)
    let long = try allocations(method, steps: 11_000)
    #expect(long - short < Self.runtimeCalls)
  }
}
