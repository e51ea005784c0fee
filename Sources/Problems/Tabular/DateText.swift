/// Recognises dates and times of day by their form, and takes them apart.
///
/// Forms: `2024-03-01`, `2024/3/1`, `2024-03`, `2024Q1`, `2024-W05`, `1.3.2024`, `03/01/24`,
/// `1 Mar 2024`, `March 1, 2024`, `Mar 2024`, `Mar-24`, each with a time behind it if any; `14:05`,
/// `2:05:33.2 pm`; a weekday before and a time zone behind are let pass. A bare number is none.
struct DateText {
  /// What a text says; parts it does not say are nil.
  private(set) var parts = DateParts()
  private var rest: Substring

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let longMonths = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays: Set<String> = [
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let zones: Set<String> = ["z", "utc", "gmt"]

  /// Whether a text without spaces around it has the form of a date or a time.
  static func matches(_ text: String) -> Bool { parts(of: text) != nil }

  /// What a text without spaces around it says; nil where it has no form of a date or a time.
  static func parts(of text: String) -> DateParts? {
    // The longest form with everything has fewer characters; most other texts end here.
    guard text.utf8.count <= 48, text.utf8.contains(where: { 0x30...0x39 ~= $0 }) else {
      return nil
    }
    var date = DateText(rest: text[...])
    return date.isDate() ? date.parts : nil
  }

  private init(rest: Substring) { self.rest = rest }

  private static func month(_ word: String) -> Int? {
    let lower = word.lowercased()
    if lower == "sept" { return 9 }
    return (months.firstIndex(of: lower) ?? longMonths.firstIndex(of: lower)).map { $0 + 1 }
  }

  private mutating func isDate() -> Bool {
    skipWeekday()
    let start = rest
    if skipTime() && skipEnd() { return true }
    (rest, parts) = (start, DateParts())
    guard skipDay() else { return false }
    if rest.isEmpty { return true }
    if rest.first == "T" || rest.first == "t" {
      rest.removeFirst()
    } else if !skipSpaces() {
      return skipEnd()
    }
    return (skipTime() || rest.allSatisfy { $0.isLetter }) && skipEnd()
  }

  private mutating func skipDay() -> Bool {
    if let word = word() {
      parts.month = DateText.month(word)
      return parts.month != nil && skipAfterMonth()
    }
    guard let first = number() else { return false }
    if first.digits == 4 {
      parts.year = first.value
      return skipAfterYear()
    }
    guard first.digits <= 2 else { return false }
    let separator = rest.first
    skipSeparators()
    if let word = word() {
      (parts.day, parts.month) = (first.value, DateText.month(word))
      guard parts.month != nil else { return false }
      skipSeparators()
      return takeYear(shortIsAllowed: true)
    }
    guard let separator, "-/.".contains(separator), let second = number(), second.digits <= 2,
      rest.first == separator
    else { return false }
    rest.removeFirst()
    parts.pair = (first.value, second.value)
    guard (1...31).contains(first.value), (1...31).contains(second.value) else { return false }
    // With points and short numbers it could be a version or an address.
    return takeYear(
      shortIsAllowed: separator != "." || first.digits == 2 && second.digits == 2
    )
  }

  /// A year of four digits or, where allowed, of two: from 1970 to 2069.
  private mutating func takeYear(shortIsAllowed: Bool) -> Bool {
    guard let year = number() else { return false }
    if year.digits == 2 && shortIsAllowed {
      parts.year = year.value + (year.value < 70 ? 2000 : 1900)
    } else if year.digits == 4 {
      parts.year = year.value
    }
    return parts.year != nil
  }

  /// After `March`: `1, 2024`, `2024`, or `-24`.
  private mutating func skipAfterMonth() -> Bool {
    let isTight = rest.first == "-"
    skipSeparators()
    let start = rest
    guard let first = number() else { return false }
    if first.digits == 4 || first.digits == 2 && isTight && rest.isEmpty {
      rest = start
      return takeYear(shortIsAllowed: true)
    }
    guard first.digits <= 2 else { return false }
    parts.day = first.value
    skipSeparators()
    return takeYear(shortIsAllowed: false)
  }

  /// After `2024`: `-03-01`, `/3`, `Q1`, `-W05`.
  private mutating func skipAfterYear() -> Bool {
    let separator = rest.first
    if let separator, "-/.".contains(separator) { rest.removeFirst() }
    if let word = word() {
      if ["q", "w"].contains(word.lowercased()) {
        guard let part = number(), (1...53).contains(part.value) else { return false }
        /// The first month of the quarter, or the month that the week is in or nearly in.
        let month = word.lowercased() == "q" ? 3 * part.value - 2 : 1 + (part.value * 12 - 6) / 53
        parts.month = min(12, month)
        return true
      }
      parts.month = DateText.month(word)
      guard parts.month != nil else { return false }
      skipSeparators()
      guard let day = number(), day.digits <= 2 else { return false }
      parts.day = day.value
      return true
    }
    guard let separator, "-/.".contains(separator), let month = number(), month.digits <= 2,
      (0...12).contains(month.value)
    else { return false }
    parts.month = month.value
    guard rest.first == separator else { return separator != "." }
    rest.removeFirst()
    guard let day = number(), day.digits <= 2, (0...31).contains(day.value) else { return false }
    parts.day = day.value
    return true
  }

  /// `14:05`, `14:05:33.2`, `2:05 pm`.
  private mutating func skipTime() -> Bool {
    guard let hour = number(), hour.digits <= 2, rest.first == ":" else { return false }
    rest.removeFirst()
    guard let minute = number(), minute.digits == 2, minute.value < 60 else { return false }
    parts.hour = Double(hour.value) + Double(minute.value) / 60
    if rest.first == ":" {
      rest.removeFirst()
      guard let second = number(), second.digits == 2 else { return false }
      if rest.first == "." || rest.first == "," {
        rest.removeFirst()
        guard number() != nil else { return false }
      }
    }
    let start = rest
    _ = skipSpaces()
    guard let half = word(), ["am", "pm", "a", "p"].contains(half.lowercased()) else {
      rest = start
      return true
    }
    let isAfternoon = half.lowercased().hasPrefix("p")
    parts.hour = parts.hour.map { ($0 >= 12 ? $0 - 12 : $0) + (isAfternoon ? 12 : 0) }
    return true
  }

  /// A time zone, or nothing.
  private mutating func skipEnd() -> Bool {
    _ = skipSpaces()
    if rest.isEmpty { return true }
    if let word = word() { return DateText.zones.contains(word.lowercased()) && rest.isEmpty }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return false }
    rest.removeFirst()
    return rest.allSatisfy { $0 == ":" || ("0"..."9").contains($0) }
  }

  private mutating func skipWeekday() {
    let start = rest
    guard let word = word(), DateText.weekdays.contains(word.lowercased()) else {
      rest = start
      return
    }
    skipSeparators()
  }

  private mutating func number() -> (value: Int, digits: Int)? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard let value = Int(digits) else { return nil }
    rest.removeFirst(digits.count)
    return (value, digits.count)
  }

  private mutating func word() -> String? {
    let letters = rest.prefix { $0.isLetter }
    if letters.isEmpty { return nil }
    rest.removeFirst(letters.count)
    return String(letters)
  }

  private mutating func skipSeparators() {
    while let first = rest.first, " -/.,".contains(first) { rest.removeFirst() }
  }

  private mutating func skipSpaces() -> Bool {
    let spaces = rest.prefix { $0 == " " || $0 == "," }
    rest.removeFirst(spaces.count)
    return !spaces.isEmpty
  }
}
