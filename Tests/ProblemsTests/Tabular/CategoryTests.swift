import Kernels
import Testing

@testable import Problems

/// A split column of 12 training rows and 3 of each other part, beside the given cells.
private func csv(_ header: String, _ rows: [String]) -> String {
  let parts = Array(repeating: "train", count: 12) + ["val", "val", "val", "test", "test", "test"]
  return header + ",split,y\n"
    + zip(rows, parts).enumerated().map { "\($1.0),\($1.1),\($0 * 7 % 5).5\n" }.joined()
}

private let cities = csv(
  "city",
  ["Rome", "Oslo", "Rome", "Oslo", "Rome", "Oslo", "Rome", "Bonn", "", "Lima", "Rome", "Oslo"]
    + ["Rome", "Kyiv", "Lima", "Oslo", "", "Kyiv"]
)

private func message(_ csv: String, _ yaml: String) throws -> String {
  let folder = try TemporaryFolder()
  try folder.write(csv, to: "data.csv")
  let error = #expect(throws: (any Error).self) {
    try makeProblem("csv", "file: data.csv\n" + yaml, folder: folder.path)
  }
  return folder.localized("\(try #require(error))")
}

@Suite("Inputs that are no numbers")
struct CategoryTests {
  @Test("a text has a column for each value of the training part, other and missing")
  func oneHot() throws {
    let problem = try csvProblem(cities, "targets: [y]\nrare: 3")
    let data = try problem.makeData(seed: 1)
    #expect(data.inputNames == ["city=Oslo", "city=Rome", "city=other", "city=missing"])
    let oslo: [Float] = [0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1]
    #expect(data.train.inputs.column(0) == oslo)
    #expect(data.train.inputs.column(1) == [1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0])
    #expect(data.train.inputs.column(2) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0])
    #expect(data.train.inputs.column(3) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    // Kyiv is in no training row and Lima in one.
    #expect(data.validation.inputs.column(1) == [1, 0, 0])
    #expect(data.validation.inputs.column(2) == [0, 1, 1])
    #expect(data.test.inputs.column(0) == [1, 0, 0])
    #expect(data.test.inputs.column(2) == [0, 0, 1])
    #expect(data.test.inputs.column(3) == [0, 1, 0])
    #expect(
      problem.inputSummaries == [
        InputSummary(
          name: "city",
          kind: .category,
          missingCount: 2,
          categories: [
            .init(name: "Bonn", count: 1), .init(name: "Kyiv", count: 2),
            .init(name: "Lima", count: 2), .init(name: "Oslo", count: 5),
            .init(name: "Rome", count: 6),
          ]
        )
      ]
    )
  }

  @Test("without a rare training row there is no other, and an unseen value is 0 throughout")
  func noOther() throws {
    let rows = (0..<12).map { ["a", "b"][$0 % 2] } + ["a", "c", "", "b", "d", "a"]
    let data = try csvProblem(csv("k", rows), "targets: [y]").makeData(seed: 1)
    #expect(data.inputNames == ["k=a", "k=b"])
    #expect(data.validation.inputs.column(0) == [1, 0, 0])
    #expect(data.validation.inputs.column(1) == [0, 0, 0])
  }

  @Test(
    "no value of validation and test enters the coding",
    arguments: [1, 2, 3, 4, 5] as [UInt64]
  )
  func law(_ seed: UInt64) throws {
    let words = ["a", "b", "c", "d", "e", "f", "g", "h"]
    var stream = RandomStream(seed: seed, purpose: .data)
    let rows = (0..<80).map { _ in words[min(stream.below(8), stream.below(8))] }
    func table(_ cells: [String]) -> String {
      "k,n,y\n" + cells.enumerated().map { "\($1),\($0 * 3 % 7),\($0 * 5 % 11)\n" }.joined()
    }
    let problem = try csvProblem(table(rows), "targets: [y]")
    let data = try problem.makeData(seed: seed)
    // The training rows by their number, which n and y give away: 3k mod 7 and 5k mod 11.
    let other = try csvProblem(table(rows.map { $0 == "a" ? "z\($0)" : $0 }), "targets: [y]")
    #expect(try other.makeData(seed: seed).inputNames.contains("k=za"))
    let counts = words.enumerated().map { index, word in
      data.inputNames.firstIndex(of: "k=\(word)").map { column in
        data.train.inputs.column(column).reduce(0, +)
      } ?? 0
    }
    // What has a column is what five training rows have, whatever the other parts hold.
    #expect(counts.allSatisfy { $0 == 0 || $0 >= 5 })
    let coded = data.inputNames.filter { $0.hasPrefix("k=") && $0 != "k=other" }.count
    #expect(coded == counts.count { $0 > 0 })
    let total = data.train.inputs
    for row in 0..<total.rows {
      let ones = data.inputNames.indices.filter { data.inputNames[$0].hasPrefix("k=") }
        .reduce(Float(0)) { $0 + total[row, $1] }
      #expect(ones == 1)
    }
  }

  @Test("changing cells outside the training part changes no coding")
  func otherParts() throws {
    let trained = (0..<12).map { ["a", "b", "c"][$0 % 3 == 0 ? 0 : $0 % 2 + 1] }
    let first = try csvProblem(
      csv("k", trained + ["a", "a", "b", "b", "c", "c"]),
      "targets: [y]\nrare: 2"
    ).makeData(seed: 1)
    let second = try csvProblem(
      csv("k", trained + ["q", "q", "q", "r", "r", ""]),
      "targets: [y]\nrare: 2"
    ).makeData(seed: 1)
    #expect(first.inputNames == second.inputNames)
    for column in 0..<first.inputCount {
      #expect(first.train.inputs.column(column) == second.train.inputs.column(column))
    }
  }

  @Test("words for true and false are 1 and 0 in one column")
  func truth() throws {
    let rows = (0..<18).map { ["TRUE", "False", "t", "f", "true", ""][$0 % 6] }
    let problem = try csvProblem(csv("b", rows), "targets: [y]")
    let data = try problem.makeData(seed: 1)
    #expect(data.inputNames == ["b"])
    #expect(problem.inputSummaries.map { $0.kind } == [.boolean])
    // Six true, four false and two missing training cells, the missing at the mean.
    let column = data.train.inputs.column(0)
    #expect(column[0] > 0 && column[1] < 0 && column[5] == 0)
  }

  @Test("numbers are categories where the suite says so")
  func forced() throws {
    let rows = (0..<18).map { "\([10, 2, 2, 10, 30][$0 % 5])" }
    let yaml = "targets: [y]\ncategories: [code]\nrare: 2"
    let data = try csvProblem(csv("code", rows), yaml).makeData(seed: 1)
    #expect(data.inputNames == ["code=2", "code=10", "code=30"])
  }

  @Test("what says nothing is left out with its reason, unless the suite names it")
  func leftOut() throws {
    let text =
      "id,when,who,same,gone,Unit,x,y\n"
      + (0..<60).map { i in
        "\(i + 1),2024-01-\(i % 28 + 1),user \(i),7,,m,\(i * i % 13),\(i * 7 % 5).5\n"
      }.joined()
    let problem = try csvProblem(text, "targets: [y]")
    #expect(problem.inputSummaries.map { $0.name } == ["x"])
    let notices = problem.notices
    #expect(
      notices == [
        "column 'id' is left out of inputs: it counts the rows; name it in inputs to keep it",
        "column 'when' is left out of inputs: dates or times such as '2024-01-1'; dates: split "
          + "makes numbers of them",
        "column 'who' is left out of inputs: 60 different texts in 60 rows, names or free text",
        "column 'same' is left out of inputs: every value is '7'",
        "column 'gone' is left out of inputs: every cell is missing",
        "column 'Unit' is left out of inputs: every value is 'm'",
      ]
    )
    let named = try csvProblem(text, "targets: [y]\ninputs: [id, same, x]")
    #expect(named.inputSummaries.map { $0.name } == ["id", "same", "x"])
    #expect(named.notices == [])
    #expect(
      try message(text, "targets: [y]\ninputs: [when]")
        == """
        data.csv: column 'when': dates or times such as '2024-01-1'; leave the column out of \
        inputs, or set dates: split
        """
    )
    #expect(
      try message(text, "targets: [y]\ninputs: [who]")
        == """
        data.csv: column 'who': 60 different texts in 60 rows are names or free text; leave the \
        column out of inputs, or name it in categories
        """
    )
  }

  @Test("more values than a category has are refused with both remedies")
  func many() throws {
    let text = "k,y\n" + (0..<700).map { "v\($0 % 70),\($0 * 7 % 5).5\n" }.joined()
    #expect(
      try message(text, "targets: [y]")
        == """
        data.csv: column 'k': 70 different texts, more than the 64 of a category; name it in \
        categories to code each that is not rare, or leave the column out of inputs
        """
    )
    let named = try csvProblem(text, "targets: [y]\ncategories: [k]").makeData(seed: 1)
    #expect(named.inputCount > 50)
  }

  @Test("an input that is mostly numbers is refused with both remedies")
  func mixed() throws {
    let text = "x,y\n" + (0..<20).map { "\($0 == 4 ? "old" : "\($0)"),\($0 * 7 % 5).5\n" }.joined()
    #expect(
      try message(text, "targets: [y]")
        == """
        data.csv:6: column 'x': expected a number, found 'old'; if it marks a missing value, leave \
        the cell empty or add it to missing_values; if these are categories, name the column in \
        categories; else leave it out of inputs
        """
    )
  }

  @Test("an input that gives a target away is named")
  func copy() throws {
    let text = "x,z,y\n" + (0..<20).map { "\($0 * $0 % 7),\($0 * 3 % 5),\($0 * 3 % 5)\n" }.joined()
    let notices = try csvProblem(text, "targets: [y]").notices
    #expect(
      notices.contains {
        $0.hasSuffix(
          "column 'z' equals the target 'y' in every row; take it out of inputs, unless that is meant"
        )
      }
    )
  }
}
