internal import ArgumentParser
internal import Glibc
internal import Harness
internal import Problems
internal import Reports
internal import Settings
internal import Store
internal import Verification

/// The command.
@main
struct MTLBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mtlbench",
    abstract: "Compares multi-task-learning weighting methods so that the answer can be believed.",
    discussion: """
      A suite file names problems, methods and a budget. 'run' tunes every method with the same \
      budget, trains it on paired seeds and stores each run; tables, plots and the verdict are \
      made from the store.
      """,
    version: Program.version,
    subcommands: [
      TryCommand.self, RunCommand.self, CheckCommand.self, ListCommand.self, DescribeCommand.self,
      JudgeCommand.self, ExportCommand.self, TableCommand.self, PlotCommand.self,
      ReportCommand.self, ShowCommand.self, RerunCommand.self, DiffCommand.self, MergeCommand.self,
      SubmitCommand.self,
      VerifyCommand.self, WeighCommand.self,
    ]
  )

  static func main() async {
    Terminal.fillClosedDescriptors()
    Terminal.keepPipes()
    var started: (any ParsableCommand.Type)?
    do {
      var command = try parseAsRoot()
      started = type(of: command)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      try Terminal.checkOutput()
    } catch {
      leave(error, from: started)
    }
  }

  /// Whether an option, a name in it or a value of it is wrong, rather than a file.
  private static func isWrongUsage(_ error: any Error) -> Bool {
    switch error {
    case SettingsError.text(let place, _), SettingsError.setting(let place, _, _):
      place.file.hasPrefix("--")
    case ImportError.file(_, .unknown): true
    case TableError.unknownRow, TableError.unknownColumn, TableError.ambiguousColumn: true
    case StoreError.unknownRun, StoreError.ambiguousRun, StoreError.unknownSuite: true
    default: false
    }
  }

  /// Ends the process with the message and status that belong to an error: 65 for a bad suite or
  /// data file, 130 for an interruption, 64 for wrong usage, 1 for anything else.
  private static func leave(
    _ error: any Error,
    from command: (any ParsableCommand.Type)?
  ) -> Never {
    let code = exitCode(for: error)
    switch error {
    case _ where isWrongUsage(error):
      Terminal.writeError("error: \(error)\n")
      Glibc.exit(ExitCode.validationFailure.rawValue)
    case CSVError.file(let path, .missing)
    where command == JudgeCommand.self || command == TryCommand.self:
      // The path that was typed, not one in a suite.
      Terminal.writeError("error: \(path): no such file\n")
      Glibc.exit(65)
    case let error as CSVError where command == TryCommand.self:
      Terminal.writeError("error: \(error.description(for: .option("--targets")))\n")
      Glibc.exit(65)
    case is SettingsError, is CSVError, is ImportError, is VerificationError, is SuiteFile.Unknown:
      Terminal.writeError("error: \(error)\n")
      Glibc.exit(65)
    case is Interrupted:
      Terminal.writeError("\(error)\n")
      Glibc.exit(130)
    case let error as ValidationError where command != nil:
      Terminal.writeError(usage(error, of: command ?? MTLBench.self))
      Glibc.exit(ExitCode.validationFailure.rawValue)
    case is ExitCode, is CleanExit, is ValidationError:
      leave(error, code)
    default:
      if code == .validationFailure || code == .success { leave(error, code) }
      Terminal.writeError("error: \(error)\n")
      Glibc.exit(1)
    }
  }

  /// What the argument parser says of a mistake that a command notices while it runs; by itself it does
  /// not know which command that is.
  private static func usage(
    _ error: ValidationError,
    of command: any ParsableCommand.Type
  ) -> String {
    let name = command.configuration.commandName ?? ""
    return "Error: \(error.message)\nUsage: \(usageString(for: command))\n  See 'mtlbench \(name) "
      + "--help' for more information.\n"
  }

  /// Ends the process as the argument parser would, help on standard output and mistakes on standard
  /// error, whose names may be those of files and databases.
  private static func leave(_ error: any Error, _ code: ExitCode) -> Never {
    let message = fullMessage(for: error)
    if !message.isEmpty {
      if code == .success {
        Terminal.write(message + "\n")
      } else {
        Terminal.writeError(message + "\n")
      }
    }
    do {
      try Terminal.checkOutput()
    } catch {
      Terminal.writeError("error: \(error)\n")
      if code == .success { Glibc.exit(1) }
    }
    Glibc.exit(code.rawValue)
  }
}
