import Kernels
import Testing

@testable import Statistics

@Suite("Many methods over many suites")
struct ManySuitesTests {
  @Test("Friedman and Iman-Davenport of two suites by hand")
  func friedman() {
    // Ranks 1 2 3 and 1 3 2: R = 1, 2.5, 2.5. chi2 = 12*2/12 * (1 + .25 + .25) = 3, p = exp(-1.5).
    // F = 1*3/(4 - 3) = 3 with 2 and 2 degrees of freedom: p = 1/(1 + 3).
    let test = Friedman([[0.1, 0.2, 0.3], [1, 3, 2]], higherIsBetter: false)
    #expect(test.meanRanks == [1, 2.5, 2.5])
    #expect(abs(test.chiSquared - 3) < 1e-14)
    #expect(abs(test.p - 0.223_130_160_148_429_83) < 1e-14)
    #expect(abs(test.f - 3) < 1e-14 && abs(test.fP - 0.25) < 1e-14)
    #expect(abs(test.kendallW - 0.75) < 1e-15)
  }

  @Test("a failed method takes the worst rank, and one suite alone has no F")
  func friedmanEdges() {
    let test = Friedman([[0.1, .nan, 0.3]], higherIsBetter: false)
    #expect(test.meanRanks == [1, 3, 2] && test.f.isNaN && test.fP.isNaN)
    let tied = Friedman([[1, 1], [2, 2]], higherIsBetter: true)
    #expect(tied.isAllTied && tied.p == 1 && tied.fP == 1 && tied.kendallW == 0)
  }

  @Test(
    "critical differences at .05",
    arguments: [
      (5, 5, 2.73), (5, 50, 0.86), (10, 10, 4.28), (15, 12, 6.19), (25, 10, 12.04), (30, 20, 10.44),
    ]
  )
  func criticalDifference(methodCount: Int, suiteCount: Int, expected: Double) {
    let row = (0..<methodCount).map { Double($0) }
    let rows = [[Double]](repeating: row, count: suiteCount)
    let comparison = Nemenyi(rows, higherIsBetter: false)
    #expect(abs(comparison.criticalDifference - expected) < 0.005)
  }

  @Test("methods closer than the critical difference form maximal groups of two or more")
  func nemenyiGroups() {
    // Twenty equal suites: mean ranks 1 to 6, CD = 7.54/sqrt(20) = 1.69.
    let rows = [[Double]](repeating: [6, 5, 4, 3, 2, 1], count: 20)
    let comparison = Nemenyi(rows, higherIsBetter: false)
    #expect(comparison.groups == [[5, 4], [4, 3], [3, 2], [2, 1], [1, 0]])
    let few = Nemenyi(Array(rows.prefix(2)), higherIsBetter: false)
    #expect(few.groups == [[5, 4, 3, 2, 1, 0]])
  }

  @Test("against a control only its pairs are tested and counted")
  func control() {
    let rows = (1...8).map { Double($0) }.map { x -> [Double] in [x, x + 1 + x / 10, x - 1] }
    let comparison = WilcoxonHolm(rows, higherIsBetter: false, control: 1)
    #expect(comparison.pairs == [IndexPair(1, 0), IndexPair(1, 2)])
    #expect(comparison.p == [1 / 128, 1 / 128])
    #expect(comparison.adjustedP == [1 / 64, 1 / 64])
    #expect(comparison.cliques == [] && comparison.notSignificant == [])
  }

  @Test("a failed suite is a loss beyond any finite difference")
  func failedSuite() {
    // Differences second - first: 1, 2, -inf, with ranks 1, 2, 3: W+ = 3 of 6.
    let comparison = WilcoxonHolm(
      [[1, 2], [1, 3], [5, .nan]],
      higherIsBetter: true
    )
    #expect(comparison.p == [1])
    let bothFailed = WilcoxonHolm([[.nan, .nan]], higherIsBetter: true)
    #expect(bothFailed.p == [1])
  }

  /// All maximal cliques by looking at every subset.
  private func bruteForce(_ isJoined: [[Bool]]) -> [[Int]] {
    let nodes = Array(isJoined.indices)
    let cliques = (1..<(1 << nodes.count)).map { set in nodes.filter { set >> $0 & 1 == 1 } }
      .filter { set in set.allSatisfy { i in set.allSatisfy { i == $0 || isJoined[i][$0] } } }
    return cliques.filter { set in
      !nodes.contains { node in
        !set.contains(node) && set.allSatisfy { isJoined[node][$0] }
      }
    }
  }

  @Test("Bron and Kerbosch find what looking at every subset finds", arguments: 1...9)
  func maximalCliques(nodeCount: Int) {
    var stream = RandomStream(seed: 9, purpose: .statistics, index: UInt64(nodeCount))
    for density in [0.2, 0.5, 0.8] {
      let row = [Bool](repeating: false, count: nodeCount)
      var isJoined = [[Bool]](repeating: row, count: nodeCount)
      for pair in IndexPair.all(count: nodeCount) where stream.uniform() < density {
        isJoined[pair.first][pair.second] = true
        isJoined[pair.second][pair.first] = true
      }
      let sort = { (sets: [[Int]]) in sets.sorted { $0.lexicographicallyPrecedes($1) } }
      #expect(sort(BronKerbosch.maximalCliques(isJoined)) == sort(bruteForce(isJoined)))
    }
  }

  @Test("methods share a letter exactly when they are not separated, in any order of the table")
  func letters() {
    // In rank order 2, 0, 3, 1: best and second joined, second and third joined, last alone.
    let cliques = Cliques(
      notSignificant: [IndexPair(0, 2), IndexPair(0, 3)],
      meanRanks: [2, 4, 1, 3]
    )
    #expect(cliques.groups == [[2, 0], [0, 3]])
    #expect(cliques.letters == ["ab", "c", "a", "b"])
    #expect(cliques.barLevels == [0, 1])
    #expect(cliques.coveredNonMembers == [[], []])
  }

  @Test("Bayesian parts by hand, equality counting half")
  func bayesianShares() {
    // z = 0, 1 with weights .4, .6; limit 1: sums 0 (.16), 1 (.48, half right), 2 (.36).
    let shares = BayesianSignedRank.shares(differences: [1], rope: 0.5, weights: [0.4, 0.6])
    #expect(abs(shares.right - 0.6) < 1e-15 && shares.left == 0)
    #expect(abs(shares.rope - 0.4) < 1e-15)
    // Without a region the pseudo-observation's own sum of 0 is half left, half right.
    let split = BayesianSignedRank.shares(differences: [1], rope: 0, weights: [0.4, 0.6])
    #expect(abs(split.right - 0.92) < 1e-15 && abs(split.left - 0.08) < 1e-15)
  }

  @Test("equal differences of 1 and a region of .5 reach the known probabilities")
  func bayesianDraws() {
    // .71, .88, .95, .99 for 1, 2, 3, 5 suites; 20 000 draws have a standard error of .0032.
    for (count, expected) in [(1, 0.71), (2, 0.88), (3, 0.95), (5, 0.99)] {
      var stream = RandomStream(seed: 12, purpose: .statistics, index: UInt64(count))
      let test = BayesianSignedRank(
        differences: [Double](repeating: 1, count: count),
        drawCount: 20_000,
        using: &stream
      )
      #expect(abs(test.probabilities.right - expected) < 0.015)
    }
  }

  @Test("a decision needs a probability of .95")
  func decisions() {
    var stream = RandomStream(seed: 13, purpose: .statistics)
    let far = [Double](repeating: 3, count: 9)
    let right = BayesianSignedRank(differences: far, drawCount: 2000, using: &stream)
    #expect(right.decision == .right)
    let left = BayesianSignedRank(differences: far.map { -$0 }, drawCount: 2000, using: &stream)
    #expect(left.decision == .left)
    let near = [Double](repeating: 0.1, count: 9)
    let equal = BayesianSignedRank(differences: near, drawCount: 2000, using: &stream)
    #expect(equal.decision == .equivalent)
    let mixed = BayesianSignedRank(differences: [2, -2, 0.3], drawCount: 2000, using: &stream)
    #expect(mixed.decision == .undecided)
  }

  @Test("gamma draws have mean and variance equal to their shape", arguments: [0.5, 1, 3.5])
  func gammaDraws(shape: Double) {
    var stream = RandomStream(seed: 14, purpose: .statistics)
    let draws = (0..<20_000).map { _ in GammaDraw.next(shape: shape, using: &stream) }
    let deviation = CompensatedSum.standardDeviation(draws)
    // Four standard errors of the mean; the variance's is larger by about sqrt(2 + 6/shape).
    #expect(abs(CompensatedSum.mean(draws) - shape) < 4 * (shape / 20_000).squareRoot())
    #expect(abs(deviation * deviation - shape) < 16 * shape / 20_000.0.squareRoot())
  }

  @Test("suites of a family are averaged, and incomplete methods leave")
  func blocks() {
    let blocks = SuiteBlocks(
      [[1, 2, 3], [5, 6, .missing], [3, .failed, 5]],
      families: ["a", "b", "a"]
    )
    #expect(blocks.families == ["a", "b"])
    #expect(blocks.methods == [0, 1] && blocks.droppedMethods == [2])
    #expect(blocks.values[0][0] == 2 && blocks.values[0][1].isNaN)
    #expect(blocks.values[1] == [5, 6])
  }

  @Test("a method that is undefined on a family leaves the analysis, a failed one stays in it")
  func undefinedBlocks() {
    let blocks = SuiteBlocks(
      [[1, .undefined(.zeroBase), .failed], [5, 6, 7]],
      families: ["a", "b"]
    )
    #expect(blocks.methods == [0, 2] && blocks.droppedMethods == [1])
  }
}
