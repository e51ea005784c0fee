internal import FoundationEssentials

/// The reference files that come with the source.
package enum ShippedReferences {
  private static let folder = "Tests/Fixtures/reference"

  /// Path of one shipped file, relative to the working folder.
  package static func path(named name: String) -> String { "\(folder)/\(name)" }

  /// Paths of the shipped files, relative to the working folder.
  ///
  /// - Throws: `VerificationError.unreadable` when the working folder is not the project's.
  package static func paths() throws(VerificationError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
    } catch {
      throw .unreadable(
        "\(folder): not found; name reference files, or start in the folder of the source"
      )
    }
  }
}
