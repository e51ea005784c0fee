internal import Glibc

/// A path or the outline of a polygon in tenths of a unit, with its steps from point to point.
///
/// Points on a straight line between others are left out, and places that nothing is drawn from.
enum SVGPath {
  private struct Point: Hashable {
    var x: Int
    var y: Int
  }

  /// The short form of a path of moves and lines; nil for one with other commands.
  static func short(path: String) -> String? {
    var parts: [[Point]] = []
    var closed: [Bool] = []
    var numbers = ""
    var command: Character = " "
    func finish() -> Bool {
      guard command != " " else { return true }
      let points = points(in: numbers)
      switch command {
      case "M":
        parts += points.prefix(1).map { [$0] }
        closed += points.prefix(1).map { _ in false }
        guard !parts.isEmpty else { return points.isEmpty }
        parts[parts.count - 1] += points.dropFirst()
      case "L":
        guard !parts.isEmpty else { return false }
        parts[parts.count - 1] += points
      case "Z", "z":
        guard !parts.isEmpty else { return false }
        closed[closed.count - 1] = true
      default: return false
      }
      return true
    }
    for character in path {
      if character.isLetter && character != "e" {
        guard finish() else { return nil }
        command = character
        numbers = ""
      } else {
        numbers.append(character)
      }
    }
    guard finish() else { return nil }
    return zip(parts, closed).map { text($0, isClosed: $1) }.joined()
  }

  /// The short form of a polygon's outline as a path; the outline of a band is in whole units.
  static func short(polygon text: String) -> String {
    let mostCorners = 8
    let points = points(in: text)
    guard points.count > mostCorners else { return Self.text(points, isClosed: true) }
    let whole = { (tenths: Int) in Int((Double(tenths) / 10).rounded()) * 10 }
    return Self.text(points.map { Point(x: whole($0.x), y: whole($0.y)) }, isClosed: true)
  }

  /// A dot, drawn by a line without length that has round ends.
  static func dot(x: Double, y: Double) -> String {
    "M\(tenths(Int((x * 10).rounded()))) \(tenths(Int((y * 10).rounded())))h0"
  }

  private static func points(in text: String) -> [Point] {
    let numbers = text.split { $0 == " " || $0 == "," || $0.isNewline || $0 == "\t" }
      .compactMap { Double($0) }.map { Int(($0 * 10).rounded()) }
    return stride(from: 0, to: numbers.count - 1, by: 2).map {
      Point(x: numbers[$0], y: numbers[$0 + 1])
    }
  }

  private static func text(_ points: [Point], isClosed: Bool) -> String {
    guard let first = points.first else { return "" }
    var steps: [Point] = []
    for (from, to) in zip(points, points.dropFirst()) {
      let step = Point(x: to.x - from.x, y: to.y - from.y)
      guard step != Point(x: 0, y: 0) else { continue }
      if let last = steps.last, last.x * step.y == last.y * step.x,
        last.x * step.x + last.y * step.y > 0
      {
        steps[steps.count - 1] = Point(x: last.x + step.x, y: last.y + step.y)
      } else {
        steps.append(step)
      }
    }
    guard !steps.isEmpty else { return "" }
    var text = "M\(tenths(first.x))\(separated(first.y))"
    var command: Character = "M"
    for step in steps {
      switch (step.x, step.y) {
      case (_, 0):
        text += "h\(tenths(step.x))"
        command = "h"
      case (0, _):
        text += "v\(tenths(step.y))"
        command = "v"
      default:
        text += (command == "l" ? separated(step.x) : "l" + tenths(step.x)) + separated(step.y)
        command = "l"
      }
    }
    return text + (isClosed ? "z" : "")
  }

  private static func separated(_ value: Int) -> String {
    value < 0 ? tenths(value) : " " + tenths(value)
  }

  /// Tenths as a decimal number without zeros that say nothing.
  static func tenths(_ value: Int) -> String {
    let (whole, rest) = (abs(value) / 10, abs(value) % 10)
    let sign = value < 0 ? "-" : ""
    if rest == 0 { return sign + "\(whole)" }
    return sign + (whole == 0 ? "" : "\(whole)") + ".\(rest)"
  }
}
