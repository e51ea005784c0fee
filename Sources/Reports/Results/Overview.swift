package import Statistics
package import Store

/// Each method over all problems of a suite.
///
/// Problems of one family are averaged first, so that a family counts once, in means, ranks and wins
/// alike. A problem on which Δm is undefined for every method that did not fail is in no mean, rank or count. Means are
/// geometric (`GeometricDelta`), so that no problem makes them up by its scale alone. What is said of a
/// mean holds for other seeds on the same problems, not for new problems.
package struct Overview: Sendable {
  /// One method over all problems.
  package struct Line: Sendable {
    /// The method.
    package let record: MethodRecord
    /// Its results by problem, in the suite's order; nil where it has none.
    package let results: [MethodResults?]
    /// Its judgement by problem; nil where it has none.
    package let judgements: [Judgement?]
    /// Mean geometric Δ over the families in percent, of the problems that count.
    package let meanScore: Score
    /// Standard error of `meanScore` over seeds; nil as above, or with a single seed.
    package let error: Double?
    /// Mean arithmetic Δm over the families in percent, of the problems that count.
    package let arithmeticMean: Score
    /// Mean over the families of the rank of its geometric Δ; failed ones share the worst ranks.
    package let meanRank: Double?
    /// Against the tuned static weights, family by family; nil for these themselves.
    package let counts: FamilyCounts?

    /// The number of `meanScore`; nil without one.
    package var meanDelta: Double? { meanScore.value }
  }

  /// The problems' labels, in the suite's order.
  package let problems: [String]
  /// Names of the families, in the order of their first problem.
  package let families: [String]
  /// Positions of the problems on which Δm of some method is a number, or nothing but failed runs is
  /// stored.
  package let countedProblems: [Int]
  /// One line for each compared method, in the suite's order.
  package let lines: [Line]
  /// The ranking by mean geometric Δ and how far it rests on one family; nil with fewer than two
  /// methods that have a number in every family.
  package let ranking: Ranked?
  /// The same by mean Δm.
  let arithmeticRanking: Ranked?

  /// A ranking by the mean, of the methods with a number in every family.
  package struct Ranked: Sendable {
    /// Positions in `lines`.
    package let methods: [Int]
    /// Names of the families that count.
    package let families: [String]
    /// The ranking of `methods` over `families`.
    package let leaveOneOut: LeaveOneOutRanking
  }

  /// How many families the problems belong to.
  package var familyCount: Int { families.count }

  /// What the methods are held against.
  let rival: Rival

  package init(_ results: SuiteResults) {
    rival = results.rival
    let labels = results.problems.map(\.problem.label)
    let names = results.problems.map(\.problem.family)
    let records = Self.comparedMethods(results)
    let byMethod = records.map { record in
      results.problems.map { problem in
        problem.methods.first { $0.record.label == record.label }
      }
    }
    let counted = names.indices.filter { problem in
      let scores = byMethod.map { $0[problem]?.deltaMScore ?? .missing }
      let isAllFailed = scores.contains(.failed) && !scores.contains { $0.isUndefined }
      return isAllFailed || scores.contains { $0.value != nil }
    }
    let families = counted.map { names[$0] }.reduce(into: [String]()) { known, name in
      if !known.contains(name) { known.append(name) }
    }
    let blocks = FamilyMeans(
      byMethod.map { methods in counted.map { methods[$0] } },
      problems: counted.map { names[$0] },
      families: families
    )
    let ranks = MeanRank(
      blocks.logRatios,
      higherIsBetter: [Bool](repeating: false, count: families.count)
    ).meanRanks
    let counts = FamilyVerdicts(results, counted: counted, families: families)
    problems = labels
    self.families = names.reduce(into: []) { known, name in
      if !known.contains(name) { known.append(name) }
    }
    countedProblems = counted
    lines = records.indices.map { index in
      Line(
        record: records[index],
        results: byMethod[index],
        judgements: results.problems.indices.map { problem in
          let place = results.problems[problem].methods.firstIndex {
            $0.record.label == records[index].label
          }
          return place.map { results.judgements[problem].all[$0] }
        },
        meanScore: blocks.meanDelta(index),
        error: blocks.error(index),
        arithmeticMean: Score.mean(blocks.arithmetic[index]),
        meanRank: ranks[index].isFinite ? ranks[index] : nil,
        counts: records[index].label == results.rival.label
          ? nil : counts.counts(of: records[index].label)
      )
    }
    ranking = Self.ranking(blocks.logRatios, families: families)
    arithmeticRanking = Self.ranking(blocks.arithmetic, families: families)
  }

  /// Every method that is compared on some problem, in table order.
  private static func comparedMethods(_ results: SuiteResults) -> [MethodRecord] {
    var records: [MethodRecord] = []
    for problem in results.problems {
      for method in problem.methods
      where !records.contains(where: { $0.label == method.record.label }) {
        records.append(method.record)
      }
    }
    let groups = MethodGroup.compared
    let networks = results.problems.first?.networks.map(\.label) ?? []
    let place = { (record: MethodRecord) in
      (
        networks.firstIndex(of: record.network) ?? 0,
        groups.firstIndex(of: record.group) ?? groups.count, record.order, record.label
      )
    }
    return records.sorted { place($0) < place($1) }
  }

  private static func ranking(_ scores: [[Score]], families: [String]) -> Ranked? {
    let methods = scores.indices.filter { method in
      !families.isEmpty && scores[method].allSatisfy { $0.value != nil }
    }
    guard methods.count > 1 else { return nil }
    let rows = families.indices.map { family in
      methods.map { scores[$0][family].number }
    }
    return Ranked(methods: methods, families: families, leaveOneOut: LeaveOneOutRanking(rows))
  }
}

/// What each method has on each family of problems: the mean over the family's problems.
struct FamilyMeans: Sendable {
  /// Mean logarithm of the ratio to single-task training, shape [methodCount][familyCount].
  let logRatios: [[Score]]
  /// Its variance over seeds, in the same shape; nan without one.
  private let variances: [[Double]]
  /// Mean Δm in percent, in the same shape.
  let arithmetic: [[Score]]

  /// - Parameters:
  ///   - results: What the methods did, shape [methodCount][problemCount].
  ///   - problems: The family of each problem.
  ///   - families: The families' names.
  init(_ results: [[MethodResults?]], problems: [String], families: [String]) {
    let members = families.map { family in problems.indices.filter { problems[$0] == family } }
    logRatios = results.map { row in
      members.map { own in Score.mean(own.map { row[$0]?.logRatioScore ?? .missing }) }
    }
    arithmetic = results.map { row in
      members.map { own in Score.mean(own.map { row[$0]?.deltaMScore ?? .missing }) }
    }
    variances = results.map { row in
      members.map { own in
        let errors = own.map { row[$0].map { SeedSummary($0.logRatios).standardError } ?? .nan }
        return errors.reduce(0) { $0 + $1 * $1 } / Double(own.count * own.count)
      }
    }
  }

  /// Mean geometric Δ of a method over the families, in percent.
  func meanDelta(_ method: Int) -> Score {
    Score.mean(logRatios[method]).map { GeometricDelta.percent(ofLogRatio: $0) }
  }

  /// Its standard error over seeds, by the slope of the exponential at the mean.
  func error(_ method: Int) -> Double? {
    guard let mean = Score.mean(logRatios[method]).value else { return nil }
    let families = Double(variances[method].count)
    let variance = variances[method].reduce(0, +) / (families * families)
    let slope = 100 + GeometricDelta.percent(ofLogRatio: mean)
    return Score(slope * variance.squareRoot()).value
  }
}
