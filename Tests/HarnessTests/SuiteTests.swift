import Foundation
import Problems
import Settings
import Statistics
import Store
import Testing
import Weighting

@testable import Harness

@Suite("What a suite file says")
struct SuiteTests {
  @Test("a suite that says nothing but its problems has every default")
  func defaults() throws {
    let suite = try suite("problems: [noisy]", path: "folder/quick.look.yaml")
    #expect(suite.name == "quick.look")
    #expect(
      suite.tuning.learningRates
        == [1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2, 1e-1, 3.16e-1, 1]
    )
    #expect(suite.tuning.rungs == [6, 12, 24, 48])
    #expect(suite.tuning.keep == 3)
    #expect(suite.tuning.seeds == Array(1_000_001...1_000_048))
    #expect(suite.utilities == [.mean])
    #expect(suite.evaluationSeeds == Array(1...10))
    let problem = suite.problems[0]
    #expect(problem.label == "noisy")
    #expect(problem.family == "noisy")
    #expect(
      problem.networkSettings.json
        == #"{"activation":"relu","heads":[],"sharing":"hard","trunk":[64]}"#
    )
    let training = """
      {"batch":32,"betas":[0.9,0.999],"checkpoint":"best","diagnostics":0,"epochs":20,\
      "epsilon":1e-8,"evaluations":10,"mechanism":0,"optimizer":"adam","schedule":"constant","test":true,\
      "weight_decay":0}
      """
    #expect(problem.trainingSettings.json == training)
  }

  @Test("problems from files that give no label have the names of their files")
  func fileLabels() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<20).map { "\($0),\($0 % 3),\($0 % 7)\n" }.joined()
    for name in ["houses", "cars"] { try folder.write("x,y,z\n" + rows, to: "\(name).csv") }
    let text = ["houses", "cars"].map { "- {problem: csv, file: \($0).csv, targets: [y, z]}\n" }
    try folder.write("problems:\n" + text.joined(), to: "suite.yaml")
    let suite = try Suite(path: folder.file("suite.yaml"))
    #expect(suite.problems.map { $0.label } == ["houses", "cars"])
    #expect(suite.problems.map { $0.family } == ["houses", "cars"])
  }

  @Test("the queries of results/README.md name problems and methods of the default bench")
  func documentedNames() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "results/README.md"), encoding: .utf8)
    let bench = try Suite(path: root.appending(path: "suites/bench.yaml").path)
    let known: [String: [String]] = [
      "problem": bench.problems.map { $0.label },
      "method": bench.problems.flatMap { $0.methods.map { $0.label } },
      "suite": [bench.name],
    ]
    let asked = page.matches(of: #/(?:\w\.)?(problem|method|suite) = '([^']*)'/#)
    #expect(asked.count > 10)
    for match in asked {
      let (key, name) = (String(match.output.1), String(match.output.2))
      #expect(known[key, default: []].contains(name), "\(key) = '\(name)'")
    }
  }

  @Test("equal weights and the sweep are in every comparison, asked for or not")
  func mandatoryRivals() throws {
    let suite = try suite(replacing: "[equal, uw, pcgrad]", with: "[pcgrad, uw]")
    let methods = suite.problems[0].methods
    #expect(
      methods.map { $0.label } == ["equal", "pcgrad", "uw", "static 1/STL", "static (tuned)"]
    )
    #expect(methods.map { $0.group } == [.fixed, .gradient, .loss, .fixed, .fixed])
    #expect(methods.map { $0.rival } == [nil, nil, nil, .singleTaskUnits, .sweep])
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
      {"batch":4,"checkpoint":"best","diagnostics":3,"evaluations":2,"mechanism":0,"momentum":0,\
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

  @Test("a problem may have a label, a family, a sweep and a primary task of its own")
  func problemKeys() throws {
    let suite = try suite(
      replacing: "{problem: noisy,",
      with: "{problem: noisy, label: loud, family: noise, primary: b, sweep: {range: 10},"
    )
    let problem = suite.problems[0]
    #expect(problem.label == "loud")
    #expect(problem.family == "noise")
    #expect(problem.name == "noisy")
    #expect(problem.primary == 1)
    #expect(problem.sweep.grid(taskCount: 2) == [[-2], [-1], [0], [1], [2]])
  }

  @Test("every method can be planned by its name alone, but those that need settings")
  func everyMethod() throws {
    let names = WeightingRegistry.ownNames.filter { $0 != StaticWeighting.name }
    let suite = try suite(replacing: "equal, uw, pcgrad", with: names.joined(separator: ", "))
    #expect(suite.problems[0].methods.prefix(names.count).map { $0.name } == names)
  }

  @Test("every problem but those that need files can be planned by its name alone")
  func everyProblem() throws {
    let names = ProblemRegistry.names.filter {
      ![TabularProblem.name, IDXProblem.name].contains($0)
    }
    let text = "training: {steps: 1}\nproblems: [" + names.joined(separator: ", ") + "]"
    #expect(try suite(text).problems.map { $0.label } == names)
  }

  @Test("every method's trials take the values of a search as evenly as can be")
  func search() throws {
    let suite = try suite(
      replacing: "uw, pcgrad",
      with: "uw, {method: gradnorm, search: {alpha: [0, 0.5, 1.5]}}"
    )
    let text = tinySuite.replacing(
      "race: []",
      with: "race: [], trials: 7, search: {weight_decay: [0, 0.1]}"
    )
    let searched = try HarnessTests.suite(
      text,
      replacing: "uw, pcgrad",
      with: "uw, {method: gradnorm, search: {alpha: [0, 0.5, 1.5]}}"
    ).problems[0]
    #expect(suite.problems[0].methods[2].label == "gradnorm")
    let alphas = searched.methods[2].trials.map { $0.settings["alpha"] }
    #expect(alphas.count == 7)
    for alpha in [0, 0.5, 1.5] { #expect([2, 3].contains(alphas.count { $0 == .number(alpha) })) }
    #expect(searched.methods[1].trials.allSatisfy { $0.searched == CanonicalTable() })
    let decays = searched.trainings.map { $0.settings["weight_decay"] }
    #expect([3, 4].contains(decays.count { $0 == .number(0.1) }))
    // Seven rates from the first to the last of the two that are listed.
    #expect(
      searched.tuning.learningRates == [
        0.001, 0.00146780, 0.00215443, 0.00316228, 0.00464159, 0.00681292, 0.01,
      ]
    )
  }

  @Test("a scale of the suite is that of every method which gives none")
  func scale() throws {
    let suite = try suite(
      tinySuite + "scale: native\n",
      replacing: "pcgrad",
      with: "{method: pcgrad, scale: sum}"
    )
    let scales = suite.problems[0].methods.prefix(3).map { $0.settings["scale"] }
    #expect(scales == [.text("sum"), .text("native"), .text("sum")])
    #expect(
      suite.problems[0].methods.prefix(3).map { $0.label } == ["equal", "uw", "pcgrad (scale=sum)"]
    )
  }
}
