import Problems
import Testing

/// Sixty rows of an input and a target `y`, made of the row's number.
private func csv(_ cell: (Int) -> String) -> String {
  "x,y\n" + (0..<60).map { "\($0 * $0 % 17),\(cell($0))\n" }.joined()
}

/// A numeric target with one other cell, at line 7.
private func numbers(with cell: String) -> String {
  csv { $0 == 5 ? cell : "\(Double($0 * 7 % 31) / 10)" }
}

private func refusal(_ csv: String, _ yaml: String = "targets: [y]") throws -> String {
  let folder = try TemporaryFolder()
  try folder.write(csv, to: "data.csv")
  let error = #expect(throws: CSVError.self) {
    try makeProblem("csv", "file: data.csv\n" + yaml, folder: folder.path)
  }
  return folder.localized("\(try #require(error))")
}

private func task(_ csv: String, _ yaml: String = "targets: [y]") throws -> TaskDescription {
  try csvProblem(csv, yaml).makeData(seed: 1).tasks[0]
}

private func notices(_ csv: String, _ yaml: String = "targets: [y]") throws -> [String] {
  try csvProblem(csv, yaml).notices
}

@Suite("The kind of a target column")
struct ColumnKindTests {
  @Test(
    "a usual mark of a missing value among numbers is missing, and is named",
    arguments: [
      "NA", "N/A", "n/a", "NaN", "nan", "-nan", "NULL", "null", "None", "<NA>", "#N/A", "#NA",
      "1.#IND", "NaT", "?", "\\N", "-", "--", ".", "na", "missing", "\" \"", "\" NA \"", "#DIV/0!",
    ]
  )
  func missingAmongNumbers(_ mark: String) throws {
    let data = try csvProblem(numbers(with: mark), "targets: [y]").makeData(seed: 1)
    #expect(data.tasks[0].kind == .regression(outputs: 1))
    // A row without any label is dropped.
    #expect(SplitPart.allCases.map { data[$0].rowCount }.reduce(0, +) == 59)
    let name = mark.replacing("\"", with: "").replacing(" ", with: "")
    let expected =
      name.isEmpty
      ? [] : ["read as missing: '\(name)' (1 cell); usual_missing: false keeps them"]
    #expect(try notices(numbers(with: mark)) == expected)
  }

  @Test("spaces and marks that no one sees around a number change nothing")
  func spacedNumbers() throws {
    let text = csv { "\"\([" ", "", "\u{A0}", "\u{FEFF}"][$0 % 4])\(Double($0 * 7 % 31) / 10) \"" }
    #expect(try task(text).kind == .regression(outputs: 1))
  }

  @Test(
    "more marks than numbers are missing where the numbers differ, and a class where they do not"
  )
  func mostlyMarks() throws {
    #expect(try task(csv { $0 % 3 == 0 ? "\($0 * 7 % 31)" : "-" }).kind == .regression(outputs: 1))
    #expect(try task(csv { $0 % 3 == 0 ? "\($0 % 2 + 1)" : "-" }).classNames == ["-", "1", "2"])
  }

  @Test("a mark among classes is missing, and a class that the suite names is none")
  func missingAmongClasses() throws {
    let text = csv { ["NA", "a", "b"][$0 % 3] }
    #expect(try task(text).kind == .binary)
    #expect(try task(text, "targets: [y]\nusual_missing: false").classNames == ["NA", "a", "b"])
    let named = "targets: [{column: y, classes: [NA, a, b]}]"
    #expect(try task(text, named).kind == .multiclass(classes: 3))
    let binary = csv { $0 == 5 ? "NA" : "\($0 % 2)" }
    #expect(try task(binary).kind == .binary)
  }

  @Test(
    "another text among numbers is refused with line, cell and both remedies",
    arguments: [
      (
        "abc",
        "if it marks a missing value, leave the cell empty or add it to missing_values; "
          + "if it is a class, set the kind"
      ),
      (
        "\"1,52\"",
        "if the comma stands before decimals, set decimal: ','; if these are classes, "
          + "set kind: multiclass"
      ),
      (
        "\"1,037\"",
        "if the comma separates thousands, set thousands: ','; if it stands before "
          + "decimals, set decimal: ','; if these are classes, set kind: multiclass"
      ),
      (
        "1 037",
        "if it has separated thousands, set thousands: ' '; if these are classes, set "
          + "kind: multiclass"
      ),
      (
        "\"1.037,5\"",
        "if the comma stands before decimals, set decimal: ',' and the other sign "
          + "as thousands; if these are classes, set kind: multiclass"
      ),
      ("1.5%", "write it without the percent sign; if these are classes, set kind: multiclass"),
      ("$1.5", "write it without the currency; if these are classes, set kind: multiclass"),
      (
        "\u{2212}1.5",
        "write a negative number with a plain '-'; if these are classes, set kind: "
          + "multiclass"
      ),
      (
        "<0.1",
        "write one number without the sign beside it; if these are classes, set kind: "
          + "multiclass"
      ),
      ("5 kg", "if it has a unit, write it without; if these are classes, set kind: multiclass"),
    ]
  )
  func strangeAmongNumbers(cell: String, remedy: String) throws {
    let found = cell.replacing("\"", with: "")
    #expect(
      try refusal(numbers(with: cell))
        == "data.csv:7: column 'y': expected a number, found '\(found)'; \(remedy)"
    )
  }

  @Test(
    "an infinite cell among numbers is refused",
    arguments: ["inf", "-Inf", "Infinity", "1e99"]
  )
  func infinite(_ cell: String) throws {
    #expect(
      try refusal(numbers(with: cell))
        == """
        data.csv:7: column 'y': expected a finite number below 3.4e38, found '\(cell)'; leave the \
        cell empty if the value is missing
        """
    )
  }

  @Test(
    "a column of nothing but written-up numbers is refused at its first cell",
    arguments: [
      { "\"\($0),5\"" }, { "\"1,\($0 + 100)\"" }, { "\($0)%" }, { "€\($0)" }, { "\($0) km" },
      { "\u{2212}\($0)" }, { "(\($0).5)" }, { "0x\(String($0 + 16, radix: 16))A" },
    ] as [@Sendable (Int) -> String]
  )
  func allStrange(_ cell: @Sendable (Int) -> String) throws {
    let message = try refusal(csv(cell))
    #expect(message.hasPrefix("data.csv:2: column 'y': expected a number, found '"))
  }

  @Test("what the suite names a class stays one")
  func statedKind() throws {
    let text = csv { ["5%", "10%", "20%"][$0 % 3] }
    #expect(try refusal(text).contains("set kind: multiclass"))
    let stated = "targets: [{column: y, kind: multiclass}]"
    #expect(try task(text, stated).classNames == ["10%", "20%", "5%"])
  }

  @Test("names of rows are refused with their number")
  func names() throws {
    #expect(
      try refusal(csv { "id\($0)" })
        == """
        data.csv: column 'y': 60 different texts in 60 rows are names or free text, not classes; \
        leave the column out of targets, or set kind: multiclass
        """
    )
    #expect(try refusal(csv { "visit\($0 / 2)" }).contains("30 different texts in 60 rows"))
    #expect(try task(csv { "ward\($0 % 12)" }).kind == .multiclass(classes: 12))
  }

  @Test("numbers of rows and ids are refused, unless they are said to be numbers")
  func identifiers() throws {
    #expect(
      try refusal(csv { "\(1000 + $0)" })
        == """
        data.csv: column 'y': counts the rows one by one, an id and nothing to predict; leave the \
        column out of targets, or set kind: regression
        """
    )
    let stated = "targets: [{column: y, kind: regression}]"
    #expect(try task(csv { "\(1000 + $0)" }, stated).kind == .regression(outputs: 1))
    let text = csv { "\($0 * 37 % 61 + 1000)" }.replacing("x,y", with: "x,user_id")
    #expect(
      try refusal(text, "targets: [user_id]")
        == """
        data.csv: column 'user_id': another whole number in every row, an id by its name; leave \
        the column out of targets, or set kind: regression
        """
    )
  }

  @Test(
    "dates and times are refused with an example",
    arguments: [
      "2024-03-1N", "2024-03-1NT08:15:00Z", "2024-03-1N 08:15:00+02:00", "1N.03.2024", "3/1N/2024",
      "03/1N/24", "1N Mar 2024", "\"March 1N, 2024\"", "Mon 1N Mar 2024", "1N-MAR-24", "14:1N",
      "2:1N:30 pm", "2024/3/1N", "2024031N", "201N-Q1", "Mar-1N", "201N-05",
    ]
  )
  func dates(_ form: String) throws {
    let text = csv { form.replacing("N", with: "\($0 * 3 % 10)") }
    let first = form.replacing("N", with: "0").replacing("\"", with: "")
    #expect(
      try refusal(text)
        == """
        data.csv: column 'y': dates or times such as '\(first)', not classes; leave the column out \
        of targets, write them as numbers, or set kind: multiclass
        """
    )
  }

  @Test(
    "what only looks a little like a date is a class",
    arguments: [
      "10-1N", "1.2.1N", "model 1N", "may", "1N/20", "555-010N", "A2024-01", "192.168.0.1N",
    ]
  )
  func noDates(_ form: String) throws {
    let text = csv { form.replacing("N", with: "\($0 % 3)") + ($0 % 2 == 0 ? "" : "b") }
    let kind = try task(text).kind
    #expect(kind.classCount >= 2)
  }

  @Test("classes that differ by spaces are one, and are named")
  func spaces() throws {
    let text = csv { ["\"yes\"", "no", "\" yes\"", "\"no \""][$0 % 4] }
    #expect(try task(text).classNames == ["no", "yes"])
    #expect(
      try notices(text) == [
        "column 'y': 'no' is one value with and without spaces",
        "column 'y': 'yes' is one value with and without spaces",
      ]
    )
  }

  @Test("words for true and false are two classes in any capitals, and are named")
  func capitals() throws {
    let text = csv { ["True", "False", "TRUE", "false"][$0 % 4] }
    let task = try task(text)
    #expect(task.kind == .binary)
    // Equally frequent spellings: the first of them sorted.
    #expect(task.classNames == ["False", "TRUE"])
    #expect(
      try notices(text) == [
        "column 'y': 'False', 'false' are read as one value, 'False'",
        "column 'y': 'TRUE', 'True' are read as one value, 'TRUE'",
      ]
    )
  }

  @Test(
    "every usual pair of words for false and true is one binary task",
    arguments: [
      ["no", "yes"], ["N", "Y"], ["f", "T"], ["FALSE", "true"], ["Off", "on"], ["Nein", "Ja"],
      ["non", "oui"], ["falsch", "wahr"], ["0", "true"], ["no", "1"],
    ]
  )
  func truth(_ words: [String]) throws {
    let task = try task(csv { words[$0 * $0 % 3 % 2] })
    #expect(task.kind == .binary)
    #expect(task.classNames == words)
  }

  @Test("other classes that look alike stay two, and are named")
  func alike() throws {
    let text = csv { ["red", "Red", "light blue", "light_blue"][$0 % 4] }
    #expect(try task(text).kind == .multiclass(classes: 4))
    #expect(
      try notices(text) == [
        "column 'y': 'light blue' and 'light_blue' look alike; they are two classes unless the "
          + "cells are corrected",
        "column 'y': 'Red' and 'red' look alike; they are two classes unless the cells are corrected",
      ]
    )
  }

  @Test("a class of one row is named")
  func single() throws {
    let text = csv { $0 == 5 ? "rare" : ["a", "b", "c"][$0 % 3] }
    #expect(
      try notices(text) == [
        "column 'y': a class of a single row each: 'rare'; no class of one row can be learnt and "
          + "tested"
      ]
    )
  }

  @Test("a dash at the end tells classes apart, and many classes of few rows are named")
  func grades() throws {
    #expect(try notices(csv { ["A+", "A", "A-", "B"][$0 % 4] }) == [])
    #expect(
      try notices(csv { "ward\($0 % 12)" }) == [
        "column 'y': 12 classes in 60 rows; what only a few rows have can hardly be learnt, and may be "
          + "names"
      ]
    )
  }

  @Test("two numbers are binary however they are spelt, and few ones are named")
  func fewNumbers() throws {
    let two = csv { ["0", "1", "0.0", "1.0", "0", "1"][$0 % 6] }
    #expect(try task(two).kind == .binary)
    #expect(try task(two).classNames == ["0", "1"])
    let few = csv { "\($0 % 4)" }
    #expect(try task(few).kind == .regression(outputs: 1))
    #expect(
      try notices(few) == [
        "column 'y': 4 different whole numbers, read as a regression; kind: multiclass makes "
          + "classes of them"
      ]
    )
    let classes = try task(
      csv { ["1", "2.0", "2", "10"][$0 % 4] },
      "targets: [{column: y, kind: multiclass}]"
    )
    #expect(classes.classNames == ["1", "2", "10"])
  }

  @Test("a number that may mark a missing value is named")
  func sentinel() throws {
    let below = csv { $0 % 9 == 0 ? "-200" : "\($0 * 7 % 31)" }
    #expect(
      try notices(below) == [
        "column 'y': -200 stands in 7 cells and far from all others; if it marks a missing value, "
          + "set missing_values: ['-200']"
      ]
    )
    #expect(try notices(csv { $0 % 9 == 0 ? "9999" : "\(Double($0 * 7 % 31) - 12.5)" }).count == 1)
    #expect(try notices(csv { $0 % 9 == 0 ? "99" : "\($0 * 7 % 61 + 41)" }) == [])
    #expect(try notices(csv { $0 % 9 == 0 ? "-20" : "\($0 * 7 % 31 - 5)" }) == [])
  }

  @Test("a file without a row of names is named")
  func noNames() throws {
    let text =
      "39,State-gov,0\n" + (0..<20).map { "\($0 * $0 % 7),b\($0 % 3),\($0 * 3 % 5)\n" }.joined()
    #expect(
      try notices(text, "targets: ['0']").first
        == "2 of the names in the first row are numbers; if the file has no row of names, write one"
    )
  }

  @Test("a file that the first version read otherwise has runs of its own")
  func identity() throws {
    func keys(_ cell: String) throws -> [String] {
      try csvProblem(numbers(with: cell), "targets: [y]").provenance.keys.sorted()
    }
    #expect(try keys("1.5") == ["csv"])
    #expect(try keys("") == ["csv"])
    #expect(try keys("NA") == ["csv", "reading"])
  }
}
