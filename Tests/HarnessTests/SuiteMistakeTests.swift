import Settings
import Testing

@testable import Harness

/// What is changed in the tiny suite, and the whole message.
struct Mistake: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let message: String

  init(_ old: String, _ new: String, _ message: String) {
    self.old = old
    self.new = new
    self.message = message
  }

  var testDescription: String { new }
}

@Suite("A mistake in a suite file is named with its place and a remedy")
struct SuiteMistakeTests {
  private func message(_ text: String) -> String {
    do {
      _ = try Suite(text: text, path: "suite.yaml")
      return "no mistake was found"
    } catch {
      return "\(error)"
    }
  }

  @Test("a misspelt key is refused at every level", arguments: Mistake.misspeltKeys)
  func keys(_ mistake: Mistake) {
    #expect(message(tinySuite.replacing(mistake.old, with: mistake.new)) == mistake.message)
  }

  @Test("a misspelt name is refused with the nearest one", arguments: Mistake.misspeltNames)
  func names(_ mistake: Mistake) {
    #expect(message(tinySuite.replacing(mistake.old, with: mistake.new)) == mistake.message)
  }

  @Test("a value of another kind or out of range is refused", arguments: Mistake.wrongValues)
  func values(_ mistake: Mistake) {
    #expect(message(tinySuite.replacing(mistake.old, with: mistake.new)) == mistake.message)
  }

  @Test("what contradicts itself is refused", arguments: Mistake.contradictions)
  func contradictions(_ mistake: Mistake) {
    #expect(message(tinySuite.replacing(mistake.old, with: mistake.new)) == mistake.message)
  }

  @Test(
    "a text that is no suite is refused",
    arguments: [
      ("", "suite.yaml:1:1: nothing here, expected keys and values"),
      ("# only a remark\n", "suite.yaml:1:1: nothing here, expected keys and values"),
      ("- noisy\n", "suite.yaml:1:1: expected keys and values, found a list of 1 value"),
      ("suite: x\n", "suite.yaml:1:1: problems: expected a list of at least one problem"),
      (
        "problem: [{problem: noisy}]\n",
        "suite.yaml:1:1: unknown key 'problem'; did you mean 'problems'? known keys: suite, description, "
          + "network, training, tuning, evaluation, sweep, utilities, scale, methods, optimizers, "
          + "single_task, networks, match, problems"
      ),
      ("problems: []\n", "suite.yaml:1:11: problems: expected a list of at least one problem"),
      ("problems: noisy\n", "suite.yaml:1:11: problems: expected a list, found 'noisy'"),
      (
        "network: {trunk: [4}\n",
        "suite.yaml:1:20: not valid YAML: did not find expected ',' or ']' while parsing a flow "
          + "sequence, begun at 1:18"
      ),
    ]
  )
  func texts(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test("batches of one row are refused where a network normalizes over a batch")
  func oneRow() {
    let suite = tinySuite.replacing("trunk: [4]", with: "trunk: [4], norm: batch")
    #expect(message(suite) == "no mistake was found")
    #expect(
      message(suite.replacing("batch: 8", with: "batch: 1"))
        == "suite.yaml:3:23: problems[0].training.batch: batch normalization of one row is 0: make batches "
        + "larger, or leave out the network's norm"
    )
  }

  @Test("a file that is missing, or a folder, is refused")
  func files() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("none.yaml")
    #expect(throws: SettingsError.file(path: missing, .missing)) { try Suite(path: missing) }
    #expect(throws: SettingsError.file(path: folder.path, .isDirectory)) {
      try Suite(path: folder.path)
    }
  }

  @Test("a misspelt key is named where it leaves a required one missing")
  func misspeltRequired() throws {
    let folder = try TemporaryFolder()
    try folder.write("x,y\n" + (0..<20).map { "\($0),\($0 % 3)\n" }.joined(), to: "d.csv")
    try folder.write("problems: [{problem: csv, file: d.csv, target: [y]}]", to: "suite.yaml")
    #expect {
      try Suite(path: folder.file("suite.yaml"))
    } throws: { error in
      "\(error)".hasPrefix(
        "\(folder.file("suite.yaml")):1:40: problems[0]: unknown key 'target'; did you mean 'targets'? "
          + "known keys: problem, label, family, "
      )
    }
  }

  @Test("a data file is looked for beside the suite, and named as it was looked for")
  func dataFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("problems: [{problem: csv, file: data/none.csv}]", to: "suite.yaml")
    #expect {
      try Suite(path: folder.file("suite.yaml"))
    } throws: { error in
      "\(error)"
        == "\(folder.path)/data/none.csv: no such file; a path is relative to the folder of the "
        + "suite file"
    }
  }
}

extension Mistake {
  static let misspeltKeys = [
    Mistake(
      "methods:",
      "metods:",
      "suite.yaml:7:1: unknown key 'metods'; did you mean 'methods'? known keys: suite, description, "
        + "network, training, tuning, evaluation, sweep, utilities, scale, methods, optimizers, "
        + "single_task, networks, match, problems"
    ),
    Mistake(
      "trunk:",
      "trnk:",
      "suite.yaml:2:11: network: unknown key 'trnk'; did you mean 'trunk'? known keys: sharing, trunk, "
        + "activation, norm, dropout, heads"
    ),
    Mistake(
      "batch:",
      "bacth:",
      "suite.yaml:3:23: training: unknown key 'bacth'; did you mean 'batch'? known keys: schedule, "
        + "batch, steps, checkpoint, evaluations, diagnostics, mechanism, test, optimizer, betas, epsilon, "
        + "weight_decay"
    ),
    Mistake(
      "seeds: 2, race: []}\nevaluation",
      "seed: 2}\nevaluation",
      "suite.yaml:4:40: tuning: unknown key 'seed'; did you mean 'seeds'? known keys: learning_rates, "
        + "trials, seeds, race, keep, draw, search"
    ),
    Mistake(
      "{seeds: 2}\nsweep",
      "{seds: 2}\nsweep",
      "suite.yaml:5:14: evaluation: unknown key 'seds'; did you mean 'seeds'? known keys: seeds"
    ),
    Mistake(
      "range: 3, limit: 3",
      "rnage: 3",
      "suite.yaml:6:9: sweep: unknown key 'rnage'; did you mean 'range'? known keys: levels, range, "
        + "limit, heads, front"
    ),
    Mistake(
      "train: 24",
      "trian: 24",
      "suite.yaml:9:51: problems[0]: unknown key 'trian'; did you mean 'train'? known keys: problem, "
        + "label, family, network, training, sweep, primary, single_task, noise, inputs, teacher_width, train, validation, "
        + "test"
    ),
    Mistake(
      "test: 12",
      "network: {activaton: relu}",
      "suite.yaml:9:88: problems[0].network: unknown key 'activaton'; did you mean 'activation'? known "
        + "keys: sharing, trunk, activation, norm, dropout, heads"
    ),
    Mistake(
      "test: 12",
      "training: {epohs: 2}",
      "suite.yaml:9:89: problems[0].training: unknown key 'epohs'; did you mean 'epochs'? known keys: "
        + "schedule, batch, steps, epochs, checkpoint, evaluations, diagnostics, mechanism, test, optimizer, "
        + "betas, epsilon, weight_decay"
    ),
    Mistake(
      "test: 12",
      "sweep: {ranges: 1}",
      "suite.yaml:9:86: problems[0].sweep: unknown key 'ranges'; did you mean 'range'? known keys: "
        + "levels, range, limit, heads, front"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: rlw, lable: x}",
      "suite.yaml:7:32: methods[1]: unknown key 'lable'; did you mean 'label'? known keys: method, "
        + "label, search, distribution, scale, heads"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: static, weigths: [1, 2]}",
      "suite.yaml:7:35: methods[1]: unknown key 'weigths'; did you mean 'weights'? known keys: method, "
        + "label, search, weights, scale, heads"
    ),
    Mistake(
      "uw, pcgrad",
      "equal@mean",
      "suite.yaml:7:18: methods[1]: unknown key 'variant'; known keys: method, label, search, reduction, scale, "
        + "heads"
    ),
  ]

  static let misspeltNames = [
    Mistake(
      "suite: tiny",
      "utilities: [mean, wrost]",
      "suite.yaml:1:12: utilities: unknown utility 'wrost'; did you mean 'worst'? known: mean, worst, "
        + "harmed, primary"
    ),
    Mistake(
      "test: 12",
      "primary: z",
      "suite.yaml:9:87: problems[0].primary: unknown task 'z'; did you mean 'a'? known: a, b"
    ),
    Mistake(
      "heads: [weighted]}",
      "heads: [weighted]} # names follow\nfamily: x",
      "suite.yaml:7:1: unknown key 'family'; known keys: suite, description, network, training, tuning, "
        + "evaluation, sweep, utilities, scale, methods, optimizers, single_task, networks, match, "
        + "problems"
    ),
    Mistake(
      "problem: noisy",
      "problem: nosy",
      "suite.yaml:9:15: problems[0].problem: unknown problem 'nosy'; did you mean 'noisy'? known: mixed, "
        + "related, scaled, conflict, noisy, shared, easyhard, shapes, syllable, csv, "
        + "idx"
    ),
    Mistake(
      "trunk: [4]",
      "sharing: hrad",
      "suite.yaml:2:20: network.sharing: expected one of hard, soft, cross_stitch, mmoe, cgc, ple, "
        + "dselect_k, mtan, ltb, low_rank, found 'hrad'; did you mean 'hard'?"
    ),
    Mistake(
      "trunk: [4]",
      "sharing: low_rank, dropout: 0.5",
      "suite.yaml:2:39: network.dropout: low_rank adds its terms to dense layers alone; leave it out"
    ),
    Mistake(
      "trunk: [4]",
      "sharing: mmoe, experts: 0",
      "suite.yaml:2:35: network.experts: expected a whole number from 1 to 64, found '0'"
    ),
    Mistake(
      "batch: 8",
      "optimizer: adm",
      "suite.yaml:3:34: training.optimizer: expected one of adam, adamw, sgd, found 'adm'; did you mean "
        + "'adam'?"
    ),
    Mistake(
      "batch: 8",
      "checkpoint: bets",
      "suite.yaml:3:35: training.checkpoint: expected one of best, relative, last, found 'bets'; did you mean "
        + "'best'?"
    ),
    Mistake(
      "uw, pcgrad",
      "gradnorm@softmax",
      "suite.yaml:7:18: methods[1].variant: expected one of paper, softmax_epoch, found 'softmax'"
    ),
  ]

  static let wrongValues = [
    Mistake(
      "steps: 12",
      "steps: many",
      "suite.yaml:3:19: training.steps: expected a whole number from 1 to 100000000, found 'many'"
    ),
    Mistake(
      "steps: 12",
      "steps: 5.5",
      "suite.yaml:3:19: training.steps: expected a whole number from 1 to 100000000, found '5.5'"
    ),
    Mistake(
      "batch: 8",
      "batch: 0",
      "suite.yaml:3:30: training.batch: expected a whole number from 1 to 65536, found '0'"
    ),
    Mistake(
      "trunk: [4]",
      "trunk: 4",
      "suite.yaml:2:18: network.trunk: expected a list of 1 to 16 values, found '4'"
    ),
    Mistake(
      "network: {trunk: [4]}",
      "network: wide",
      "suite.yaml:2:10: network: expected keys and values, found 'wide'"
    ),
    Mistake(
      "[1e-3, 1e-2]",
      "[]",
      "suite.yaml:4:26: tuning.learning_rates: expected a list of 1 to 100 values, found a list of 0 "
        + "values"
    ),
    Mistake(
      "[1e-3, 1e-2]",
      "[1e-3, -1]",
      "suite.yaml:4:33: tuning.learning_rates[1]: expected a number from 1e-8 to 100, found '-1'"
    ),
    Mistake(
      "[equal, uw, pcgrad]",
      "equal",
      "suite.yaml:7:10: methods: expected a list, found 'equal'"
    ),
    Mistake(
      "uw, pcgrad",
      "{label: x}",
      "suite.yaml:7:18: methods[1].method: missing, expected text"
    ),
    Mistake(
      "uw, pcgrad",
      "static",
      "suite.yaml:7:18: methods[1].weights: missing, expected a list of 2 values"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: static, weights: [1, 2, 3]}",
      "suite.yaml:7:44: methods[1].weights: expected a list of 2 values, found a list of 3 values"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: gradnorm, alpha: -1}",
      "suite.yaml:7:44: methods[1].alpha: expected a number from 0 to 10, found '-1'"
    ),
    Mistake(
      "problem: noisy, ",
      "",
      "suite.yaml:9:5: problems[0].problem: missing, expected text"
    ),
  ]

  static let contradictions = [
    Mistake(
      "range: 3,",
      "range: 3, levels: 3,",
      "suite.yaml:6:27: sweep.levels: give either range or levels, not both"
    ),
    Mistake(
      "race: []",
      "race: [4, 3]",
      "suite.yaml:4:56: tuning.race: expected numbers of seeds that rise from rung to rung, the first "
        + "above seeds (2)"
    ),
    Mistake(
      "limit: 3",
      "limit: 2",
      "suite.yaml:6:26: sweep.limit: expected a limit of at least the range, 3.0"
    ),
    Mistake(
      "[weighted]",
      "[weighted, weighted]",
      "suite.yaml:6:36: sweep.heads: expected a list of 'weighted' and 'own', each once"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: gradnorm, search: {alpha: []}}",
      "suite.yaml:7:53: methods[1].search.alpha: expected a list of at least one value to try"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: gradnorm, search: {alpha: [0.5, 100]}}",
      "suite.yaml:7:59: methods[1].alpha: expected a number from 0 to 10, found '100'"
    ),
    Mistake(
      "steps: 12",
      "steps: 12, epochs: 2",
      "suite.yaml:3:31: training.epochs: give either steps or epochs, not both"
    ),
    Mistake(
      "test: 12",
      "training: {steps: 5, epochs: 2}",
      "suite.yaml:9:107: problems[0].training.epochs: give either steps or epochs, not both"
    ),
    Mistake(
      "steps: 12",
      "learning_rate: 1e-3",
      "suite.yaml:3:12: training.learning_rate: the learning rate is tuned for every method; give "
        + "tuning.learning_rates"
    ),
    Mistake(
      "test: 12",
      "training: {learning_rate: 1}",
      "suite.yaml:9:89: problems[0].training.learning_rate: the learning rate is tuned for every "
        + "method; give tuning.learning_rates"
    ),
    Mistake(
      "[1e-3, 1e-2]",
      "[1e-2, 1e-3]",
      "suite.yaml:4:26: tuning.learning_rates: expected each rate to be larger than the one before"
    ),
    Mistake(
      "uw, pcgrad",
      "uw, uw",
      "suite.yaml:7:22: methods[2]: label 'uw' is taken; give one of the two another label"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: uw, label: single-task}",
      "suite.yaml:7:18: methods[1]: label 'single-task' is kept for the single-task networks; choose "
        + "another label"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: uw, label: static (tuned)}",
      "suite.yaml:7:18: methods[1]: label 'static (tuned)' is kept for the best point of the sweep; "
        + "choose another label"
    ),
    Mistake(
      "equal, uw",
      "{method: uw, label: equal}",
      "suite.yaml:7:11: methods[0]: label 'equal' is kept for equal weights without settings; choose "
        + "another label"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: uw, label: static 1:3}",
      "suite.yaml:7:18: methods[1]: label 'static 1:3' is kept for points of the sweep; choose "
        + "another label"
    ),
    Mistake(
      "uw, pcgrad",
      "{method: gradnorm@paper, variant: paper}",
      "suite.yaml:7:27: methods[1].method: the variant is given twice, by '@' and by the key variant"
    ),
    Mistake(
      "test: 12}\n",
      "test: 12}\n  - {problem: noisy, label: noisy}\n",
      "suite.yaml:10:5: problems[1]: label 'noisy' is taken; give one of the two another label"
    ),
    Mistake(
      "suite: tiny\n",
      "suite: tiny\nsweep: {}\n",
      "suite.yaml:7:1: key 'sweep' is given twice, first at 2:1"
    ),
  ]
}
