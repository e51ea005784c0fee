internal import Statistics

/// Operations on one method's results, and the special functions.
extension StatisticsReplay {
  static let seedOperations: [String: Operation] = [
    "special": special, "summary": summary, "quantile": quantile, "rank": rank,
    "delta_m": deltaM, "delta_m_seeds": deltaMOverSeeds, "mean_rank": meanRank, "mark": mark,
    "format_pm": formatPlusMinus,
  ]

  private struct SpecialFunction {
    let argumentCount: Int
    let value: @Sendable ([Double]) -> Double
  }

  private static let specialFunctions: [String: SpecialFunction] = [
    "norm_cdf": SpecialFunction(argumentCount: 1) { NormalDistribution.cumulative($0[0]) },
    "norm_sf": SpecialFunction(argumentCount: 1) { NormalDistribution.upperTail($0[0]) },
    "norm_ppf": SpecialFunction(argumentCount: 1) { NormalDistribution.quantile($0[0]) },
    "t_sf": SpecialFunction(argumentCount: 2) {
      StudentT.upperTail($0[0], degreesOfFreedom: $0[1])
    },
    "t_ppf": SpecialFunction(argumentCount: 2) {
      StudentT.quantile($0[0], degreesOfFreedom: $0[1])
    },
    "chi2_sf": SpecialFunction(argumentCount: 2) {
      ChiSquared.upperTail($0[0], degreesOfFreedom: $0[1])
    },
    "chi2_ppf": SpecialFunction(argumentCount: 2) {
      ChiSquared.quantile($0[0], degreesOfFreedom: $0[1])
    },
    "f_sf": SpecialFunction(argumentCount: 3) { FDistribution.upperTail($0[0], $0[1], $0[2]) },
    "f_ppf": SpecialFunction(argumentCount: 3) { FDistribution.quantile($0[0], $0[1], $0[2]) },
    "srange_sf": SpecialFunction(argumentCount: 2) {
      StudentizedRange.upperTail($0[0], groupCount: Int($0[1]))
    },
    "srange_ppf": SpecialFunction(argumentCount: 2) {
      StudentizedRange.quantile($0[0], groupCount: Int($0[1]))
    },
  ]

  private static func special(_ input: JSONValue) throws(VerificationError) -> Answer {
    let name = try input.member("fn").string()
    guard let function = specialFunctions[name] else {
      return .unsupported("unknown special function '\(name)'")
    }
    let rows = try input.member("args").matrix()
    try require(
      rows.allSatisfy { $0.count == function.argumentCount },
      "\(function.argumentCount) arguments of '\(name)'"
    )
    if name.hasPrefix("srange") {
      try require(rows.allSatisfy { (2...10_000).contains($0[1]) }, "2 to 10000 groups")
    }
    return .values(["values": JSONValue(rows.map { function.value($0) })])
  }

  private static func summary(_ input: JSONValue) throws(VerificationError) -> Answer {
    let summary = SeedSummary(
      try input.member("x").doubles(),
      level: try input.member("level").double()
    )
    return .values([
      "n": JSONValue(summary.count), "mean": JSONValue(summary.mean),
      "std": JSONValue(summary.standardDeviation), "sem": JSONValue(summary.standardError),
      "ci": JSONValue(summary.interval), "median": JSONValue(summary.median),
      "min": JSONValue(summary.minimum), "max": JSONValue(summary.maximum),
    ])
  }

  private static func quantile(_ input: JSONValue) throws(VerificationError) -> Answer {
    let x = try input.member("x").doubles()
    let levels = try input.member("p").doubles()
    return .values(["values": JSONValue(levels.map { SampleQuantile.of(x, at: $0) })])
  }

  private static func rank(_ input: JSONValue) throws(VerificationError) -> Answer {
    let ranks = Ranking.ranks(
      of: try input.member("x").scores(),
      higherIsBetter: try input.member("higher_better").bool()
    )
    return .values(["ranks": JSONValue(ranks)])
  }

  private static func deltaM(_ input: JSONValue) throws(VerificationError) -> Answer {
    var tasks: [[DeltaM.Metric]] = []
    for task in try input.member("tasks").elements() {
      var metrics: [DeltaM.Metric] = []
      for metric in try task.member("metrics").elements() {
        metrics.append(
          DeltaM.Metric(
            value: try metric.member("value").double(),
            base: try metric.member("base").double(),
            higherIsBetter: try metric.member("higher_better").bool()
          )
        )
      }
      tasks.append(metrics)
    }
    let deltaM = DeltaM(tasks)
    return .values([
      "per_task_gain": JSONValue(deltaM.taskGains), "drop_task_mean": JSONValue(deltaM.drop),
      "drop_flat": JSONValue(deltaM.dropFlat), "gain_task_mean": JSONValue(deltaM.gain),
    ])
  }

  private static func deltaMOverSeeds(_ input: JSONValue) throws(VerificationError) -> Answer {
    var tasks: [[DeltaMOverSeeds.Metric]] = []
    var counts: [Int] = []
    for task in try input.member("tasks").elements() {
      var metrics: [DeltaMOverSeeds.Metric] = []
      for metric in try task.member("metrics").elements() {
        let values = try metric.member("value").scores()
        let bases = try metric.member("base").scores()
        counts += [values.count, bases.count]
        try require(counts.allSatisfy { $0 == counts[0] }, "the same number of seeds everywhere")
        metrics.append(
          DeltaMOverSeeds.Metric(
            values: values,
            bases: bases,
            higherIsBetter: try metric.member("higher_better").bool()
          )
        )
      }
      tasks.append(metrics)
    }
    let deltaM = DeltaMOverSeeds(tasks)
    return .values([
      "per_seed": JSONValue(deltaM.perSeed.map(\.number)), "mean": JSONValue(deltaM.mean),
      "std": JSONValue(deltaM.summary.standardDeviation),
      "ci": JSONValue(deltaM.summary.interval),
      "ratio_of_means": JSONValue(deltaM.ratioOfMeans.drop),
      "per_seed_fixed_base": JSONValue(deltaM.perSeedFixedBase.map(\.number)),
    ])
  }

  private static func meanRank(_ input: JSONValue) throws(VerificationError) -> Answer {
    let values = try input.member("values").scoreRows()
    let higherIsBetter = try input.member("higher_better").bools()
    try require(
      values.allSatisfy { $0.count == higherIsBetter.count },
      "one value per metric in every row"
    )
    let ranking = MeanRank(values, higherIsBetter: higherIsBetter)
    return .values([
      "ranks": JSONValue(ranking.ranks), "mean_rank": JSONValue(ranking.meanRanks),
    ])
  }

  private static func mark(_ input: JSONValue) throws(VerificationError) -> Answer {
    let name = try input.member("test").string()
    guard let test = BestMarks.Test(rawValue: name) else {
      return .unsupported("unknown test '\(name)'")
    }
    let marks = BestMarks(
      try input.member("scores").scoreRows(),
      higherIsBetter: try input.member("higher_better").bool(),
      alpha: try input.member("alpha").double(),
      test: test
    )
    return .values([
      "best": JSONValue(marks.best.map { Double($0) }), "p": JSONValue(marks.p),
      "p_holm": JSONValue(marks.adjustedP), "bold": JSONValue(marks.bold),
      "second": JSONValue(marks.second), "underpowered": JSONValue(marks.isUnderpowered),
    ])
  }

  private static func formatPlusMinus(_ input: JSONValue) throws(VerificationError) -> Answer {
    var texts: [String] = []
    for pair in try input.member("pairs").elements() {
      let numbers = try pair.optionalDoubles()
      try require(numbers.count == 2, "pairs of a value and its uncertainty")
      texts.append(FormatPlusMinus.text(numbers[0] ?? .nan, numbers[1]))
    }
    return .values(["text": JSONValue(texts)])
  }
}
