import Settings
import Store
import Testing

@testable import Harness

@Suite("What the command line sets in a suite")
struct SuiteOverrideTests {
  private func suite(_ overrides: [String], _ text: String = tinySuite) throws -> Suite {
    try Suite(text: text, path: "suite.yaml", overrides: overrides.compactMap { SuiteOverride($0) })
  }

  private func message(_ overrides: [String]) -> String {
    do {
      _ = try suite(overrides)
      return "no mistake was found"
    } catch {
      return "\(error)"
    }
  }

  @Test("is the same suite as one whose file says so, plan and all")
  func same() throws {
    let edited =
      tinySuite.replacing("steps: 12", with: "steps: 5")
      .replacing("evaluation: {seeds: 2}", with: "evaluation: {seeds: 4}")
      .replacing("train: 24", with: "train: 20")
      .replacing("[equal, uw, pcgrad]", with: "[equal, gradnorm]")
    let overrides = [
      "evaluation.seeds=4", "problems[0].train=20", "methods=[equal, gradnorm]", "training.steps=5",
    ]
    let expected = Plan(try Suite(text: edited, path: "suite.yaml")).hash
    #expect(Plan(try suite(overrides)).hash == expected)
    #expect(Plan(try suite(overrides.reversed())).hash == expected, "their order is of no matter")
    #expect(Plan(try suite([])).hash != expected)
  }

  @Test("may be a key that the file lacks, and displaces its rival")
  func added() throws {
    let text = "training: {epochs: 7}\nproblems: [noisy]\n"
    let changed = try suite(
      ["training.steps=3", "tuning.seeds=1", "tuning.race=[]", "suite=other"],
      text
    )
    #expect(changed.name == "other")
    #expect(changed.tuning.rungs == [1])
    #expect(changed.problems[0].trainingSettings["steps"] == .literal("3"))
    #expect(changed.problems[0].trainingSettings["epochs"] == nil)
  }

  @Test("holds an equals sign or a colon as YAML does")
  func values() {
    #expect(SuiteOverride("a.b=c=d") == SuiteOverride(path: "a.b", value: "c=d"))
    #expect(SuiteOverride("a=") == SuiteOverride(path: "a", value: ""))
    #expect(SuiteOverride("a") == nil)
    #expect(SuiteOverride("=1") == nil)
  }

  @Test(
    "is refused with its words where it is wrong",
    arguments: [
      (
        ["training.steps=many"],
        "--set training.steps=many:1:1: training.steps: expected a whole number from 1 to 100000000, "
          + "found 'many'"
      ),
      (
        ["training.stepz=3"],
        "--set training.stepz=3:1:1: training: unknown key 'stepz'; did you mean 'steps'? known keys: "
          + "schedule, batch, steps, checkpoint, evaluations, diagnostics, mechanism, test, optimizer, "
          + "betas, epsilon, weight_decay"
      ),
      (
        ["problems[1].train=3"],
        "--set problems[1].train=3:1:1: problems: has no element [1]: it has 1, the first is [0]"
      ),
      (["methods[1].alpha=3"], "suite.yaml:7:18: methods[1]: expected keys and values, found 'uw'"),
      (["suite.name=x"], "suite.yaml:1:8: suite: expected keys and values, found 'tiny'"),
      (["network[0]=x"], "suite.yaml:2:10: network: expected a list, found keys and values"),
      (
        ["a..b=1"],
        "--set a..b=1:1:1: a..b: expected keys with dots between and [0] for the first element of a "
          + "list, such as problems[0].training.steps"
      ),
      (
        ["problems[x].train=1"],
        "--set problems[x].train=1:1:1: problems[x].train: expected keys with dots between and [0] for "
          + "the first element of a list, such as problems[0].training.steps"
      ),
      (
        ["evaluation.seeds=3", "evaluation.seeds=4"],
        "--set evaluation.seeds=4:1:1: evaluation.seeds: is set twice; set it once"
      ),
      (
        ["methods=[equal"],
        "--set methods=[equal:2:1: not valid YAML: did not find expected ',' or ']' while parsing a "
          + "flow sequence, begun at 1:8"
      ),
    ]
  )
  func mistakes(overrides: [String], expected: String) {
    #expect(message(overrides) == expected)
  }

  @Test("is stored beside the text, by path")
  func stored() async throws {
    let folder = try TemporaryFolder()
    let store = try makeStore(in: folder)
    try await run(try suite(["training.steps=2", "evaluation.seeds=1"]), into: store)
    let record = try store.suite(named: "tiny")
    #expect(record.text == tinySuite)
    #expect(record.overrides.map { $0.path } == ["evaluation.seeds", "training.steps"])
    #expect(record.overrides.map { $0.value } == ["1", "2"])
  }
}
