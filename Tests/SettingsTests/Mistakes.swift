import Settings
import Testing

/// The message of the error that reading `text` ends in.
func message(
  reading text: String,
  _ read: (inout SettingsReader) throws(SettingsError) -> Void = { (_) throws(SettingsError) in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> String {
  do throws(SettingsError) {
    var reader = SettingsReader(try YAMLReader.read(text, file: "suite.yaml"))
    try read(&reader)
    Issue.record("no mistake was found", sourceLocation: sourceLocation)
    return ""
  } catch {
    return error.description
  }
}

/// A reader of the top level of `text`.
func reader(_ text: String) throws -> SettingsReader {
  SettingsReader(try YAMLReader.read(text, file: "suite.yaml"))
}
