import FoundationEssentials
import Glibc
import Problems
import Testing

/// The message a CSV text and settings are refused with, when read or when split.
private func message(_ csv: String, _ yaml: String = "targets: [y]", seed: UInt64 = 1) throws
  -> String
{
  let folder = try TemporaryFolder()
  try folder.write(csv, to: "data.csv")
  return folder.localized(try message(in: folder, yaml, seed: seed))
}

private func message(in folder: TemporaryFolder, _ yaml: String, seed: UInt64 = 1) throws -> String
{
  let error = #expect(throws: (any Error).self) {
    try makeProblem("csv", "file: data.csv\n" + yaml, folder: folder.path).makeData(seed: seed)
  }
  return "\(try #require(error))"
}

/// Enough good rows for any split.
private let good = "1,0.5\n2,0.25\n3,1\n4,2\n5,3\n6,4\n7,5\n8,6\n9,7\n10,8\n"

@Suite("Mistakes in a CSV file, each with its whole message")
struct CSVErrorTests {
  @Test("a missing file")
  func missingFile() throws {
    let folder = try TemporaryFolder()
    #expect(
      folder.localized(try message(in: folder, "targets: [y]"))
        == "data.csv: no such file; a path is relative to the folder of the suite file"
    )
  }

  @Test("a folder")
  func isFolder() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/data.csv",
      withIntermediateDirectories: false
    )
    #expect(
      folder.localized(try message(in: folder, "targets: [y]"))
        == "data.csv: is a folder, expected a CSV file"
    )
  }

  @Test("a pipe, which nobody may ever write to")
  func isPipe() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path + "/data.csv", 0o600) == 0)
    #expect(
      folder.localized(try message(in: folder, "targets: [y]"))
        == "data.csv: is a pipe or a device, expected a CSV file; write what it gives to a file"
    )
  }

  @Test("an empty file", arguments: ["", "\n\n", "\u{FEFF}"])
  func empty(_ text: String) throws {
    #expect(
      try message(text)
        == "data.csv: the file is empty, expected a row of column names and rows of values"
    )
  }

  @Test("names without rows")
  func noRows() throws {
    #expect(try message("x,y\n") == "data.csv: the file has column names but no rows")
  }

  @Test("text that is not UTF-8")
  func notUTF8() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("x,y\n1,caf".utf8) + [0xE9] + Array("\n".utf8), to: "data.csv")
    #expect(
      folder.localized(try message(in: folder, "targets: [y]"))
        == "data.csv:2: not UTF-8 text: byte 0xE9; save the file as UTF-8"
    )
  }

  @Test("UTF-16 text that is damaged")
  func utf16() throws {
    let folder = try TemporaryFolder()
    // A low surrogate without its high one, in the second line.
    let text: [UInt8] = [0xFF, 0xFE, 0x78, 0, 0x0A, 0, 0x00, 0xDC, 0x31, 0]
    try folder.write(text, to: "data.csv")
    #expect(
      folder.localized(try message(in: folder, "targets: [y]"))
        == "data.csv:2: UTF-16 text that is damaged here; save the file as UTF-8"
    )
  }

  @Test("a ragged row, too short or too long")
  func ragged() throws {
    #expect(
      try message("x,y\n1,2\n3\n")
        == """
        data.csv:3: 1 cell, expected 2 as in the first row; complete the row, or delete it
        """
    )
    #expect(
      try message("x,y\n1,2\n3,4,5\n")
        == """
        data.csv:3: 3 cells, expected 2 as in the first row; put double quotes around a cell that \
        holds ','
        """
    )
  }

  @Test("row names without a name of their own")
  func rowNames() throws {
    #expect(
      try message("x,y\nfirst,1,2\nsecond,3,4\n")
        == """
        data.csv:2: 3 cells, expected 2 as in the first row; if a column of row names has no name, \
        write one in front; else put double quotes around a cell that holds ','
        """
    )
  }

  @Test("a title before the names")
  func title() throws {
    #expect(
      try message("Sales of May\nx,y\n1,2\n")
        == """
        data.csv:2: 2 cells, expected 1 as in the first row; if the first row is a title, delete it; \
        if a comment, set comment to the sign it begins with
        """
    )
  }

  @Test("a quote that is never closed")
  func openQuote() throws {
    #expect(
      try message("x,y\n1,2\n\"3,4\n5,6\n")
        == """
        data.csv:3: the quoted cell that begins here is never closed; a quote inside it is written \
        twice
        """
    )
  }

  @Test("text after a closing quote")
  func textAfterQuote() throws {
    #expect(
      try message("x,y\n\"a\"b,2\n")
        == """
        data.csv:2: text after the closing quote of a cell; a quote inside a quoted cell is written \
        twice
        """
    )
  }

  @Test("a duplicate column")
  func duplicateColumn() throws {
    #expect(
      try message("x,y,x\n1,2,3\n")
        == "data.csv:1: columns 1 and 3 are both named 'x'; give each a name of its own"
    )
  }

  @Test("another delimiter than the file's", arguments: [";", "\t", "|"])
  func wrongDelimiter(_ delimiter: Character) throws {
    let name = delimiter == "\t" ? "\\t" : "\(delimiter)"
    #expect(
      try message("x\(delimiter)y\n1\(delimiter)2\n", "targets: [y]\ndelimiter: ','")
        == "data.csv:1: a single column when split at ','; try delimiter: '\(name)'"
    )
  }

  @Test("cells between spaces")
  func spaces() throws {
    #expect(
      try message("x  y\n1  2\n")
        == """
        data.csv:1: a single column when split at ','; cells cannot be separated by runs of spaces, \
        write commas or tabs between them
        """
    )
  }

  @Test("an unknown column, with the nearest name")
  func unknownColumn() throws {
    #expect(
      try message("height,weight\n1,2\n", "targets: [wieght]")
        == """
        data.csv:1: no column is named 'wieght', which suite.yaml:2:11 asks for; did you mean \
        'weight'? columns: height, weight
        """
    )
    #expect(
      try message("height,weight\n1,2\n", "targets: [weight]\ninputs: [p*]")
        == """
        data.csv:1: no column matches 'p*', which suite.yaml:3:9 asks for; columns: height, weight
        """
    )
    #expect(
      try message("height,weight\n1,2\n", "targets: [weight]\nsplit: part")
        == """
        data.csv:1: no column is named 'part', which suite.yaml:3:8 asks for; columns: height, \
        weight
        """
    )
  }

  @Test("an input that is not a number")
  func inputNotNumber() throws {
    #expect(
      try message("x,y\n1,2\nabc,4\n5,6\n")
        == """
        data.csv:3: column 'x': expected a number, found 'abc'; if it marks a missing value, leave \
        the cell empty or add it to missing_values; if these are categories, name the column in \
        categories; else leave it out of inputs
        """
    )
  }

  @Test("a regression target that is not a number")
  func targetNotNumber() throws {
    #expect(
      try message("x,y\n1,2\n2,\"4\n5\"\n", "targets: [{column: y, kind: regression}]")
        == """
        data.csv:3: column 'y': expected a number, found '4\\n5'; if it marks a missing value, \
        leave the cell empty or add it to missing_values; if it is a class, set the kind
        """
    )
  }

  @Test("an infinite value", arguments: ["inf", "-Infinity", "1e400", "1e39"])
  func infinite(_ value: String) throws {
    #expect(
      try message("x,y\n1,2\n\(value),4\n5,6\n")
        == """
        data.csv:3: column 'x': expected a finite number below 3.4e38, found '\(value)'; leave the \
        cell empty if the value is missing
        """
    )
  }

  @Test("a row that may be a comment")
  func comment() throws {
    #expect(
      try message("x,y\n1,2\n# a remark\n3,4\n")
        == """
        data.csv:3: 1 cell, expected 2 as in the first row; if lines that begin with '#' are \
        comments, set comment: '#'
        """
    )
  }

  @Test("no input that could teach anything")
  func noInputs() throws {
    #expect(
      try message("x,z,y\n7,,1\n7,,2\n7,,4\n")
        == """
        data.csv: no column is left as an input; column 'x' is left out of inputs: every value is \
        '7'; column 'z' is left out of inputs: every cell is missing
        """
    )
  }

  @Test("a target with one class")
  func oneClass() throws {
    #expect(
      try message("x,y\n1,a\n2,a\n3,\n")
        == """
        data.csv: column 'y': every label is 'a', a classification needs two classes; leave the \
        column out of targets
        """
    )
  }

  @Test("a constant target")
  func constant() throws {
    #expect(
      try message("x,y\n1,7\n2,7\n3,\n")
        == """
        data.csv: column 'y': every value is 7, there is nothing to predict; leave the column out of \
        targets
        """
    )
  }

  @Test("a target without a label", arguments: ["regression", "binary", "multiclass"])
  func noLabels(_ kind: String) throws {
    #expect(
      try message("x,y\n1,\n2,\n", "targets: [{column: y, kind: \(kind)}]")
        == "data.csv: column 'y': every label is missing; leave the column out of targets"
    )
  }

  @Test("an input without a value")
  func noValues() throws {
    #expect(
      try message("x,z,y\n,1,2\n,2,4\n", "targets: [y]\ninputs: [x, z]")
        == "data.csv: column 'x': every cell is missing; leave the column out of inputs"
    )
  }

  @Test("more classes than a binary task has")
  func notBinary() throws {
    #expect(
      try message("x,y\n1,a\n2,b\n3,c\n", "targets: [{column: y, kind: binary}]")
        == """
        data.csv: column 'y': kind binary, but 3 classes: a, b, c; set kind: multiclass, or correct \
        the cells
        """
    )
  }

  @Test("a list of many classes is cut")
  func manyClasses() throws {
    let rows = (0..<40).map { "\($0),c\(10 + $0 % 30)\n" }.joined()
    let message = try message("x,y\n" + rows, "targets: [{column: y, kind: binary}]")
    #expect(message.contains("but 30 classes: c10, c11, c12, "))
    #expect(message.contains("c28, c29, …; set kind: multiclass"))
  }

  @Test("a label that is none of the classes listed")
  func unknownClass() throws {
    #expect(
      try message("x,y\n1,a\n2,b\n3,c\n", "targets: [{column: y, classes: [a, b]}]")
        == """
        data.csv:4: column 'y': expected one of the classes a, b, found 'c'; correct the cell or \
        the list of classes
        """
    )
  }

  @Test("a column of names as a target")
  func tooManyClasses() throws {
    let rows = (0..<1001).map { "\($0),name\($0)\n" }.joined()
    #expect(
      try message("x,y\n" + rows)
        == """
        data.csv: column 'y': more than 1000 different texts, these are no classes; leave the \
        column out of targets
        """
    )
  }

  @Test("too few rows for the split")
  func tooFewRows() throws {
    #expect(
      try message("x,y\n1,2\n2,3\n3,4\n4,5\n5,\n")
        == """
        data.csv: 4 rows with a label are too few: the validation part needs at least 1; change \
        fractions or add rows
        """
    )
  }

  @Test("a split column with another word")
  func unknownPart() throws {
    #expect(
      try message("x,split,y\n1,train,2\n2,dev,3\n")
        == """
        data.csv:3: column 'split': expected train, val or test, found 'dev'; for a drawn split \
        set split: seeded
        """
    )
  }

  @Test("a split column without validation rows")
  func emptyPart() throws {
    #expect(
      try message("x,split,y\n1,train,2\n2,train,3\n3,test,4\n")
        == """
        data.csv: column 'split' must put at least 1 labelled row into validation; correct it, or \
        set split: seeded
        """
    )
  }

  @Test("a part without a label of one task")
  func noLabelsInPart() throws {
    let csv = "x,split,y,z\n1,train,2,1\n2,train,3,2\n3,val,4,\n4,test,5,3\n"
    #expect(
      try message(csv, "targets: [y, z]")
        == """
        data.csv: column 'z': no label in the validation part; give that part rows with a label, by \
        fractions or split, or leave the column out of targets
        """
    )
  }

  @Test("training labels that are all alike")
  func constantTraining() throws {
    #expect(
      try message("x,split,y\n1,train,2\n2,train,2\n3,val,4\n4,test,5\n")
        == """
        data.csv: column 'y': all labels of the training part are alike; give that part rows with \
        another, by fractions or split, or leave the column out of targets
        """
    )
  }

  @Test("an input without a training value")
  func noTrainingValues() throws {
    #expect(
      try message("x,split,y\n,train,2\n,train,3\n3,val,4\n4,test,5\n")
        == """
        data.csv: column 'x': every cell of the training part is missing; leave the column out of \
        inputs
        """
    )
  }

  @Test("settings that do not fit")
  func settings() throws {
    let csv = "x,y\n" + good
    #expect(
      try message(csv, "stratify: true")
        == "suite.yaml:1:1: targets: name at least one target column, for example targets: [y]"
    )
    #expect(
      try message(csv, "targets: [y, y]")
        == "suite.yaml:2:10: targets: column 'y' is named twice"
    )
    #expect(
      try message(csv, "targets: [y, \"!x\"]")
        == "suite.yaml:2:10: targets: '!x' takes nothing out; name only the columns to predict"
    )
    #expect(
      try message(csv, "targets: [y]\ninputs: [x, y]")
        == """
        suite.yaml:3:9: inputs: column 'y' is a target or the split; it cannot be an input too
        """
    )
    #expect(
      try message(csv, "targets: [y]\nfractions: [0.6, 0.2, 0.3]")
        == "suite.yaml:3:12: fractions: expected three positive numbers with sum 1"
    )
    #expect(
      try message(csv, "targets: [{column: y, loss: cross_entropy}]")
        == """
        suite.yaml:2:10: targets: loss: cross_entropy does not apply to the regression task 'y', \
        which can have mse, l1, huber
        """
    )
    #expect(
      try message(csv, "targets: [{column: y, metrics: [rsme]}]")
        == """
        suite.yaml:2:32: targets[0].metrics: unknown metric 'rsme'; did you mean 'rmse'? known: \
        loss, accuracy, error_rate, log_loss, auc, macro_f1, rmse, mae, r2, relative_loss, \
        relative_rmse, iou
        """
    )
    #expect(
      try message(csv, "targets: [y]\ndelimiter: ab")
        == "suite.yaml:3:12: delimiter: expected one character such as ',' or ';' or '\\t'"
    )
  }
}
