/// Groups of methods that were not separated, as letters and as bars of a critical-difference diagram.
///
/// Methods are joined when they do not differ significantly; groups are the maximal sets in which all
/// are joined. A group can have a gap in the rank order: first and third without the second, which
/// differs from both. Bars therefore mark their members.
///
/// Letters: all maximal sets, singletons too, sorted by their best, then worst member's rank, are
/// called a, b, c, ...; methods that share a letter are not separated. Bars: the sets with two or more
/// members, sorted in the same way, each on the lowest level whose bars it does not overlap.
///
/// Source: Demšar, JMLR 7, 2006, section 3.2.4; Piepho, "An algorithm for a letter-based
/// representation of all-pairwise comparisons", JCGS 13, 2004.
package struct Cliques: Hashable, Sendable {
  /// How far a bar reaches beyond the mean ranks of its first and last member.
  package static let barOverhang = 0.06

  /// Groups with two or more members, which get bars, best first; members in rank order.
  package let groups: [[Int]]
  /// Letters of each method, shape [methodCount].
  package let letters: [String]
  /// Level of each group's bar, 0 next to the axis.
  package let barLevels: [Int]
  /// Methods between the first and last member of each group that do not belong to it.
  package let coveredNonMembers: [[Int]]

  /// Groups of the methods with the given mean ranks.
  ///
  /// - Precondition: pairs are of different positions in `meanRanks`.
  package init(notSignificant: [IndexPair], meanRanks: [Double]) {
    let order = Ranking.order(of: meanRanks)
    var position = [Int](repeating: 0, count: meanRanks.count)
    for (place, method) in order.enumerated() { position[method] = place }
    let row = [Bool](repeating: false, count: meanRanks.count)
    var isJoined = [[Bool]](repeating: row, count: meanRanks.count)
    for pair in notSignificant {
      isJoined[position[pair.first]][position[pair.second]] = true
      isJoined[position[pair.second]][position[pair.first]] = true
    }
    // From here on, methods are called by their place in the rank order.
    let maximal = BronKerbosch.maximalCliques(isJoined).sorted { first, second in
      let ends = (first[0], first[first.count - 1])
      let otherEnds = (second[0], second[second.count - 1])
      return ends == otherEnds ? first.lexicographicallyPrecedes(second) : ends < otherEnds
    }
    let bars = maximal.filter { $0.count > 1 }
    groups = bars.map { bar in bar.map { order[$0] } }
    letters = position.map { place in
      maximal.indices.filter { maximal[$0].contains(place) }.map { Cliques.letter($0) }.joined()
    }
    barLevels = Cliques.levels(
      bars.map { (meanRanks[order[$0[0]]], meanRanks[order[$0[$0.count - 1]]]) }
    )
    coveredNonMembers = bars.map { bar in
      (bar[0]...bar[bar.count - 1]).filter { !bar.contains($0) }.map { order[$0] }
    }
  }

  /// a to z, A to Z, then numbers in brackets.
  private static func letter(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return index < letters.count ? String(letters[index]) : "(\(index + 1))"
  }

  private static func levels(_ bars: [(start: Double, end: Double)]) -> [Int] {
    var ends: [Double] = []
    return bars.map { bar in
      let start = bar.start - barOverhang
      let level = ends.firstIndex { $0 < start } ?? ends.count
      if level == ends.count { ends.append(0) }
      ends[level] = bar.end + barOverhang
      return level
    }
  }
}
