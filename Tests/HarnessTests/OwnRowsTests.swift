import Kernels
import Store
import Testing

@testable import Harness

/// Three small files of the same inputs, the target of each called otherwise.
private func sites(in folder: TemporaryFolder) throws {
  for (site, name) in ["north", "south", "east"].enumerated() {
    let rows = (0..<20 + 6 * site).map { row in
      let (a, b) = (row * 7 % 11, row * 5 % 13)
      return "\(a),\(b),\(2 * a - b + site * row % 3)\n"
    }
    try folder.write("a,b,\(name)_score\n" + rows.joined(), to: "\(name).csv")
  }
}

@Suite("A suite whose tasks have rows of their own")
struct OwnRowsTests {
  private let folder: TemporaryFolder
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    try sites(in: folder)
    text = tinySuite.replacing(
      "  - {problem: noisy, inputs: 4, teacher_width: 3, train: 24, validation: 12, test: 12}\n",
      with: """
          - problem: csv
            label: sites
            targets:
              - {name: north, file: north.csv, column: north_score}
              - {name: south, file: south.csv, column: south_score}
              - {name: east, file: east.csv, column: east_score}

        """
    )
  }

  private func suite(_ text: String) throws -> Suite {
    try Suite(text: text, path: folder.file("suite.yaml"))
  }

  @Test("trains to the same bits for any number of workers, and from the spec alone")
  func sameBits() async throws {
    let suite = try suite(text.replacing("[equal, uw, pcgrad]", with: "[equal, gradnorm, sdmgrad]"))
    #expect(suite.problems[0].batchRows == 24)
    let one = try makeStore(in: folder, name: "one.sqlite")
    try await run(suite, into: one, workers: 1)
    let expected = try contents(of: one)
    #expect(expected.allSatisfy { $0.end.status == .finished })
    let three = try makeStore(in: folder, name: "three.sqlite")
    try await run(suite, into: three, workers: 3)
    #expect(try contents(of: three) == expected)
    for stored in expected.prefix(8) {
      let again = try Rerun.train(stored, from: one, folder: nil, kernels: .best)
      #expect(Rerun.differences(stored, again) == [])
    }
  }

  @Test("is another suite's runs once a cell of one file changes")
  func identities() throws {
    let before = Plan(try suite(text)).hash
    let csv = "a,b,east_score\n" + (0..<40).map { "\($0 % 5),\($0 % 7),\($0 % 6)\n" }.joined()
    try folder.write(csv, to: "east.csv")
    #expect(Plan(try suite(text)).hash != before)
  }

  @Test("refuses a method that reads one representation of common rows")
  func refused() throws {
    let text = text.replacing("[equal, uw, pcgrad]", with: "[uw, mgda_ub]")
    let error = #expect(throws: (any Error).self) { try suite(text) }
    let message = "\(try #require(error))".replacing(folder.path + "/", with: "")
    #expect(
      message
        == "suite.yaml:7:15: mgda_ub compares the tasks' gradients at the representation of each row, "
        + "and here every task has rows of its own: choose another method"
    )
  }

  @Test("refuses batch normalization where a task's network would see single rows")
  func singleRows() throws {
    let text = text.replacing("{trunk: [4]}", with: "{trunk: [4], norm: batch}")
      .replacing("batch: 8", with: "batch: 1")
    let error = #expect(throws: (any Error).self) { try suite(text) }
    let message = "\(try #require(error))".replacing(folder.path + "/", with: "")
    #expect(
      message
        == "suite.yaml:3:23: problems[0].training.batch: batch normalization of one row is 0: make "
        + "batches larger, or leave out the network's norm"
    )
  }
}
