/// The different values of a column of texts, and the value of each row.
///
/// Texts that mean the same are one value: those that differ by spaces around them or in a row
/// inside, numbers spelt differently (`1`, `1.0`), and words for true and false in any capitals.
/// The value bears the most frequent spelling. Values are in order: by number where all are
/// numbers, false before true, else by text.
struct TextValues {
  /// One value.
  struct Value {
    let name: String
    /// The spellings met, trimmed, sorted.
    let spellings: [String]
    /// Whether the cells themselves differ, if only by spaces.
    let isMerged: Bool
    /// Rows that hold it.
    let count: Int
    /// First row that holds it.
    let row: Int
  }

  let values: [Value]
  /// Place among `values` of each row, -1 where missing, shape [rowCount].
  let places: [Int32]
  /// Marks of missing values met, with the cells that hold them, in the order of the rows.
  let marks: [(text: String, count: Int)]

  var presentCount: Int { values.reduce(0) { $0 + $1.count } }

  /// The values of a column; nil when there are more than `limit`.
  ///
  /// - Parameters:
  ///   - column: index of the column.
  ///   - table: the table.
  ///   - marks: texts that mean a missing value.
  ///   - kept: texts that never do, since the suite names them as values.
  ///   - limit: values that are kept.
  init?(
    column: Int,
    of table: CSVFile,
    marks: MissingMarks,
    keeping kept: [String] = [],
    limit: Int
  ) {
    guard let tally = table.tally(column: column, limit: ColumnCells.mostTexts) else { return nil }
    let entries = tally.texts.entries
    let texts = entries.map { table.trimmedText(of: $0.cell) }
    let isMissing = texts.map { $0.isEmpty || !kept.contains($0) && marks.contains($0) }
    let present = texts.indices.filter { !isMissing[$0] }
    let (keys, areTruths) = TextValues.keys(present.map { texts[$0] }, table.form)
    var groupOfKey: [String: Int] = [:]
    var groups: [[Int]] = []
    var groupKeys: [String] = []
    var groupOfEntry = Array(repeating: -1, count: entries.count)
    for (key, entry) in zip(keys, present) {
      let group = groupOfKey[key, default: groups.count]
      if group == groups.count {
        groupOfKey[key] = group
        groupKeys.append(key)
        groups.append([])
      }
      groups[group].append(entry)
      groupOfEntry[entry] = group
    }
    guard groups.count <= limit else { return nil }
    let found = groups.map { TextValues.value(of: $0, entries, texts) }
    let order =
      areTruths
      ? groups.indices.sorted { groupKeys[$0] < groupKeys[$1] }
      : TextValues.order(found.map { $0.name }, table.form)
    values = order.map { found[$0] }
    var placeOfGroup = Array(repeating: Int32(-1), count: groups.count)
    for (place, group) in order.enumerated() { placeOfGroup[group] = Int32(place) }
    let placeOfEntry = groupOfEntry.map { $0 < 0 ? -1 : placeOfGroup[$0] }
    places = tally.places.map { $0 < 0 ? -1 : placeOfEntry[Int($0)] }
    self.marks = texts.indices.filter { isMissing[$0] && !texts[$0].isEmpty }
      .map { (texts[$0], entries[$0].count) }
  }

  /// Equal for texts that mean the same; whether they mean false, `0`, and true, `1`.
  private static func keys(
    _ texts: [String],
    _ form: NumberForm
  ) -> (keys: [String], areTruths: Bool) {
    let numbers = texts.map { number($0, form) }
    let words = zip(texts, numbers).filter { $0.1 == nil }.map { $0.0 }
    let isBinary = numbers.allSatisfy { $0 == nil || $0 == 0 || $0 == 1 }
    if !words.isEmpty, isBinary, let truths = TruthWord.values(of: words) {
      var next = truths.makeIterator()
      let keys = numbers.map { number in
        let isTrue = number.map { $0 == 1 } ?? next.next() ?? false
        return isTrue ? "1" : "0"
      }
      return (keys, true)
    }
    let keys = zip(texts, numbers).map { text, number in
      if let number { return "\(number == 0 ? 0 : number)" }
      if TruthWord.isOne(text) { return text.lowercased() }
      return text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    }
    return (keys, false)
  }

  private static func value(
    of group: [Int],
    _ entries: [TextTally.Entry],
    _ texts: [String]
  ) -> Value {
    var countOfSpelling: [String: Int] = [:]
    for entry in group { countOfSpelling[texts[entry], default: 0] += entries[entry].count }
    let spellings = countOfSpelling.keys.sorted()
    let counts = spellings.map { countOfSpelling[$0] ?? 0 }
    let most = counts.max() ?? 0
    return Value(
      name: zip(spellings, counts).first { $0.1 == most }?.0 ?? "",
      spellings: spellings,
      isMerged: group.count > 1,
      count: counts.reduce(0, +),
      row: group.map { entries[$0].row }.min() ?? 0
    )
  }

  /// Places of names in order: by number where all are numbers, else by text.
  private static func order(_ names: [String], _ form: NumberForm) -> [Int] {
    let numbers = names.compactMap { number($0, form) }
    if numbers.count == names.count {
      return names.indices.sorted { (numbers[$0], names[$0]) < (numbers[$1], names[$1]) }
    }
    return names.indices.sorted { names[$0] < names[$1] }
  }

  private static func number(_ text: String, _ form: NumberForm) -> Double? {
    let bytes = Array(text.utf8)
    guard case .value(let value) = form.reading(of: bytes.span, from: 0, to: bytes.count)
    else { return nil }
    return value
  }

  /// The value that a text of a list of classes stands for: the same spelling, else the same
  /// meaning.
  func place(of text: String) -> Int? {
    values.firstIndex { $0.spellings.contains(text) || $0.name == text }
  }
}
