/// A column's name, or a pattern with `*` (any text) and `?` (any one character).
package struct ColumnPattern: Hashable {
  let text: String

  package init(_ text: String) { self.text = text }

  /// Whether the text has a `*` or `?`.
  package var isPattern: Bool { text.contains { $0 == "*" || $0 == "?" } }

  /// Whether the pattern covers the whole name.
  ///
  /// Greedy with one place to come back to: a later `*` makes earlier ones final.
  func matches(_ name: String) -> Bool {
    let pattern = Array(text)
    let name = Array(name)
    var place = 0
    var star: (pattern: Int, name: Int)?
    var k = 0
    while k < name.count {
      if place < pattern.count && pattern[place] == "*" {
        star = (place, k)
        place += 1
      } else if place < pattern.count && (pattern[place] == "?" || pattern[place] == name[k]) {
        place += 1
        k += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        place = last.pattern + 1
        k = last.name + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}

extension CSVFile {
  /// Columns a list of names and patterns stands for, in the order of the list, each once.
  ///
  /// A name that is a column's own name is that column even if it looks like a pattern; an entry
  /// that begins with `!` takes its columns out again.
  ///
  /// - Parameters:
  ///   - entries: names and patterns.
  ///   - excluded: columns that a pattern does not reach; their own names do.
  ///   - askedAt: for messages, where the list stands.
  /// - Returns: indices of columns.
  /// - Throws: `CSVError.unknownColumn` for an entry without a column.
  func columns(
    _ entries: [String],
    excluding excluded: [Int],
    askedAt: String
  ) throws(CSVError) -> [Int] {
    var chosen: [Int] = []
    for entry in entries {
      let isRemoval = entry.hasPrefix("!") && !header.contains(entry)
      let found = try columns(isRemoval ? String(entry.dropFirst()) : entry, askedAt: askedAt)
      if isRemoval {
        chosen.removeAll { found.columns.contains($0) }
        continue
      }
      for column in found.columns where !chosen.contains(column) {
        if !found.isByPattern || !excluded.contains(column) { chosen.append(column) }
      }
    }
    return chosen
  }

  private func columns(
    _ entry: String,
    askedAt: String
  ) throws(CSVError) -> (columns: [Int], isByPattern: Bool) {
    if let column = header.firstIndex(of: entry) { return ([column], false) }
    let pattern = ColumnPattern(entry)
    let columns = header.indices.filter { pattern.matches(header[$0]) }
    if columns.isEmpty {
      throw .unknownColumn(file: file, name: entry, askedAt: askedAt, known: header)
    }
    return (columns, true)
  }
}
