internal import Statistics
internal import Store

/// Every method of one problem against equal weights, the second reference: what tuning or balancing the
/// weights is good for at all.
struct EqualDuels {
  private let equal: Int?
  /// Differences to equal weights by seed; nil without two shared seeds.
  private let differences: [SeedSummary?]
  private let adjusted: [Double?]

  init(_ problem: ProblemResults) {
    let methods = problem.methods
    let place = methods.firstIndex {
      $0.record.method == MethodLabel.equal && $0.record.label != problem.rival.label
    }
    equal = place
    let tests = methods.indices.map { index -> PairedTTest? in
      guard let place, index != place, methods[index].failedCount == 0,
        methods[place].failedCount == 0
      else { return nil }
      let (own, other) = Score.pairs(methods[index].deltaMBySeed, methods[place].deltaMBySeed)
      return own.count < 2 ? nil : PairedTTest(own, other)
    }
    adjusted = Holm.adjusted(
      tests.map { $0?.twoSided },
      countingOnce: Identical.firsts(methods.map(\.deltaMBySeed))
    )
    differences = methods.indices.map { index in
      guard let place, tests[index] != nil else { return nil }
      return SeedSummary(
        zip(methods[index].deltaMBySeed, methods[place].deltaMBySeed).map { own, other in
          Score.absence(in: [own, other]) ?? own.map { $0 - other.number }
        }
      )
    }
  }

  /// None without equal weights.
  var columns: [Table.Column] {
    guard equal != nil else { return [] }
    return [
      Table.Column(
        name: "difference_equal",
        group: "Against equal",
        head: "Difference",
        unit: "points",
        direction: .lower,
        formula: "mean over shared seeds of delta_m minus that of equal weights"
      ),
      Table.Column(
        name: "p_equal",
        group: "Against equal",
        head: "p (Holm)",
        decimals: .pValue,
        formula: "two-sided paired t test of difference_equal, Holm over the methods"
      ),
    ]
  }

  /// The cells of a method in these columns.
  func cells(of method: Int) -> [Table.Cell] {
    guard let equal else { return [] }
    if method == equal { return [.text("(ref.)"), .none] }
    guard let difference = differences[method] else { return [.none, .none] }
    return [
      .value(Table.Measure(difference)),
      adjusted[method].map { .value(Table.Measure(mean: $0, count: difference.count)) } ?? .none,
    ]
  }

  var caption: [String] {
    equal == nil ? [] : ["Against equal: the same against equal weights, the second reference."]
  }
}
