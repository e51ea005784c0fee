import Problems
import Settings
import Testing
import Weighting

@testable import Harness

@Suite("What a suite file says")
struct SuiteTests {
  @Test("a suite that says nothing but its problems has every default")
  func defaults() throws {
    let suite = try suite("problems: [noisy]", path: "folder/quick.look.yaml")
    #expect(suite.name == "quick.look")
    #expect(suite.tuning.learningRates == [1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2, 1e-1])
    #expect(suite.tuning.seeds == [1_000_001, 1_000_002, 1_000_003])
    #expect(suite.evaluationSeeds == Array(1...10))
    let problem = suite.problems[0]
    #expect(problem.label == "noisy")
    #expect(problem.family == "noisy")
    #expect(
      problem.networkSettings.json
        == #"{"activation":"relu","heads":[],"sharing":"hard","trunk":[64]}"#
    )
    let training = """
      {"batch":32,"betas":[0.9,0.999],"checkpoint":"last","diagnostics":0,"epochs":20,\
      "epsilon":1e-8,"evaluations":10,"optimizer":"adam","schedule":"constant","test":true,\
      "weight_decay":0}
      """
    #expect(problem.trainingSettings.json == training)
  }

  @Test("equal weights and the sweep are in every comparison, asked for or not")
  func mandatoryRivals() throws {
    let suite = try suite(replacing: "[equal, uw, pcgrad]", with: "[pcgrad, uw]")
    let methods = suite.problems[0].methods
    #expect(methods.map { $0.label } == ["equal", "pcgrad", "uw", "static 33/67", "static 67/33"])
    #expect(methods.map { $0.group } == [.fixed, .gradient, .loss, .sweep, .sweep])
    #expect(methods[3].sweepWeights == [1.0 / 3, 2.0 / 3])
  }

  @Test("equal weights with a setting do not stand for the mandatory ones")
  func equalWithSetting() throws {
    let suite = try suite(
      replacing: "[equal, uw, pcgrad]",
      with: "[{method: equal, reduction: mean}]"
    )
    let labels = suite.problems[0].methods.map { $0.label }
    #expect(labels.prefix(2) == ["equal", "equal (reduction=mean)"])
  }

  @Test("a label without settings names the method, its variant and its settings")
  func labels() throws {
    let methods = """
      [gradnorm@softmax_epoch, {method: gradnorm, alpha: 0.5}, {method: gradnorm, label: mine},
       {method: gradnorm@paper, alpha: 2}, {method: static, weights: [1, 3]}]
      """
    let suite = try suite(replacing: "[equal, uw, pcgrad]", with: methods)
    #expect(
      suite.problems[0].methods.prefix(6).map { $0.label } == [
        "equal", "gradnorm@softmax_epoch", "gradnorm (alpha=0.5)", "mine",
        "gradnorm@paper (alpha=2)", "static (weights=[1, 3])",
      ]
    )
  }

  @Test("a variant behind an @ is the setting of that name")
  func variants() throws {
    let behind = try suite(replacing: "uw, pcgrad", with: "gradnorm@softmax_epoch")
    let beside = try suite(
      replacing: "uw, pcgrad",
      with: "{method: gradnorm, variant: softmax_epoch}"
    )
    #expect(behind.problems[0].methods[1].settings == beside.problems[0].methods[1].settings)
  }

  @Test("a problem's network and training stand over those of the suite, key by key")
  func overlays() throws {
    let suite = try suite(
      replacing: "test: 12}",
      with: "test: 12, network: {activation: tanh}, training: {batch: 4, optimizer: sgd}}"
    )
    let problem = suite.problems[0]
    #expect(
      problem.networkSettings.json
        == #"{"activation":"tanh","heads":[],"sharing":"hard","trunk":[4]}"#
    )
    let training = """
      {"batch":4,"checkpoint":"last","diagnostics":3,"evaluations":2,"momentum":0,\
      "optimizer":"sgd","schedule":"constant","steps":12,"test":true,"weight_decay":0}
      """
    #expect(problem.trainingSettings.json == training)
  }

  @Test("epochs of a problem displace the steps of the suite, and the other way round")
  func lengths() throws {
    let epochs = try suite(replacing: "test: 12}", with: "test: 12, training: {epochs: 3}}")
    #expect(epochs.problems[0].trainingSettings["epochs"] == .count(3))
    #expect(epochs.problems[0].trainingSettings["steps"] == nil)
    let text = tinySuite.replacing("steps: 12", with: "epochs: 12")
    let steps = try suite(text, replacing: "test: 12}", with: "test: 12, training: {steps: 3}}")
    #expect(steps.problems[0].trainingSettings["steps"] == .count(3))
    #expect(steps.problems[0].trainingSettings["epochs"] == nil)
  }

  @Test("a problem may have a label, a family and a sweep of its own")
  func problemKeys() throws {
    let suite = try suite(
      replacing: "{problem: noisy,",
      with: "{problem: noisy, label: loud, family: noise, sweep: {ratios: [0.001, 1]},"
    )
    let problem = suite.problems[0]
    #expect(problem.label == "loud")
    #expect(problem.family == "noise")
    #expect(problem.name == "noisy")
    #expect(problem.methods.suffix(2).map { $0.label } == ["static 0.1/99.9", "static 50/50"])
  }

  @Test("every method can be planned by its name alone, but those that need settings")
  func everyMethod() throws {
    let names = WeightingRegistry.ownNames.filter { $0 != StaticWeighting.name }
    let suite = try suite(replacing: "equal, uw, pcgrad", with: names.joined(separator: ", "))
    #expect(suite.problems[0].methods.prefix(names.count).map { $0.name } == names)
  }

  @Test("every problem but the one that needs a file can be planned by its name alone")
  func everyProblem() throws {
    let names = ProblemRegistry.names.filter { $0 != TabularProblem.name }
    let text = "training: {steps: 1}\nproblems: [" + names.joined(separator: ", ") + "]"
    #expect(try suite(text).problems.map { $0.label } == names)
  }
}
