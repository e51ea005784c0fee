internal import FoundationEssentials
internal import Glibc
internal import Reports
internal import Store

/// The folder that tables, plots and the page of a suite go to.
struct ResultFolder {
  let path: String
  /// Whether every plot is also drawn as PDF.
  let hasPDF: Bool
  /// Whether many reasons for plots that are not drawn are told as one line.
  var isBrief = false

  /// Makes the folder if it is missing, and refuses one that cannot be written, before anything is
  /// trained for it.
  func make() throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputError.notAFolder(path)
    }
    guard access(path, W_OK | X_OK) == 0 else { throw OutputError.notWritable(path) }
  }

  /// Writes all tables and plots and says what was written, what was left out and what could not be
  /// made.
  ///
  /// - Returns: One sentence on everything that applies and could not be made.
  func write(
    _ results: SuiteResults,
    from store: ResultStore,
    _ selection: ResultsWriter.Selection = ResultsWriter.Selection()
  ) throws -> [String] {
    let outcome = try ResultsWriter.write(
      results,
      from: store,
      folder: path,
      formats: hasPDF ? [.svg, .png, .pdf] : [.svg, .png],
      selection: selection
    )
    Terminal.note(outcome.missing)
    let pictures = outcome.written.filter { $0.hasSuffix(".svg") }
    if selection.plots == nil {
      let tables = outcome.written.count { $0.hasPrefix("tables/") }
      Terminal.tell("wrote \(tables) table files and \(pictures.count) plots below \(path)\n")
    } else {
      let ending = hasPDF ? "pdf" : "svg"
      for picture in pictures {
        let base = String(picture.dropLast(".svg".count))
        let caption = outcome.captions[base] ?? ""
        Terminal.tell("wrote \(path)/\(base).\(ending): \(caption)\n")
      }
    }
    let groups = Self.grouped(outcome.undrawn)
    if isBrief, groups.count > Self.mostReasons {
      Terminal.tell(
        "\(outcome.undrawn.count) plots do not apply to these results; 'mtlbench plot --db …' says why\n"
      )
    } else {
      Self.tellUndrawn(outcome)
    }
    for sentence in Self.grouped(outcome.failed) { Terminal.writeError("not made: \(sentence)\n") }
    return outcome.failed
  }

  /// With more reasons than this, a brief answer only counts the plots.
  private static let mostReasons = 3

  /// Says which plots the results cannot be drawn as, and why.
  static func tellUndrawn(_ outcome: ResultsWriter.Outcome) {
    for sentence in grouped(outcome.undrawn) { Terminal.tell("\(sentence)\n") }
  }

  /// Sentences that give one reason for several files, told once with the number of files.
  private static func grouped(_ sentences: [String]) -> [String] {
    var groups: [(file: String, reason: String, count: Int)] = []
    for sentence in sentences {
      let parts = sentence.split(separator: ": ", maxSplits: 1).map(String.init)
      let reason = parts.count == 2 ? parts[1] : ""
      if let index = groups.firstIndex(where: { $0.reason == reason && !reason.isEmpty }) {
        groups[index].count += 1
      } else {
        groups.append((parts[0], reason, 1))
      }
    }
    return groups.map { file, reason, count in
      let others = count > 1 ? " and \(count - 1) more" : ""
      return reason.isEmpty ? file : "\(file)\(others): \(reason)"
    }
  }
}

/// Why results cannot go where they should.
enum OutputError: Error, Hashable, CustomStringConvertible {
  case notAFolder(String)
  case notWritable(String)
  case lost(reason: String)
  case notStarted(program: String, reason: String)

  var description: String {
    switch self {
    case .notAFolder(let path): "\(path): cannot be made a folder; choose another one with --out"
    case .notWritable(let path): "\(path): cannot be written to; choose another folder with --out"
    case .notStarted(let program, let reason): "\(program): cannot be started: \(reason)"
    case .lost(let reason):
      "standard output could not be written to its end: \(reason); what it should have said is lost"
    }
  }
}
