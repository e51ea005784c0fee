package import Statistics
internal import Store

/// One way to hold the methods of a problem against tuned static weights: what is compared at each
/// seed, and by which test.
///
/// The main protocol is that of all tables. Its neighbours differ from it in one choice that another
/// author might have made as well; an answer that turns around with such a choice rests on it.
package struct ComparisonProtocol: Sendable {
  /// The test of whether the mean, or median, of the differences is 0.
  package enum Test: Sendable, Hashable {
    /// `PairedTTest`; the difference is a mean.
    case tTest
    /// `WilcoxonSignedRank` with Pratt's zeros, exact for up to 50 differences; the difference is a
    /// median.
    case wilcoxon
  }

  /// Lower-case words and no comma: the head of its columns.
  package let name: String
  /// What a verdict depends on that turns around with it, such as `the checkpoint rule`.
  package let choice: String
  package let test: Test
  /// What is compared at each seed, lower is better, shape [methodCount][seedCount].
  package let scores: [[Score]]

  package init(name: String, choice: String, test: Test = .tTest, scores: [[Score]]) {
    self.name = name
    self.choice = choice
    self.test = test
    self.scores = scores
  }

  /// The main protocol's name.
  package static let mainName = "main"

  /// The main protocol of a problem and its neighbours, as far as their numbers are stored.
  package static func all(_ problem: ProblemResults) -> [ComparisonProtocol] {
    let methods = problem.methods
    let main = methods.map(\.deltaMBySeed)
    guard let reference = problem.reference else { return [] }
    var protocols = [ComparisonProtocol(name: mainName, choice: "the protocol", scores: main)]
    for rule in problem.checkpointRules {
      protocols.append(
        ComparisonProtocol(
          name: "checkpoint \(rule)",
          choice: "the checkpoint rule",
          scores: methods.map { method in
            deltaM(
              method.checkpointValues[rule],
              against: reference.checkpointValues[rule],
              problem
            )
          }
        )
      )
    }
    protocols.append(
      ComparisonProtocol(
        name: "geometric Δ",
        choice: "arithmetic or geometric means",
        scores: methods.map { method in
          method.logRatios.map { $0.map { 100 * $0 } }
        }
      )
    )
    if Set(problem.columns.map(\.task.index)).count > 2 {
      // Of two tasks the median is the mean.
      protocols.append(
        ComparisonProtocol(
          name: "median task",
          choice: "a few tasks",
          scores: methods.map { method in
            method.deltaM?.seeds.map(\.medianScore) ?? problem.seeds.map { _ in .missing }
          }
        )
      )
    }
    protocols.append(
      ComparisonProtocol(name: "median", choice: "a few seeds", test: .wilcoxon, scores: main)
    )
    for other in problem.otherReferences {
      protocols.append(
        ComparisonProtocol(
          name: "base \(other.record.label)",
          choice: "the single-task networks",
          scores: methods.map { deltaM($0.values, against: other.values, problem) }
        )
      )
    }
    return protocols
  }

  private static func deltaM(
    _ values: [[Score]]?,
    against bases: [[Score]]?,
    _ problem: ProblemResults
  ) -> [Score] {
    guard let values, let bases,
      let deltaM = MethodResults.deltaM(values, against: bases, columns: problem.columns)
    else { return problem.seeds.map { _ in .missing } }
    return deltaM.perSeed
  }
}

/// Every method of a problem against tuned static weights under one protocol.
package struct ProtocolComparison: Sendable {
  /// One method's difference under the protocol.
  package struct Entry: Sendable, Hashable {
    /// Mean, or median, over the shared seeds of method minus control; negative is better.
    package let difference: Double
    /// Two-sided p.
    package let p: Double
    /// p after Holm's correction over the methods of the problem.
    package let adjustedP: Double
    /// How many seeds are shared.
    package let count: Int

    /// Whether the method has the other sign than under the main protocol, whatever the p.
    ///
    /// A verdict that is significant under the main protocol and has the other sign under a neighbour
    /// is flipped by it: whether the reversal is significant too does not matter, since better or worse
    /// is a claim on the sign. One that keeps its sign and loses its significance is not flipped: the
    /// neighbours differ in power.
    package func isFlipped(from main: Entry) -> Bool { difference * main.difference < 0 }
  }

  package let `protocol`: ComparisonProtocol
  /// The entry of each method; nil for the control, and without two shared seeds or with failed runs.
  package let entries: [Entry?]

  package init(_ protocol: ComparisonProtocol, control: Int?) {
    let scores = `protocol`.scores
    let tests = scores.indices.map { index in
      control.flatMap { control in
        control == index ? nil : Self.test(scores[index], scores[control], `protocol`.test)
      }
    }
    let adjusted = Holm.adjusted(tests.map { $0?.p }, countingOnce: Identical.firsts(scores))
    self.`protocol` = `protocol`
    entries = scores.indices.map { index in
      guard let test = tests[index], let p = adjusted[index] else { return nil }
      return Entry(difference: test.difference, p: test.p, adjustedP: p, count: test.count)
    }
  }

  private static func test(
    _ own: [Score],
    _ control: [Score],
    _ test: ComparisonProtocol.Test
  ) -> (difference: Double, p: Double, count: Int)? {
    guard !own.contains(.failed), !control.contains(.failed) else { return nil }
    let (x, y) = Score.pairs(own, control)
    guard x.count >= 2 else { return nil }
    switch test {
    case .tTest:
      let result = PairedTTest(x, y)
      return (result.meanDifference, result.twoSided, x.count)
    case .wilcoxon:
      let differences = SnappedDifferences.of(x, y)
      let result = WilcoxonSignedRank(differences: differences)
      return (SampleQuantile.median(differences), result.twoSided, x.count)
    }
  }
}

/// Methods whose results are the same at every seed.
enum Identical {
  /// For each list of scores the position of the first one that equals it, its own for the first.
  ///
  /// Lists without a number are never the same: two methods that have not been run are two.
  static func firsts(_ scores: [[Score]]) -> [Int] {
    var firsts: [[Score]: Int] = [:]
    return scores.indices.map { index in
      guard scores[index].contains(where: { $0.value != nil }) else { return index }
      let first = firsts[scores[index]] ?? index
      firsts[scores[index]] = first
      return first
    }
  }
}
