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

      Against static (tuned) by problem, in points of Δm

      Problem                               Together against alone               Wins                             Loses   Open
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      mixed             pays: −3.1 % (−3.3 to −2.8), weights 3 : 1   uncertainty −0.9   pcgrad +2.7; equal +1.5; 1 more      –
      conflict          pays: −3.1 % (−3.3 to −3.0), weights 3 : 1   uncertainty −0.7   pcgrad +2.6; equal +1.6; 1 more      –
      air_quality   pays: −2.9 % (−3.1 to −2.7), weights 3 : 1 : 1   uncertainty −0.9   pcgrad +2.0; equal +1.5; 1 more      –

      Wins and loses: the difference of Δm is significant (paired t, Holm over the methods, α = 0.05), its
      bootstrap over tuning and evaluation seeds excludes 0, 90 of 100 draws of the tuning seeds come to
      the same verdict, and no neighbouring protocol reverses its sign; depends: one of the latter three
      fails. Negative is better. All of it holds for other seeds on these problems. Grounds: table
      protocols, and --verbose.
      mixed, conflict, air_quality: At the border of what was tried, so that a better choice may lie
      outside: learning rate of pcgrad.

      Over all problems
        - Better than tuned static weights on every one of the 3 problems: uncertainty.
        - Lowest geometric mean Δ over the problems: uncertainty, −3.89 ± 0.06 %; this holds for these
          problems and says nothing about others.
        - Held against chance over all 9 comparisons of the suite at once (Holm), 3 are better and 6
          worse.
        - Leaving one problem out: uncertainty has the lowest geometric mean whichever family is left
          out; every such ranking agrees with the full one with a Kendall τ of at least 1.00 (without
          mixed).
        - Leaving one problem out: uncertainty has the lowest arithmetic mean whichever family is left
          out; every such ranking agrees with the full one with a Kendall τ of at least 1.00 (without
          mixed).

      mixed
        - 1 of the 4 methods beats tuned static weights (3 : 1), whose Δm is −3.07 % (95 % interval
          −3.32 to −2.83) over 10 seeds.
        - Better, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): uncertainty by 0.90 (−1.24 to −0.57, p < 0.001; with other tuning seeds −1.21 to
          −0.57, and the same verdict in 100 % of their draws).
        - Worse, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): pcgrad by 2.66 (2.13 to 3.19, p < 0.001; with other tuning seeds 2.09 to 3.20, and
          the same verdict in 100 % of their draws) and equal by 1.48 (1.19 to 1.78, p < 0.001; with
          other tuning seeds 1.18 to 1.75, and the same verdict in 100 % of their draws).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - At the border of what was tried, so that a better choice may lie outside: learning rate of
          pcgrad.

      conflict
        - 1 of the 4 methods beats tuned static weights (3 : 1), whose Δm is −3.14 % (95 % interval
          −3.33 to −2.95) over 10 seeds.
        - Better, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): uncertainty by 0.74 (−1.04 to −0.45, p < 0.001; with other tuning seeds −1.07 to
          −0.47, and the same verdict in 100 % of their draws).
        - Worse, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): pcgrad by 2.63 (2.29 to 2.96, p < 0.001; with other tuning seeds 2.29 to 2.95, and
          the same verdict in 100 % of their draws) and equal by 1.57 (1.37 to 1.78, p < 0.001; with
          other tuning seeds 1.36 to 1.77, and the same verdict in 100 % of their draws).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - At the border of what was tried, so that a better choice may lie outside: learning rate of
          pcgrad.

      air_quality
        - 1 of the 4 methods beats tuned static weights (3 : 1 : 1), whose Δm is −2.89 % (95 %
          interval −3.08 to −2.70) over 10 seeds.
        - Better, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): uncertainty by 0.91 (−1.18 to −0.63, p < 0.001; with other tuning seeds −1.19 to
          −0.65, and the same verdict in 100 % of their draws).
        - Worse, by points of Δm with the adjusted 95 % interval and p (paired t, Holm over 3
          methods): pcgrad by 2.03 (1.69 to 2.37, p < 0.001; with other tuning seeds 1.66 to 2.34, and
          the same verdict in 100 % of their draws) and equal by 1.49 (1.21 to 1.78, p < 0.001; with
          other tuning seeds 1.21 to 1.76, and the same verdict in 100 % of their draws).
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - At the border of what was tried, so that a better choice may lie outside: learning rate of
          pcgrad.

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

      Against static (tuned) by problem, in points of Δm

      Problem   Together against alone         Wins                          Loses                                      Open
      ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      mixed     pays: −3.1 % (−3.3 to −2.8),   rlw −1.4; mgda −1.2; 4 more   aligned_mtl +3.6;              5 not told apart
                weights 3 : 1                                                nash_mtl@update_weights_ever
                                                                             y=25
                                                                             +3.4; 19 more

      Wins and loses: the difference of Δm is significant (paired t, Holm over the methods, α = 0.05), its
      bootstrap over tuning and evaluation seeds excludes 0, 90 of 100 draws of the tuning seeds come to
      the same verdict, and no neighbouring protocol reverses its sign; depends: one of the latter three
      fails. Negative is better. All of it holds for other seeds on these problems. Grounds: table
      protocols, and --verbose.
      mixed: At the border of what was tried, so that a better choice may lie outside: learning rate of
      pcgrad, pcgrad@official.

      mixed
        - 6 of the 32 methods beat tuned static weights (3 : 1), whose Δm is −3.07 % (95 % interval
          −3.32 to −2.83) over 10 seeds.
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
          would be needed if the true difference is this large): loss weightings famo (−0.34, 98),
          sls_softmax (0.10, 553), imtl_l (0.41, 39); gradient weightings gradvac (−0.40, 62),
          cagrad@c=0.4,rescaled (−0.05, over 1000).
        - Every difference with its interval and p: tables against-static and protocols.
        - Failed, and thus not counted as better: gradnorm on 2 of 10 seeds.
        - At the border of what was tried, so that a better choice may lie outside: learning rate of
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
    #expect(text.contains("would be needed if the true difference is this large."))
    #expect(text.contains("With only 3 seeds"))
  }

  @Test("shows names that would act on a terminal")
  func hostileNames() throws {
    var fixture = StoreFixture.small
    fixture.methods[3].label = "red\u{1B}[31m"
    let text = try withStore(fixture) { store, _ in
      try Verdict.text(store: store, suite: "bench", isVerbose: true)
    }
    #expect(text.contains(#"red\u{1B}[31m"#))
    #expect(!text.contains("\u{1B}"))
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
