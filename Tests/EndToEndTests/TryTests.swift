import Foundation
import Testing

@Suite("The command on a stranger's table")
struct TryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let rows = (0..<120).map { i in
      "\(i * i % 17),\(["Rome", "Oslo"][i % 2]),\(i * 7 % 31).5,\(i % 5 < 2 ? "yes" : "no")\n"
    }
    try folder.write("x,city,price,sold\n" + rows.joined(), to: "my shop.csv")
  }

  @Test("lists the columns and suggests targets, and trains nothing")
  func list() throws {
    let result = try Command.run(["try", "my shop.csv"], in: folder)
    #expect(result.status == 0)
    #expect(
      result.output == """
        my shop.csv: 120 rows, 4 columns, separated by commas

        column  as an input  as a target  missing  values
        x       number       regression   0        
        city    category     binary       0        Oslo, Rome
        price   number       regression   0        
        sold    boolean      binary       0        no, yes

        Name the columns to predict, two or more; all others are inputs. For example:
          mtlbench try 'my shop.csv' --targets price,sold

        """
    )
    #expect(try folder.names(in: "").filter { !$0.hasPrefix(".") } == ["my shop.csv"])
    let json = try Command.run(["try", "my shop.csv", "--json"], in: folder)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    #expect(document["suggested_targets"] as? [String] == ["price", "sold"])
  }

  @Test("says in words what separates cells, how numbers are written and where settings go")
  func outline() throws {
    let rows = (0..<40).map { "\($0 * 7 % 31),5\t\($0 % 3)\t2024-03-\(10 + $0 % 9)\n" }
    try folder.write("a\tb\tday\n" + rows.joined(), to: "tabs.tsv")
    let tabs = try Command.run(["try", "tabs.tsv"], in: folder)
    #expect(
      tabs.output.hasPrefix(
        """
        tabs.tsv: 40 rows, 3 columns, separated by tabs
        numbers are read with a decimal comma

        """
      )
    )
    #expect(
      tabs.output.contains(
        "dates: split makes numbers of them\nnote: the settings named in notes belong in the suite that try writes\n"
      )
    )
    try folder.write("a;b\n" + (0..<9).map { "\($0).5;\($0)\n" }.joined(), to: "odd.csv")
    #expect(
      try Command.run(["try", "odd.csv"], in: folder).output.hasPrefix(
        "odd.csv: 9 rows, 2 columns, separated by semicolons\n"
      )
    )
  }

  @Test("writes a suite, runs it, answers, and keeps a suite that was edited")
  func answer() throws {
    let words = [
      "try", "my shop.csv", "--targets", "price,sold", "--minutes", "0.01", "--methods", "uw",
      "--network",
      "4", "-q", "--json",
    ]
    let result = try Command.run(words, in: folder)
    #expect(result.status == 0, "\(result.error)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
    #expect(document["schema"] as? String == "mtlbench/try/1")
    #expect((document["tasks"] as? [Any])?.count == 2)
    let file = try #require(document["page"] as? String)
    #expect(
      try folder.names(in: "results/my-shop") == [
        "my-shop.sqlite", "my-shop.yaml", "plots", String(file.split(separator: "/").last ?? ""),
        "tables",
      ]
    )
    let page = try String(contentsOfFile: folder.file(file), encoding: .utf8)
    #expect(file.hasPrefix("results/my-shop/report-"))
    #expect(page.contains("<strong>Answer: "))

    let suite = "results/my-shop/my-shop.yaml"
    let text = try String(contentsOfFile: folder.file(suite), encoding: .utf8)
    let check = try Command.run(["check", suite], in: folder)
    #expect(check.status == 0, "\(check.error)")
    let run = try Command.run(
      ["run", suite, "--db", "results/my-shop/my-shop.sqlite", "--out", "results/my-shop", "-q"],
      in: folder
    )
    #expect(run.output.contains(", 0 of them trained now in "))

    try folder.write(text + "# mine\n", to: suite)
    let again = try Command.run(words.filter { $0 != "--json" }, in: folder)
    #expect(again.status == 0, "\(again.error)")
    #expect(again.output.contains("\(suite): another suite was there; it is \(suite).1 now\n"))
    #expect(again.output.contains("\nAnswer: "))
    #expect(
      try String(contentsOfFile: folder.file("\(suite).1"), encoding: .utf8) == text + "# mine\n"
    )
  }

  @Test("suggests no targets that leave no input, and says which column is the split")
  func suggestions() throws {
    try folder.write(
      "a,y,same\n" + (0..<60).map { "\($0 * 7 % 31).5,\($0 * $0 % 17).5,1\n" }.joined(),
      to: "const.csv"
    )
    let none = try Command.run(["try", "const.csv"], in: folder)
    #expect(none.status == 0)
    #expect(!none.output.contains("--targets"))
    let parts = ["train", "Training", "Validation", "test"]
    try folder.write(
      "a,b,split\n"
        + (0..<60).map { "\($0 * 7 % 31).5,\($0 * $0 % 17),\(parts[$0 % 4])\n" }.joined(),
      to: "parts.csv"
    )
    let split = try Command.run(["try", "parts.csv"], in: folder)
    #expect(split.output.contains("split   split"))
    let wrong = try Command.run(["try", "my shop.csv", "--targets", "price,nope"], in: folder)
    #expect(wrong.status == 64)
    #expect(wrong.error.contains("no column is named 'nope'"))
    let empty = try Command.run(["try", "const.csv", "--targets", "a,y"], in: folder)
    #expect(empty.status == 65)
    #expect(empty.error.contains("column 'same' is left out of inputs"), "\(empty.error)")
  }

  @Test(
    "mistakes in its options are refused with what to do",
    arguments: [
      (
        ["--targets", "price"],
        "--targets: one target leaves nothing to weigh; name two or more, as in --targets a,b"
      ),
      (
        ["--targets", "price:foo,sold"],
        "--targets: 'foo' in 'price:foo' is no kind; kinds: regression, binary, multiclass"
      ),
      (["--targets", "price,price"], "--targets: 'price' is named twice"),
      (["--targets", "pr*,price"], "--targets: column 'price' is named twice"),
      (
        ["--targets", "pr*"],
        "--targets: one target leaves nothing to weigh; name two or more, as in --targets a,b"
      ),
      (
        ["--targets", "price,!x"],
        "--targets: '!x' takes nothing out; name only the columns to predict"
      ),
      (
        ["--targets", "sold", "x", "city", "price"],
        "--targets: no column is left as an input; name fewer targets"
      ),
      (["--targets", "*"], "--targets: no column is left as an input; name fewer targets"),
      (
        ["--targets", "price,sold", "--methods", "pcgard"],
        "--methods: there is no weighting method 'pcgard'; did you mean 'pcgrad'?"
      ),
      (
        ["--network", "64,,8"],
        "--network: expected 1 to 16 widths from 1 to 8192, separated by commas, found '64,,8'"
      ),
    ]
  )
  func mistakes(_ words: [String], _ message: String) throws {
    let result = try Command.run(["try", "my shop.csv"] + words, in: folder)
    #expect(result.status == 64)
    #expect(result.error.hasPrefix("Error: \(message)\n"))
  }

  @Test(
    "a column that can be no target is refused in words of the option",
    arguments: [
      (
        "nr", "counts the rows one by one, an id and nothing to predict; leave the column out of",
        "regression"
      ),
      (
        "day", "dates or times such as '2024-03-10', not classes; leave the column out of",
        "multiclass"
      ),
      (
        "who",
        "80 different texts in 80 rows are names or free text, not classes; leave the column out of",
        "multiclass"
      ),
    ]
  )
  func refused(_ column: String, _ problem: String, _ kind: String) throws {
    try writeLog()
    let result = try Command.run(["try", "log.csv", "--targets", "price,\(column)"], in: folder)
    #expect(result.status == 65)
    let way = column == "day" ? "write them as numbers, or write" : "or write"
    #expect(
      result.error.hasSuffix(
        "/log.csv: column '\(column)': \(problem) --targets, \(way) '\(column):\(kind)'\n"
      ),
      "\(result.error)"
    )
  }

  @Test("a constant column, or classes where numbers are asked for, say so too")
  func constant() throws {
    try writeLog()
    let constant = try Command.run(["try", "log.csv", "--targets", "price,shop"], in: folder)
    #expect(constant.status == 65)
    #expect(
      constant.error.hasSuffix(
        "column 'shop': every label is 'North', a classification needs two classes; leave the column "
          + "out of --targets\n"
      ),
      "\(constant.error)"
    )
    let texts = try Command.run(
      ["try", "log.csv", "--targets", "price,city:regression"],
      in: folder
    )
    #expect(texts.status == 65)
    #expect(
      texts.error.hasSuffix(
        "expected a number, found 'Rome'; if it marks a missing value, leave the cell empty; if these are "
          + "classes, write 'city:multiclass'\n"
      ),
      "\(texts.error)"
    )
  }

  /// A table with an id, names, dates and a column that is always the same.
  private func writeLog() throws {
    let rows = (0..<80).map { i in
      "\(i + 1),guest \(i),2024-03-\(10 + i % 9),North,\(["Rome", "Oslo"][i % 2]),\(i * 7 % 31).5\n"
    }
    try folder.write("nr,who,day,shop,city,price\n" + rows.joined(), to: "log.csv")
  }
}
