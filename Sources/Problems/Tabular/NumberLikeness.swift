/// What makes a text look like a number that it is not, so that messages can say how to write it.
package enum NumberLikeness: Hashable, Sendable {
  /// `1,52`.
  case decimalComma
  /// `1,037`: a comma that separates thousands or decimals.
  case commaBeforeThree
  /// `1,037,000.5`, `1 037`, `1'037`; the separator as it would be set, nil where it cannot be.
  case thousands(separator: String?)
  /// `1.037,52`.
  case pointAndComma
  /// `1.5%`.
  case percent
  /// `$5`, `5 EUR`.
  case currency
  /// U+2212 or a dash for a minus sign, or `(5)`.
  case minus
  /// `inf`.
  case infinite
  /// `5 kg`.
  case unit
  /// `<0.1`, `~5`, `5+`.
  case bound
  /// `0x1F`, `1d5`, `1_000`.
  case programming

  private static let minusSigns: Set<Character> = ["\u{2212}", "\u{2013}", "\u{2012}", "\u{FE63}"]
  private static let currencies: Set<Character> = ["$", "€", "£", "¥", "₹", "₽", "¢"]
  private static let currencyCodes: Set<String> = [
    "usd", "eur", "gbp", "jpy", "chf", "cad", "aud", "inr", "cny", "rub", "kr", "sek", "nok", "dkk",
  ]
  private static let ordinals: Set<String> = ["st", "nd", "rd", "th"]
  private static let infinities: Set<String> = ["inf", "infinity", "infinite", "∞", "1.#inf"]

  /// The likeness of a text without spaces around it; nil where it looks like no number at all.
  ///
  /// - Parameter text: a text that is no number.
  init?(_ text: String) {
    // Numbers are short, and most texts end here.
    guard text.utf8.count <= 64 else { return nil }
    var rest = text[...]
    let isNegated = NumberLikeness.dropMinus(&rest)
    if NumberLikeness.infinities.contains(rest.lowercased()) {
      self = .infinite
      return
    }
    guard rest.contains(where: { ("0"..."9").contains($0) }) else { return nil }
    if let marked = NumberLikeness.marked(rest) {
      self = marked
    } else if let grouped = NumberLikeness.grouped(rest) {
      self = grouped
    } else if isNegated && NumberLikeness.isPlain(rest) {
      self = .minus
    } else if let other = NumberLikeness.other(rest) {
      self = other
    } else {
      return nil
    }
  }

  /// Drops a sign; true where it is one that no number is written with.
  private static func dropMinus(_ rest: inout Substring) -> Bool {
    if let first = rest.first, minusSigns.contains(first) {
      rest.removeFirst()
      return true
    }
    if rest.first == "(" && rest.last == ")" {
      rest = rest.dropFirst().dropLast()
      return true
    }
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    return false
  }

  /// Percent and currency signs around something like a number.
  private static func marked(_ text: Substring) -> NumberLikeness? {
    var rest = text
    if rest.last == "%" || rest.last == "‰" {
      rest.removeLast()
      return isNumeric(trimmed(rest)) ? .percent : nil
    }
    if let first = rest.first, currencies.contains(first) {
      rest.removeFirst()
    } else if let last = rest.last, currencies.contains(last) {
      rest.removeLast()
    } else {
      let letters = rest.suffix(while: { $0.isLetter })
      let before = rest.prefix { $0.isLetter }
      if currencyCodes.contains(letters.lowercased()) {
        rest.removeLast(letters.count)
      } else if currencyCodes.contains(before.lowercased()) {
        rest.removeFirst(before.count)
      } else {
        return nil
      }
    }
    var amount = trimmed(rest)
    _ = dropMinus(&amount)
    return isNumeric(amount) ? .currency : nil
  }

  /// Commas, points and other separators between digits.
  private static func grouped(_ text: Substring) -> NumberLikeness? {
    let separators = text.filter { !("0"..."9").contains($0) }
    guard text.first?.isNumber == true, text.last?.isNumber == true,
      let first = separators.first, let last = separators.last
    else { return nil }
    let pieces = text.split(
      omittingEmptySubsequences: false,
      whereSeparator: { !("0"..."9").contains($0) }
    )
    if pieces.contains(where: { $0.isEmpty }) { return nil }
    let isInThrees = pieces.dropFirst().allSatisfy { $0.count == 3 } && pieces[0].count <= 3
    if separators == "," {
      return isInThrees ? .commaBeforeThree : .decimalComma
    }
    let isOneKind = separators.allSatisfy { $0 == first }
    if isOneKind && isInThrees && ",.' \u{A0}\u{202F}\u{2009}’_".contains(first) {
      return .thousands(separator: settable(first))
    }
    let front = separators.dropLast()
    guard pieces.dropFirst().dropLast().allSatisfy({ $0.count == 3 }), !front.isEmpty,
      front.allSatisfy({ $0 == first }), first != last
    else { return nil }
    if last == "." && ",' \u{A0}\u{202F}\u{2009}’_".contains(first) {
      return .thousands(separator: settable(first))
    }
    return last == "," && ".' \u{A0}\u{202F}\u{2009}’".contains(first) ? .pointAndComma : nil
  }

  private static func settable(_ separator: Character) -> String? {
    switch separator {
    case "'", ",", "_", ".": String(separator)
    case " ", "\u{A0}", "\u{202F}", "\u{2009}": " "
    default: nil
    }
  }

  private static func other(_ text: Substring) -> NumberLikeness? {
    if let first = text.first, "<>~≈≤≥=".contains(first) {
      let rest = trimmed(text.drop { "<>~≈≤≥=".contains($0) })
      return isPlain(rest) ? .bound : nil
    }
    if text.last == "+", isPlain(text.dropLast()) { return .bound }
    let lower = text.lowercased()
    if lower.hasPrefix("0x") && lower.dropFirst(2).allSatisfy({ $0.isHexDigit }) {
      return .programming
    }
    if isPlain(Substring(lower.replacing("d", with: "e", maxReplacements: 1))) {
      return .programming
    }
    let unit = text.suffix(while: { $0.isLetter || "°µμ/²³^".contains($0) })
    guard !unit.isEmpty, unit.count <= 5, !ordinals.contains(unit.lowercased()) else { return nil }
    return isNumeric(trimmed(text.dropLast(unit.count))) ? .unit : nil
  }

  /// Whether a text is a number, or one with separators.
  private static func isNumeric(_ text: Substring) -> Bool {
    isPlain(text) || grouped(text) != nil
  }

  private static func isPlain(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    return DecimalNumber.reading(of: bytes.span, from: 0, to: bytes.count) != .noNumber
  }

  private static func trimmed(_ text: Substring) -> Substring {
    Substring(CellText.trimmed(String(text)))
  }
}

extension NumberLikeness {
  /// How the number is to be written instead, or which key reads it.
  var remedy: String {
    switch self {
    case .decimalComma: "if the comma stands before decimals, set decimal: ','"
    case .commaBeforeThree:
      "if the comma separates thousands, set thousands: ','; if it stands before decimals, set "
        + "decimal: ','"
    case .thousands(let separator?): "if it has separated thousands, set thousands: '\(separator)'"
    case .thousands(nil): "write it without separators"
    case .pointAndComma:
      "if the comma stands before decimals, set decimal: ',' and the other sign as thousands"
    case .percent: "write it without the percent sign"
    case .currency: "write it without the currency"
    case .minus: "write a negative number with a plain '-'"
    case .infinite: "leave the cell empty if the value is missing"
    case .unit: "if it has a unit, write it without"
    case .bound: "write one number without the sign beside it"
    case .programming: "write it in plain decimal digits"
    }
  }
}

extension Substring {
  /// The longest end of characters that fit.
  fileprivate func suffix(while fits: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
