import Statistics
import Testing

@Suite("Measures of a problem's mechanism")
struct MechanismMeasuresTests {
  @Test("the norm ratio is a geometric mean over steps")
  func norms() {
    // Ratios 4 and 1: their geometric mean is 2.
    #expect(abs(NormRatio.value([[1, 4], [3, 3]]) - 2) < 1e-15)
    #expect(abs(NormRatio.value([[8, 2, 1], [1, 0.5, 1]]) - 4) < 1e-15)
    #expect(NormRatio.value([[5]]) == 1)
    #expect(NormRatio.value([[2, 1], [0, 1], [.nan, 1], [.infinity, 1]]) == 2)
    #expect(NormRatio.value([[0, 1]]).isNaN && NormRatio.value([]).isNaN)
  }

  @Test("the noise floor is a ratio of means over seeds")
  func floor() {
    #expect(NoiseFloor.value(testLosses: [1, 2], meanLosses: [4, 8]) == 0.25)
    #expect(NoiseFloor.value(testLosses: [0], meanLosses: [1]) == 0)
    #expect(NoiseFloor.value(testLosses: [], meanLosses: []).isNaN)
  }

  @Test("a curve is learnt when it has made 90 % of its fall, between two evaluations")
  func speed() {
    // Falls from 11 to 1: the mark is 2, half way from 3 at 20 to 1 at 30.
    #expect(LearningSpeed.step(steps: [0, 10, 20, 30], losses: [11, 6, 3, 1]) == 25)
    // What comes after the least value changes nothing.
    #expect(LearningSpeed.step(steps: [0, 10, 20, 30, 40], losses: [11, 6, 3, 1, 9]) == 25)
    // The mark itself counts: 10 - 0.9 * 10.
    #expect(LearningSpeed.step(steps: [0, 5, 10], losses: [10, 1, 0]) == 5)
    #expect(LearningSpeed.step(steps: [0, 5, 10], losses: [10, .nan, 0]) == 9)
    #expect(LearningSpeed.step(steps: [0, 5], losses: [1, 2]) == nil)
    #expect(LearningSpeed.step(steps: [], losses: []) == nil)
  }

  @Test("the speed ratio is that of the slowest to the fastest task")
  func ratio() {
    #expect(LearningSpeed.ratio([25, 5, 10]) == 5)
    #expect(LearningSpeed.ratio([7]) == 1)
    #expect(LearningSpeed.ratio([7, nil]).isNaN && LearningSpeed.ratio([]).isNaN)
  }
}
