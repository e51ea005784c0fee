import Statistics
import Testing

@Suite("Geometric relative performance")
struct GeometricDeltaTests {
  private func metric(_ value: Score, _ base: Score, higher: Bool = false) -> DeltaM.Metric {
    DeltaM.Metric(value: value, base: base, higherIsBetter: higher)
  }

  @Test("halving one error makes up for doubling another")
  func balance() {
    let tasks = [[metric(2, 1)], [metric(0.5, 1)]]
    #expect(abs(GeometricDelta.logRatio(tasks).number) < 1e-15)
    // Arithmetic: +100 and -50, mean 25.
    #expect(DeltaM(tasks).score == 25)
  }

  @Test("averages within a task, then over tasks, in the direction of each metric")
  func direction() {
    // Task a: accuracy doubled, ln(1/2), and an error halved, ln(1/2): -ln 2. Task b: 8-fold, 3 ln 2.
    let tasks = [[metric(0.8, 0.4, higher: true), metric(1, 2)], [metric(8, 1)]]
    let ratio = GeometricDelta.logRatio(tasks).number
    #expect(abs(ratio - 0.693_147_180_559_945_3) < 1e-15)
    #expect(abs(GeometricDelta.percent(ofLogRatio: ratio) - 100) < 1e-12)
    #expect(abs(GeometricDelta.percent(ofLogRatio: -ratio) + 50) < 1e-12)
  }

  @Test("has no value where something is not positive, and keeps what failed or is missing")
  func states() {
    #expect(GeometricDelta.logRatio([[metric(-1, 2)]]) == .undefined(.notPositive))
    #expect(GeometricDelta.logRatio([[metric(0, 2)]]) == .undefined(.notPositive))
    #expect(GeometricDelta.logRatio([[metric(1, -2)]]) == .undefined(.notPositive))
    #expect(GeometricDelta.logRatio([[metric(1, 0)]]) == .undefined(.zeroBase))
    #expect(GeometricDelta.logRatio([[metric(.failed, 2)], [metric(1, 0)]]) == .failed)
    #expect(GeometricDelta.logRatio([[metric(1, .missing)]]) == .missing)
  }
}
