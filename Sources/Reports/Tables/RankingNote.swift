internal import Statistics
internal import Store

/// How far the ranking by a mean over the problems rests on one of them.
enum RankingNote {
  /// What is first, and whether it is without any one family, by both means; none with fewer than two
  /// families.
  static func sentences(_ overview: Overview) -> [String] {
    [
      overview.ranking.flatMap { sentence($0, "geometric", overview) },
      overview.arithmeticRanking.flatMap { sentence($0, "arithmetic", overview) },
    ].compactMap { $0 }
  }

  private static func sentence(
    _ ranked: Overview.Ranked,
    _ mean: String,
    _ overview: Overview
  ) -> String? {
    let ranking = ranked.leaveOneOut
    guard !ranking.without.isEmpty else { return nil }
    let names = { (places: [Int]) in
      Verdict.list(places.map { overview.lines[ranked.methods[$0]].record.label })
    }
    let others = ranking.without.filter { $0.first != ranking.first }
    var sentence = "Leaving one problem out: \(names(ranking.first)) has the lowest \(mean) mean "
    if others.isEmpty {
      sentence += "whichever family is left out"
    } else {
      let parts = others.map { "\(names($0.first)) without \(ranked.families[$0.suite])" }
      sentence += "over all, \(Verdict.list(parts))"
    }
    if let weakest = ranking.weakest {
      sentence +=
        "; every such ranking agrees with the full one with a Kendall τ of at least "
        + "\(NumberText.signed(weakest.tau, 2)) (without "
        + "\(ranked.families[weakest.suite]))"
    }
    return sentence + "."
  }
}
