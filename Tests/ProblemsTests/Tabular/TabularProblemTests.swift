import Kernels
import Problems
import Testing

/// Six rows with a split column: four to train, one each for the rest.
private let fixture = """
  id,height,weight,note,split,price,sold,grade
  1,1,10,,train,100,no,b
  2,2,10,7,train,200,yes,a
  3,,10,,train,,yes,c
  4,6,10,9,train,600,,a
  5,3,10,8,val,300,no,b
  6,5,11,,test,400,yes,c

  """

private let targets = "targets: [price, sold, grade]\n"

private func isClose(_ a: [Float], _ b: [Double]) -> Bool {
  // Values are rounded to floats once.
  a.count == b.count && zip(a, b).allSatisfy { abs(Double($0) - $1) <= 1e-6 }
}

@Suite("Problems from CSV files")
struct TabularProblemTests {
  @Test("kinds, classes and missing labels are inferred")
  func kinds() throws {
    let problem = try csvProblem(fixture, targets + "inputs: [height]")
    let tasks = try problem.makeData(seed: 1).tasks
    #expect(tasks.map { $0.name } == ["price", "sold", "grade"])
    #expect(tasks.map { $0.kind } == [.regression(outputs: 1), .binary, .multiclass(classes: 3)])
    #expect(tasks.map { $0.classNames } == [[], ["no", "yes"], ["a", "b", "c"]])
    #expect(tasks.map { $0.loss } == [.squared, .binaryCrossEntropy, .crossEntropy])
    #expect(tasks.map { $0.mayMiss } == [true, true, false])
    #expect(!problem.dependsOnSeed)
  }

  @Test("a missing input is the training mean, and deviations count it")
  func inputs() throws {
    let problem = try csvProblem(fixture, targets + "inputs: [height, weight]")
    let data = try problem.makeData(seed: 1)
    // Training heights 1 2 3 6 with the gap at their mean 3: variance (4 + 1 + 0 + 9) / 4.
    let deviation = (14.0 / 4).squareRoot()
    #expect(isClose(data.train.inputs.column(0), [-2, -1, 0, 3].map { $0 / deviation }))
    #expect(isClose(data.validation.inputs.column(0), [0]))
    #expect(isClose(data.test.inputs.column(0), [2 / deviation]))
    // A constant training column becomes 0 and keeps the scale of the file elsewhere.
    #expect(data.train.inputs.column(1) == [0, 0, 0, 0])
    #expect(data.test.inputs.column(1) == [1])
  }

  @Test("a regression target is standardised over its training labels")
  func regressionTarget() throws {
    let data = try csvProblem(fixture, targets + "inputs: [height]").makeData(seed: 1)
    // Training prices 100 200 600: mean 300, variance (200² + 100² + 300²) / 3.
    let deviation = (140_000.0 / 3).squareRoot()
    #expect(data.tasks[0].targetMean == [300])
    #expect(data.tasks[0].targetScale == [deviation])
    let prices = data.train.targets.column(0)
    #expect(isClose([prices[0], prices[1], prices[3]], [-200, -100, 300].map { $0 / deviation }))
    #expect(prices[2].isNaN)
    #expect(isClose(data.test.targets.column(0), [100 / deviation]))
  }

  @Test("class labels become indices, missing ones NaN")
  func classTargets() throws {
    let data = try csvProblem(fixture, targets + "inputs: [height]").makeData(seed: 1)
    #expect(data.train.targets.column(1).prefix(3) == [0, 1, 1])
    #expect(data.train.targets[3, 1].isNaN)
    #expect(data.train.targets.column(2) == [1, 0, 2, 0])
    #expect(data.test.targets.column(2) == [2])
  }

  @Test("an indicator column marks the gaps of each input that has any")
  func indicators() throws {
    let yaml = targets + "inputs: [height, weight, note]\nmissing_indicator: true"
    let data = try csvProblem(fixture, yaml).makeData(seed: 1)
    #expect(data.inputCount == 5)
    #expect(data.train.inputs.column(3) == [0, 0, 1, 0])
    #expect(data.train.inputs.column(4) == [1, 0, 1, 0])
    #expect(data.test.inputs.column(4) == [1])
  }

  @Test("patterns name inputs, leave out targets and split, and take columns out")
  func patterns() throws {
    let data = try csvProblem(fixture, targets + "inputs: [\"*\", \"!id\"]").makeData(seed: 1)
    #expect(data.inputCount == 3)
    #expect(try csvProblem(fixture, targets).makeData(seed: 1).inputCount == 4)
    let wide =
      "p1,p2,q,t1,t2,t3\n"
      + (0..<10).map { i in
        (0..<6).map { "\(i * $0 + i * i)" }.joined(separator: ",") + "\n"
      }.joined()
    let yaml = "inputs: [p*]\ntargets: [t*]"
    let tasks = try csvProblem(wide, yaml).makeData(seed: 1)
    #expect(tasks.inputCount == 2)
    #expect(tasks.tasks.map { $0.name } == ["t1", "t2", "t3"])
  }

  @Test("a table per target sets kind, loss, metrics, classes and unit")
  func targetTables() throws {
    let yaml = """
      inputs: [height]
      targets:
        - {column: price, loss: huber, huber_delta: 0.5, metrics: [mae, rmse], unit: EUR}
        - {column: sold, classes: ["yes", "no"], metrics: [auc]}
      """
    let tasks = try csvProblem(fixture, yaml).makeData(seed: 1).tasks
    #expect(tasks[0].loss == .huber)
    #expect(tasks[0].huberDelta == 0.5)
    #expect(tasks[0].metrics == [.mae, .rmse])
    #expect(tasks[0].unit == "EUR")
    #expect(tasks[1].classNames == ["yes", "no"])
    #expect(tasks[1].metrics == [.auc])
  }

  @Test("numbers as class labels are sorted by number")
  func numericClasses() throws {
    let rows = (0..<24).map { "\($0),\([2, 10, 1][$0 % 3])\n" }.joined()
    let yaml = "targets: [{column: y, kind: multiclass}]"
    let data = try csvProblem("x,y\n" + rows, yaml).makeData(seed: 1)
    #expect(data.tasks[0].classNames == ["1", "2", "10"])
  }

  @Test("raw targets keep their values where asked")
  func rawTargets() throws {
    let yaml = targets + "inputs: [height]\nstandardize_targets: false"
    let data = try csvProblem(fixture, yaml).makeData(seed: 1)
    #expect(data.train.targets.column(0).prefix(2) == [100, 200])
    #expect(data.tasks[0].targetScale == [1])
  }

  @Test("texts can mean a missing value, numbers among them")
  func missingValues() throws {
    let csv = "x,y\nNA,1\n-999,2\n3,3\n4,4\n5,5\n6,NA\n7,7\n8,8\n"
    let yaml = "targets: [y]\nmissing_values: [NA, \"-999\"]\nmissing_indicator: true"
    let data = try csvProblem(csv, yaml).makeData(seed: 1)
    let rows = SplitPart.allCases.map { data[$0].rowCount }.reduce(0, +)
    let marked = SplitPart.allCases.flatMap { data[$0].inputs.column(1) }.reduce(0, +)
    #expect(rows == 7)
    #expect(marked == 2)
  }

  @Test("rows without any label are dropped")
  func unlabelled() throws {
    let csv =
      "x,y,z\n" + (0..<10).map { "\($0),\($0),\n" }.joined() + "10,,\n11,,5\n12,,6\n13,,7\n14,,8\n"
    let data = try csvProblem(csv, "targets: [y, z]").makeData(seed: 2)
    #expect(SplitPart.allCases.map { data[$0].rowCount }.reduce(0, +) == 14)
  }

  @Test("the hash of the file is part of the provenance")
  func provenance() throws {
    let first = try csvProblem(fixture, targets).provenance
    let second = try csvProblem(fixture.replacing("600", with: "601"), targets).provenance
    #expect(first.keys.sorted() == ["csv"])
    #expect(first["csv"]?.count == 16)
    #expect(first != second)
  }

  @Test("a description beside the file names columns, and the suite goes first")
  func description() throws {
    let folder = try TemporaryFolder()
    try folder.write(fixture, to: "data.csv")
    let json = """
      {"name": "data", "rows": 6, "features": ["height", "weight"],
       "tasks": [{"column": "grade", "kind": "multiclass", "classes": ["c", "b", "a"]},
                 {"column": "price", "kind": "regression", "missing": 1, "mean": 300.5}],
       "split": {"column": "split", "counts": {"train": 4}}}
      """
    try folder.write(json, to: "data.json")
    let problem = try makeProblem("csv", "file: data.csv", folder: folder.path)
    #expect(problem.provenance.keys.sorted() == ["csv", "json"])
    let described = try problem.makeData(seed: 1)
    #expect(described.inputCount == 2)
    #expect(described.tasks.map { $0.name } == ["grade", "price"])
    #expect(described.tasks[0].classNames == ["c", "b", "a"])
    #expect(described.train.rowCount == 4)
    let other = try makeProblem(
      "csv",
      "file: data.csv\ntargets: [price]\ninputs: [id]",
      folder: folder.path
    )
    let data = try other.makeData(seed: 1)
    #expect(data.tasks.map { $0.name } == ["price"])
    #expect(data.inputCount == 1)
    #expect(!other.dependsOnSeed)
    let seeded = try makeProblem(
      "csv",
      "file: data.csv\ntargets: [price]\nsplit: seeded",
      folder: folder.path
    )
    #expect(seeded.dependsOnSeed)
  }

  @Test("a description that is wrong is refused with its place")
  func wrongDescription() throws {
    let folder = try TemporaryFolder()
    try folder.write(fixture, to: "data.csv")
    try folder.write(
      "{\"tasks\": [{\"column\": \"price\", \"kind\": \"regresion\"}]}",
      to: "data.json"
    )
    let error = #expect(throws: (any Error).self) {
      try makeProblem("csv", "file: data.csv", folder: folder.path)
    }
    #expect(
      folder.localized("\(try #require(error))")
        == """
        data.json:1:40: tasks[0].kind: expected one of regression, binary, multiclass, found the \
        quoted text 'regresion'; did you mean 'regression'?
        """
    )
  }
}
