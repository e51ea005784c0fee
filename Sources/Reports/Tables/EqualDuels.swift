internal import Statistics
internal import Store

/// Every method of one problem against equal weights, the second reference: what tuning or balancing the
/// weights is good for at all.
struct EqualDuels {
  private let equal: Int?
  private let duels: [Comparison.Duel]

  init(_ problem: ProblemResults) {
    let methods = problem.methods
    equal = methods.firstIndex {
      $0.record.method == MethodLabel.equal && $0.record.label != problem.rival.label
    }
    duels = Comparison.duels(methods, control: equal.map { methods[$0] })
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
    guard let difference = duels[method].difference else { return [.none, .none] }
    return [
      .value(Table.Measure(difference)),
      duels[method].adjustedP.map { .value(Table.Measure(mean: $0, count: difference.count)) }
        ?? .none,
    ]
  }

  var caption: [String] {
    equal == nil ? [] : ["Against equal: the same against equal weights, the second reference."]
  }
}
