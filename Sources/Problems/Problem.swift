package import Settings

/// A problem: inputs, tasks and a three-way split, made from a seed.
///
/// A value holds what the suite says and, for a file, what the file holds; making data changes
/// nothing. Equal values and equal seeds make equal bits, on every machine.
package protocol Problem: Sendable {
  /// Name in suite files.
  static var name: String { get }

  /// What `mtlbench describe` prints.
  static var description: ProblemDescription { get }

  /// Reads the problem's own keys, and the file they name.
  ///
  /// - Parameters:
  ///   - settings: the problem's table of the suite.
  ///   - folder: folder of the suite file, to which paths are relative.
  /// - Throws: `SettingsError` for a bad key, `CSVError` for a bad data file.
  init(settings: inout SettingsReader, relativeTo folder: String) throws

  /// Whether another seed makes other data; false for a file with a split column.
  var dependsOnSeed: Bool { get }

  /// What a run's identity must hold beside the settings: hashes of files read. Empty where
  /// everything is drawn.
  var provenance: [String: String] { get }

  /// What a person ought to know of how a file was read, a line each. Empty where everything is
  /// drawn.
  var notices: [String] { get }

  /// What the columns of a file are as inputs. Empty where everything is drawn.
  var inputSummaries: [InputSummary] { get }

  /// Inputs, tasks and split at one seed.
  ///
  /// - Throws: `CSVError` when a file's rows do not allow the split.
  func makeData(seed: UInt64) throws -> ProblemData
}

extension Problem {
  package var dependsOnSeed: Bool { true }
  package var provenance: [String: String] { [:] }
  package var notices: [String] { [] }
  package var inputSummaries: [InputSummary] { [] }
}
