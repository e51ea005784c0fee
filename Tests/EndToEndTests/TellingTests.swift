import Foundation
import Testing

@Suite("What the command tells")
struct TellingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("check prints the plan and an estimate, and stores nothing")
  func check() throws {
    let result = try Command.run(["check", smokeSuite], in: folder)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(4) == [
        "suite smoke: about 70 runs, more where a sweep of fixed weights has to be widened",
        "tuning: 2 trials for every method on 2 seeds, evaluation on 3 other seeds", "",
        "problem  tasks  learning rates  methods                                                    "
          + "about runs  ms a run",
      ]
    )
    #expect(
      lines[4].hasPrefix(
        "mixed    a, b   0.001 to 0.01   equal, uw, gradnorm, pcgrad, static 1/STL, static (tuned)  70 "
      )
    )
    #expect(lines[6].hasPrefix("about "))
    #expect(try folder.names(in: "").filter { !$0.hasPrefix(".") } == [])
  }

  @Test("check tells what it took a file's columns for, and what the mean or the majority scores")
  func checkFile() throws {
    let rows = (0..<60).map { i in
      let city = ["Rome", "Oslo", "Rome", ""][i % 4]
      let part = i % 5 < 3 ? "train" : i % 5 == 3 ? "val" : "test"
      return "\(i + 1),\(i * i % 17),\(city),\(i % 3 == 0 ? "Yes" : "no"),\(part),"
        + "\(i == 9 ? "NA" : "\(i % 5).5"),\(i % 10 < 4 ? "up" : "down")\n"
    }
    try folder.write("id,x,city,sold,split,price,trend\n" + rows.joined(), to: "d.csv")
    let suite = """
      training: {steps: 3}
      tuning: {learning_rates: [1e-3], seeds: 1}
      evaluation: {seeds: 2}
      problems: [{problem: csv, label: shop, file: d.csv, targets: [price, trend]}]
      """
    try folder.write(suite, to: "s.yaml")
    let result = try Command.run(["check", "s.yaml"], in: folder)
    let told = result.output.components(separatedBy: "\n\nproblem shop").last ?? ""
    // Training prices 0.5, 1.5 and 2.5 alike often; validation 3.5, one of twelve missing.
    #expect(
      "problem shop" + told == """
        problem shop: 60 rows: 36 train, 12 validation, 12 test
          input  kind      missing  categories
          x      number    0
          city   category  15       2: Rome 30, Oslo 15
          sold   boolean   0
          1 number, 1 boolean, 1 category: 5 network inputs
          target  kind        missing  classes         loss                  baseline: mean or majority, on validation
          price   regression  1                        mse                   RMSE 2.000, MAE 2.000, R² –
          trend   binary      0        down 36, up 24  binary_cross_entropy  Error (%) 50.00, Log-loss 0.6931, AUC 0.5000
          note: read as missing: 'NA' (1 cell); usual_missing: false keeps them
          note: column 'id' is left out of inputs: it counts the rows; name it in inputs to keep it

        """
    )
    let run = try Command.run(
      ["run", "s.yaml", "-q", "--db", "r.sqlite", "--out", "out"],
      in: folder
    )
    #expect(
      run.error.hasPrefix(
        """
        note: shop: read as missing: 'NA' (1 cell); usual_missing: false keeps them
        note: shop: column 'id' is left out of inputs: it counts the rows; name it in inputs to keep it

        """
      )
    )
  }

  @Test("list names everything, of one kind or of all")
  func list() throws {
    let optimizers = try Command.run(["list", "optimizers"], in: folder)
    #expect(
      optimizers.output == """
        adam   Steps scaled by the moments of the gradient; weight decay joins the gradient.
        adamw  Adam with weight decay beside the gradient.
        sgd    Plain steps along the gradient, with momentum if asked.

        """
    )
    let all = try Command.run(["list"], in: folder)
    #expect(all.status == 0)
    for title in ["methods", "problems", "networks", "trunks", "optimizers"] {
      #expect(all.output.contains(title + "\n  "))
    }
    #expect(all.output.contains("\n  pcgrad       gradient  Project each task gradient off the"))
  }

  @Test("verify leaves with 1 where a case is missed, and 65 where a file cannot be replayed")
  func verifyMistakes() throws {
    let fixtures = Command.sources.appending(path: "Tests/Fixtures/verify").path
    for (name, words) in [
      (
        "number.json",
        "error: \(fixtures)/number.json: case equal.one: losses[1]: expected a number, found the text "
          + "'x'\n"
      ),
      (
        "not-json.json",
        "error: \(fixtures)/not-json.json:3:10: not valid JSON: expected a value, found '}'\n"
      ),
      ("empty-expect.json", ""),
    ] {
      let result = try Command.run(["verify", "\(fixtures)/\(name)"], in: folder)
      #expect(result.status == (words.isEmpty ? 1 : 65))
      #expect(result.error == words)
    }
  }

  @Test("describe prints the formula, settings, source and traps of a method")
  func describe() throws {
    let result = try Command.run(["describe", "uw"], in: folder)
    #expect(result.output.hasPrefix("uw (loss weighting, 1 backward a step)\n"))
    for section in ["Formula", "Settings", "Source"] {
      #expect(result.output.contains("\n\n\(section)\n  "))
    }
    let network = try Command.run(["describe", "hard"], in: folder)
    #expect(
      network.output == """
        hard (network)
        One trunk shared by all tasks, one head for each task.

        Settings
          trunk       widths of the shared layers, default [64], or {kind: conv | transformer, …}
          activation  relu (default) or tanh
          norm        before the activation: layer (every row) or batch (every feature); default neither
          dropout     share of the trunk's features dropped in training, 0 to 0.95
          heads       widths of every head's hidden layers, default [] (linear heads)

        """
    )
  }

  @Test("verify replays a file and counts what it replayed")
  func verify() throws {
    let fixtures = Command.sources.appending(path: "Tests/Fixtures/reference")
    let file = fixtures.appending(path: "seed_example.json").path
    let result = try Command.run(["verify", file], in: folder)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains(" cases replayed, 0 missed, "))
    let missing = try Command.run(["verify", "none.json"], in: folder)
    #expect(missing.status == 65)
    #expect(missing.error.hasPrefix("error: none.json"))
  }
}
