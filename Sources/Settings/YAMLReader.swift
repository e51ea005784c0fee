internal import Yams

/// Turns YAML, and so JSON, into tables whose every key and value knows its place.
///
/// Only what settings need is read: one document of tables, lists and single values. Values keep
/// their spelling; what they mean is decided by their readers and not by YAML's rules, so `no` and
/// `1:30` are text. Anchors, aliases, tags and merge keys are refused.
package enum YAMLReader {
  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: YAML; a byte order mark and any line ends are accepted.
  ///   - file: The name for messages.
  /// - Returns: The top level; keys in the order of the text.
  /// - Throws: `SettingsError.text` when it is not such YAML.
  package static func read(_ text: String, file: String) throws(SettingsError) -> SettingsTable {
    let byteOrderMark = text.unicodeScalars.prefix { $0 == "\u{FEFF}" }.count
    let text = String(text.unicodeScalars.dropFirst(byteOrderMark))
    try refuseControlCharacters(text, file: file)
    let document = try Document.parse(text, file: file)
    return try withExtendedLifetime(document.parser) { () throws(SettingsError) in
      try document.table()
    }
  }

  /// Reads a file of at most 16 MiB.
  ///
  /// - Throws: `SettingsError.file` when the file cannot be read, and as `read(_:file:)`.
  package static func read(path: String) throws(SettingsError) -> SettingsTable {
    try read(TextFile.read(path: path), file: path)
  }

  /// What YAML does not allow anywhere, named here with its place, which the parser does not give.
  private static func refuseControlCharacters(
    _ text: String,
    file: String
  ) throws(SettingsError) {
    var cursor = TextCursor(text)
    while let character = cursor.character {
      switch character.value {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...: cursor.advance()
      default:
        let place = Place(file: file, line: cursor.line, column: cursor.column)
        throw .text(place, .forbiddenCharacter(character))
      }
    }
  }
}

/// A parsed text, to be turned into tables.
private struct Document {
  /// Nodes hold their anchors weakly; the parser owns them.
  let parser: Parser
  let root: Node?
  /// The root of a second document.
  let next: Node?
  let file: String
  /// What was changed to get a text with a key given twice past the parser; nil for other texts.
  let disguise: Disguise?

  /// Parses `text`.
  ///
  /// Of a key given twice the parser tells only the first place, and it stops there. The text is then
  /// parsed once more with another first letter for every word that may be a key; `table` finds the second.
  static func parse(_ text: String, file: String) throws(SettingsError) -> Document {
    do {
      return try Document(text, file: file, disguise: nil)
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      let place = Place(context.mark, in: file)
      let reason = SettingsError.text(place, .duplicateKey(names.first ?? "", first: place))
      let disguise = Disguise(of: text, reason)
      do {
        return try Document(disguise.text, file: file, disguise: disguise)
      } catch YamlError.duplicatedKeysInMapping {
        throw reason
      } catch {
        throw problem(error, file: file)
      }
    } catch {
      throw problem(error, file: file)
    }
  }

  private init(_ text: String, file: String, disguise: Disguise?) throws {
    self.file = file
    self.disguise = disguise
    parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
    root = try parser.nextRoot()
    next = root == nil ? nil : try parser.nextRoot()
  }

  func table() throws(SettingsError) -> SettingsTable {
    let start = Place(file: file, line: 1, column: 1)
    guard let root else { throw .text(start, .empty) }
    if let next { throw .text(place(of: next), .severalDocuments) }
    let setting = try setting(root)
    guard case .table(let table) = setting.value
    else { throw .text(setting.place, .topLevel(Found(setting.value))) }
    if let disguise { throw disguise.reason }
    return table
  }

  private func setting(_ node: Node) throws(SettingsError) -> Setting {
    let place = place(of: node)
    if let anchor = node.anchor { throw .text(place, .anchor(anchor.rawValue)) }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain
      try refuse(scalar.tag, unless: isQuoted ? [.implicit, .str] : [.implicit], at: place)
      return Setting(.scalar(trueText(scalar.string), isQuoted: isQuoted), at: place)
    case .sequence(let sequence):
      try refuse(sequence.tag, unless: [.implicit], at: place)
      var elements: [Setting] = []
      for node in sequence { elements.append(try setting(node)) }
      return Setting(.list(elements), at: place)
    case .mapping(let mapping):
      try refuse(mapping.tag, unless: [.implicit], at: place)
      return Setting(.table(try table(mapping, at: place)), at: place)
    case .alias(let alias):
      throw .text(place, .anchor(alias.anchor.rawValue))
    }
  }

  private func table(_ mapping: Node.Mapping, at place: Place) throws(SettingsError)
    -> SettingsTable
  {
    var entries: [SettingsTable.Entry] = []
    var places: [String: Place] = [:]
    for (node, value) in mapping {
      let (key, keyPlace) = try key(node)
      if let first = places.updateValue(keyPlace, forKey: key) {
        throw .text(keyPlace, .duplicateKey(key, first: first))
      }
      entries.append(SettingsTable.Entry(key: key, keyPlace: keyPlace, setting: try setting(value)))
    }
    return SettingsTable(entries, at: place)
  }

  private func key(_ node: Node) throws(SettingsError) -> (String, Place) {
    let place = place(of: node)
    if let anchor = node.anchor { throw .text(place, .anchor(anchor.rawValue)) }
    guard case .scalar(let scalar) = node else {
      let found = node.sequence.map { Found.list(count: $0.count) } ?? .table
      throw .text(place, .notTextKey(found))
    }
    // Comparing keys makes the parser give plain ones the tag of text.
    try refuse(scalar.tag, unless: [.implicit, .str], at: place)
    let isPlain = scalar.style == .plain
    if isPlain, scalar.string == "<<" { throw .text(place, .mergeKey) }
    if isPlain, scalar.string.isEmpty { throw .text(place, .notTextKey(.nothing)) }
    return (trueText(scalar.string), place)
  }

  private func refuse(
    _ tag: Tag,
    unless allowed: [Tag.Name],
    at place: Place
  ) throws(SettingsError) {
    guard !allowed.contains(where: { $0.rawValue == tag.rawValue }) else { return }
    throw .text(place, .tag(tag.rawValue))
  }

  private func place(of node: Node) -> Place {
    guard let mark = node.mark else { return Place(file: file, line: 1, column: 1) }
    return Place(mark, in: file)
  }

  private func trueText(_ text: String) -> String { disguise?.undone(text) ?? text }

  private static func problem(_ error: any Error, file: String) -> SettingsError {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let isDepth = problem.hasPrefix("Maximum nesting level")
      return .text(
        Place(mark, in: file),
        .invalidYAML(
          isDepth ? "nested too deeply" : problem,
          construct: isDepth ? "" : context?.text ?? "",
          start: isDepth ? nil : context.map { Place($0.mark, in: file) }
        )
      )
    default:
      return .text(
        Place(file: file, line: 1, column: 1),
        .invalidYAML("\(error)", construct: "", start: nil)
      )
    }
  }
}

extension Place {
  fileprivate init(_ mark: Mark, in file: String) {
    self.init(file: file, line: mark.line, column: mark.column)
  }
}
