/// Recognises dates and times of day by their form; it does not read them.
///
/// Forms: `2024-03-01`, `2024/3/1`, `2024-03`, `2024Q1`, `2024-W05`, `1.3.2024`, `03/01/24`,
/// `1 Mar 2024`, `March 1, 2024`, `Mar 2024`, `Mar-24`, each with a time behind it if any; `14:05`,
/// `2:05:33.2 pm`; a weekday before and a time zone behind are let pass. A bare number is none.
struct DateText {
  private var rest: Substring

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december",
  ]
  private static let weekdays: Set<String> = [
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let zones: Set<String> = ["z", "utc", "gmt"]

  /// Whether a text without spaces around it has the form of a date or a time.
  static func matches(_ text: String) -> Bool {
    // The longest form with everything has fewer characters; most other texts end here.
    guard text.utf8.count <= 48, text.utf8.contains(where: { 0x30...0x39 ~= $0 }) else {
      return false
    }
    var date = DateText(rest: text[...])
    return date.isDate()
  }

  private mutating func isDate() -> Bool {
    skipWeekday()
    let start = rest
    if skipTime() && skipEnd() { return true }
    rest = start
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
      guard DateText.months.contains(word.lowercased()) else { return false }
      return skipAfterMonth()
    }
    guard let first = number() else { return false }
    if first.digits == 4 { return skipAfterYear() }
    guard first.digits <= 2 else { return false }
    let separator = rest.first
    skipSeparators()
    if let word = word() {
      guard DateText.months.contains(word.lowercased()) else { return false }
      skipSeparators()
      guard let year = number() else { return false }
      return year.digits == 4 || year.digits == 2
    }
    guard let separator, "-/.".contains(separator), let second = number(), second.digits <= 2,
      rest.first == separator
    else { return false }
    rest.removeFirst()
    guard let year = number(), (1...31).contains(first.value), (1...31).contains(second.value)
    else { return false }
    if year.digits == 4 { return true }
    // With points and short numbers it could be a version or an address.
    return year.digits == 2 && (separator != "." || first.digits == 2 && second.digits == 2)
  }

  /// After `March`: `1, 2024`, `2024`, or `-24`.
  private mutating func skipAfterMonth() -> Bool {
    let isTight = rest.first == "-"
    skipSeparators()
    guard let first = number() else { return false }
    if first.digits == 4 || first.digits == 2 && isTight && rest.isEmpty { return true }
    guard first.digits <= 2 else { return false }
    skipSeparators()
    return number()?.digits == 4
  }

  /// After `2024`: `-03-01`, `/3`, `Q1`, `-W05`.
  private mutating func skipAfterYear() -> Bool {
    let separator = rest.first
    if let separator, "-/.".contains(separator) { rest.removeFirst() }
    if let word = word() {
      if ["q", "w"].contains(word.lowercased()) {
        return number().map { (1...53).contains($0.value) } ?? false
      }
      guard DateText.months.contains(word.lowercased()) else { return false }
      skipSeparators()
      return number().map { $0.digits <= 2 } ?? false
    }
    guard let separator, "-/.".contains(separator), let month = number(), month.digits <= 2,
      (0...12).contains(month.value)
    else { return false }
    guard rest.first == separator else { return separator != "." }
    rest.removeFirst()
    return number().map { $0.digits <= 2 && (0...31).contains($0.value) } ?? false
  }

  /// `14:05`, `14:05:33.2`, `2:05 pm`.
  private mutating func skipTime() -> Bool {
    guard let hour = number(), hour.digits <= 2, rest.first == ":" else { return false }
    rest.removeFirst()
    guard let minute = number(), minute.digits == 2, minute.value < 60 else { return false }
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
