import FoundationEssentials
import Kernels
import Problems
import Settings

/// A problem as a suite file would make it.
func makeProblem(
  _ name: String,
  _ yaml: String = "",
  folder: String = ""
) throws -> any Problem {
  let table =
    yaml.isEmpty
    ? SettingsTable([], at: Place(file: "suite.yaml", line: 1, column: 1))
    : try YAMLReader.read(yaml, file: "suite.yaml")
  var settings = SettingsReader(table)
  return try ProblemRegistry.make(name, settings: &settings, relativeTo: folder)
}

/// The folder of the data files that are shipped.
let shippedData =
  #filePath.split(separator: "/", omittingEmptySubsequences: false)
  .dropLast(3).joined(separator: "/") + "/suites/data"

/// A folder of a test's own, gone after it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "mtlbench-problems-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("\(path): \(error)")
    }
  }

  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: path + "/" + name))
  }

  /// A text without the folder's own path.
  func localized(_ text: String) -> String { text.replacing(path + "/", with: "") }
}

/// A CSV problem of the given text with the given further settings.
func csvProblem(_ csv: String, _ yaml: String) throws -> any Problem {
  let folder = try TemporaryFolder()
  try folder.write(csv, to: "data.csv")
  return try makeProblem("csv", "file: data.csv\n" + yaml, folder: folder.path)
}

extension Matrix {
  /// One column from top to bottom.
  func column(_ column: Int) -> [Float] { (0..<rows).map { self[$0, column] } }
}

/// A matrix of the given rows.
func matrix(_ rows: [[Float]]) -> Matrix {
  let matrix = Matrix(rows: rows.count, columns: rows.first?.count ?? 0)
  for (i, row) in rows.enumerated() {
    for (k, value) in row.enumerated() { matrix[i, k] = value }
  }
  return matrix
}

/// A file in MNIST's format.
func idxBytes(_ sides: [Int], _ numbers: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(sides.count)]
    + sides.flatMap { side in [24, 16, 8, 0].map { UInt8(side >> $0 & 255) } } + numbers
}

/// Bits of all inputs and targets, to compare data exactly.
func bits(_ data: ProblemData) -> [UInt32] {
  var bits: [UInt32] = []
  for part in SplitPart.allCases {
    for matrix in [data[part].inputs, data[part].targets] {
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns { bits.append(matrix[row, column].bitPattern) }
      }
    }
  }
  return bits
}
