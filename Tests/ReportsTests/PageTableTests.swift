import Reports
import Testing

@Suite("The tables that rank, list failures and hold budgets equal")
struct PageTableTests {
  @Test("ranking: ranks, letters, IQM, wins, p, with what few problems cannot tell")
  func ranking() throws {
    expectText(try text("ranking", .few), rankingText)
  }

  @Test("failures: evaluation and tuning, with reasons")
  func failures() throws {
    expectText(try text("failures", .few), failuresText)
  }

  @Test("against static: differences with tests, effect and seeds needed; failed runs lose")
  func againstStatic() throws {
    expectText(try text("against-static", .few), againstStaticText)
  }

  @Test("verdict: a row a problem, read in a minute")
  func verdict() throws {
    expectText(try text("verdict", .few), verdictText)
  }

  @Test("protocols: the same differences under neighbouring choices")
  func protocols() throws {
    expectText(try text("protocols", .few), protocolsText)
  }

  @Test("equal samples: single-task training spends its budget on all its networks")
  func samples() throws {
    expectText(try text("equal-samples", .small), samplesText)
  }

  @Test("equal seconds: who costs more a step is read earlier")
  func seconds() throws {
    expectText(try text("equal-seconds", .small), secondsText)
  }

  @Test("need losses over training, and say so")
  func withoutSeries() throws {
    try withStore(.small) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let error = #expect(throws: TableError.self) {
        try EqualStepsTable.table(of: results.only(results.problems[0]))
      }
      #expect(
        error?.description == "equal-steps: no table: no finished run has losses over training"
      )
    }
  }

  @Test("every cell of every table names what is behind it")
  func explained() throws {
    try withStore(.few) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let single = try results.withSeries(of: results.problems[0], from: store)
      for kind in TableRegistry.all where kind.applies(to: results) {
        let table: Table
        do throws(TableError) {
          table = try kind.table(of: kind.scope == .suite ? results : single)
        } catch {
          #expect(kind.name == UtilityTable.name, "\(error)")
          continue
        }
        for row in table.rows {
          for (column, cell) in zip(table.columns, row.cells) {
            guard case .value = cell else { continue }
            let text = try table.explanation(row: row.label, column: column.name)
            #expect(text.contains(": "), "\(table.name) \(row.label) \(column.name)")
            #expect(
              text.split(separator: "\n").count > 3,
              "\(table.name) \(row.label) \(column.name)"
            )
          }
        }
      }
    }
  }

  @Test("a mistyped row or column gets the nearest and the list, an unclear head the choice")
  func unknown() throws {
    try withStore(.small) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let table = try CostTable.table(of: results.only(results.problems[0]))
      #expect(
        message { try table.explanation(row: "pcgard", column: "steps") } == """
          no row 'pcgard' (did you mean 'pcgrad'?); the rows are single-task, equal, \
          static (tuned), uncertainty, gradnorm, pcgrad
          """
      )
      #expect(
        message { try table.explanation(row: "pcgrad", column: "sampels") } == """
          no column 'sampels' (did you mean 'samples'?); the columns are ms_per_step (Time a step), \
          relative_time (Relative), train_seconds (Training), total_seconds (Whole run), \
          memory (Memory), steps (Steps), forward_per_step (Forward a step), \
          backward_per_step (Backward a step), samples (Samples), \
          fallback_steps (Fallbacks)
          """
      )
      let main = try ProblemTable.table(of: results.only(results.problems[0]))
      #expect(
        message { try main.explanation(row: "pcgrad", column: "Gain") }
          == "several columns are headed 'Gain'; choose one of digit.gain, position.gain"
      )
      #expect(
        try main.explanation(row: "pcgrad", column: "position RMSE")
          == main.explanation(row: "pcgrad", column: "position.rmse")
      )
    }
  }

  private func message(_ body: () throws -> String) -> String {
    do { return try body() } catch { return "\(error)" }
  }

  private func text(_ name: String, _ fixture: StoreFixture) throws -> String {
    let kind = try #require(TableRegistry.all.first { $0.name == name })
    return try withStore(fixture) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let part =
        kind.scope == .suite
        ? results : try results.withSeries(of: results.problems[0], from: store)
      return TableForm.terminal.text(of: try kind.table(of: part))
    }
  }
}

private let rankingText = #"""
  Ranking over the 3 problems of suite bench

  Method           MR ↓   Letters    IQM ↑      95 % interval    Gap ↓    W/T/L   p vs static
  ───────────────────────────────────────────────────────────────────────────────────────────
  equal            3.00         a   1.0151   [1.0143, 1.0158]   0.0000    0/0/3         1.000
  static (tuned)   2.00         a   1.0303   [1.0287, 1.0319]   0.0000   (ref.)        (ref.)

  uncertainty      1.00         a   1.0393   [1.0374, 1.0408]   0.0000    3/0/0         1.000
  gradnorm †       5.00         a   1.0241                  –        –    0/0/3         1.000

  pcgrad           4.00         a   1.0066   [1.0045, 1.0082]   0.0002    0/0/3         1.000

  Friedman with Iman–Davenport F(4, 8) = infinite, p < 0.001, Kendall's W = 1.00 over 3
  families of problems: some methods differ. Δm: change of the test metrics against
  single-task training of the same seed, averaged within a task, then over tasks. MR: mean
  rank of the geometric mean Δ; methods that share a letter are not told apart (exact
  Wilcoxon signed-rank over the families, Holm over all pairs, α = 0.05). IQM: mean of the
  middle half of the scores 1 − Δm/100 of 10 seeds on each problem, 1 is parity with
  single-task training; interval by stratified bootstrap over seeds, 2000 draws, for other
  seeds on the same problems. Gap: mean shortfall of the scores below 1. W/T/L: families on
  which the verdict against static (tuned) is better; not told apart, or depends on a choice;
  worse; p vs static: Wilcoxon over the families, Holm over the methods. Leaving one problem
  out: uncertainty has the lowest geometric mean whichever family is left out; every such
  ranking agrees with the full one with a Kendall τ of at least 1.00 (without mixed). Leaving
  one problem out: uncertainty has the lowest arithmetic mean whichever family is left out;
  every such ranking agrees with the full one with a Kendall τ of at least 1.00 (without
  mixed).
  With 3 families Wilcoxon–Holm over 10 pairs cannot tell any pair apart; it needs 9.
  † gradnorm: failed runs take the worst rank, lose, and score below all others in the IQM.

  """#

private let againstStaticText = #"""
  Against static (tuned) on problem mixed of suite bench

                                                                                                                                                        Against equal
                                                                                                                                               ────────────────────────────────
  Method        Difference (points) ↓    95 % interval      dz   Seeds won (%) ↑        p   p (Holm)   p (sign flip)   Seeds needed   Result   Difference (points) ↓   p (Holm)
  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  equal                   1.48 ± 0.10     [1.19, 1.78]    4.65                 0   <0.001     <0.001           0.002              –    worse                  (ref.)          –

  uncertainty            −0.90 ± 0.15   [−1.24, −0.57]   −1.95               100   <0.001     <0.001           0.002              –   better          −2.387 ± 0.093     <0.001
  gradnorm †                        –                –       –                 –        –          –               –              –   failed                       –          –

  pcgrad                  2.66 ± 0.20     [2.13, 3.19]    4.26                 0   <0.001     <0.001           0.002              –    worse           1.180 ± 0.132     <0.001

  Δm of the test metrics against single-task training of the same seed, averaged within a task, then
  over tasks, minus that of static (tuned) at the same seed: mean ± standard error over 10 evaluation
  seeds with its t interval, adjusted as p is: it excludes 0 exactly where p (Holm) is at most α.
  Negative is better. p: paired t, two-sided, then Holm over 3 methods; better and worse: α = 0.05;
  sign flip: exact for up to 20 seeds, without correction. dz: mean difference in standard deviations
  of the seeds' differences. Seeds needed: for power 0.8 at Holm's hardest step, if the true dz is
  this large. Equal: the interval lies within ±0.5 points. Against equal: the same against equal
  weights, the second reference.
  † gradnorm: 2 of 10 seeds failed (loss not finite); means over the finished seeds, no marks.

  """#

private let verdictText = #"""
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

  """#

private let protocolsText = #"""
  Under neighbouring protocols on problem mixed of suite bench

                      main           geometric Δ          median
                ────────────────   ────────────────   ───────────────
  Method        Diff. ↓        p   Diff. ↓        p   Diff. ↓       p   With tuning seeds   Same verdict (%) ↑   Same choice (%) ↑   Verdict
  ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  equal            1.48   <0.001      1.52   <0.001      1.57   0.006        1.18 to 1.75                  100                 100     worse

  uncertainty     −0.90   <0.001     −0.94   <0.001     −0.93   0.006      −1.21 to −0.57                  100                 100    better

  pcgrad           2.66   <0.001      2.71   <0.001      2.80   0.006        2.09 to 3.20                  100                 100     worse

  Differences to static (tuned) in points of Δm, negative is better; main: means over seeds of the
  arithmetic Δm, paired t, Holm over the methods. geometric Δ: 100 times the mean of ln(m/b); median:
  the same numbers, median and exact Wilcoxon signed-rank test. A protocol reverses a verdict where
  the difference has the other sign, whatever its p. With tuning seeds: 2 tuning and 10 evaluation
  seeds drawn together, each draw with the finalists it chooses; 2000 draws.

  """#

private let failuresText = #"""
  Runs of suite bench that failed or did not apply

  Method           Problem   Evaluation   of seeds   Tuning   of trials                     Reasons
  ─────────────────────────────────────────────────────────────────────────────────────────────────
  gradnorm †         mixed            2         10        0          14   loss not finite (2 times)

  gradnorm †      conflict            2         10        0          14   loss not finite (2 times)

  gradnorm †   air_quality            2         10        0          14   loss not finite (2 times)

  Failed runs stay in all comparisons: worst rank, a loss against the control, no mean and no mark;
  a learning rate at which a tuning run failed is not chosen.

  """#

private let samplesText = #"""
  Problem mixed of suite bench after equally many samples

                                    Validation loss
                           ──────────────────────────────────
  Method           Steps            digit ↓        position ↓       Change (%) ↓
  ──────────────────────────────────────────────────────────────────────────────
  single-task       1000    1.3472 ± 0.0085    1.322 ± 0.036            0 (ref.)
  ──────────────────────────────────────────────────────────────────────────────
  equal             2000   *0.8395 ± 0.0062   *0.809 ± 0.022    *−38.23 ± 0.66
  static (tuned)    2000   *0.8407 ± 0.0177   *0.750 ± 0.008    *−40.35 ± 0.28

  uncertainty       2000   *0.8216 ± 0.0163   *0.772 ± 0.004    *−40.26 ± 0.79
  gradnorm †        2000    0.8494 (1 of 3)    0.727 (1 of 3)    −42.04 (1 of 3)

  pcgrad            2000   *0.8487 ± 0.0078   *0.796 ± 0.030    *−38.34 ± 1.48

  Budget: 64000 samples, the whole training of equal, the cheapest method;
  single-task training spends it on all its networks together. Shown is the
  validation loss, in the unit that training lowers, at each run's best
  evaluation within the budget (lowest mean over tasks relative to step 0), mean
  ± standard error over 3 seeds; learning rates were tuned for the whole
  training. Bold: not significantly worse than the best of the column (paired t,
  Holm over the column, α = 0.05); underlined: the best of the others.
  * stands for bold, _ for underlined.
  † gradnorm: 2 of 3 seeds failed (loss not finite); means over the finished
  seeds, no marks.

  """#

private let secondsText = #"""
  Problem mixed of suite bench after equally many seconds

                                    Validation loss
                           ─────────────────────────────────
  Method           Steps           digit ↓        position ↓       Change (%) ↓
  ─────────────────────────────────────────────────────────────────────────────
  single-task        500    1.737 ± 0.022     1.734 ± 0.024            0 (ref.)
  ─────────────────────────────────────────────────────────────────────────────
  equal             2000   *0.839 ± 0.006    *0.809 ± 0.022    *−52.49 ± 0.97
  static (tuned)    1500   _1.046 ± 0.026     1.002 ± 0.016    _−41.01 ± 0.42

  uncertainty       1500    1.072 ± 0.024    _0.989 ± 0.013     −40.62 ± 1.54
  gradnorm †        1500    1.012 (1 of 3)    1.014 (1 of 3)    −40.42 (1 of 3)

  pcgrad            1000    1.370 ± 0.023     1.335 ± 0.026     −22.07 ± 0.59

  Budget: 0.300 seconds in training steps, the whole training of equal, the
  cheapest method; single-task training spends it on all its networks together.
  Shown is the validation loss, in the unit that training lowers, at each run's
  best evaluation within the budget (lowest mean over tasks relative to step
  0), mean ± standard error over 3 seeds; learning rates were tuned for the
  whole training. Costs a step are medians over seeds; times hold for the
  machine of the runs. Bold: not significantly worse than the best of the
  column (paired t, Holm over the column, α = 0.05); underlined: the best of
  the others.
  * stands for bold, _ for underlined.
  † gradnorm: 2 of 3 seeds failed (loss not finite); means over the finished
  seeds, no marks.

  """#
