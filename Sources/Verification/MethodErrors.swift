internal import Weighting

/// The worst error of each weighting method in each reference file: what
/// `mtlbench verify --methods` prints.
package enum MethodErrors {
  /// What the cases of one method in one file came to.
  package struct Row: Hashable, Sendable {
    package let method: String
    /// Name of the file without its folder and extension.
    package let file: String
    package let caseCount: Int
    package let missedCount: Int
    package let skippedCount: Int
    /// The case that came closest to its tolerance or furthest beyond it; nil when none was replayed.
    package let worst: ReplayOutcome?
  }

  /// What each method came to in each file.
  ///
  /// - Parameter files: Path and outcomes of each file; outcomes of operations that are no methods
  ///   are left out.
  /// - Returns: One row for each method of the registry and each file that has cases of it, methods
  ///   in the registry's order.
  package static func rows(_ files: [(path: String, outcomes: [ReplayOutcome])]) -> [Row] {
    WeightingRegistry.names.flatMap { name in
      files.compactMap { path, outcomes in
        let own = outcomes.filter { $0.method == name }
        guard !own.isEmpty else { return nil }
        let replayed = own.filter { !$0.isSkipped }
        return Row(
          method: name,
          file: stem(of: path),
          caseCount: replayed.count,
          missedCount: replayed.count { !$0.passed },
          skippedCount: own.count - replayed.count,
          worst: replayed.max { $0.errorOverTolerance < $1.errorOverTolerance }
        )
      }
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.hasSuffix(".json") ? String(name.dropLast(".json".count)) : String(name)
  }

  /// The rows as a Markdown table with aligned columns, and what the errors are measured in.
  package static func table(_ rows: [Row]) -> String {
    let header = [
      "method", "file", "cases", "missed", "skipped", "% of tolerance", "worst error", "tolerance",
      "in case",
    ]
    let cells = rows.map { row in
      [
        row.method, row.file, "\(row.caseCount)", "\(row.missedCount)", "\(row.skippedCount)",
        row.worst.map { percent($0.errorOverTolerance) } ?? "–",
        row.worst.map { VerificationText.short($0.worstError) } ?? "–",
        row.worst.map { VerificationText.short($0.tolerance) } ?? "–",
        row.worst?.caseID ?? "–",
      ]
    }
    return markdown([header] + cells)
      + """

      The worst case is the one that uses most of its tolerance. Errors are in the measure of their
      tolerance: relative to a vector's largest entry, and for trainings (float32) to each number or 1.

      """
  }

  /// A ratio in percent, to two significant digits; 0 for no error at all.
  private static func percent(_ ratio: Double) -> String {
    let value = 100 * ratio
    guard value.isFinite, value >= 0.095 else { return VerificationText.short(value) }
    return value >= 9.5 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
  }

  /// Rows of cells under the first as a header; the first two and the last column are text, the
  /// others numbers.
  private static func markdown(_ rows: [[String]]) -> String {
    let last = rows[0].count - 1
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    func isText(_ column: Int) -> Bool { column < 2 || column == last }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return isText(column) ? cell + space : space + cell
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = widths.enumerated().map { column, width in
      String(repeating: "-", count: isText(column) ? width : width - 1)
        + (isText(column) ? "" : ":")
    }
    return line(rows[0]) + line(rule) + rows.dropFirst().map { line($0) }.joined()
  }
}
