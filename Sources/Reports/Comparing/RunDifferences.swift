package import Store

/// The runs of two databases held against each other, by identity: what a run depends on is in it, so
/// that two runs of one identity should be the same to the last bit.
package struct RunDifferences: Sendable {
  /// A run that came to something else in the second database.
  package struct Difference: Sendable, Hashable {
    package let identity: String
    /// What is another: `outcome`, `parameters`, `metrics`.
    package let what: [String]
  }

  /// Runs that both have, with the same outcome.
  package let sameCount: Int
  /// Runs that both have, with another outcome, by identity.
  package let different: [Difference]
  /// Runs that only the first has.
  package let firstAloneCount: Int
  /// Runs that only the second has.
  package let secondAloneCount: Int

  /// - Throws: `StoreError` where one of the stores cannot be read.
  package init(_ first: ResultStore, _ second: ResultStore) throws(StoreError) {
    let (ofFirst, ofSecond) = (try first.parameterHashes(), try second.parameterHashes())
    let shared = ofFirst.keys.filter { ofSecond[$0] != nil }.sorted()
    let (own, other) = (try first.runs(of: shared), try second.runs(of: shared))
    different = shared.compactMap { identity in
      var what: [String] = []
      if own[identity]?.end.status != other[identity]?.end.status { what.append("outcome") }
      if ofFirst[identity] != ofSecond[identity] { what.append("parameters") }
      if own[identity]?.metrics != other[identity]?.metrics { what.append("metrics") }
      return what.isEmpty ? nil : Difference(identity: identity, what: what)
    }
    sameCount = shared.count - different.count
    firstAloneCount = ofFirst.count - shared.count
    secondAloneCount = ofSecond.count - shared.count
  }
}
