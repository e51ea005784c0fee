internal import Statistics
internal import Store

/// Parts of sentences on judgements.
enum JudgementText {
  /// `−3.07 (−3.32 to −2.83)`: a difference in points with its adjusted interval.
  static func difference(_ duel: Comparison.Duel) -> String {
    guard let difference = duel.difference else { return FormatPlusMinus.dash }
    let mean = NumberText.signed(difference.mean, 2)
    guard difference.interval.lower.isFinite else { return mean }
    return "\(mean) (\(range(difference.interval.lower, difference.interval.upper)))"
  }

  /// `−3.32 to −2.83`.
  static func range(_ lower: Double, _ upper: Double) -> String {
    "\(NumberText.signed(lower, 2)) to \(NumberText.signed(upper, 2))"
  }

  /// `p = 0.012`.
  static func p(_ p: Double?) -> String {
    guard let p else { return "no p" }
    return p < 0.001 ? "p < 0.001" : "p = \(NumberText.fixed(p, 3))"
  }

  /// What an answer depends on, to follow "depends on".
  static func dependence(
    _ dependence: Judgement.Dependence,
    _ protocols: [ProtocolComparison]
  ) -> String {
    switch dependence {
    case .tuningSeeds: "the tuning seeds"
    case .neighbour(let index): protocols[index].protocol.choice
    }
  }

  /// What it depends on, each thing once.
  static func dependences(
    _ dependences: [Judgement.Dependence],
    _ protocols: [ProtocolComparison]
  ) -> String {
    var words: [String] = []
    for dependence in dependences {
      let word = Self.dependence(dependence, protocols)
      if !words.contains(word) { words.append(word) }
    }
    return Verdict.list(words)
  }

  /// What it is under what it depends on: `with other tuning seeds −4.20 to 1.10, and the same verdict in
  /// 62 % of their draws; under checkpoint last +8.00, p = 0.004`.
  static func grounds(
    _ judgement: Judgement,
    _ dependences: [Judgement.Dependence],
    _ protocols: [ProtocolComparison]
  ) -> String {
    dependences.compactMap { dependence -> String? in
      switch dependence {
      case .tuningSeeds: return judgement.joint.map(luck)
      case .neighbour(let index):
        return judgement.entries[index].map {
          "under \(protocols[index].protocol.name) \(NumberText.signed($0.difference, 2)), "
            + p($0.adjustedP)
        }
      }
    }.joined(separator: "; ")
  }

  /// The interval with the luck of tuning, and how firm the verdict is under it.
  static func luck(_ joint: JointBootstrap) -> String {
    let interval = range(joint.interval.lower, joint.interval.upper)
    guard let stability = joint.decisionStability else {
      return "with one tuning seed \(interval)"
    }
    return "with other tuning seeds \(interval), and the same verdict in \(percent(stability)) of "
      + "their draws"
  }

  /// A share in whole percent, never rounded up to all.
  static func percent(_ share: Double) -> String {
    "\(NumberText.fixed((100 * share).rounded(.down), 0)) %"
  }
}
