/// Where a piece of text stands: a file, and a line and column counted from 1.
package struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file as the user named it, or a name such as `<run spec>` for text that is not a file.
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column)" }
}

/// A value of a settings text together with its place.
package struct Setting: Sendable {
  /// What a value can be; scalars keep their spelling, and their type is decided by who reads them.
  package indirect enum Value: Sendable {
    case scalar(String, isQuoted: Bool)
    case list([Setting])
    case table(SettingsTable)
  }

  package let value: Value
  package let place: Place

  package init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

/// Keys and values in the order of the text; keys are unique.
package struct SettingsTable: Sendable {
  package struct Entry: Sendable {
    package let key: String
    package let keyPlace: Place
    package let setting: Setting

    package init(key: String, keyPlace: Place, setting: Setting) {
      self.key = key
      self.keyPlace = keyPlace
      self.setting = setting
    }
  }

  package let entries: [Entry]
  package let place: Place

  package init(_ entries: [Entry], at place: Place) {
    self.entries = entries
    self.place = place
  }
}
