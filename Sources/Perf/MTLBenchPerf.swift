import ArgumentParser
import Foundation
import Kernels

/// `mtlbench-perf`: how fast this program is on this machine; the measuring half of `make perf`,
/// which adds the comparison with other programs.
@main
struct MTLBenchPerf: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mtlbench-perf",
    abstract: "Measures how fast mtlbench is on this machine, in Markdown tables.",
    subcommands: [MeasureCommand.self, ServeCommand.self, StateCommand.self, RecordCommand.self],
    defaultSubcommand: MeasureCommand.self
  )
}

/// `mtlbench-perf [report]`.
struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Prints all tables (the default)."
  )

  @Flag(help: "Seconds in all: shows that everything works; the numbers mean little.")
  var quick = false

  @Option(help: "Only this section; may be repeated: \(Sections.names.joined(separator: ", ")).")
  var only: [String] = []

  @Option(help: "The mtlbench program, whose start is timed.")
  var program: String?

  @Option(help: "A suite file for that program to run, for the split of its time.")
  var suite: String?

  @Option(help: "Database that also takes every measured value.")
  var db: String?

  func validate() throws {
    for name in only where !Sections.names.contains(name) {
      throw ValidationError(
        "no section '\(name)'; there are \(Sections.names.joined(separator: ", "))"
      )
    }
  }

  func run() async throws {
    let session = Session(quick ? .quick : .full, program: program, suite: suite)
    print(
      """
      Instruction set \(InstructionSet.best.rawValue). Times are processor time of one thread unless a \
      table says otherwise.

      """
    )
    let sections = Sections.all.filter { only.isEmpty || only.contains($0.name) }
    for (index, section) in sections.enumerated() {
      printError("\(index + 1)/\(sections.count) \(section.name)\n")
      print("## \(section.heading)\n")
      print(try await section.text(session))
      fflush(nil)
    }
    session.record("arithmetic peak", work: "one core", [session.roofline.peak], unit: "1/s")
    if let db { try session.save(to: db) }
  }
}

/// `mtlbench-perf serve`.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answers every line 'WORK METHOD SECONDS' by steps per second.",
    discussion: "So that measurements can be interleaved with those of other programs."
  )

  func run() throws {
    var timers: [String: RunTimer] = [:]
    while let line = readLine() {
      let words = line.split(separator: " ").map { String($0) }
      guard words.count == 3, let seconds = Double(words[2]),
        let work = Work.every.first(where: { $0.name == words[0] })
      else {
        print("usage: WORK METHOD SECONDS")
        continue
      }
      let timer = timers[work.name] ?? RunTimer(work)
      timers[work.name] = timer
      print(try timer.stepsPerSecond(words[1], seconds: seconds))
      fflush(nil)
    }
  }
}

/// `mtlbench-perf state WORK STEPS`.
struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "Writes out some steps so that another program can retrace them."
  )

  @Argument(help: "W1 to W5, or W6-SCHEME.")
  var work: String

  @Argument(help: "How many.")
  var steps: Int

  func run() throws {
    guard let work = Work.every.first(where: { $0.name == work }) else {
      throw ValidationError("no work '\(work)'")
    }
    try ParityState(work: work, stepCount: steps).write()
  }
}

/// `mtlbench-perf record`.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Stores measurements made elsewhere, from standard input.",
    discussion: "Each line holds name, work, method, program, pass, value and unit between tabs."
  )

  @Option(help: "The database.")
  var db: String

  func run() throws {
    let session = Session(.quick)
    var number = 0
    while let line = readLine() {
      number += 1
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      guard cells.count == 7, let pass = Int(cells[4]), let value = Double(cells[5]),
        value.isFinite
      else {
        throw ValidationError("line \(number): expected seven cells between tabs, found '\(line)'")
      }
      session.record(cells[0], cells[1], cells[2], cells[3], pass: pass, value, cells[6])
    }
    try session.save(to: db)
  }
}
