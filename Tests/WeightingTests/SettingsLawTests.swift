import Settings
import Testing

@testable import Weighting

@Suite("Settings of weighting methods")
struct SettingsLawTests {
  /// Keys that every method has; they are described once, by `mtlbench describe`.
  static let common: Set<String> = ["heads", "scale"]

  @Test("every setting a method reads is described, and no other", arguments: LawStep.types.indices)
  func described(_ index: Int) {
    let type = LawStep.types[index]
    let described = type.description.settings.map { $0.key }
    #expect(Set(described).count == described.count)
    #expect(SettingsLawTests.readKeys(type).subtracting(Self.common) == Set(described))
  }

  @Test("every choice a method offers is described", arguments: LawStep.types.indices)
  func choices(_ index: Int) {
    let type = LawStep.types[index]
    for key in SettingsLawTests.readKeys(type).subtracting(Self.common) {
      let meaning = type.description.settings.first { $0.key == key }?.meaning ?? ""
      for name in SettingsLawTests.choices(of: key, type) {
        #expect(meaning.contains(name), "\(type.name): '\(key)' can be \(name): \(meaning)")
      }
    }
  }

  /// Keys read with the example's settings, and with any one choice made otherwise.
  static func readKeys(_ type: any WeightingMethod.Type) -> Set<String> {
    var keys = knownKeys(type, "")
    for key in keys.subtracting(common) {
      for name in choices(of: key, type) {
        keys.formUnion(knownKeys(type, "\(key): \(name)\n"))
      }
    }
    return keys
  }

  /// Every choice of a setting that a method has with its defaults, but the default itself.
  static func otherChoices(
    _ type: any WeightingMethod.Type
  ) -> [(key: String, choice: String)] {
    knownKeys(type, "").subtracting(common).sorted().flatMap { key in
      let standard = standard(of: key, type)
      return choices(of: key, type).filter { $0 != standard }.map { (key: key, choice: $0) }
    }
  }

  /// What a method takes for a key that is left out, if that is a text.
  private static func standard(of key: String, _ type: any WeightingMethod.Type) -> String? {
    do {
      let settings = try LawStep.made(type.name, taskCount: 2, settings: "").settings
      guard case .text(let word)? = settings[key] else { return nil }
      return word
    } catch {
      Issue.record("\(type.name) with its defaults: \(error)")
      return nil
    }
  }

  /// The keys that the refusal of an unknown one lists.
  private static func knownKeys(
    _ type: any WeightingMethod.Type,
    _ settings: String
  ) -> Set<String> {
    guard
      case .setting(_, _, .unknownKey(_, let known))? = refusal(type, settings + "no_such_key: 1")
    else {
      Issue.record("\(type.name) with \(settings)")
      return []
    }
    return Set(known)
  }

  /// The names that the refusal of another value lists; none when the key is no choice.
  private static func choices(
    of key: String,
    _ type: any WeightingMethod.Type
  ) -> [String] {
    guard !type.exampleSettings(taskCount: 2).contains("\(key):"),
      case .setting(_, _, .unexpected(_, .choice(let names)))? = refusal(type, "\(key): '?'")
    else { return [] }
    return names
  }

  private static func refusal(
    _ type: any WeightingMethod.Type,
    _ settings: String
  ) -> SettingsError? {
    do {
      _ = try LawStep.method(type.name, taskCount: 2, settings: settings)
      return nil
    } catch {
      return error as? SettingsError
    }
  }
}
