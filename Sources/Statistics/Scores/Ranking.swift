/// Ranks of values: 1 is best, tied values share the average of their ranks.
///
/// Failed runs share the worst ranks; what is undefined or missing has none.
package enum Ranking {
  /// Rank of each value, in the given order; nan stands for a failed run.
  ///
  /// Values are tied when they differ by at most `relativeTolerance` of the first of their group.
  package static func ranks(
    _ values: [Double],
    higherIsBetter: Bool = false,
    relativeTolerance: Double = Ties.relativeTolerance
  ) -> [Double] {
    let keys = values.map { $0.isNaN ? Double.nan : higherIsBetter ? -$0 : $0 }
    let order = keys.indices.sorted { isBefore(keys[$0], $0, keys[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      let first = keys[order[start]]
      var end = start + 1
      while end < order.count, isTied(first, keys[order[end]], relativeTolerance) { end += 1 }
      // Ranks start + 1 through end, averaged.
      for position in start..<end { ranks[order[position]] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }

  /// Ranks among the values and failed runs; nil for what is undefined or missing.
  package static func ranks(of scores: [Score], higherIsBetter: Bool = false) -> [Double?] {
    let ranked = scores.indices.filter { scores[$0].value != nil || scores[$0] == .failed }
    let ranks = ranks(ranked.map { scores[$0].number }, higherIsBetter: higherIsBetter)
    var all = [Double?](repeating: nil, count: scores.count)
    for (place, index) in ranked.enumerated() { all[index] = ranks[place] }
    return all
  }

  /// Positions of `ranks` from best to worst, equal ranks in the given order.
  package static func order(of ranks: [Double]) -> [Int] {
    ranks.indices.sorted { isBefore(ranks[$0], $0, ranks[$1], $1) }
  }

  /// Ascending, failed last, equal ones by position.
  private static func isBefore(_ x: Double, _ i: Int, _ y: Double, _ j: Int) -> Bool {
    if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? i < j : y.isNaN }
    return x == y ? i < j : x < y
  }

  private static func isTied(_ x: Double, _ y: Double, _ tolerance: Double) -> Bool {
    x.isNaN && y.isNaN || Ties.areTied(x, y, relativeTolerance: tolerance)
  }
}
