import Foundation
import Store

/// Calls `body` with an empty folder that is removed afterwards.
@discardableResult
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { _ = try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// Calls `body` with a store that holds `fixture`, and an empty folder.
@discardableResult
func withStore<Result>(
  _ fixture: StoreFixture,
  _ body: (ResultStore, String) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    let store = try ResultStore(path: folder + "/results.sqlite", mode: .create)
    try fixture.write(to: store)
    let results = folder + "/results"
    try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: true)
    defer { _ = try? store.close() }
    return try body(store, results)
  }
}
