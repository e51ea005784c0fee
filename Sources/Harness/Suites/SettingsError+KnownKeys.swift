internal import Settings

extension SettingsError {
  /// The same error; if it is about an unknown key of the table at `path`, with more known keys
  /// named, which another reader takes out of the same table.
  func knowing(_ keys: [String], at path: String) -> SettingsError {
    guard case .setting(let place, path, .unknownKey(let key, let known)) = self else {
      return self
    }
    return .setting(place, path: path, .unknownKey(key, known: keys + known))
  }
}
