internal import ArgumentParser
internal import Harness
internal import Settings

/// Which suite file, and what to take otherwise than it says.
struct SuiteOptions: ParsableArguments {
  @Argument(
    help: "The suite file, or the name of a suite that came with the program, such as bench."
  )
  var suite: String

  @Option(
    parsing: .unconditional,
    help: "Evaluation seeds, in place of the suite's number.",
    transform: { try NumberOption.count($0, in: 1...1000) }
  )
  var seeds: Int?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A key of the suite to take another value for, such as training.steps=500 or "
        + "problems[0].train=64; may be repeated.",
      valueName: "key=value"
    ),
    transform: { text in
      guard let override = SuiteOverride(text) else {
        throw ValidationError("expected key=value, such as training.steps=500")
      }
      return override
    }
  )
  var overrides: [SuiteOverride] = []

  /// Reads the file, with what is set otherwise.
  ///
  /// - Throws: `SettingsError` for the file, an option or anything in them, `CSVError` for a data file.
  func read() throws -> Suite {
    let seedCount = seeds.map { SuiteOverride(path: Suite.evaluationSeedsKey, value: "\($0)") }
    return try Suite(
      path: try SuiteFile.path(suite),
      overrides: overrides + [seedCount].compactMap { $0 }
    )
  }
}
