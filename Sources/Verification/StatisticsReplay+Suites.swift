internal import Kernels
internal import Statistics

/// Operations on many methods over many suites, and on points with several objectives.
extension StatisticsReplay {
  static let suiteOperations: [String: Operation] = [
    "friedman": friedman, "nemenyi": nemenyi, "wilcoxon_holm": wilcoxonHolm, "cliques": cliques,
    "bayes_signed_rank_weights": bayesianWeights, "bayes_signed_rank_mc": bayesianDraws,
    "pareto": pareto, "hypervolume": hypervolume,
  ]

  /// Seed of the draws behind `bayes_signed_rank_mc`.
  private static let drawSeed: UInt64 = 1

  private static func friedman(_ input: JSONValue) throws(VerificationError) -> Answer {
    let test = Friedman(
      try input.member("values").rectangle(),
      higherIsBetter: try input.member("higher_better").bool()
    )
    return .values([
      "ranks": JSONValue(test.meanRanks), "chi2": JSONValue(test.chiSquared),
      "p": JSONValue(test.p), "F": JSONValue(test.f), "p_F": JSONValue(test.fP),
      "kendall_w": JSONValue(test.kendallW), "all_tied": JSONValue(test.isAllTied),
      "chi2_without_tie_correction": JSONValue(test.chiSquaredUncorrected),
      "df1": JSONValue(test.degreesOfFreedom1), "df2": JSONValue(test.degreesOfFreedom2),
    ])
  }

  private static func nemenyi(_ input: JSONValue) throws(VerificationError) -> Answer {
    let values = try input.member("values").rectangle()
    try require(values[0].count > 1, "two or more methods")
    let comparison = Nemenyi(
      values,
      higherIsBetter: try input.member("higher_better").bool(),
      alpha: try input.member("alpha").double()
    )
    return .values([
      "mean_ranks": JSONValue(comparison.meanRanks), "q": JSONValue(comparison.q),
      "cd": JSONValue(comparison.criticalDifference), "p": JSONValue(comparison.p),
      "groups": JSONValue(comparison.groups),
    ])
  }

  private static func wilcoxonHolm(_ input: JSONValue) throws(VerificationError) -> Answer {
    let comparison = WilcoxonHolm(
      try input.member("values").rectangle(),
      higherIsBetter: try input.member("higher_better").bool(),
      alpha: try input.member("alpha").double()
    )
    return .values([
      "mean_ranks": JSONValue(comparison.meanRanks), "pairs": JSONValue(comparison.pairs),
      "p": JSONValue(comparison.p), "p_holm": JSONValue(comparison.adjustedP),
      "cliques": JSONValue(comparison.cliques),
    ])
  }

  private static func cliques(_ input: JSONValue) throws(VerificationError) -> Answer {
    let ranks = try input.member("mean_ranks").doubles()
    try require(try input.member("k").int() == ranks.count, "k mean ranks")
    let pairs = try input.member("not_significant").positions(below: ranks.count)
    try require(pairs.allSatisfy { $0.count == 2 && $0[0] != $0[1] }, "pairs of methods")
    let cliques = Cliques(
      notSignificant: pairs.map { IndexPair($0[0], $0[1]) },
      meanRanks: ranks
    )
    return .values([
      "cliques_in_rank_order": JSONValue(cliques.groups), "letters": JSONValue(cliques.letters),
      "bar_levels": JSONValue(cliques.barLevels),
      "covered_non_members": JSONValue(cliques.coveredNonMembers),
    ])
  }

  private static func bayesianWeights(_ input: JSONValue) throws(VerificationError) -> Answer {
    let differences = try input.member("d").doubles()
    let rope = try input.member("rope").double()
    let draws = try input.member("weights").matrix()
    try require(
      draws.allSatisfy { $0.count == differences.count + 1 },
      "one weight per difference and one for the pseudo-observation"
    )
    let theta = draws.map { weights in
      let shares = BayesianSignedRank.shares(
        differences: differences,
        rope: rope,
        weights: weights
      )
      return [shares.left, shares.rope, shares.right]
    }
    return .values(["theta": JSONValue(theta)])
  }

  private static func bayesianDraws(_ input: JSONValue) throws(VerificationError) -> Answer {
    let rope = try input.member("rope").double()
    let priorStrength = try input.member("prior_strength").double()
    let drawCount = try input.member("draws").int()
    try require(
      rope >= 0 && priorStrength > 0 && drawCount > 0,
      "a rope of at least 0, a positive prior strength and number of draws"
    )
    var stream = RandomStream(seed: drawSeed, purpose: .statistics)
    let test = BayesianSignedRank(
      differences: try input.member("d").doubles(),
      rope: rope,
      priorStrength: priorStrength,
      drawCount: drawCount,
      using: &stream
    )
    return .values([
      "p_left": JSONValue(test.probabilities.left), "p_rope": JSONValue(test.probabilities.rope),
      "p_right": JSONValue(test.probabilities.right),
    ])
  }

  /// Points to be minimized.
  private static func points(_ input: JSONValue) throws(VerificationError) -> [[Double]] {
    let points = try input.member("points").matrix()
    let width = points.first?.count ?? 0
    try require(points.allSatisfy { $0.count == width }, "points of equal dimension")
    return try input.member("minimise").bool() ? points : points.map { $0.map { -$0 } }
  }

  private static func pareto(_ input: JSONValue) throws(VerificationError) -> Answer {
    .values(["nondominated": JSONValue(ParetoFront.nondominated(try points(input)))])
  }

  private static func hypervolume(_ input: JSONValue) throws(VerificationError) -> Answer {
    let points = try points(input)
    let given = try input.member("reference").doubles()
    let reference = try input.member("minimise").bool() ? given : given.map { -$0 }
    guard Hypervolume.dimensions.contains(reference.count) else {
      return .unsupported("a hypervolume of \(reference.count) dimensions")
    }
    try require(points.allSatisfy { $0.count == reference.count }, "points like the reference")
    let volume = Hypervolume.of(points, reference: reference)
    return .values(["hypervolume": JSONValue(volume)])
  }
}
