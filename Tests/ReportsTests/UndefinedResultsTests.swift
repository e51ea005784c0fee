import Statistics
import Store
import Testing

@testable import Reports

@Suite("Results that are undefined, failed or missing")
struct UndefinedResultsTests {
  private let single = Hand.method("single", .singleTask, order: 0)
  private let tuned = Hand.method("static (tuned)", .fixed, order: 1)
  private let own = Hand.method("own", .loss, order: 2)

  private func suite(_ problems: ProblemResults...) -> SuiteResults {
    SuiteResults(
      suite: SuiteRecord(name: "s", text: "", planHash: "", createdAt: ""),
      methods: [single, tuned, own],
      problems: problems
    )
  }

  /// Ten seeds, at three of which single-task training makes no error: log-loss 0.
  private func partlyZero(zeroSeeds: Range<Int> = 7..<10) -> ProblemResults {
    let runs = (0..<10).flatMap { seed -> [EvaluationRun] in
      let base = (1.0, zeroSeeds.contains(seed) ? 0 : 0.5, 2.0)
      let wobble = 0.01 * Double((seed * 7) % 5)
      return [
        Hand.run("single", seed: seed, base, task: 0),
        Hand.run("single", seed: seed, base, task: 1),
        Hand.run("static (tuned)", seed: seed, (0.8, 0.5, 2 + wobble)),
        Hand.run("own", seed: seed, (0.8, 0.5, 2.02 - wobble)),
      ]
    }
    return Hand.results(methods: [single, tuned, own], runs: runs)
  }

  @Test(
    "a mean over fewer seeds than the caption says has its number beside it, and a reason below"
  )
  func countAtTheCell() throws {
    let table = try ProblemTable.table(of: suite(partlyZero()))
    let text = TerminalTable.text(of: table, isStyled: false, maximumWidth: nil)
    #expect(text.contains("(7 of 10)"))
    #expect(
      table.footnotes.contains(
        "Δm is undefined at 3 of 10 seeds, where a single-task value is 0, and its mean is over the "
          + "others."
      )
    )
    let column = try #require(table.columns.firstIndex { $0.name == "delta_m" })
    guard case .value(let measure) = table.rows[1].cells[column] else {
      Issue.record("no Δm")
      return
    }
    #expect((measure.count, measure.failedCount, measure.plannedCount) == (7, 0, 10))
    for form in [TableForm.markdown, .latex, .html] {
      #expect(form.text(of: table).contains("(7 of 10)"))
    }
  }

  @Test("the answer leaves no seed out at which a single-task value is 0")
  func answerOfMeans() throws {
    let runs = (0..<10).flatMap { seed -> [EvaluationRun] in
      let base = (0.9, seed < 7 ? 0 : 0.5, 2 + 0.01 * Double(seed % 3))
      let worse = 2.2 + 0.01 * Double(seed * 7 % 5)
      let together = (0.9, seed % 2 == 0 ? base.1 + 0.2 : base.1 - 0.1, worse)
      return [
        Hand.run("single", seed: seed, base, task: 0),
        Hand.run("single", seed: seed, base, task: 1),
        Hand.run("static (tuned)", seed: seed, together),
      ]
    }
    let problem = Hand.results(methods: [single, tuned], runs: runs)
    let answer = Recommendation(problem, Judgements(problem))
    #expect(answer.answer == .undecided)
    #expect(answer.deltaM?.count == 10)
    #expect(answer.tasks.filter(\.isToldApart).map(\.task) == ["b"])
    let words = answer.sentences.joined(separator: " ")
    #expect(
      words.contains(
        "At 7 of 10 seeds a single-task value is 0, against which no change in percent can be given. Δm of "
          + "means is therefore in percent of the single-task values averaged over all seeds, and leaves "
          + "none out; Δm in the tables is the mean over the other 3 seeds."
      )
    )
    #expect(!words.contains("its mean is over the others"), "it would be said of another Δm")
    #expect(words.contains("But b is surely worse together, and no task is surely better"))
    #expect(!words.contains("Choose what is simpler"))
  }

  /// Ten seeds at which single-task training makes no error on task a.
  private func solved(
    together: (_ seed: Int) -> (Double, Double, Double)
  ) -> ProblemResults {
    let runs = (0..<10).flatMap { seed -> [EvaluationRun] in
      let base = (1.0, 0.0, 2 + 0.01 * Double(seed % 3))
      return [
        Hand.run("single", seed: seed, base, task: 0),
        Hand.run("single", seed: seed, base, task: 1),
        Hand.run("static (tuned)", seed: seed, together(seed)),
      ]
    }
    return Hand.results(methods: [single, tuned], runs: runs)
  }

  @Test("a task that is solved at every seed alone is told apart from the answer on the others")
  func solvedTask() {
    let problem = solved { seed in
      (1, seed == 3 ? 0.5 : 0, 1.8 + 0.01 * Double(seed * 7 % 5))
    }
    let answer = Recommendation(problem, Judgements(problem))
    #expect(answer.answer == .together)
    #expect(answer.deltaM?.count == 10)
    // From a mean of 2.009 to one of 1.82.
    #expect(abs((answer.deltaM?.mean ?? 0) + 100 * 0.189 / 2.009) < 0.1)
    #expect(
      answer.sentences[0].hasPrefix(
        "Learn a and b together, with fixed weights: on average the errors of b are 9.4 % lower than"
      )
    )
    #expect(
      answer.sentences[1]
        == "Alone, a is solved without an error at every seed; together its log_loss is 0.05000 higher on "
        + "average, and not 0 at 1 of 10 seeds. No change in percent can be given, so Δm here leaves it "
        + "out; the tables, whose Δm is of all tasks, have none."
    )
    let change = answer.tasks.first { $0.task == "a" && $0.alone == 0 }
    #expect(change?.change == nil && change?.isToldApart == false)
    #expect(!answer.text.contains("Δm of means"))
  }

  @Test("a task that is solved at every seed, alone and together, is said to be")
  func solvedTogether() {
    let problem = solved { seed in (1, 0, 2 + 0.01 * Double(seed * 7 % 5)) }
    #expect(
      Recommendation(problem, Judgements(problem)).sentences[1]
        == "Alone, a is solved without an error at every seed, and so it is together. No change in percent "
        + "can be given, so Δm here leaves it out; the tables, whose Δm is of all tasks, have none."
    )
  }

  @Test("a solved task that is surely spoilt is said against the answer")
  func spoiltTask() {
    let problem = solved { seed in
      (1, 0.5 + 0.01 * Double(seed % 4), 1.8 + 0.01 * Double(seed * 7 % 5))
    }
    let answer = Recommendation(problem, Judgements(problem))
    #expect(answer.answer == .together)
    #expect(answer.sentences[0].hasSuffix(" But a is surely worse together."))
    #expect(answer.text.contains("(surely worse)"))
  }

  @Test("an error in percent is counted in percentage points")
  func percentagePoints() {
    var solved = Hand.problem
    solved.tasks[0].metrics = [Hand.metric("log_loss", .lower)]
    solved.tasks[0].metrics[0].title = "Error (%)"
    let runs = (0..<4).flatMap { seed -> [EvaluationRun] in
      let base = (1.0, 0.0, 2 + 0.01 * Double(seed % 3))
      return [
        Hand.run("single", seed: seed, base, task: 0),
        Hand.run("single", seed: seed, base, task: 1),
        Hand.run("static (tuned)", seed: seed, (1, seed == 3 ? 2.5 : 0, 1.8 + 0.01 * Double(seed))),
      ]
    }
    let problem = ProblemResults(
      problem: solved,
      methods: [single, tuned],
      seeds: [0, 1, 2, 3],
      runs: runs,
      choices: [],
      trials: []
    )
    let words = Recommendation(problem, Judgements(problem)).sentences.joined(separator: " ")
    #expect(
      words.contains(
        "together its error is 0.6250 percentage points higher on average, and not 0 at 1 of 4 seeds."
      )
    )
    #expect(words.contains("Error of a 0 % alone, 0.6250 % together; "))
  }

  @Test("where every task is solved alone nothing can be told apart, for a reason")
  func allSolved() {
    var all = Hand.problem
    all.tasks[0].metrics = [Hand.metric("log_loss", .lower)]
    let runs = (0..<4).flatMap { seed -> [EvaluationRun] in
      [
        Hand.run("single", seed: seed, (1, 0, 0), task: 0),
        Hand.run("single", seed: seed, (1, 0, 0), task: 1),
        Hand.run("static (tuned)", seed: seed, (1, 0.1, 0)),
      ]
    }
    let problem = ProblemResults(
      problem: all,
      methods: [single, tuned],
      seeds: [0, 1, 2, 3],
      runs: runs,
      choices: [],
      trials: []
    )
    let answer = Recommendation(problem, Judgements(problem))
    #expect(answer.answer == .none)
    #expect(
      answer.sentences == [
        "There is no answer. Alone, every task is solved without an error at every seed: together there "
          + "cannot be fewer, and no change in percent of 0 can tell anything apart. The tables have the "
          + "errors of the weightings."
      ]
    )
  }

  @Test("where tasks surely differ in opposite directions it depends on the task")
  func dependsOnTheTask() {
    let runs = (0..<10).flatMap { seed -> [EvaluationRun] in
      let base = (0.8, 0.5, 2 + 0.01 * Double(seed % 3))
      let wobble = 0.001 * Double(seed * 7 % 5)
      let together = (0.8, 0.4 + wobble, base.2 * (1.1 + 0.05 * Double(seed % 2)) + wobble)
      return [
        Hand.run("single", seed: seed, base, task: 0),
        Hand.run("single", seed: seed, base, task: 1),
        Hand.run("static (tuned)", seed: seed, together),
      ]
    }
    let problem = Hand.results(methods: [single, tuned], runs: runs)
    let constant = Recommendation.Constant(
      task: "b",
      value: 2,
      higherIsBetter: false,
      answer: "the mean"
    )
    let answer = Recommendation(problem, Judgements(problem), constants: [constant])
    #expect(answer.answer == .depends || answer.deltaM?.interval.lower ?? 0 > 0)
    let words = answer.sentences.joined(separator: " ")
    #expect(words.contains("a is surely better"))
    #expect(
      words.contains(
        "Not learnt at all, alone or together: on test rows, b is no better than always predicting the "
          + "mean."
      )
    )
  }

  @Test("an undefined seed is no loss: W/T/L and the verdict agree")
  func winTieLoss() {
    let results = suite(partlyZero())
    let duels = Comparison(results.problems[0]).duels
    #expect(duels.map(\.result) == [.none, .undecided])
    #expect(duels[1].difference?.count == 7)
    let line = Overview(results).lines[1]
    #expect(line.counts?.outcomes == [.tie])
    let verdict = Verdict.text(of: results, isVerbose: true)
    #expect(verdict.contains("cannot tell with 7 seeds"))
    #expect(verdict.contains("Δm is undefined at 3 of 10 seeds"))
    #expect(!verdict.contains("Not all runs are stored"))
  }

  @Test("a problem without any Δm is in no mean over the problems, and the table says so")
  func undefinedProblem() throws {
    var second = partlyZero(zeroSeeds: 0..<10)
    second = ProblemResults(
      problem: ProblemRecord(
        label: "zero",
        problem: "p",
        family: "zero",
        order: 1,
        tasks: second.problem.tasks
      ),
      seeds: second.seeds,
      columns: second.columns,
      reference: second.reference,
      methods: second.methods,
      sweep: [],
      choices: [],
      trials: []
    )
    let results = suite(partlyZero(), second)
    let overview = Overview(results)
    #expect(overview.countedProblems == [0])
    #expect(overview.lines[1].results[1]?.deltaMScore == .undefined(.zeroBase))
    #expect(overview.lines[1].arithmeticMean == overview.lines[1].results[0]?.deltaMScore)
    #expect(overview.lines[1].counts?.outcomes == [.tie])
    let table = try OverviewTable.table(of: results)
    #expect(table.footnotes.contains("zero is in no mean, rank or count over the problems."))
    #expect(
      table.footnotes.contains(
        "zero: Δm is undefined at 10 of 10 seeds, where a single-task value is 0, and has no mean."
      )
    )
    #expect(SuiteScores(overview).seedCount == 7)
    #expect(throws: Never.self) { try HeatMap.figure(of: results) }
    #expect(throws: Never.self) { try DeltaMIntervals.figure(of: results) }
    #expect(throws: Never.self) { try PerformanceProfiles.figure(of: results) }
  }

  @Test("what was chosen by losses, since Δm was undefined, is not said to be chosen by Δm")
  func chosenByLosses() throws {
    let part = partlyZero()
    let choice = { (criterion: TuningCriterion) in
      TuningChoice(
        suite: "s",
        problem: "p",
        method: "own",
        taskIndex: nil,
        candidate: 0,
        learningRate: 0.1,
        criterion: criterion,
        score: -3,
        edges: [],
        trialCount: 2,
        failedTrialCount: 0,
        grid: [0.01, 0.1, 1]
      )
    }
    let byLosses =
      "Learning rates and weights were chosen by the mean over the tasks of the logarithm of the "
      + "validation loss, since Δm is undefined on validation data of a tuning seed."
    let byMeans =
      "Learning rates and weights were chosen by Δm against single-task values averaged over the tuning "
      + "seeds, since one of them is 0 or undefined on validation data of a seed."
    for (criterion, sentence) in [
      (TuningCriterion.deltaM, nil), (.meanBase, byMeans), (.logLoss, byLosses),
    ] {
      let problem = ProblemResults(
        problem: part.problem,
        seeds: part.seeds,
        columns: part.columns,
        reference: part.reference,
        methods: part.methods,
        sweep: [],
        choices: [choice(criterion)],
        trials: []
      )
      let table = try TuningTable.table(of: suite(problem))
      #expect(table.caption[0].contains("lowest mean validation Δm") == (sentence == nil))
      for one in [byLosses, byMeans] {
        #expect(table.footnotes.contains(one) == (one == sentence))
        #expect(UndefinedNote.sentences(problem).contains(one) == (one == sentence))
      }
    }
  }

  @Test("a front without a point is not drawn, for a reason")
  func noFront() {
    let runs = (0..<3).flatMap { seed in
      [
        Hand.run("single", seed: seed, (0.8, 0.5, 0), task: 0),
        Hand.run("single", seed: seed, (0.8, 0.5, 0), task: 1),
        Hand.run("own", seed: seed, (0.8, 0.5, 2)),
      ]
    }
    let results = suite(Hand.results(methods: [single, own], runs: runs))
    let error = #expect(throws: PlotError.self) { try StaticFront.figure(of: results) }
    #expect(
      error?.description
        == "static-front: not drawn: no method has a defined change against single-task training on both "
        + "tasks"
    )
  }

  @Test("an infinite metric is a failed run, in words")
  func infinite() {
    let runs =
      Hand.singleTask(seeds: 3)
      + (0..<3).map { Hand.run("own", seed: $0, (0.8, 0.5, $0 == 1 ? .infinity : 2)) }
    let results = Hand.results(methods: [single, own], runs: runs)
    #expect(
      results.methods[0].outcomes
        == [.finished, .failed(reason: "rmse on the test part is infinite"), .finished]
    )
    #expect(results.methods[0].deltaMBySeed[1] == .failed)
    #expect(results.methods[0].values[0][1] == .failed)
  }

  @Test("tuned static weights that failed lose to what never failed, in the verdict as in W/T/L")
  func failedControl() throws {
    let runs =
      Hand.singleTask(seeds: 4)
      + (0..<4).flatMap { seed in
        [
          Hand.run("static (tuned)", seed: seed, seed == 2 ? nil : (0.8, 0.5, 2)),
          Hand.run("own", seed: seed, (0.8, 0.5, 2.1)),
        ]
      }
    let results = suite(Hand.results(methods: [single, tuned, own], runs: runs))
    #expect(Comparison(results.problems[0]).duels.map(\.result) == [.none, .controlFailed])
    #expect(Overview(results).lines[1].counts?.outcomes == [.win])
    let words =
      "The rival, tuned static weights, failed on 1 of 4 seeds, and loses to every method that never failed."
    let long = Verdict.text(of: results, isVerbose: true).replacing("\n    ", with: " ")
    #expect(long.contains(words))
    let table = try VerdictTable.table(of: results)
    #expect(table.footnotes.contains { $0.hasSuffix(words) }, "\(table.footnotes)")
    let wins = try table.position(ofColumn: "wins")
    #expect(table.rows[0].cells[wins] == .text("own"))
    #expect(
      table.footnotes.contains {
        $0.hasSuffix(
          "With only 4 seeds, differences below about 1.6 of their standard deviations between seeds "
            + "cannot be significant."
        )
      },
      "\(table.footnotes)"
    )
  }

  @Test("methods that failed as often as tuned static weights are not said to lose to them")
  func allFailed() throws {
    let runs =
      Hand.singleTask(seeds: 4)
      + (0..<4).flatMap { seed in
        [
          Hand.run("static (tuned)", seed: seed, nil),
          Hand.run("own", seed: seed, nil),
        ]
      }
    let results = suite(Hand.results(methods: [single, tuned, own], runs: runs))
    #expect(Comparison(results.problems[0]).duels.map(\.result) == [.none, .none])
    #expect(Overview(results).lines[1].counts?.outcomes == [nil])
    #expect(Overview(results).countedProblems == [0])
    let table = try VerdictTable.table(of: results)
    #expect(table.rows[0].cells[2] == .text("–"))
    #expect(table.caption.isEmpty)
  }

  @Test("a method that failed where Δm of the others is undefined has no rank")
  func failedAmongUndefined() {
    let runs = (0..<4).flatMap { seed in
      [
        Hand.run("single", seed: seed, (0.8, 0.5, 0), task: 0),
        Hand.run("single", seed: seed, (0.8, 0.5, 0), task: 1),
        Hand.run("static (tuned)", seed: seed, (0.8, 0.5, 2)),
        Hand.run("own", seed: seed, seed == 1 ? nil : (0.8, 0.5, 2)),
      ]
    }
    let overview = Overview(suite(Hand.results(methods: [single, tuned, own], runs: runs)))
    #expect(overview.countedProblems.isEmpty)
    #expect(overview.lines.allSatisfy { $0.meanRank == nil })
  }

  @Test("one task, one seed, one method: sentences that make sense")
  func smallest() throws {
    var oneTask = Hand.results(
      methods: [single, tuned, own],
      runs: [
        Hand.run("single", seed: 0, (0.8, 0.5, 2), task: 0),
        Hand.run("single", seed: 0, (0.8, 0.5, 2), task: 1),
        Hand.run("own", seed: 0, (0.8, 0.5, 2)),
      ]
    )
    oneTask.plannedCounts = ["single": 1, "own": 1]
    #expect(
      oneTask.reasonWithoutRuns(oneTask.methods[0]) == "the suite has no static sweep"
    )
    let verdict = Verdict.text(of: suite(oneTask), isVerbose: true)
    #expect(!verdict.contains("Not all runs are stored"))
    #expect(verdict.contains("There are no tuned static weights to compare with"))
    #expect(verdict.contains("With one seed, nothing can be said about how runs differ."))
    var alone = Hand.problem
    alone.tasks = Array(alone.tasks.prefix(1))
    let noRival = ProblemResults(
      problem: alone,
      methods: [single, own],
      seeds: [0],
      runs: [
        Hand.run("single", seed: 0, (0.8, 0.5, 2), task: 0),
        Hand.run("own", seed: 0, (0.8, 0.5, 2)),
      ],
      choices: [],
      trials: []
    )
    #expect(
      ProblemVerdict(noRival, Judgements(noRival)).sentences[0]
        == "With a single task there are no weights to tune, so there is no verdict."
    )
    let seeds = Hand.results(
      methods: [single, tuned, own],
      runs: Hand.singleTask(seeds: 1) + [
        Hand.run("static (tuned)", seed: 0, (0.8, 0.5, 2)),
        Hand.run("own", seed: 0, (0.8, 0.5, 2)),
      ]
    )
    #expect(
      Verdict.text(of: suite(seeds), isVerbose: true).contains(
        "With one seed there is no spread to test against, so there is no verdict."
      )
    )
    let rivalless = Hand.results(
      methods: [single, tuned],
      runs: Hand.singleTask(seeds: 3)
        + (0..<3).map { Hand.run("static (tuned)", seed: $0, (0.8, 0.5, 2)) }
    )
    #expect(
      Verdict.text(of: suite(rivalless), isVerbose: true).contains(
        "There is no method to hold against tuned static weights."
      )
    )
    for problem in [oneTask, seeds, rivalless] {
      for table in TableRegistry.all {
        do throws(TableError) {
          let text = TerminalTable.text(
            of: try table.table(of: suite(problem)),
            isStyled: false,
            maximumWidth: 80
          )
          #expect(!text.contains("1 seeds") && !text.contains("1 evaluation seeds"))
          #expect(!text.contains("1 methods"))
        } catch {
          guard case .notApplicable = error else {
            Issue.record("\(table.name): \(error)")
            continue
          }
        }
      }
    }
  }
}
