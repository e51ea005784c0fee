import Reports
import Testing

@Suite("The verdict")
struct VerdictTests {
  @Test("says who beats tuned static weights, by how much, and what weakens the answer")
  func text() throws {
    let text = try withStore(.few) { store, _ in
      try Verdict.text(store: store, suite: "bench", isVerbose: true)
    }
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
    expectText(text, expected)
  }

  @Test("tells many methods together: counts first, then each with its difference, by group")
  func many() throws {
    var fixture = StoreFixture.many
    fixture.problems = Array(fixture.problems.prefix(1))
    let text = try withStore(fixture) { store, _ in
      try Verdict.text(store: store, suite: "bench", isVerbose: true)
    }
    let expected = #"""
      Verdict on suite bench

      mixed
        - 6 of 32 methods beat tuned static weights, whose Δm is −3.07 % (95 % interval −3.32 to
          −2.83) over 10 seeds.
        - Better, 6 of 32 methods (paired t with Holm over 31 methods, by points of Δm): loss
          weightings uncertainty (0.90), rlw (1.40), uncertainty@by_task (0.58); gradient weightings
          mgda (1.20), pcgrad@official (0.80), fairgrad@alpha=2 (0.89).
        - Worse, 20 of 32 methods (paired t with Holm over 31 methods, by points of Δm): fixed weights
          equal (1.48); loss weightings dwa (1.69), gls (2.24), autolambda (2.44),
          uncertainty-normalized-by-initial-loss (2.73), stch (3.25), go4align (0.93), excess_mtl
          (3.29), smooth (1.55); gradient weightings pcgrad (2.66), mgda@loss_normalized (1.38),
          graddrop (2.12), cagrad (2.55), imtl_g (2.70), nash_mtl (0.70),
          nash_mtl@update_weights_every=25 (3.44), rotograd (0.69), aligned_mtl (3.63), sdmgrad
          (1.27), upgrad (1.52).
        - Cannot tell with 10 seeds, 5 of 32 methods (difference in points, and about how many seeds
          are needed if it is what it looks like): loss weightings famo (−0.34, 98), sls_softmax
          (0.10, 553), imtl_l (0.41, 39); gradient weightings gradvac (−0.40, 62),
          cagrad@c=0.4,rescaled (−0.05, over 1000).
        - Every difference with its interval and p: table against-static.
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - The best learning rate is at an end of the grid, so that a better one may lie outside:
          pcgrad, pcgrad@official.

      """#
    expectText(text, expected)
  }

  @Test("says how many seeds it would take where it cannot tell")
  func undecided() throws {
    var fixture = StoreFixture.small
    fixture.methods[3].offset = -0.25
    let text = try withStore(fixture) { store, _ in
      try Verdict.text(store: store, suite: "bench", isVerbose: true)
    }
    #expect(text.contains("uncertainty: cannot tell with 3 seeds"))
    #expect(text.contains("needed if the difference is what it"))
    #expect(text.contains("3 seeds are few"))
  }

  @Test("does not judge without single-task training")
  func noReference() throws {
    var fixture = StoreFixture.small
    fixture.methods.removeFirst()
    let text = try withStore(fixture) { store, _ in
      try Verdict.text(store: store, suite: "bench", isVerbose: true)
    }
    #expect(text.contains("There is no single-task training to compare with"))
  }
}
