/// Mean of the middle half of pooled scores (IQM): robust to a few bad runs.
///
/// `cut` drops `floor(n / 4)` scores at each end and averages the rest; `fractional` drops exactly a
/// quarter, giving the scores at the edges a part of their weight. They agree when `n` is a multiple
/// of 4. Failed runs enter as minus infinity; when one is left in the middle half the result is nan.
///
/// Source: Agarwal, Schwarzer, Castro, Courville and Bellemare, "Deep Reinforcement Learning at the
/// Edge of the Statistical Precipice", NeurIPS 2021, section 4.3.
package enum InterquartileMean {
  /// IQM that drops whole scores; nan for none.
  package static func cut(_ scores: [Double]) -> Double {
    let sorted = ordered(scores)
    let dropped = sorted.count / 4
    return finite(CompensatedSum.mean(Array(sorted[dropped..<(sorted.count - dropped)])))
  }

  /// `cut` of ascending scores of which each is there so many times.
  static func cut(ofSorted sorted: [Double], counts: [Int]) -> Double {
    let count = counts.reduce(0, +)
    let dropped = count / 4
    var middle: [Double] = []
    middle.reserveCapacity(count - 2 * dropped)
    var before = 0
    for (score, times) in zip(sorted, counts) where times > 0 {
      let kept = max(before, dropped)..<max(before, dropped, min(before + times, count - dropped))
      for _ in kept { middle.append(score) }
      before += times
    }
    return finite(CompensatedSum.mean(middle))
  }

  /// IQM that drops exactly a quarter at each end; nan for none.
  package static func fractional(_ scores: [Double]) -> Double {
    let sorted = ordered(scores)
    guard !sorted.isEmpty else { return .nan }
    let quarter = Double(sorted.count) / 4
    let dropped = sorted.count / 4
    let middle = Array(sorted[dropped..<(sorted.count - dropped)])
    let edgeWeight = 1 - (quarter - Double(dropped))
    // Both edges may be the same score, which then loses a part on either side.
    let lost = (1 - edgeWeight) * (middle[0] + middle[middle.count - 1])
    return finite((CompensatedSum.of(middle) - lost) / (Double(sorted.count) - 2 * quarter))
  }

  /// Ascending, failed runs first.
  static func ordered(_ scores: [Double]) -> [Double] {
    scores.map { $0.isNaN ? -.infinity : $0 }.sorted()
  }

  private static func finite(_ value: Double) -> Double { value.isFinite ? value : .nan }
}
