import Foundation
import Testing

@Suite("Data frames of other programs")
struct FrameTests {
  /// A Python that has the packages; nil without one.
  private static let python: String? = {
    let own = ProcessInfo.processInfo.environment["FRAMES_PYTHON"] ?? "/usr/bin/python3"
    let probe = Process()
    probe.executableURL = URL(filePath: own)
    probe.arguments = ["-c", "import pandas, rliable, autorank"]
    probe.standardError = FileHandle.nullDevice
    do {
      try probe.run()
      probe.waitUntilExit()
      return probe.terminationStatus == 0 ? own : nil
    } catch {
      return nil
    }
  }()

  @Test(
    "pandas and rliable read the database, and come to our numbers",
    .enabled(if: Self.python != nil, "FRAMES_PYTHON names no Python with pandas, rliable, autorank")
  )
  func frames() throws {
    let folder = try TemporaryFolder()
    try StoredResults.smoke.get().write(to: "s.sqlite", in: folder)
    let script = Command.sources.appending(path: "docs/frames.py").path
    let program = URL(filePath: Self.python ?? "")
    let result = try Command([script, "s.sqlite"], in: folder, program: program).finish()
    #expect(result.status == 0, "\(result.error)")
    let table = try Command.run(
      ["table", "problem", "--db", "s.sqlite", "--format", "csv"],
      in: folder
    )
    let cells = table.output.split(separator: "\n").map { $0.split(separator: ",") }
    for method in ["equal", "uw", "static (tuned)"] {
      let cell = cells.first { $0[0] == method && $0.contains("delta_m") }
      let deltaM = try #require(cell?[3...].compactMap { Double($0) }.first)
      let line = try #require(
        result.output.split(separator: "\n").first { $0.hasPrefix("delta_m mixed \(method) ") }
      )
      let found = try #require(Double(line.split(separator: " ").last ?? ""))
      // It prints four digits after the point.
      #expect(abs(found - deltaM) <= 0.5001e-4)
      #expect(result.output.contains("\nIQM \(method) "))
    }
  }
}
