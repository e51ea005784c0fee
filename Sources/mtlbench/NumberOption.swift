internal import ArgumentParser
internal import Settings

/// Reads the numbers of options by the rules and in the words of suite files.
enum NumberOption {
  /// - Throws: `ValidationError` that names the range, for anything but a finite number in it.
  static func number(_ text: String, in range: ClosedRange<Double>) throws -> Double {
    try value(text, as: .number(in: range))
  }

  /// - Throws: `ValidationError` that names the range, for anything but a whole number in it.
  static func count(_ text: String, in range: ClosedRange<Int>) throws -> Int {
    try value(text, as: .count(in: range))
  }

  /// - Throws: `ValidationError` for anything but a whole number of 64 bits.
  static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError("expected a whole number from 0 to \(UInt64.max)")
    }
    return seed
  }

  private static func value<Value>(_ text: String, as form: ScalarForm<Value>) throws -> Value {
    let place = Place(file: "option", line: 1, column: 1)
    let setting = Setting(.scalar(text, isQuoted: false), at: place)
    do {
      return try setting.value(as: form, path: "")
    } catch {
      throw ValidationError("expected \(form.expectation)")
    }
  }
}
