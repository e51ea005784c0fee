/// The usual words for true and false.
enum TruthWord {
  /// Words that are used beside each other, the false ones first.
  private static let families: [(falsehoods: Set<String>, truths: Set<String>)] = [
    (["false", "f"], ["true", "t"]), (["no", "n"], ["yes", "y"]), (["off"], ["on"]),
    (["falsch"], ["wahr"]), (["nein", "n"], ["ja", "j"]), (["faux"], ["vrai"]),
    (["non", "n"], ["oui", "o"]), (["falso", "f"], ["verdadero", "vero", "v"]),
    (["no", "n"], ["sí", "si", "s"]),
  ]

  /// Whether some words, in any capitals, are all of one pair of opposites; true for no words.
  static func areOfOneLanguage(_ words: [String]) -> Bool {
    family(of: words.map { $0.lowercased() }) != nil
  }

  /// What each word of a column means; nil where they are not all of one pair of opposites.
  static func values(of words: [String]) -> [Bool]? {
    let lower = words.map { $0.lowercased() }
    guard let family = family(of: lower) else { return nil }
    return lower.map { family.truths.contains($0) }
  }

  /// Whether a word of at least two letters, in any capitals, is one of them.
  static func isOne(_ word: String) -> Bool {
    let lower = word.lowercased()
    return lower.count > 1
      && families.contains { $0.truths.contains(lower) || $0.falsehoods.contains(lower) }
  }

  private static func family(
    of words: [String]
  ) -> (falsehoods: Set<String>, truths: Set<String>)? {
    families.first { family in
      words.allSatisfy { family.truths.contains($0) || family.falsehoods.contains($0) }
    }
  }
}
