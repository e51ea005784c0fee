import Reports
import Testing

@Suite("The tables of a stored suite")
struct StoredTableTests {
  @Test("one problem: single-task first, groups apart, marks from tests")
  func problem() throws {
    expectText(try text(of: ProblemTable.self, fixture: .small), problemText)
  }

  @Test("all problems: means, ranks, wins, ties and losses")
  func overview() throws {
    expectText(try text(of: OverviewTable.self, fixture: .few), overviewText)
  }

  @Test("tuning: rates, edges, trials")
  func tuning() throws {
    expectText(try text(of: TuningTable.self, fixture: .small), tuningText)
  }

  @Test("checkpoint: what one evaluation for all tasks costs each")
  func checkpoint() throws {
    try withStore(.small) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let series = try results.withCurves(of: results.problems[0], from: store)
      expectText(TableForm.terminal.text(of: try CheckpointTable.table(of: series)), checkpointText)
    }
  }

  @Test("cost: time, passes, samples")
  func cost() throws {
    expectText(try text(of: CostTable.self, fixture: .small), costText)
  }

  private func text(of table: any ReportTable.Type, fixture: StoreFixture) throws -> String {
    try withStore(fixture) { store, _ in
      let results = try SuiteResults(suite: "bench", from: store)
      let part = table.scope == .suite ? results : results.only(results.problems[0])
      return TableForm.terminal.text(of: try table.table(of: part))
    }
  }
}

private let problemText = #"""
  Problem mixed of suite bench

                                         digit                                               position                                                     Overall
                   ──────────────────────────────────────────────────   ───────────────────────────────────────────────────   ────────────────────────────────────────────────────────────────
  Method               Error (%) ↓         Log-loss ↓      Gain (%) ↑        RMSE (px) ↓         MAE (px) ↓      Gain (%) ↑   MR ↓        Δm (%) ↓    95 % interval   p vs static   Time (×) ↓
  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  single-task       8.867 ± 0.050     0.3089 ± 0.0017               –    0.4806 ± 0.0036    0.3869 ± 0.0029               –      –        0 (ref.)                –             –         3.80
  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  equal            _8.719 ± 0.051    _0.3037 ± 0.0018   1.68 ± 0.34      0.4748 ± 0.0030    0.3822 ± 0.0024   1.21 ± 0.11     3.50   _−1.44 ± 0.22   [−2.40, −0.48]         0.109         1.00
  static (tuned)   *8.571 ± 0.095    *0.2985 ± 0.0033   3.34 ± 0.59     *0.4662 ± 0.0029   *0.3753 ± 0.0023   3.00 ± 0.39     2.00   *−3.17 ± 0.47   [−5.21, −1.13]        (ref.)         1.01

  uncertainty      *8.509 ± 0.048    *0.2964 ± 0.0017   4.04 ± 0.18     *0.4602 ± 0.0043   *0.3705 ± 0.0034   4.25 ± 0.24     1.00   *−4.15 ± 0.13   [−4.70, −3.59]         0.109         1.02
  gradnorm †        8.702 (1 of 3)    0.3031 (1 of 3)   2.48 (1 of 3)    0.4788 (1 of 3)    0.3854 (1 of 3)   1.85 (1 of 3)      –        1/3 runs                –             –         1.31

  pcgrad            8.867 ± 0.075     0.3089 ± 0.0026   0.01 ± 0.29     _0.4740 ± 0.0030   _0.3816 ± 0.0024   1.37 ± 0.34     3.50    −0.69 ± 0.24    [−1.73, 0.35]         0.033         1.72

  Test metrics, mean ± standard error over 3 evaluation seeds; all methods share data, initial weights
  and batches at a seed. Bold: not significantly worse than the best of the column (paired t, Holm
  over the column, α = 0.05); underlined: the best of the others. MR: mean rank over the 4 metrics
  among these 5 methods. Δm: change against single-task training of the same seed, averaged within a
  task, then over tasks, with its t interval; ▾: the interval is wholly above 0. p vs static: paired t
  of Δm against static (tuned), Holm over 3 methods. Time: median seconds of training a step, relative
  to equal weights.
  * stands for bold, _ for underlined.
  † gradnorm: 2 of 3 seeds failed (loss not finite); means over the finished seeds, no marks.
  At the border of what was tried, so that a better choice may lie outside: learning rate of pcgrad.

  """#

private let overviewText = #"""
  Suite bench over 3 problems

                              Δm (%) ↓ on each problem                    Over the problems
                   ──────────────────────────────────────────────   ──────────────────────────────
  Method                  mixed         conflict      air_quality     Mean Δ (%) ↓   MR ↓    W/T/L
  ────────────────────────────────────────────────────────────────────────────────────────────────
  equal            −1.59 ± 0.05   −1.569 ± 0.079   −1.398 ± 0.055   −1.520 ± 0.036   3.00    0/0/3
  static (tuned)   −3.07 ± 0.11   −3.143 ± 0.084   −2.890 ± 0.083   −3.037 ± 0.053   2.00   (ref.)

  uncertainty      −3.98 ± 0.13   −3.887 ± 0.123   −3.797 ± 0.069   −3.889 ± 0.064   1.00    3/0/0
  gradnorm †          8/10 runs        8/10 runs        8/10 runs                –   5.00    0/0/3

  pcgrad           −0.41 ± 0.14   −0.517 ± 0.135   −0.860 ± 0.062   −0.597 ± 0.069   4.00    0/0/3

  Δm: change of the test metrics against single-task training of the same seed, averaged within a
  task, then over tasks; mean ± standard error over 10 evaluation seeds. Mean Δ: geometric, 100
  (exp(mean ln(m/b)) − 1), so that halving one error weighs as much as doubling another. MR: mean
  over the problems of the rank of the geometric Δ among these 5 methods; failed ones share the
  worst rank. W/T/L: families of problems on which the verdict against static (tuned) is better;
  not told apart, or depends on a choice; worse (paired t, Holm over the methods, α = 0.05);
  failed runs are losses. What is said of a mean holds for other seeds on these problems, not for
  other problems. Leaving one problem out: uncertainty has the lowest geometric mean whichever
  family is left out; every such ranking agrees with the full one with a Kendall τ of at least
  1.00 (without mixed). Leaving one problem out: uncertainty has the lowest arithmetic mean
  whichever family is left out; every such ranking agrees with the full one with a Kendall τ of at
  least 1.00 (without mixed).
  † gradnorm: failed runs on mixed, conflict, air_quality; no mean.

  """#

private let tuningText = #"""
  Tuning on problem mixed of suite bench

  Method               Task   Learning rate   Weights, settings   Heads   Mean weight   Effective step   At an end   Criterion ↓   Trials   Failed   Seconds
  ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  single-task         digit         0.00300                   –       –             –                –          no             0       14        0      9.58
  single-task      position         0.00300                   –       –             –                –          no             0       14        0      9.58
  ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  equal                   –         0.00300                   –       –          1.00          0.00300          no        −1.500       14        0      5.04
  static (tuned)          –         0.00300               3 : 1       –          1.01          0.00303          no        −3.000       14        0      5.09

  uncertainty             –          0.0100                   –       –          1.02           0.0102          no        −3.900       14        0      5.14
  gradnorm                –          0.0100                   –       –          1.31           0.0131          no        −2.700       14        0      6.60

  pcgrad                  –           0.100           alpha 0.5     own          1.72            0.172         yes       −0.6000       14        2      8.67

  Every method has the same trials on the same grid; the rate with the lowest mean validation Δm over
  the tuning seeds is chosen, and a rate at which a seed failed is not. Single-task networks are tuned
  one by one, by the same measure of their task. Weights: of the tasks in their order, in units of 1 /
  single-task validation loss (1/STL: the same for all). Heads: own, each follows its own gradient;
  weighted, times its task's weight; native, as the method's source has it. Mean weight: of a task
  over training and evaluation seeds, 1 for equal weights; effective step: the learning rate times it,
  the step of SGD; Adam divides out what of it is constant.
  At the border of what was tried, so that a better choice may lie outside: learning rate of pcgrad.

  """#

private let costText = #"""
  Cost on problem mixed of suite bench

  Method           Time a step (ms) ↓   Relative (×) ↓   Training (s) ↓   Whole run (s) ↓   Memory (kB) ↓   Steps   Forward a step   Backward a step   Samples   Fallbacks
  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  single-task                   0.570             3.80             1.14              1.37           260.0    2000             2.00              2.00    128000           0
  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  equal                         0.150             1.00            0.300             0.360           260.0    2000             1.00              1.00     64000           0
  static (tuned)                0.151             1.01            0.303             0.364           260.0    2000             1.00              1.00     64000           0

  uncertainty                   0.153             1.02            0.306             0.367           260.0    2000             1.00              1.00     64000           0
  gradnorm †                    0.197             1.31            0.393             0.472           260.0    2000             1.00              1.00     64000           0

  pcgrad                        0.258             1.72            0.516             0.619           340.0    2000             1.00              2.00     64000           0

  Medians over the finished ones of 3 evaluation seeds; single-task training is the sum over its
  networks, its memory that of the largest, since they are trained one after another. Memory: the
  buffers that training uses, counted and not sampled, the same for every seed: parameters, gradient
  and moments of the optimizer; the batch, the activations and their gradients; task gradients where
  the method asks for them; the method's own state. Data, kept checkpoint, evaluation and diagnostics
  are not included. Times are seconds of the processor, and of waiting for an external program.
  Machine: test machine.

  """#

private let checkpointText = #"""
  One checkpoint for all tasks on problem mixed of suite bench

                                                   Cost of one checkpoint
                                   ──────────────────────────────────────────────────────
  Method           Learning rate   Largest (%) ↓   Of task   digit (%) ↓   position (%) ↓
  ───────────────────────────────────────────────────────────────────────────────────────
  equal                  0.00300           0 ± 0     digit         0 ± 0            0 ± 0
  static (tuned)         0.00300           0 ± 0     digit         0 ± 0            0 ± 0

  uncertainty             0.0100           0 ± 0     digit         0 ± 0            0 ± 0
  gradnorm †              0.0100        1/3 runs     digit      1/3 runs         1/3 runs

  pcgrad                   0.100           0 ± 0     digit         0 ± 0            0 ± 0

  A network of several tasks is reported at one evaluation: how much higher, in percent,
  is each task's validation loss there than at that task's own best evaluation of the
  same run; mean ± standard error over 3 evaluation seeds. Single-task networks pay
  nothing here, and choose a learning rate each: digit 0.00300 and position 0.00300. Both
  are part of every Δm.
  † gradnorm: 2 of 3 seeds failed (loss not finite); means over the finished seeds, no
  marks.

  """#
