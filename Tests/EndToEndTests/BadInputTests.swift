import Foundation
import GRDB
import Testing

@Suite("Bad input to the command")
struct BadInputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let csvSuite = """
    training: {steps: 3}
    tuning: {learning_rates: [1e-3], seeds: 1, race: []}
    evaluation: {seeds: 2}
    problems: [{problem: csv, file: d.csv, targets: [y]}]
    """

  private static let goodRows = (0..<20).map { "\($0),\($0 * $0 % 7)" }

  private func check(_ csv: Data, _ suite: String = csvSuite) throws -> Command.Result {
    try folder.write(suite, to: "s.yaml")
    try folder.write(csv, to: "d.csv")
    return try Command.run(["check", "s.yaml"], in: folder)
  }

  @Test(
    "a data file that cannot be used is named with line and column",
    arguments: [
      (
        "x,y\n1,2\n3\n",
        "d.csv:3: 1 cell, expected 2 as in the first row; complete the row, or delete it"
      ),
      (
        "x,y\n1,2\nabc,3\n5,4\n",
        "d.csv:3: column 'x': expected a number, found 'abc'; if it marks a missing value, leave "
          + "the cell empty or add it to missing_values; if these are categories, name the column in "
          + "categories; else leave it out of inputs"
      ),
      (
        "x,y\n1,2\ninf,3\n5,4\n",
        "d.csv:3: column 'x': expected a finite number below 3.4e38, found 'inf'; leave the cell "
          + "empty if the value is missing"
      ),
      (
        "x,y\n1,a\n2,a\n3,a\n",
        "d.csv: column 'y': every label is 'a', a classification needs two classes; leave the "
          + "column out of targets"
      ),
      (
        "x,y\n1,5\n2,5\n3,5\n",
        "d.csv: column 'y': every value is 5, there is nothing to predict; leave the column out of "
          + "targets"
      ),
      (
        "x,y\n1,\n2,\n",
        "d.csv: column 'y': every label is missing; leave the column out of targets"
      ),
      (
        "x,x,y\n1,2,3\n",
        "d.csv:1: columns 1 and 2 are both named 'x'; give each a name of its own"
      ),
      (
        "x,yy\n1,2\n2,3\n",
        "d.csv:1: no column is named 'y', which s.yaml:4:50 asks for; did you mean 'x'? columns: x, yy"
      ),
      (
        "",
        "d.csv: the file is empty, expected a row of column names and rows of values"
      ),
      ("x,y\n", "d.csv: the file has column names but no rows"),
    ]
  )
  func badTable(csv: String, message: String) throws {
    let result = try check(Data(csv.utf8))
    #expect(result.status == 65)
    #expect(result.error == "error: \(message)\n")
    #expect(result.output == "")
  }

  @Test("a data file that is not UTF-8, is too short, is missing or is a folder is refused")
  func badFile() throws {
    let latin = try check(Data("x,y\n1,2\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A])
    #expect(latin.status == 65)
    #expect(latin.error == "error: d.csv:3: not UTF-8 text: byte 0xE9; save the file as UTF-8\n")
    let short = try check(Data("x,y\n1,2\n2,3\n".utf8))
    #expect(short.status == 65)
    #expect(short.error.hasPrefix("error: d.csv: 2 rows with a label are too few: the "))
    let missing = BadInputTests.csvSuite.replacing("d.csv", with: "none.csv")
    #expect(
      try check(Data(), missing).error
        == "error: none.csv: no such file; a path is relative to the folder of the suite file\n"
    )
    let folder = BadInputTests.csvSuite.replacing("d.csv", with: "..")
    #expect(try check(Data(), folder).error.hasSuffix(": is a folder, expected a CSV file\n"))
  }

  @Test("byte order mark, carriage returns and quotes are accepted")
  func acceptedTable() throws {
    let rows = BadInputTests.goodRows.map { row in
      row.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
    }
    let text = "\u{FEFF}\"x\",y\r\n" + rows.joined(separator: "\r\n") + "\r\n"
    let result = try check(Data(text.utf8))
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.hasPrefix("suite s: about 6 runs, "))
  }

  @Test("a suite file that is missing, empty or wrong leaves with 65")
  func badSuite() throws {
    let missing = try Command.run(["run", "none.yaml"], in: folder)
    #expect(missing.status == 65)
    #expect(missing.error == "error: none.yaml: no such file\n")
    #expect(!folder.exists("results"), "nothing is made for a suite that is not there")
    try FileManager.default.createDirectory(
      atPath: folder.file("suites"),
      withIntermediateDirectories: true
    )
    try folder.write("", to: "suites/other.yaml")
    let name = try Command.run(["run", "others"], in: folder)
    #expect(name.status == 65)
    #expect(
      name.error.hasPrefix("error: others: no such file, and no suite of that name in suites or ")
    )
    #expect(name.error.hasSuffix("which hold other; did you mean 'other'?\n"))
    for command in [["try", "none.csv"], ["judge", "none.csv"]] {
      let result = try Command.run(command, in: folder)
      #expect(result.status == 65 && result.error == "error: none.csv: no such file\n")
    }
    try folder.write("", to: "empty.yaml")
    let empty = try Command.run(["run", "empty.yaml"], in: folder)
    #expect(empty.status == 65)
    #expect(empty.error == "error: empty.yaml:1:1: nothing here, expected keys and values\n")
    try folder.write("problems: [nosy]\n", to: "wrong.yaml")
    let wrong = try Command.run(["check", "wrong.yaml"], in: folder)
    #expect(wrong.status == 65)
    #expect(
      wrong.error
        == "error: wrong.yaml:1:12: problems[0].problem: unknown problem 'nosy'; did you mean "
        + "'noisy'? known: mixed, related, scaled, conflict, noisy, shared, easyhard, shapes, "
        + "syllable, csv, idx\n"
    )
  }

  @Test("a database that cannot be used is left as it is")
  func badDatabase() throws {
    let arguments = ["run", smokeSuite, "--out", "out", "--db"]
    try folder.write("no database at all, but long enough to be looked at\n", to: "text.sqlite")
    let text = try Command.run(arguments + ["text.sqlite"], in: folder)
    #expect(text.status == 1)
    #expect(text.error == "error: text.sqlite: is not a SQLite database\n")

    let newer = try DatabaseQueue(path: folder.file("newer.sqlite"))
    let made = try Command.run(arguments + ["made.sqlite", "--quiet"], in: folder)
    #expect(made.status == 0)
    let application = try DatabaseQueue(path: folder.file("made.sqlite")).read {
      try Int.fetchOne($0, sql: "PRAGMA application_id") ?? 0
    }
    try newer.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA application_id = \(application)")
      try database.execute(sql: "PRAGMA user_version = 99")
      try database.execute(sql: "CREATE TABLE later (a)")
    }
    try newer.close()
    let result = try Command.run(arguments + ["newer.sqlite"], in: folder)
    #expect(result.status == 1)
    #expect(
      result.error.hasPrefix("error: newer.sqlite: its tables are of version 99, this mtlbench")
    )
    #expect(result.error.hasSuffix("; use a newer mtlbench\n"))

    let none = try Command.run(["table", "--db", "none.sqlite"], in: folder)
    #expect(none.status == 1)
    #expect(none.error == "error: none.sqlite: no such file; expected a results database\n")
    let deep = try Command.run(arguments + ["no/such/folder.sqlite"], in: folder)
    #expect(deep.status == 1)
    #expect(
      deep.error
        == "error: no/such/folder.sqlite: cannot be created, because there is no folder 'no/such'; "
        + "create it first\n"
    )
  }

  @Test("an output folder that cannot be written is refused before anything is trained")
  func badFolder() throws {
    try folder.write("a file", to: "taken")
    let result = try Command.run(
      ["run", smokeSuite, "--db", "s.sqlite", "--out", "taken/out"],
      in: folder
    )
    #expect(result.status == 1)
    #expect(
      result.error
        == "error: taken/out: cannot be made a folder; choose another one with --out\n"
    )
    #expect(!folder.exists("s.sqlite"))
  }

  @Test(
    "a setting of weigh that is given twice is named",
    arguments: [
      (
        ["--setting", "init=1", "--setting", "init=2"],
        "Error: --setting: 'init' is given twice; give it once\n"
      ),
      (
        ["--scale", "sum", "--setting", "scale=sum"],
        "Error: the scale is given twice, as --scale and as --setting; give it once\n"
      ),
    ]
  )
  func settingTwice(arguments: [String], message: String) throws {
    try folder.write("1,2\n3,4\n", to: "j.csv")
    let result = try Command.run(["weigh", "uw", "--jacobian", "j.csv"] + arguments, in: folder)
    #expect(result.status == 64)
    #expect(result.error.hasPrefix(message))
    let once = ["weigh", "si", "--jacobian", "j.csv", "--losses", "1,4", "--json", "--setting"]
    let fixed = try Command.run(once + ["scale=fixed_sum"], in: folder)
    #expect(fixed.status == 0)
    #expect(fixed.output.contains("\"weights\":[1.6,0.4]"))
  }

  @Test("a mistake that a command notices itself is told with that command's usage")
  func usageOfCommand() throws {
    let result = try Command.run(["describe", "pcgrda"], in: folder)
    #expect(
      result.error == """
        Error: nothing is called 'pcgrda'; did you mean 'pcgrad'? see 'mtlbench list'
        Usage: mtlbench describe <name> [--json]
          See 'mtlbench describe --help' for more information.

        """
    )
  }

  @Test(
    "wrong usage leaves with 64",
    arguments: [
      (
        ["run", "x.yaml", "--workers", "0"],
        "Error: The value '0' is invalid for '--workers <workers>': expected a whole number from 1 to "
          + "1024"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--learning-rate", "nan"],
        "Error: The value 'nan' is invalid for '--learning-rate <learning-rate>': expected a number "
          + "from 0 to 100\n"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--learning-rate", "inf"],
        "Error: The value 'inf' is invalid for '--learning-rate <learning-rate>': expected a number "
          + "from 0 to 100\n"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--learning-rate", "-1"],
        "Error: The value '-1' is invalid for '--learning-rate <learning-rate>': expected a number "
          + "from 0 to 100\n"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--seed", "-1"],
        "Error: The value '-1' is invalid for '--seed <seed>': expected a whole number from 0 to "
          + "18446744073709551615\n"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--steps", "0"],
        "Error: The value '0' is invalid for '--steps <steps>': expected a whole number from 1 to "
          + "1000000\n"
      ),
      (
        ["weigh", "uw", "--jacobian", "j.csv", "--scale", "some"],
        "Error: --scale: expected one of sum, fixed_sum, native, found 'some'\n"
      ),
      (["run", "x.yaml", "--wrkers", "2"], "Error: Unknown option '--wrkers'"),
      (["run"], "Error: Missing expected argument '<suite>'"),
      (["rn"], "Error: Unexpected argument 'rn'"),
      (
        ["check", "x.yaml", "--kernels", "mmx"],
        "Error: --kernels: 'mmx' is not supported here; supported: "
      ),
      (
        ["describe", "pcgrda"],
        "Error: nothing is called 'pcgrda'; did you mean 'pcgrad'? see 'mtlbench list'"
      ),
    ]
  )
  func usage(arguments: [String], message: String) throws {
    let result = try Command.run(arguments, in: folder)
    #expect(result.status == 64)
    #expect(result.error.hasPrefix(message))
  }
}
