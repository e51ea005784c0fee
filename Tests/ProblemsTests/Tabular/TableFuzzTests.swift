import FoundationEssentials
import Kernels
import Problems
import Settings
import Testing

extension Tag {
  /// Takes seconds; runs only with `SLOW_TESTS` in the environment.
  @Tag static var slow: Self
}

/// Text of tables put together at random, most of it nearly right.
private struct TableFuzzer {
  private var stream: RandomStream

  private static let cells = [
    "1", "0", "2.5", "-3", "1e5", "1e99", "7.", ".5", "+4", "0x1F", "inf", "-inf", "nan", "NA", "?",
    "",
    " ", "-", "--", "yes", "No", "TRUE", "false", "t", "red", "Red", " red ", "\"a, b\"",
    "\"x\"\"y\"",
    "\"open", "a\"b", "1,5", "\"1,5\"", "1 037", "$5", "5%", "5 kg", "\u{2212}3", "2024-01-05",
    "05.01.2024", "12:30", "Jan 5, 2024", "id17", "é", "日本", "\u{0}", "\t", "'", "''", "\\", "#",
    "%",
    "{0 1}", "@data", "sep=;", "-999", "9999999999999999999999", "\u{FEFF}", "\r", "1;2", "|",
  ]
  private static let lines = [
    "# comment", "sep=;", "@relation r", "@attribute a numeric", "@attribute y {a,'b c'}", "@data",
    "",
    "   ", "x,y,", "\u{FEFF}x,y", "{1 2}", "% c",
  ]
  private static let settings = [
    "", "decimal: ','", "thousands: ','", "thousands: ' '", "delimiter: ';'", "comment: '#'",
    "usual_missing: false", "missing_values: ['-999', red]", "categories: ['*']", "rare: 1",
    "missing_indicator: true", "split: z", "inputs: ['*', '!x']", "stratify: false",
  ]
  private static let targets = [
    "[y]", "[y, z]", "[{column: y, kind: multiclass}]", "[{column: y, kind: regression}]",
    "[{column: y, kind: binary}]", "[{column: y, classes: [red, 'yes', '1']}]", "['*']", "[x]",
  ]

  init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .data) }

  private mutating func pick(_ list: [String]) -> String { list[stream.below(list.count)] }

  mutating func yaml() -> String { "targets: \(pick(Self.targets))\n\(pick(Self.settings))" }

  mutating func bytes() -> [UInt8] {
    let delimiter = stream.below(4) == 0 ? pick([";", "\t", "|"]) : ","
    let names = ["x", "y", "z", "split", "id", "", "x"].prefix(2 + stream.below(4))
    var text = stream.below(8) == 0 ? pick(Self.lines) + "\n" : ""
    text += names.joined(separator: delimiter) + pick(["\n", "\n", "\n", "\r\n", "\r"])
    // Each column holds a few texts only, as columns do, and most hold nothing odd.
    let columns = names.map { _ in
      (0...stream.below(3)).map { _ in stream.below(8) == 0 ? pick(Self.cells) : nil }
    }
    for row in 0..<(stream.below(40) + 3) {
      let cells = columns.map { texts in
        texts[stream.below(texts.count)] ?? "\((7 * row + stream.below(5)) % 23)"
      }
      text += cells.joined(separator: delimiter) + (stream.below(30) == 0 ? delimiter : "") + "\n"
      if stream.below(40) == 0 { text += pick(Self.lines) + "\n" }
    }
    var bytes = Array(text.utf8)
    for _ in 0..<stream.below(3) where stream.below(4) == 0 {
      bytes[stream.below(bytes.count)] = UInt8(stream.below(256))
    }
    if stream.below(20) == 0 { bytes = Array(bytes.prefix(stream.below(bytes.count))) }
    if stream.below(50) == 0 { bytes = [0xFF, 0xFE] + bytes.flatMap { [$0, 0] } }
    if stream.below(50) == 0 { bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bytes }
    return bytes
  }
}

@Suite("Tables made at random", .tags(.slow), .serialized)
struct TableFuzzTests {
  @Test(
    "end in data or in an error with a place, never in a trap",
    .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil),
    arguments: [1, 2, 3, 4] as [UInt64]
  )
  func tables(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var fuzzer = TableFuzzer(seed: seed)
    var readCount = 0
    let count = 25_000
    for _ in 0..<count {
      try folder.write(fuzzer.bytes(), to: "data.csv")
      let yaml = "file: data.csv\n" + fuzzer.yaml()
      do {
        let problem = try makeProblem("csv", yaml, folder: folder.path)
        let data = try problem.makeData(seed: seed)
        #expect(data.inputNames.count == data.inputCount)
        #expect(problem.notices.allSatisfy { !$0.isEmpty })
        readCount += 1
      } catch let error as CSVError {
        #expect("\(error)".contains("data.csv"))
      } catch let error as SettingsError {
        #expect("\(error)".contains("suite.yaml"))
      }
    }
    print("seed \(seed): \(readCount) of \(count) tables read")
    #expect(readCount > count / 20)
  }
}
