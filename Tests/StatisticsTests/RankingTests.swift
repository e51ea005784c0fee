import Statistics
import Testing

@Suite("Ranks, mean ranks and marks")
struct RankingTests {
  @Test("ties share their average, failed runs the worst ranks, undefined and missing have none")
  func ranks() {
    #expect(Ranking.ranks([0.5, 0.2, 0.2, 0.9]) == [3, 1.5, 1.5, 4])
    #expect(Ranking.ranks([1, .nan, 3, .nan], higherIsBetter: true) == [2, 3.5, 1, 3.5])
    #expect(Ranking.ranks(of: [2, .missing, 1, .failed]) == [2, nil, 1, 3])
    #expect(Ranking.ranks(of: [2, .undefined(.zeroBase), 1], higherIsBetter: true) == [1, nil, 2])
    #expect(Ranking.ranks([]) == [])
  }

  @Test("values that differ by rounding are tied")
  func rounding() {
    #expect(Ranking.ranks([0.1 + 0.2, 0.3, 0.2]) == [2.5, 2.5, 1])
    #expect(Ranking.ranks([0.1 + 0.2, 0.3, 0.2], relativeTolerance: 0) == [3, 2, 1])
    #expect(Ranking.ranks([.infinity, 1, .infinity]) == [2.5, 1, 2.5])
  }

  @Test("the mean rank is over the columns a method was run in")
  func meanRank() {
    let ranking = MeanRank(
      [[0.9, 0.5], [0.8, 0.4], [0.7, .missing]],
      higherIsBetter: [true, false]
    )
    #expect(ranking.ranks == [[1, 2], [2, 1], [3, nil]])
    #expect(ranking.meanRanks == [1.5, 1.5, 3])
  }

  @Test("a method is bold unless it is significantly worse than the best")
  func bold() {
    // b - a = .1, .2, .3, .2: mean .2, sd .0816, t = 4.9, p = .0163; c - a = 1, .9, 1.1, 1.2: far.
    let a: [Score] = [1.0, 1.1, 1.2, 1.3]
    let b: [Score] = [1.1, 1.3, 1.5, 1.5]
    let c: [Score] = [2.0, 2.0, 2.3, 2.5]
    let marks = BestMarks([c, a, b], higherIsBetter: false)
    #expect(marks.best == 1)
    #expect(marks.bold == [false, true, false])
    #expect(marks.second == [2])
    #expect(marks.p[1] == nil && !marks.isUnderpowered)
    let lenient = BestMarks([c, a, b], higherIsBetter: false, alpha: 0.01)
    #expect(lenient.bold == [false, true, true] && lenient.second == [0])
    // .1, .2, .3, .4: mean .25, sd .1291, t = 3.87, p = .0305, and .061 of two.
    let d: [Score] = [1.1, 1.3, 1.5, 1.7]
    let e: [Score] = [1.4, 1.4, 1.4, 1.4]
    #expect(BestMarks([a, d], higherIsBetter: false).bold == [true, false])
    #expect(BestMarks([a, d, e], higherIsBetter: false).bold == [true, true, true])
  }

  @Test("failed methods are never bold and only common seeds are compared")
  func eligible() {
    let marks = BestMarks(
      [
        [1, 2, 3, .missing], [1.5, .failed, 2, 2], [.missing, 4, 5.5, 6],
        [.missing, .undefined(.zeroBase), .missing, 0],
      ],
      higherIsBetter: false
    )
    #expect(marks.best == 0)
    #expect(marks.commonCounts == [3, 2, 2, 0])
    #expect(marks.bold[1] == false && marks.bold[3] == false)
    #expect(marks.p[1] == nil && marks.p[2] != nil && marks.p[3] == nil)
  }

  @Test("few seeds cannot separate methods by rank, and the column says so")
  func underpowered() {
    let rows = [[1, 2, 3, 4, 5], [2, 3, 4, 5.5, 6], [3, 4, 5, 6, 7.5]].map {
      $0.map { Score($0) }
    }
    let marks = BestMarks(rows, higherIsBetter: false, test: .wilcoxon)
    // 2^-4 for each of two comparisons.
    #expect(marks.adjustedP == [nil, 0.125, 0.125])
    #expect(marks.bold == [true, true, true] && marks.isUnderpowered)
    #expect(!BestMarks(rows, higherIsBetter: false, test: .tTest).isUnderpowered)
  }

  @Test("without an eligible method nothing is marked")
  func none() {
    let marks = BestMarks([[.failed, 1], [1]], higherIsBetter: true)
    #expect(marks.best == nil && marks.bold == [false, false] && marks.second == [])
  }

  @Test("the learning rate with the lowest mean drop wins, ties go to the smaller")
  func learningRate() {
    let choice = LearningRateChoice(
      rates: [0.1, 0.001, 0.01],
      drops: [[0.2, .nan], [1, 1.5], [1.5, 1]]
    )
    #expect(choice.means == [nil, 1.25, 1.25])
    #expect(choice.index == 1 && choice.learningRate == 0.001 && choice.isAtEdge)
    let none = LearningRateChoice(rates: [0.1], drops: [[.nan]])
    #expect(none.index == nil && none.learningRate == nil && !none.isAtEdge)
  }
}
