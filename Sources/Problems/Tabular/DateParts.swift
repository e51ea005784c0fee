/// What a date says; parts it does not say are nil.
struct DateParts {
  var year: Int?
  var month: Int?
  var day: Int?
  /// Hours since midnight, minutes as a fraction.
  var hour: Double?
  /// Day and month in an order that one date alone does not tell.
  var pair: (first: Int, second: Int)?

  /// The parts with a pair in order.
  func ordered(dayFirst: Bool) -> DateParts {
    guard let pair else { return self }
    var parts = self
    (parts.day, parts.month) = dayFirst ? (pair.first, pair.second) : (pair.second, pair.first)
    return parts
  }

  /// 1 for Monday to 7 for Sunday; nil without a whole date.
  ///
  /// Counted from 1 March of the year 0, a Wednesday, so that a leap day is the last of its year.
  ///
  /// Source: Richards, "Mapping Time", 1998, chapter 25.
  var weekday: Int? {
    guard let year, let month, let day, (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let shifted = month < 3 ? (year - 1, month + 9) : (year, month - 3)
    let (y, m) = shifted
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1
    return (days + 2) % 7 + 1
  }
}

/// A column of dates taken apart into columns of numbers.
struct DateColumns {
  /// `NAME.year`, `.month`, `.day`, `.weekday` and `.hour`, those that vary.
  let columns: [NumberColumn]
  /// Cells that are no dates, which are missing.
  let strangeCount: Int

  /// - Throws: `CSVError.column` where day and month cannot be told apart.
  init(column: Int, of table: CSVFile, marks: MissingMarks) throws(CSVError) {
    let name = table.header[column]
    var dates: [DateParts?] = []
    var strange = 0
    for row in 0..<table.rowCount {
      let text = table.trimmedText(of: table.cell(row: row, column: column))
      let parts = marks.containsAmongNumbers(text) ? nil : DateText.parts(of: text)
      if parts == nil && !marks.containsAmongNumbers(text) { strange += 1 }
      dates.append(parts)
    }
    let pairs = dates.compactMap { $0?.pair }
    let isDayFirst = pairs.contains { $0.first > 12 }
    let isMonthFirst = pairs.contains { $0.second > 12 }
    if !pairs.isEmpty && isDayFirst == isMonthFirst {
      let row = dates.firstIndex { $0?.pair != nil } ?? 0
      let example = table.trimmedText(of: table.cell(row: row, column: column))
      throw .column(file: table.file, name: name, .ambiguousDates(example: example))
    }
    let ordered = dates.map { $0?.ordered(dayFirst: isDayFirst) }
    let parts: [(String, (DateParts) -> Double?)] = [
      ("year", { $0.year.map { Double($0) } }), ("month", { $0.month.map { Double($0) } }),
      ("day", { $0.day.map { Double($0) } }), ("weekday", { $0.weekday.map { Double($0) } }),
      ("hour", { $0.hour }),
    ]
    columns = parts.compactMap { part, value in
      let values = ordered.map { $0.flatMap(value) ?? .nan }
      let first = values.first { !$0.isNaN }
      let varies = values.contains { !$0.isNaN && $0 != first }
      return varies ? NumberColumn(name: "\(name).\(part)", values: values) : nil
    }
    strangeCount = strange
  }
}
