import Foundation
import Testing

@Suite("Output that cannot be written, and signals", .serialized)
struct OutputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(longSuite, to: "long.yaml")
  }

  /// Runs the command under a shell, which redirects its output.
  private func shell(_ line: String) throws -> Command.Result {
    try Command(
      ["-c", line],
      in: folder,
      environment: ["MTLBENCH": Command.program.path],
      program: URL(filePath: "/bin/bash")
    ).finish()
  }

  @Test("a full device and a closed pipe are errors with a status", arguments: ["list", "--help"])
  func lost(word: String) throws {
    let full = try shell("\"$MTLBENCH\" \(word) > /dev/full")
    #expect(full.status == 1)
    #expect(
      full.error
        == "error: standard output could not be written to its end: No space left on device; what it "
        + "should have said is lost\n"
    )
    let closed = try shell("\"$MTLBENCH\" \(word) | true; exit ${PIPESTATUS[0]}")
    #expect([0, 1].contains(closed.status), "\(closed.status)")
    let slowly = try shell("{ sleep 0.3; \"$MTLBENCH\" \(word); } | true; exit ${PIPESTATUS[0]}")
    #expect(slowly.status == 1)
    #expect(
      slowly.error
        == "error: standard output could not be written to its end: Broken pipe; what it should have "
        + "said is lost\n"
    )
  }

  @Test("output that was closed is lost, and no file of a run takes its place")
  func closed() throws {
    let lost = try shell("\"$MTLBENCH\" list >&-")
    #expect(lost.status == 1)
    #expect(
      lost.error
        == "error: standard output could not be written to its end: Bad file descriptor; what it "
        + "should have said is lost\n"
    )
    let places = try shell(
      "\"$MTLBENCH\" run long.yaml --db c.sqlite --out out >&- 2>&- & "
        + "until [ -e c.sqlite.lock ]; do sleep 0.01; done; "
        + "readlink /proc/$!/fd/1 /proc/$!/fd/2; kill -KILL $!"
    )
    #expect(places.output == "/dev/null\n/dev/null\n")
  }

  @Test("a run whose output nobody reads trains to its end")
  func unread() throws {
    let result = try shell(
      "{ sleep 0.3; \"$MTLBENCH\" run long.yaml --db u.sqlite --out out --quiet; } | true; "
        + "exit ${PIPESTATUS[0]}"
    )
    #expect(result.status == 1)
    #expect(try runCount(of: folder.file("u.sqlite")) == longRunCount)
  }

  @Test(
    "the signals of a closed terminal, a polite kill and Ctrl-\\ end a run as Ctrl-C does",
    arguments: [SIGHUP, SIGTERM, SIGQUIT]
  )
  func signals(number: Int32) throws {
    let command = try Command(
      ["run", "long.yaml", "--db", "s.sqlite", "--out", "out", "--quiet", "--workers", "1"],
      in: folder
    )
    while command.isRunning {
      usleep(2000)
      // The tables may not be there yet.
      if let stored = try? runCount(of: folder.file("s.sqlite")), stored >= 2 { break }
    }
    command.send(number)
    let result = try command.finish()
    #expect(result.status == 130)
    #expect(result.signal == nil)
    let stored = try runCount(of: folder.file("s.sqlite"))
    #expect((2..<longRunCount).contains(stored))
    #expect(!folder.exists("s.sqlite.lock"))
  }

  @Test("a run that nohup shields from the end of the session goes on")
  func shielded() throws {
    let result = try shell(
      "trap '' HUP; \"$MTLBENCH\" run long.yaml --db n.sqlite --out out --quiet & "
        + "sleep 1; kill -HUP $!; wait $!"
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(try runCount(of: folder.file("n.sqlite")) == longRunCount)
  }

  @Test("a database that is deleted while a run writes to it is called that")
  func deleted() throws {
    let command = try Command(
      ["run", "long.yaml", "--db", "d.sqlite", "--out", "out", "--quiet", "--workers", "1"],
      in: folder
    )
    while command.isRunning {
      usleep(2000)
      if let stored = try? runCount(of: folder.file("d.sqlite")), stored >= 2 { break }
    }
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.removeItem(atPath: folder.file("d.sqlite" + ending))
    }
    let result = try command.finish()
    #expect(result.status == 1)
    #expect(
      result.error
        == "error: d.sqlite: was deleted, moved or replaced while it was written to; what is stored "
        + "from now on would be lost; put it back, or start again with a new file\n"
    )
  }

  @Test("a lock that is a link leads nowhere")
  func linkedLock() throws {
    try folder.write("precious", to: "victim")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("l.sqlite.lock"),
      withDestinationPath: folder.file("victim")
    )
    let result = try Command.run(
      ["run", "long.yaml", "--db", "l.sqlite", "--out", "out", "--quiet"],
      in: folder
    )
    #expect(result.status == 1)
    #expect(
      result.error
        == "error: l.sqlite: cannot be written, because 'l.sqlite.lock' beside it is a link or no plain "
        + "file; remove that, or use another database\n"
    )
    #expect(try String(contentsOfFile: folder.file("victim"), encoding: .utf8) == "precious")
  }
}
