/// All maximal cliques of a graph, by Bron and Kerbosch's algorithm with a pivot.
///
/// Source: Bron and Kerbosch, "Algorithm 457: finding all cliques of an undirected graph",
/// Communications of the ACM 16, 1973; the pivot after Tomita, Tanaka and Takahashi 2006.
enum BronKerbosch {
  /// Maximal cliques, members ascending; a node without neighbors is one of its own.
  ///
  /// `isJoined` is symmetric, shape [node][node]; its diagonal is not read.
  static func maximalCliques(_ isJoined: [[Bool]]) -> [[Int]] {
    var found: [[Int]] = []
    extend([], candidates: Array(isJoined.indices), excluded: [], isJoined, &found)
    return found.map { $0.sorted() }
  }

  /// Adds to `found` the maximal cliques that hold `clique`, some of `candidates` and none of
  /// `excluded`.
  private static func extend(
    _ clique: [Int],
    candidates: [Int],
    excluded: [Int],
    _ isJoined: [[Bool]],
    _ found: inout [[Int]]
  ) {
    let neighborCount = { (node: Int) in candidates.count { $0 != node && isJoined[node][$0] } }
    // A maximal clique holds the pivot or a node that is not its neighbor.
    guard let pivot = (candidates + excluded).max(by: { neighborCount($0) < neighborCount($1) })
    else {
      if !clique.isEmpty { found.append(clique) }
      return
    }
    var candidates = candidates
    var excluded = excluded
    for node in candidates where node == pivot || !isJoined[pivot][node] {
      extend(
        clique + [node],
        candidates: candidates.filter { $0 != node && isJoined[node][$0] },
        excluded: excluded.filter { isJoined[node][$0] },
        isJoined,
        &found
      )
      candidates.removeAll { $0 == node }
      excluded.append(node)
    }
  }
}
