import FoundationEssentials
import Kernels
import Problems
import Settings
import Testing

@testable import Training
@testable import Verification
@testable import Weighting

extension Tag {
  /// Takes minutes; runs only with `SLOW_TESTS` in the environment.
  @Tag static var slow: Self
}

/// 100,000 inputs in all; what is wrong is refused by a typed error, and nothing ends the process.
@Suite(
  "Whatever is given is read or refused",
  .tags(.slow),
  .serialized,
  .enabled(if: Mutation.isEnabled, "slow; set SLOW_TESTS")
)
struct AnyInputTests {
  /// Longer than any of these inputs needs in a build without optimisation, on a busy machine.
  private static let patience = Duration.seconds(10)

  private static let suites = [
    """
    suite: tiny
    network: {trunk: [4], activation: relu}
    training: {steps: 12, batch: 8, evaluations: 2, learning_rate: 1e-3, checkpoint: best}
    methods: [equal, {method: static, weights: [0.5, 2]}, gradnorm@softmax_epoch]
    problems:
      - {problem: noisy, inputs: 4, noise: [1, 2.5e-3]}
      - problem: csv
        label: 'a "b"'

    """,
    #"{"learning_rate": 0.001, "schedule": "cosine", "steps": 40, "é": [1, [2, {"x": null}]]}"#,
    "name: uw\nform: by_task\nfactor: [0.5, 1]\ninit: -1\nclamp: true\nscale: fixed_sum\n",
    "name: mgda\nvariant: frank_wolfe\nepsilon: 1e-3\nmax_iters: 10\nheads: own\n",
  ]

  @Test("30,000 suite texts")
  func suites() throws {
    let longest = try fuzz("suites", count: 30_000, kind: 1) { mutation, number in
      let text = mutation.change(Self.suites)
      do {
        let table = try YAMLReader.read(text, file: "suite.yaml")
        let spelt = CanonicalTable(typed: table)
        #expect(CanonicalTable(typed: try CanonicalTable.table(spelt.json)) == spelt, "\(number)")
        try readSettings(table, &mutation)
      } catch is SettingsError {
      }
    }
    #expect(longest < Self.patience)
  }

  /// Reads a table as training settings, or as those of some method.
  private func readSettings(_ table: SettingsTable, _ mutation: inout Mutation) throws {
    var reader = SettingsReader(table)
    if mutation.below(2) == 0 {
      _ = try TrainingSettings(settings: &reader)
    } else {
      _ = reader.rawSetting("name")
      let context = MethodContext(taskCount: 1 + mutation.below(3), sharedCount: 4)
      let name = mutation.choice(WeightingRegistry.ownNames)
      _ = try WeightingRegistry.make(name, context: context, settings: &reader)
    }
  }

  private static let tables = [
    """
    id,height,weight,note,split,price,sold,grade
    1,1,10,,train,100,no,b
    2,2,10,7,train,200,yes,a
    3,,10,,train,,yes,c
    4,6,10,9,train,600,,a
    5,3,10,8,val,300,no,b
    6,5,11,,test,400,yes,c

    """,
    "x,y\n" + (0..<12).map { "\($0),\($0 % 3)\n" }.joined(),
    "a;b;\"c;\nd\"\r\n1;2;3\r\n4;5;6\r\n7;8;9\r\n1;1;1\r\n2;2;2\r\n",
  ]

  @Test("20,000 data files")
  func tables() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      do {
        try FileManager.default.removeItem(atPath: folder)
      } catch {
        print("not removed: \(folder): \(error)")
      }
    }
    let settings = [
      "targets: [price, sold, grade]", "targets: [y]", "targets: [b]\ndelimiter: ';'",
      "targets: [{column: price, kind: multiclass}, {column: sold, loss: squared}]\nstratify: false",
    ]
    let longest = try fuzz("data files", count: 20_000, kind: 2) { mutation, _ in
      let text = mutation.change(Self.tables)
      try Data(text.utf8).write(to: URL(filePath: folder + "/d.csv"))
      let yaml = "file: d.csv\n" + mutation.choice(settings)
      var reader = SettingsReader(try YAMLReader.read(yaml, file: "suite.yaml"))
      do {
        let problem = try ProblemRegistry.make("csv", settings: &reader, relativeTo: folder)
        _ = try problem.makeData(seed: 1)
      } catch is SettingsError {
      } catch is CSVError {
      }
    }
    #expect(longest < Self.patience)
  }

  private static let answers = [
    #"{"mtlbench": 1, "ready": true}"#,
    #"{"mtlbench": 1, "ready": false, "reason": "needs three tasks"}"#,
    #"{"weights": [1.2, 0.8]}"#, #"{"weights": [1.25e-3, -7], "note": null}"#,
  ]

  @Test("20,000 answers of a program")
  func answers() throws {
    let longest = try fuzz("answers", count: 20_000, kind: 3) { mutation, _ in
      let text = mutation.change(Self.answers)
      do {
        if mutation.below(2) == 0 {
          try ExternalMessages.checkGreeting(text)
        } else {
          let weights = try ExternalMessages.weights(text, taskCount: 2)
          #expect(weights.count == 2 && weights.allSatisfy { $0.isFinite })
        }
      } catch is ExternalError {
      }
    }
    #expect(longest < Self.patience)
  }

  private static let references = [
    """
    {"schema": "mtlbench.reference.scalarization/1", "cases": [
      {"id": "one", "method": "uw", "variant": "half", "hyper": {"init": 0.5}, "losses": [1, 2.5],
       "state": {"log_var": [0, 1]}, "expect": {"value": 3, "weights": [0.5, 1e-3]},
       "tolerance": {"relative": 1e-10}}]}
    """,
    """
    {"schema": "mtlbench.reference.aggregation/1", "jacobians": {"j": {"rows": [[2, 0], [-1, 1]]}},
     "cases": [{"id": "a", "method": "pcgrad", "jacobian": "j", "orders": [[1], [0]],
       "expect": {"direction": [1, 2], "weights": [1.5, 2]}, "tolerance": {"direction": 1e-12}}]}
    """,
    """
    {"format": 1, "default_tol": {"rel": 1e-9, "abs": 1e-12}, "cases": [
      {"id": "s", "op": "summary", "input": {"x": [0, 0.5], "level": 0.95}, "expect": {"n": 2}},
      {"id": "h", "op": "holm", "input": {"p": [0.01, null]}, "expect": {"adjusted": [0.01, null]}}]}
    """,
  ]

  @Test("10,000 reference files")
  func references() throws {
    let longest = try fuzz("reference files", count: 10_000, kind: 4) { mutation, _ in
      let text = mutation.change(Self.references)
      do {
        var parser = JSONParser(text, file: "r.json")
        let file = try parser.parse()
        _ = try replay(file, path: "r.json")
      } catch is VerificationError {
      }
    }
    #expect(longest < Self.patience)
  }

  @Test("20,000 steps to be weighed, with numbers of any size")
  func steps() throws {
    let longest = try fuzz("steps", count: 20_000, kind: 5) { mutation, _ in
      let taskCount = 1 + mutation.below(5)
      let columnCount = 1 + mutation.below(6)
      let rows = (0..<taskCount).map { _ in (0..<columnCount).map { _ in mutation.number() } }
      let losses = (0..<taskCount).map { _ in abs(mutation.number()) }
      var lines = rows.map { $0.map { "\($0)" }.joined(separator: ",") }.joined(separator: "\n")
      if mutation.below(4) == 0 { lines = mutation.change([lines]) }
      do {
        try weigh(try JacobianFile.read(text: lines, file: "j.csv"), losses, &mutation)
      } catch is SettingsError {
      }
    }
    #expect(longest < Self.patience)
  }

  /// Some method's answer to two steps: refused, flagged, or of finite weights.
  private func weigh(
    _ rows: [[Double]],
    _ losses: [Double],
    _ mutation: inout Mutation
  ) throws {
    let name = mutation.choice(WeightingRegistry.ownNames)
    let type = WeightingRegistry.all.first { $0.name == name } ?? EqualWeighting.self
    var context = MethodContext(taskCount: rows.count, sharedCount: rows[0].count)
    context.representationShape = (rows: 1, columns: rows[0].count)
    let yaml = "scale: \(mutation.choice(["sum", "native"]))\n"
    var reader = SettingsReader(
      try YAMLReader.read(
        yaml + type.exampleSettings(taskCount: rows.count),
        file: "suite.yaml"
      )
    )
    let step = SingleStep(
      try WeightingRegistry.make(name, context: context, settings: &reader),
      taskCount: rows.count,
      columnCount: rows[0].count,
      seed: 1,
      learningRate: 0.01
    )
    let given = rows.indices.map { losses.indices.contains($0) ? losses[$0] : 1 }
    for _ in 0..<2 {
      let absent = Set(rows.indices.filter { _ in mutation.below(5) == 0 })
      step.weigh(rows, losses: given, lossesAfter: given, endsEpoch: true, absent: absent)
      guard step.result.refusal == nil else { return }
      _ = SingleStepAnswer(step, losses: given).json
    }
  }
}
