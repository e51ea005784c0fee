import Reports
import Testing

@Suite("The verdict")
struct VerdictTests {
  @Test("says who beats tuned static weights, by how much, and what weakens the answer")
  func text() throws {
    let text = try withStore(.few) { store, _ in try Verdict.text(store: store, suite: "bench") }
    let expected = #"""
      Verdict on suite bench

      mixed
        - 1 of 4 methods beats tuned static weights, whose Δm is −3.07 % (95 % interval −3.32 to
          −2.83) over 10 seeds.
        - Better, in points of Δm, paired t with Holm over 3 methods: uncertainty by 0.90 points (95 %
          interval 0.57 to 1.24, p < 0.001).
        - Worse, in points of Δm, paired t with Holm over 3 methods: pcgrad by 2.66 points (95 %
          interval 2.22 to 3.11, p < 0.001) and equal by 1.48 points (95 % interval 1.25 to 1.71, p <
          0.001).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - The best learning rate is at an end of the grid, so that a better one may lie outside:
          pcgrad.

      conflict
        - 1 of 4 methods beats tuned static weights, whose Δm is −3.14 % (95 % interval −3.33 to
          −2.95) over 10 seeds.
        - Better, in points of Δm, paired t with Holm over 3 methods: uncertainty by 0.74 points (95 %
          interval 0.45 to 1.04, p < 0.001).
        - Worse, in points of Δm, paired t with Holm over 3 methods: pcgrad by 2.63 points (95 %
          interval 2.37 to 2.88, p < 0.001) and equal by 1.57 points (95 % interval 1.40 to 1.75, p <
          0.001).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - The best learning rate is at an end of the grid, so that a better one may lie outside:
          pcgrad.

      air_quality
        - 1 of 4 methods beats tuned static weights, whose Δm is −2.89 % (95 % interval −3.08 to
          −2.70) over 10 seeds.
        - Better, in points of Δm, paired t with Holm over 3 methods: uncertainty by 0.91 points (95 %
          interval 0.63 to 1.18, p < 0.001).
        - Worse, in points of Δm, paired t with Holm over 3 methods: pcgrad by 2.03 points (95 %
          interval 1.76 to 2.29, p < 0.001) and equal by 1.49 points (95 % interval 1.25 to 1.73, p <
          0.001).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - The best learning rate is at an end of the grid, so that a better one may lie outside:
          pcgrad.

      Over all problems
        - Better than tuned static weights on every one of the 3 problems: uncertainty.
        - Lowest mean Δm over the problems: uncertainty, −3.89 ± 0.06 %, which holds for these
          problems and says nothing of others.

      """#
    #expect(text == expected)
  }

  @Test("says how many seeds it would take where it cannot tell")
  func undecided() throws {
    var fixture = StoreFixture.small
    fixture.methods[3].offset = -0.25
    let text = try withStore(fixture) { store, _ in try Verdict.text(store: store, suite: "bench") }
    #expect(text.contains("uncertainty: cannot tell with 3 seeds"))
    #expect(text.contains("needed if the difference is what it"))
    #expect(text.contains("3 seeds are few"))
  }

  @Test("does not judge without single-task training")
  func noReference() throws {
    var fixture = StoreFixture.small
    fixture.methods.removeFirst()
    let text = try withStore(fixture) { store, _ in try Verdict.text(store: store, suite: "bench") }
    #expect(text.contains("There is no single-task training to compare with"))
  }
}
