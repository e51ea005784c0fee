import Kernels
import Problems
import Testing

// Three sites: one with commas, one with semicolons and its columns in another order, one with a
// split column. Ages differ by site, so that a row tells where it is from.

private let north =
  "pupil_id,age,city,score\n"
  + (0..<20).map {
    "\($0 + 1),\(100 + $0 % 7),\($0 % 2 == 0 ? "Rome" : "Oslo"),\($0 * $0)\n"
  }.joined()
private let south =
  "mark;city;age;pupil_id\n"
  + (0..<30).map { "\($0 % 3 == 0 ? "pass" : "fail");Bonn;\(200 + $0 % 5);\($0 + 1)\n" }.joined()
private let east =
  "pupil_id,age,city,score,split\n"
  + (0..<10).map {
    "\($0 + 1),\(300 + $0 % 4),Rome,\(1000 + $0),\($0 < 6 ? "train" : $0 < 8 ? "val" : "test")\n"
  }.joined()

private let targets = """
  targets:
    - {name: north, file: north.csv, column: score}
    - {name: south, file: south.csv, column: mark, loss: binary_cross_entropy}
    - {file: east.csv, column: score}

  """

private func problem(
  _ files: [String: String] = [:],
  _ yaml: String = targets
) throws -> (any Problem, TemporaryFolder) {
  let folder = try TemporaryFolder()
  let texts = ["north.csv": north, "south.csv": south, "east.csv": east]
    .merging(files) { $1 }
  for (name, text) in texts { try folder.write(text, to: name) }
  return (try makeProblem("csv", yaml, folder: folder.path), folder)
}

private func data(_ files: [String: String] = [:], _ yaml: String = targets) throws -> ProblemData {
  try problem(files, yaml).0.makeData(seed: 1)
}

@Suite("Every task from a file of its own")
struct TaskFileTests {
  @Test("tasks, inputs and rows are those of the files")
  func reading() throws {
    let (problem, _) = try problem()
    let data = try problem.makeData(seed: 1)
    #expect(data.tasks.map { $0.name } == ["north", "south", "east"])
    #expect(
      data.tasks.map { $0.kind } == [.regression(outputs: 1), .binary, .regression(outputs: 1)]
    )
    #expect(data.inputNames == ["age", "city=Bonn", "city=Oslo", "city=Rome"])
    #expect(data.train.rowsOfTask == [0..<12, 12..<30, 30..<36])
    #expect(data.validation.rowsOfTask == [0..<4, 4..<10, 10..<12])
    #expect(data.test.rowsOfTask == [0..<4, 4..<10, 10..<12])
    #expect(problem.dependsOnSeed)
    #expect(
      problem.provenance.keys.sorted()
        == ["csv of east", "csv of north", "csv of south", "reading"]
    )
    #expect(
      problem.notices == [
        "east: column 'score': 10 different whole numbers, read as a regression; kind: multiclass "
          + "makes classes of them",
        "column 'pupil_id' is left out of inputs: an id, another one in every row; name it in inputs "
          + "to keep it",
      ]
    )
    #expect((0..<3).map { data.labelCounts(ofTask: $0).missing } == [0, 0, 0])
    #expect(data.labelCounts(ofTask: 1).counts == [20, 10])
  }

  @Test("a row has the label of its own task alone, in every part and at every seed")
  func labels() throws {
    let (problem, _) = try problem()
    for seed in 1...5 as ClosedRange<UInt64> {
      let data = try problem.makeData(seed: seed)
      for part in SplitPart.allCases {
        for task in 0..<3 {
          let own = data[part].rows(ofTask: task)
          for (row, label) in data[part].targets.column(task).enumerated() {
            #expect(label.isNaN == !own.contains(row))
          }
        }
      }
    }
  }

  @Test("inputs are standardised over the training rows of all files together")
  func standardised() throws {
    let data = try data()
    let ages = data.train.inputs.column(0).map { Double($0) }
    // Sums of 36 floats, each rounded once.
    #expect(abs(ages.reduce(0, +)) < 1e-4)
    #expect(abs(ages.reduce(0) { $0 + $1 * $1 } / 36 - 1) < 1e-5)
    #expect(ages[..<12].allSatisfy { $0 < 0 } && ages[30...].allSatisfy { $0 > 0 })
  }

  @Test("targets are standardised over the task's own rows")
  func ownTargets() throws {
    let data = try data()
    let east = data.train.targets.column(2).filter { !$0.isNaN }.map { Double($0) }
    #expect(east.count == 6 && abs(east.reduce(0, +)) < 1e-5)
    #expect(data.tasks[2].targetMean == [1002.5])
  }

  @Test("each file is split by itself, and a seeded split does not depend on the files behind it")
  func splits() throws {
    let all = try data()
    let alone = try data([:], "targets: [{name: north, file: north.csv, column: score}]")
    func scores(_ data: ProblemData, _ part: SplitPart) -> [Double] {
      data[part].targets.column(0).filter { !$0.isNaN }
        .map { (data.tasks[0].targetMean[0] + data.tasks[0].targetScale[0] * Double($0)).rounded() }
    }
    for part in SplitPart.allCases { #expect(scores(all, part) == scores(alone, part)) }
    #expect(scores(all, .train).count == 12)
  }

  @Test("words for true and false in one file and 0 and 1 in another are one input")
  func truths() throws {
    let rows = (0..<20).map { ($0 % 2, $0 * 7 % 10) }
    let words = "flag,y\n" + rows.map { "\($0.0 == 1 ? "yes" : "no"),\($0.1)\n" }.joined()
    let numbers = "flag,y\n" + rows.map { "\(1 - $0.0),\($0.1 + 1)\n" }.joined()
    let yaml = "targets: [{file: north.csv, column: y}, {file: south.csv, column: y}]"
    let data = try data(["north.csv": words, "south.csv": numbers], yaml)
    #expect(data.inputNames == ["flag"])
    #expect(Set(data.train.inputs.column(0)).count == 2)
  }

  @Test("several columns of a file are the outputs of its task")
  func outputs() throws {
    let yaml = """
      inputs: [age]
      targets:
        - {name: north, file: north.csv, column: score}
        - {name: south, file: south.csv, columns: [pupil_id, age2]}
      """
    let south = "pupil_id,age,age2\n" + (0..<20).map { "\($0 * 3 % 7),\($0),\($0 * $0)\n" }.joined()
    let data = try data(["south.csv": south], yaml)
    #expect(data.tasks.map { $0.name } == ["north", "south"])
    #expect(data.tasks[1].kind == .regression(outputs: 2))
    #expect(data.train.rowsOfTask == [0..<12, 12..<24])
  }

  @Test("rows without a label are dropped from their file alone")
  func dropped() throws {
    let gaps = north.replacing("1,100,Rome,0\n", with: "1,100,Rome,\n")
    let data = try data(["north.csv": gaps])
    let rows = SplitPart.allCases.map { data[$0].rows(ofTask: 0).count }
    #expect(rows.reduce(0, +) == 19)
    #expect(SplitPart.allCases.map { data[$0].rows(ofTask: 2).count } == [6, 2, 2])
  }
}

@Suite("Mistakes in the files of tasks, each with its whole message")
struct TaskFileMistakeTests {
  private func message(_ files: [String: String] = [:], _ yaml: String = targets) throws -> String {
    let folder = try TemporaryFolder()
    let texts = ["north.csv": north, "south.csv": south, "east.csv": east]
      .merging(files) { $1 }
    for (name, text) in texts { try folder.write(text, to: name) }
    let error = #expect(throws: (any Error).self) {
      try makeProblem("csv", yaml, folder: folder.path).makeData(seed: 1)
    }
    return folder.localized("\(try #require(error))")
  }

  @Test("a file that is missing, empty or without rows")
  func files() throws {
    let missing = targets.replacing("south.csv", with: "sauth.csv")
    #expect(
      try message([:], missing)
        == "sauth.csv: no such file; a path is relative to the folder of the suite file"
    )
    #expect(
      try message(["south.csv": ""])
        == "south.csv: the file is empty, expected a row of column names and rows of values"
    )
    #expect(
      try message(["south.csv": "mark;city;age;pupil_id\n"])
        == "south.csv: the file has column names but no rows"
    )
  }

  @Test("a target that is not there")
  func noTarget() throws {
    #expect(
      try message([:], targets.replacing("column: mark", with: "column: marks"))
        == "south.csv:1: no column is named 'marks', which suite.yaml:3:44 asks for; did you mean "
        + "'mark'? columns: mark, city, age, pupil_id"
    )
  }

  @Test("a column that another file has not, either way")
  func inputs() throws {
    let fewer = south.replacing("mark;city;", with: "mark;town;")
    #expect(
      try message(["south.csv": fewer])
        == "south.csv: column 'city': no input here, and one in north.csv; all tasks have the same "
        + "inputs: add the column, or name in inputs those that every file has"
    )
    let further = "age,extra,city,pupil_id,score\n" + "1,2,Rome,1,2\n2,3,Rome,2,5\n"
    #expect(
      try message(["east.csv": further])
        == "north.csv: column 'extra': no input here, and one in east.csv; all tasks have the same "
        + "inputs: add the column, or name in inputs those that every file has"
    )
    #expect(
      try message(["south.csv": fewer], "inputs: [age, city]\n" + targets)
        == "south.csv:1: no column is named 'city', which suite.yaml:1:9 asks for; columns: mark, town, "
        + "age, pupil_id"
    )
  }

  @Test("a column of numbers in one file and of texts in another")
  func kinds() throws {
    let texts = south.replacing(#/20(\d);/#) { "old\($0.output.1);" }
    #expect(
      try message(["south.csv": texts])
        == "south.csv: column 'age': texts such as 'old0' here, and numbers in north.csv; all tasks "
        + "have the same inputs: write it alike, name it in categories, or leave it out of inputs"
    )
    #expect(try data(["south.csv": texts], "categories: [age]\n" + targets).inputCount > 4)
  }

  @Test("a single cell that is no number is named with its own file and line")
  func cell() throws {
    let odd = south.replacing("Bonn;203;4\n", with: "Bonn;abc;4\n")
    #expect(
      try message(["south.csv": odd])
        == "south.csv:5: column 'age': expected a number, found 'abc'; if it marks a missing value, "
        + "leave the cell empty or add it to missing_values; if these are categories, name the column "
        + "in categories; else leave it out of inputs"
    )
  }

  @Test("the same rows twice, by one file or by a copy")
  func twice() throws {
    let words =
      "tasks 'north' and 'south' have the same rows, and one would be trained on what the other is "
      + "tested on; make them targets of one file"
    let yaml = "targets: [{name: north, file: north.csv, column: score}, "
    #expect(
      try message([:], yaml + "{name: south, file: north.csv, column: age}]")
        == "suite.yaml:1:78: targets[1].file: " + words
    )
    #expect(
      try message(["copy.csv": north], yaml + "{name: south, file: copy.csv, column: age}]")
        == "suite.yaml:1:78: targets[1].file: " + words
    )
  }

  @Test("files at some targets alone, or beside a file of all")
  func mixed() throws {
    #expect(
      try message([:], "file: north.csv\n" + targets)
        == "suite.yaml:1:7: file: every target names a file of its own; leave this one out, or take "
        + "'file' out of the targets"
    )
    #expect(
      try message([:], "targets: [{file: north.csv, column: score}, age]")
        == "suite.yaml:1:45: targets[1]: other targets name files of their own; write {file: NAME.csv, "
        + "column: NAME}"
    )
    #expect(
      try message([:], "targets: [{file: north.csv, column: score}, {column: age}]")
        == "suite.yaml:1:45: targets[1].file: missing, expected text"
    )
  }

  @Test("two tasks of one name, and a pattern of several columns")
  func names() throws {
    #expect(
      try message([:], targets.replacing("name: south", with: "name: north"))
        == "suite.yaml:3:12: targets[1].name: two tasks are called 'north'; give each another name"
    )
    let pattern = "targets: [{file: south.csv, column: '*a*'}, {file: north.csv, column: score}]"
    #expect(
      try message([:], pattern)
        == "suite.yaml:1:10: targets: '*a*' names 2 columns of south.csv, and a task with a file of its "
        + "own has one target; name it, or give 'columns' for several outputs"
    )
  }

  @Test("a file of too few rows, and a split that leaves a part empty")
  func splits() throws {
    let short = "pupil_id,age,city,score\n1,2,Rome,3\n2,3,Oslo,4\n3,4,Rome,5\n"
    #expect(
      try message(["north.csv": short])
        == "north.csv: 3 rows with a label are too few: the train part needs at least 2; change "
        + "fractions or add rows"
    )
    #expect(
      try message(["east.csv": east.replacing("val\n", with: "test\n")])
        == "east.csv: column 'split' must put at least 1 labelled row into validation; correct it, or "
        + "set split: seeded"
    )
  }
}
