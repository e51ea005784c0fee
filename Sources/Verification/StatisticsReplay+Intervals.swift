internal import Statistics

/// Operations that resample or aggregate over seeds and suites.
extension StatisticsReplay {
  static let intervalOperations: [String: Operation] = [
    "bootstrap_indices": bootstrapIndices, "bootstrap_exhaustive": bootstrapExhaustive,
    "aggregate": aggregate, "prob_improvement": probabilityOfImprovement, "profile": profile,
    "stratified_bootstrap": stratifiedBootstrap,
  ]

  private static let statistics: [String: @Sendable ([Double]) -> Double] = [
    "mean": { CompensatedSum.mean($0) }, "median": { SampleQuantile.median($0) },
    "iqm": { InterquartileMean.cut($0) }, "std": { CompensatedSum.standardDeviation($0) },
  ]

  private static func bootstrapIndices(_ input: JSONValue) throws(VerificationError) -> Answer {
    let name = try input.member("statistic").string()
    guard let statistic = statistics[name] else {
      return .unsupported("unknown statistic '\(name)'")
    }
    let x = try input.member("x").doubles()
    let level = try input.member("level").double()
    let indices = try input.member("indices").positions(below: x.count)
    let bootstrap = Bootstrap(x, indices: indices, statistic: statistic)
    let bca = BCa(bootstrap, level: level)
    let sorted = bootstrap.sortedDistribution
    let expanded = ExpandedPercentile.interval(ofSorted: sorted, count: x.count, level: level)
    return .values([
      "distribution_sorted_first5": JSONValue(Array(sorted.prefix(5))),
      "percentile": JSONValue(bootstrap.percentile(level: level)),
      "basic": JSONValue(bootstrap.basic(level: level)),
      "bca": JSONValue(bca.interval), "bca_z0": JSONValue(bca.biasCorrection),
      "bca_a": JSONValue(bca.acceleration),
      "bca_fallback": bca.isPercentile ? .text("percentile") : .null,
      "expanded": JSONValue(expanded),
      "expanded_level": JSONValue(ExpandedPercentile.lowerLevel(count: x.count, level: level)),
      "standard_error": JSONValue(bootstrap.standardError),
    ])
  }

  private static func bootstrapExhaustive(_ input: JSONValue) throws(VerificationError) -> Answer {
    let name = try input.member("statistic").string()
    guard let statistic = statistics[name] else {
      return .unsupported("unknown statistic '\(name)'")
    }
    let x = try input.member("x").doubles()
    guard x.count <= ExhaustiveBootstrap.largestCount else {
      return .unsupported("\(x.count) values have too many resamples to enumerate")
    }
    try require(!x.isEmpty, "at least one value")
    let bootstrap = ExhaustiveBootstrap(x, statistic: statistic)
    return .values([
      "count": JSONValue(bootstrap.sortedDistribution.count), "mean": JSONValue(bootstrap.mean),
      "std_ddof0": JSONValue(bootstrap.standardDeviation),
      "percentile": JSONValue(bootstrap.percentile(level: try input.member("level").double())),
      "share_below": JSONValue(bootstrap.shareBelow),
      "share_equal": JSONValue(bootstrap.shareEqual),
    ])
  }

  private static func aggregate(_ input: JSONValue) throws(VerificationError) -> Answer {
    let aggregates = SuiteAggregates(
      try input.member("scores").rectangle(),
      gamma: try input.member("gamma").double()
    )
    return .values([
      "mean": JSONValue(aggregates.mean), "median": JSONValue(aggregates.median),
      "iqm": JSONValue(aggregates.interquartileMean),
      "iqm_fractional": JSONValue(aggregates.interquartileMeanFractional),
      "optimality_gap": JSONValue(aggregates.optimalityGap),
    ])
  }

  private static func probabilityOfImprovement(
    _ input: JSONValue
  ) throws(VerificationError) -> Answer {
    let x = try input.member("x").rectangle()
    let y = try input.member("y").rectangle()
    try require(x[0].count == y[0].count, "the same suites in x and y")
    return .values(["value": JSONValue(ProbabilityOfImprovement.of(x, over: y))])
  }

  private static func profile(_ input: JSONValue) throws(VerificationError) -> Answer {
    let profile = PerformanceProfile(
      try input.member("scores").rectangle(),
      thresholds: try input.member("taus").doubles()
    )
    return .values(["run": JSONValue(profile.runs), "mean": JSONValue(profile.suiteMeans)])
  }

  private static func stratifiedBootstrap(_ input: JSONValue) throws(VerificationError) -> Answer {
    let name = try input.member("statistic").string()
    let statistics: [String: ([[Double]]) -> Double] = [
      "mean": { SuiteAggregates($0).mean }, "median": { SuiteAggregates($0).median },
      "iqm": { SuiteAggregates($0).interquartileMean },
      "optimality_gap": { SuiteAggregates($0).optimalityGap },
    ]
    guard let statistic = statistics[name] else {
      return .unsupported("unknown statistic '\(name)'")
    }
    let scores = try input.member("scores").rectangle()
    var indices: [[[Int]]] = []
    for resample in try input.member("indices").elements() {
      let rows = try resample.positions(below: scores.count)
      try require(rows.allSatisfy { $0.count == scores[0].count }, "one seed per suite")
      indices.append(rows)
    }
    let distribution = StratifiedBootstrap.distribution(
      scores,
      indices: indices,
      statistic: statistic
    )
    let level = try input.member("level").double()
    let interval = Interval(
      lower: SampleQuantile.of(distribution, at: (1 - level) / 2),
      upper: SampleQuantile.of(distribution, at: (1 + level) / 2)
    )
    return .values([
      "distribution": JSONValue(distribution), "percentile": JSONValue(interval),
    ])
  }
}
