internal import Statistics
internal import Store

/// Which methods differ over the problems of a suite.
///
/// Blocks are families of problems, values mean logarithms of the ratio to single-task training. Friedman's test with Iman and Davenport's F says
/// whether any differ; Wilcoxon's signed-rank test with Holm's correction says which pairs. Without a
/// difference overall no pair is called different.
struct SuiteRanking: Sendable {
  /// The families and the methods that have a value in each; positions are those of `overview.lines`.
  let blocks: SuiteBlocks
  /// Whether any differ, and mean ranks, of the methods in `blocks.methods`.
  let friedman: Friedman
  /// All pairs of the methods in `blocks.methods`.
  let tests: WilcoxonHolm
  /// Sets of methods in `blocks.methods` that are not told apart.
  let cliques: Cliques

  /// Whether Friedman's test finds any difference.
  var isDifferent: Bool { friedman.fP <= Comparison.alpha }

  /// Families that Wilcoxon–Holm needs before it can tell any pair apart.
  var familiesNeeded: Int {
    SeedsNeeded.bySignTest(comparisons: tests.pairs.count, alpha: Comparison.alpha)
  }

  /// Nil with fewer than two families or three methods that were run on all of them.
  init?(_ overview: Overview, families: [String]) {
    let blocks = Self.blocks(overview, families: families)
    guard blocks.families.count >= 2, blocks.methods.count >= 3 else { return nil }
    let friedman = Friedman(blocks.values, higherIsBetter: false)
    let tests = WilcoxonHolm(blocks.values, higherIsBetter: false)
    self.blocks = blocks
    self.friedman = friedman
    self.tests = tests
    cliques = Cliques(
      notSignificant: friedman.fP <= Comparison.alpha ? tests.notSignificant : tests.pairs,
      meanRanks: friedman.meanRanks
    )
  }

  /// Mean logarithm of the ratio to single-task training by family and method.
  static func blocks(_ overview: Overview, families: [String]) -> SuiteBlocks {
    SuiteBlocks(
      overview.countedProblems.map { problem in
        overview.lines.map { $0.results[problem]?.logRatioScore ?? .missing }
      },
      families: overview.countedProblems.map { families[$0] }
    )
  }

  /// p of each method in `blocks.methods` against one of them, Holm over the others; nil for itself.
  func adjustedP(against control: Int) -> [Double?] {
    let tests = WilcoxonHolm(blocks.values, higherIsBetter: false, control: control)
    var adjusted = [Double?](repeating: nil, count: blocks.methods.count)
    for (pair, p) in zip(tests.pairs, tests.adjustedP) {
      adjusted[pair.first == control ? pair.second : pair.first] = p
    }
    return adjusted
  }

  /// A sentence with the numbers of the test over all methods.
  var omnibusSentence: String {
    let f = friedman.f.isFinite ? NumberText.significant(friedman.f, 3) : "infinite"
    let p =
      friedman.fP < 0.001 ? "p < 0.001" : "p = \(NumberText.fixed(friedman.fP, 3))"
    let end =
      isDifferent ? "some methods differ." : "no difference between the methods is established."
    return "Friedman with Iman–Davenport F(\(friedman.degreesOfFreedom1), "
      + "\(friedman.degreesOfFreedom2)) = \(f), \(p), Kendall's W = "
      + "\(NumberText.fixed(friedman.kendallW, 2)) over \(friedman.blockCount) families of problems: "
      + end
  }
}
