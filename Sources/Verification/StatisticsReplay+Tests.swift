internal import Statistics

/// Operations on two methods paired by seed, and on families of p-values.
extension StatisticsReplay {
  static let testOperations: [String: Operation] = [
    "snap_diff": snappedDifferences, "ttest_paired": pairedTTest, "wilcoxon": wilcoxon,
    "signflip": signFlip, "holm": holm, "bh": benjaminiHochberg, "effect": effect,
  ]

  /// Two lists of the same length.
  private static func pairs(
    _ input: JSONValue
  ) throws(VerificationError) -> (a: [Double], b: [Double]) {
    let a = try input.member("a").doubles()
    let b = try input.member("b").doubles()
    try require(a.count == b.count, "as many values in a as in b")
    return (a, b)
  }

  private static func snappedDifferences(_ input: JSONValue) throws(VerificationError) -> Answer {
    let (a, b) = try pairs(input)
    let snapped = SnappedDifferences.of(a, b)
    let naive = zip(a, b).map { $0 - $1 }
    let sizes = snapped.filter { $0 != 0 }.map { abs($0) }
    let naiveSizes = naive.filter { $0 != 0 }.map { abs($0) }
    return .values([
      "d": JSONValue(snapped), "zeros": JSONValue(snapped.count { $0 == 0 }),
      "abs_ranks_nonzero": JSONValue(Ranking.ranks(sizes)),
      "naive_zeros": JSONValue(naive.count { $0 == 0 }),
      "naive_abs_ranks_nonzero": JSONValue(Ranking.ranks(naiveSizes, relativeTolerance: 0)),
    ])
  }

  private static func pairedTTest(_ input: JSONValue) throws(VerificationError) -> Answer {
    let (a, b) = try pairs(input)
    let test = PairedTTest(a, b, level: try input.member("level").double())
    return .values([
      "n": JSONValue(test.count), "mean_diff": JSONValue(test.meanDifference),
      "t": JSONValue(test.t), "df": JSONValue(test.degreesOfFreedom),
      "p_two": JSONValue(test.twoSided), "p_greater": JSONValue(test.greater),
      "p_less": JSONValue(test.less), "ci": JSONValue(test.interval),
      "degenerate": JSONValue(test.isDegenerate),
    ])
  }

  private static func wilcoxon(_ input: JSONValue) throws(VerificationError) -> Answer {
    let method: WilcoxonSignedRank.Method
    switch try input.member("method").string() {
    case "exact": method = .exact
    case "normal": method = .normal(continuityCorrection: try input.member("continuity").bool())
    case let name: return .unsupported("unknown method '\(name)'")
    }
    let rule = try input.member("zero_method").string()
    guard let zeros = WilcoxonSignedRank.Zeros(rawValue: rule) else {
      return .unsupported("unknown rule for zeros '\(rule)'")
    }
    let test = WilcoxonSignedRank(
      differences: try input.member("d").doubles(),
      zeros: zeros,
      method: method
    )
    return .values([
      "n_used": JSONValue(test.usedCount), "w_plus": JSONValue(test.positiveRankSum),
      "w_minus": JSONValue(test.negativeRankSum), "statistic": JSONValue(test.statistic),
      "z": JSONValue(test.z), "p_two": JSONValue(test.twoSided),
      "p_greater": JSONValue(test.greater), "p_less": JSONValue(test.less),
    ])
  }

  private static func signFlip(_ input: JSONValue) throws(VerificationError) -> Answer {
    let test = SignFlipTest(differences: try input.member("d").doubles())
    return .values([
      "n": JSONValue(test.count), "p_two": JSONValue(test.twoSided),
      "p_greater": JSONValue(test.greater), "p_less": JSONValue(test.less),
      "min_p": JSONValue(SignFlipTest.smallestP(count: test.count)),
    ])
  }

  private static func holm(_ input: JSONValue) throws(VerificationError) -> Answer {
    .values(["adjusted": JSONValue(Holm.adjusted(try input.member("p").optionalDoubles()))])
  }

  private static func benjaminiHochberg(_ input: JSONValue) throws(VerificationError) -> Answer {
    let p = try input.member("p").optionalDoubles()
    return .values(["adjusted": JSONValue(BenjaminiHochberg.adjusted(p))])
  }

  private static func effect(_ input: JSONValue) throws(VerificationError) -> Answer {
    let a = try input.member("a").doubles()
    let b = try input.member("b").doubles()
    let unpaired = UnpairedEffect(a, b)
    var values = [
      "cliff_delta": JSONValue(unpaired.cliffDelta),
      "a12": JSONValue(unpaired.probabilityOfSuperiority),
    ]
    if a.count == b.count {
      let paired = PairedEffect(a, b)
      values["mean_diff"] = JSONValue(paired.meanDifference)
      values["dz"] = JSONValue(paired.dz)
      values["gz"] = JSONValue(paired.gz)
      values["paired_superiority"] = JSONValue(paired.shareLarger)
    }
    return .values(values)
  }
}
