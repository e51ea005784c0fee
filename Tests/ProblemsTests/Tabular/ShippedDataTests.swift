import FoundationEssentials
import Kernels
import Problems
import Settings
import Testing

/// What a NAME.json says of one task.
private struct Promise {
  let column: String
  let counts: [String: Int]
  let mean: Double?
  let deviation: Double?
}

@Suite("Shipped data")
struct ShippedDataTests {
  static let names = [
    "multidigits", "digitbox", "espeak", "breastcancer_mixed", "diabetes_three", "iris_mixed",
    "linnerud",
  ]

  @Test("rows, classes and moments are those of the description", arguments: names)
  func promises(_ name: String) throws {
    var json = SettingsReader(try YAMLReader.read(path: "\(shippedData)/\(name).json"))
    let data = try makeProblem("csv", "file: \(name).csv", folder: shippedData)
      .makeData(seed: 1)
    let rows = SplitPart.allCases.map { data[$0].rowCount }.reduce(0, +)
    #expect(try json.count("rows", default: nil, in: 1...100_000) == rows)
    #expect(try json.texts("features", default: nil, count: 1...1000).count == data.inputCount)
    for (i, promise) in try promisedTasks(&json).enumerated() {
      let task = data.tasks[i]
      #expect(task.name == promise.column)
      let values = SplitPart.allCases
        .flatMap { data[$0].targets.column(data.targetOffsets[i]) }.map { Double($0) }
      for (label, name) in task.classNames.enumerated() {
        #expect(values.count { $0 == Double(label) } == promise.counts[name])
      }
      guard let mean = promise.mean, let deviation = promise.deviation else { continue }
      let original = values.map { task.targetMean[0] + task.targetScale[0] * $0 }
      let found = original.reduce(0, +) / Double(rows)
      let squares = original.reduce(0) { $0 + ($1 - found) * ($1 - found) }
      // Each value went through a float, whose rounding is 6e-8 of its size.
      #expect(abs(found - mean) < 1e-6 * deviation)
      #expect(abs((squares / Double(rows)).squareRoot() / deviation - 1) < 1e-5)
    }
  }

  @Test("the age groups of diabetes are its rows, each in one file")
  func ageGroups() throws {
    func lines(_ name: String) throws -> [String] {
      try String(contentsOfFile: "\(shippedData)/\(name).csv", encoding: .utf8)
        .split(separator: "\n").map { String($0) }
    }
    let whole = try lines("diabetes_three")
    let groups = try ["under40", "40to54", "from55"].map { try lines("diabetes_ages/\($0)") }
    #expect(groups.allSatisfy { $0[0] == whole[0] })
    let rows = groups.flatMap { $0.dropFirst() }
    #expect(rows.sorted() == whole.dropFirst().sorted())
  }

  @Test("multidigits keeps its own split at every seed")
  func ownSplit() throws {
    let problem = try makeProblem("csv", "file: multidigits.csv", folder: shippedData)
    let data = try problem.makeData(seed: 1)
    #expect(!problem.dependsOnSeed)
    #expect(SplitPart.allCases.map { data[$0].rowCount } == [3000, 1000, 1000])
    #expect(data.tasks.map { $0.kind } == [.multiclass(classes: 10), .multiclass(classes: 10)])
  }

  @Test("a stratified split keeps the classes of iris even")
  func even() throws {
    let data = try makeProblem("csv", "file: iris_mixed.csv", folder: shippedData)
      .makeData(seed: 4)
    for (part, count) in zip(SplitPart.allCases, [30, 10, 10]) {
      let labels = data[part].targets.column(2)
      #expect(
        (0..<3).map { label in labels.count { $0 == Float(label) } } == [count, count, count]
      )
    }
  }

  private func promisedTasks(_ json: inout SettingsReader) throws -> [Promise] {
    try json.settings("tasks").map { setting in
      var task = SettingsReader(try setting.table(path: "tasks"))
      let column = try task.text("column")
      let mean = try task.optionalNumber("mean", in: -1e9...1e9)
      let deviation = try task.optionalNumber("std", in: 0...1e9)
      var counts: [String: Int] = [:]
      if var table = try task.table("counts") {
        for label in table.unreadKeys {
          counts[label] = try table.count(label, default: nil, in: 1...100_000)
        }
      }
      return Promise(column: column, counts: counts, mean: mean, deviation: deviation)
    }
  }
}
