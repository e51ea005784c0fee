import Statistics
import Testing

@Suite("How far a ranking rests on one problem")
struct LeaveOneOutTests {
  @Test("Kendall's tau by hand, with and without ties")
  func tau() {
    // Pairs of 1 2 3 against 1 3 2: two agree, one does not.
    #expect(abs(KendallTau.of([1, 2, 3], [1, 3, 2]) - 1 / 3.0) < 1e-15)
    #expect(KendallTau.of([1, 2, 3], [5, 6, 9]) == 1)
    #expect(KendallTau.of([1, 2, 3], [3, 2, 1]) == -1)
    // One of three pairs is tied in x: 2 / sqrt(2 * 3).
    #expect(abs(KendallTau.of([1, 1, 2], [1, 2, 3]) - 2 / 6.0.squareRoot()) < 1e-15)
    #expect(abs(KendallTau.of([1, 2, 3], [1, 1, 2]) - 2 / 6.0.squareRoot()) < 1e-15)
    #expect(KendallTau.of([0.1 + 0.2, 0.3], [1, 2]).isNaN)
    #expect(KendallTau.of([1], [1]).isNaN)
  }

  @Test("a mean that one problem makes alone is found out")
  func oneProblem() {
    // Means 11/3 and 4/3; without the last problem 1 and 2, without the first 5 and 1.
    let ranking = LeaveOneOutRanking([[1, 2], [1, 2], [9, 0]])
    #expect(ranking.first == [1] && !ranking.isFirstStable)
    #expect(ranking.without.map { $0.first } == [[1], [1], [0]])
    #expect(ranking.without.map { $0.tau } == [1, 1, -1])
    #expect(ranking.weakest?.suite == 2)
  }

  @Test("a single problem has nothing to leave out, and ties are first together")
  func single() {
    let ranking = LeaveOneOutRanking([[0.1 + 0.2, 0.3, 1]])
    #expect(ranking.first == [0, 1] && ranking.without.isEmpty && ranking.isFirstStable)
    #expect(ranking.weakest == nil)
  }
}
