import Statistics
import Store
import Testing

@testable import Reports

@Suite("What a verdict rests on")
struct JudgementTests {
  private static let single = Hand.method("single", .singleTask, order: 0)
  private static let equal = Hand.method("equal", .fixed, order: 1)
  private static let tuned = Hand.method("static (tuned)", .fixed, order: 2)
  private static let own = Hand.method("own", .loss, order: 3)
  private static let seedCount = 8

  /// Accuracy 0.8, log-loss 0.5 and RMSE 2 alone; `rmse` of each method at each seed.
  private func problem(
    _ methods: [(MethodRecord, (Int) -> (Double, Double, Double)?)],
    family: String = "p",
    label: String = "p"
  ) -> ProblemResults {
    let runs = methods.flatMap { record, values in
      (0..<Self.seedCount).map { Hand.run(record.label, seed: $0, values($0)) }
    }
    let results = Hand.results(
      methods: [Self.single] + methods.map(\.0),
      runs: Hand.singleTask(seeds: Self.seedCount) + runs
    )
    return ProblemResults(
      problem: ProblemRecord(
        label: label,
        problem: "p",
        family: family,
        order: 0,
        tasks: Hand.problem.tasks
      ),
      seeds: results.seeds,
      columns: results.columns,
      reference: results.reference,
      methods: results.methods,
      sweep: [],
      choices: [],
      trials: []
    )
  }

  /// The same with another first method than tuned static weights, changed by hand.
  private func changed(
    _ problem: ProblemResults,
    _ change: (inout MethodResults) -> Void
  ) -> ProblemResults {
    var methods = problem.methods
    for index in methods.indices { change(&methods[index]) }
    return ProblemResults(
      problem: problem.problem,
      seeds: problem.seeds,
      columns: problem.columns,
      reference: problem.reference,
      methods: methods,
      sweep: problem.sweep,
      choices: problem.choices,
      trials: problem.trials
    )
  }

  private static func wobble(_ seed: Int) -> Double { 0.01 * Double((seed * 7) % 5) }

  /// RMSE 2 for tuned static weights and 1.8 for `own`, 5 points of Δm, with a little noise.
  private var clear: ProblemResults {
    problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, { _ in (0.8, 0.5, 1.8) }),
    ])
  }

  private func contender(_ finalists: [(criteria: [Score], result: Double)]) -> TunedContender {
    TunedContender(
      criteria: finalists.map(\.criteria),
      results: finalists.map { finalist in
        (0..<Self.seedCount).map { Score(finalist.result + Self.wobble($0)) }
      }
    )
  }

  @Test("an answer that nothing turns around is better or worse")
  func clearAnswer() {
    let judgements = Judgements(clear)
    #expect(judgements.all.map(\.word) == [.none, .better])
    #expect(judgements.protocols.map(\.protocol.name) == ["main", "geometric Δ", "median"])
    #expect(judgements.protocols.allSatisfy { ($0.entries[1]?.adjustedP ?? 1) < 0.01 })
    #expect(judgements.all[1].joint == nil && judgements.all[1].balances == nil)
    // Eight differences of one sign: the median's p is that of the signed ranks.
    #expect(judgements.protocols[2].entries[1]?.p == 2 / 256.0)
  }

  @Test("an answer that other tuning seeds would change depends on the tuning seeds")
  func tuningLuck() throws {
    // One of four draws of two tuning seeds chooses the second finalist, which is worse than static.
    let lucky = changed(clear) { method in
      method.tuned =
        method.record.label == "own"
        ? self.contender([([0, 3], -5), ([2, 2], 5)]) : self.contender([([1, 1], 0)])
    }
    let judgements = Judgements(lucky)
    #expect(judgements.all[1].word == .depends([.tuningSeeds]))
    let sentences = ProblemVerdict(lucky, judgements).sentences
    let sentence = try #require(sentences.first { $0.hasPrefix("own: ") })
    #expect(sentence.hasPrefix("own: depends on the tuning seeds (difference −5.5"))
    #expect(sentence.contains("with other tuning seeds −5."))
    #expect(sentence.contains("% of their draws"))
    // The same finalists, but every draw chooses the first.
    let firm = changed(clear) { method in
      method.tuned =
        method.record.label == "own"
        ? self.contender([([0, 1], -5), ([2, 2], 5)]) : self.contender([([1, 1], 0)])
    }
    #expect(Judgements(firm).all[1].word == .better)
  }

  @Test(
    "fewer than 95 of 100 draws with the same verdict are too few, though the interval is clear"
  )
  func unstable() throws {
    // The second finalist is better too, but its t is 2.3: p = 0.055.
    let second = (0..<Self.seedCount).map { Score($0.isMultiple(of: 2) ? -2.473 : 0.173) }
    let lucky = changed(clear) { method in
      guard method.record.label == "own" else {
        method.tuned = TunedContender(
          criteria: [[1, 1]],
          results: [[Score](repeating: 0, count: Self.seedCount)]
        )
        return
      }
      method.tuned = TunedContender(
        criteria: [[0, 3], [2, 2]],
        results: [[Score](repeating: -5, count: Self.seedCount), second]
      )
    }
    let judgement = Judgements(lucky).all[1]
    #expect((judgement.joint?.interval.upper ?? 1) < 0)
    #expect((judgement.joint?.decisionStability ?? 1) < 0.8)
    #expect(judgement.word == .depends([.tuningSeeds]))
  }

  @Test("an interval that holds 0 is no verdict, though 96 of 100 draws say the same")
  func wideInterval() throws {
    // Only three draws of the third seed, 1 of 27, choose the second finalist.
    let lucky = changed(clear) { method in
      method.tuned =
        method.record.label == "own"
        ? self.contender([([0, 0, 2.5], -5), ([2, 2, 2], 5)]) : self.contender([([1, 1, 1], 0)])
    }
    let judgement = Judgements(lucky).all[1]
    #expect((judgement.joint?.decisionStability ?? 0) > 0.95)
    #expect((judgement.joint?.interval.upper ?? 0) > 0)
    #expect(judgement.word == .depends([.tuningSeeds]))
  }

  /// RMSE of 1.9 with a little noise, and of 1.8 with so much that their t is 2.6: p = 0.035.
  private static func noisy(_ seed: Int) -> (Double, Double, Double)? {
    (0.8, 0.5, 1.9 - 0.0983 + (seed.isMultiple(of: 2) ? 0.1 : -0.1))
  }

  @Test("of two methods neither is better by a p of 0.035")
  func holm() {
    let other = Hand.method("other", .loss, order: 4)
    let alone = problem([(Self.tuned, { _ in (0.8, 0.5, 1.9) }), (Self.own, Self.noisy)])
    #expect(Judgements(alone).all[1].word == .better)
    let beside = problem([
      (Self.tuned, { _ in (0.8, 0.5, 1.9) }), (Self.own, Self.noisy),
      (other, { (0.8, 0.5, 1.9 + ($0 < 4 ? 0.1 : -0.1)) }),
    ])
    #expect(Judgements(beside).all.map(\.word) == [.none, .undecided, .undecided])
  }

  @Test("practically equal is what the whole interval says")
  func practicallyEqual() {
    // RMSE by 0.012 is 0.3 points of Δm; 0.022 to either side make an interval of 0.5 to either side.
    let duel = { (shift: Double, spread: Double) in
      Comparison(
        self.problem([
          (Self.tuned, { _ in (0.8, 0.5, 2) }),
          (
            Self.own,
            { (0.8, 0.5, 2 + shift + ($0.isMultiple(of: 2) ? spread : -spread)) }
          ),
        ])
      ).duels[1]
    }
    #expect(duel(0.004, 0.011).isPracticallyEqual)
    #expect(!duel(0.012, 0.022).isPracticallyEqual && duel(0.012, 0.022).result == .undecided)
    #expect(!duel(-0.012, 0.022).isPracticallyEqual)
  }

  @Test("an answer that another checkpoint turns around depends on the checkpoint rule")
  func checkpoint() throws {
    let reference = try #require(clear.reference)
    var results = changed(clear) { method in
      // At the last step static has RMSE 1.9, and own 2.1.
      var values = method.values
      let rmse = method.record.label == "own" ? 2.1 : 1.9
      values[2] = (0..<Self.seedCount).map { Score(rmse + Self.wobble($0)) }
      method.checkpointValues = ["last": values]
    }
    var base = reference
    base.checkpointValues = ["last": reference.values]
    results = ProblemResults(
      problem: results.problem,
      seeds: results.seeds,
      columns: results.columns,
      reference: base,
      methods: results.methods,
      sweep: [],
      choices: [],
      trials: []
    )
    let judgements = Judgements(results)
    #expect(judgements.protocols[1].protocol.name == "checkpoint last")
    #expect(judgements.all[1].word == .depends([.neighbour(1)]))
    let sentences = ProblemVerdict(results, judgements).sentences
    #expect(
      sentences.contains {
        $0.hasPrefix("own: depends on the checkpoint rule")
          && $0.contains("under checkpoint last 5.00")
      }
    )
    #expect(sentences[0].hasPrefix("own does not beat tuned static weights"))
  }

  @Test("practically equal holds with the luck of tuning in it")
  func practicallyEqualWithLuck() {
    // The same Δm to 0.1 points, and a second finalist 3 points off that a quarter of draws choose.
    let near = problem([
      (Self.tuned, { _ in (0.8, 0.5, 2) }),
      (Self.own, { (0.8, 0.5, 2.004 + ($0.isMultiple(of: 2) ? 0.011 : -0.011)) }),
    ])
    let judged = { (second: Double) in
      Judgements(
        self.changed(near) { method in
          method.tuned =
            method.record.label == "own"
            ? self.contender([([0, 3], 0), ([2, 2], second)]) : self.contender([([1, 1], 0)])
        }
      ).all[1]
    }
    #expect(judged(0).isPracticallyEqual)
    #expect(judged(3).duel.isPracticallyEqual && !judged(3).isPracticallyEqual)
  }

  @Test(
    "the interval of a verdict is at its step in Holm's correction, signed, with the luck of tuning"
  )
  func levelOfTheStep() throws {
    // Of two methods one is far better; the other's p of 0.035 is tested at 0.05, not at 0.025.
    let results = problem([
      (Self.tuned, { (0.8, 0.5, 1.9 + Self.wobble($0)) }), (Self.own, { _ in (0.8, 0.5, 1.2) }),
      (Hand.method("late", .loss, order: 4), Self.noisy),
    ])
    let judgements = Judgements(results)
    #expect(judgements.all.map(\.duel.level) == [nil, 0.975, 0.95])
    let late = try #require(judgements.all[2].duel.difference)
    #expect(judgements.all[2].word == .better && late.interval.upper < 0)
    let sentence = try #require(
      ProblemVerdict(results, judgements).sentences.first { $0.hasPrefix("Better") }
    )
    let ends = JudgementText.range(late.interval.lower, late.interval.upper)
    #expect(sentence.contains("(\(ends), p = ") || sentence.contains(" \(ends), p = "))
    // So is the bootstrap with the luck of tuning, and the tests of its draws: a second finalist with a
    // p of 0.035 is the same verdict at 0.05, and another at the 0.025 of the smaller p.
    let second = (0..<Self.seedCount).map { Score($0.isMultiple(of: 2) ? -2.0176 : 0.0176) }
    let lucky = changed(results) { method in
      let zeros = [Score](repeating: 0, count: Self.seedCount)
      method.tuned =
        method.record.label == "own"
        ? TunedContender(criteria: [[0, 3], [2, 2]], results: [method.deltaMBySeed, second])
        : TunedContender(criteria: [[1, 1]], results: [zeros])
    }
    let judgement = Judgements(lucky).all[1]
    #expect((judgement.joint?.decisionStability ?? 1) < 0.8)
    let method = try #require(lucky.methods[1].tuned)
    let control = try #require(lucky.methods[0].tuned)
    #expect(
      judgement.joint == JointBootstrap(method, against: control, level: 0.975, alpha: 1 - 0.975)
    )
  }

  /// Three tasks with an RMSE of 1 alone; a method's RMSE of each.
  private func three(_ own: (Double, Double, Double)) -> ProblemResults {
    let tasks = (0..<3).map { (index: Int) in
      TaskRecord(
        index: index,
        name: "t\(index)",
        kind: "regression",
        loss: "mean squared error",
        unit: "",
        classCount: 0,
        metrics: [Hand.metric("rmse", .lower)]
      )
    }
    let run = { (method: String, seed: Int, values: [Double], task: Int?) in
      EvaluationRun(
        method: method,
        seed: seed,
        taskIndex: task,
        learningRate: 0.1,
        identity: "\(method)-\(seed)-\(task ?? 9)",
        end: Hand.end(.finished),
        metrics: values.indices.filter { task == nil || $0 == task }.map {
          MetricValue(task: $0, part: .test, metric: "rmse", value: values[$0])
        }
      )
    }
    let seeds = 0..<Self.seedCount
    return ProblemResults(
      problem: ProblemRecord(label: "p", problem: "p", family: "p", order: 0, tasks: tasks),
      methods: [Self.single, Self.tuned, Self.own],
      seeds: Array(seeds),
      runs: seeds.flatMap { seed in
        (0..<3).map { run("single", seed, [1, 1, 1], $0) } + [
          run("static (tuned)", seed, [1 + Self.wobble(seed), 1, 1], nil),
          run("own", seed, [own.0, own.1, own.2], nil),
        ]
      },
      choices: [],
      trials: []
    )
  }

  @Test("an answer that a single task of three carries depends on a few tasks")
  func carriedByOneTask() throws {
    // 60 % worse in one task, 10 % better in two: +13 on the mean, −10 on the median.
    let carried = Judgements(three((1.6, 0.9, 0.9)))
    #expect(carried.all[1].duel.result == .worse)
    let place = try #require(carried.protocols.firstIndex { $0.protocol.name == "median task" })
    #expect(carried.all[1].word == .depends([.neighbour(place)]))
    #expect(carried.protocols[place].protocol.choice == "a few tasks")
    let difference = try #require(carried.protocols[place].entries[1]?.difference)
    #expect(abs(difference + 10) < 1e-9)
    #expect(Judgements(three((1.6, 1.1, 1.1))).all[1].word == .worse)
  }

  @Test("an answer that the geometric mean turns around depends on the kind of mean")
  func geometric() {
    // Task a: log-loss and accuracy; task b: RMSE. Static has parity. Own: RMSE halved, and log-loss
    // 2.7-fold: arithmetic (+170/2 - 50)/2 = 17.5; geometric (0.5 ln 2.7 - ln 2)/2 < 0.
    let results = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, { _ in (0.8, 1.35, 1) }),
    ])
    let judgement = Judgements(results).all[1]
    #expect(judgement.duel.result == .worse)
    #expect(judgement.word == .depends([.neighbour(1)]))
  }

  @Test("an answer that other single-task networks turn around depends on them")
  func otherBase() throws {
    // Main: RMSE 10 % lower, log-loss 4 % higher. On a base of log-loss 0.05 that is 40 %.
    var results = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, { _ in (0.8, 0.52, 1.8) }),
    ])
    let record = Hand.method("single-task (own network)", .base, order: 9)
    let small = Hand.results(
      methods: [Hand.method("single", .singleTask, order: 0)],
      runs: (0..<Self.seedCount).flatMap { seed in
        (0..<2).map { Hand.run("single", seed: seed, (0.8, 0.05, 2), task: $0) }
      }
    )
    let other = try #require(small.reference)
    results.otherReferences = [
      MethodResults(
        record: record,
        outcomes: other.outcomes,
        runs: other.runs,
        values: other.values,
        deltaM: nil
      )
    ]
    let judgements = Judgements(results)
    #expect(judgements.protocols.last?.protocol.choice == "the single-task networks")
    #expect(judgements.all[1].word == .depends([.neighbour(3)]))
  }

  @Test("a sign is turned around by the other sign alone, whatever its p")
  func flips() {
    let entry = { (difference: Double) in
      ProtocolComparison.Entry(difference: difference, p: 0.5, adjustedP: 0.9, count: 5)
    }
    #expect(entry(-0.1).isFlipped(from: entry(3)) && entry(0.1).isFlipped(from: entry(-3)))
    #expect(!entry(0.1).isFlipped(from: entry(3)) && !entry(0).isFlipped(from: entry(3)))
  }

  @Test("methods with identical results count once, and are named")
  func identical() {
    let twin = Hand.method("twin", .loss, order: 4)
    let values: (Int) -> (Double, Double, Double)? = { (0.8, 0.5, 1.99 + Self.wobble($0 + 3)) }
    let results = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, values), (twin, values),
    ])
    let judgements = Judgements(results)
    #expect(judgements.comparison.duelCount == 1)
    #expect(judgements.all[2].duel.sameAs == 1 && judgements.all[1].duel.sameAs == nil)
    #expect(judgements.all[1].duel.adjustedP == judgements.all[1].duel.p)
    #expect(judgements.all[2].duel.adjustedP == judgements.all[1].duel.p)
    #expect(judgements.protocols.allSatisfy { $0.entries[1]?.adjustedP == $0.entries[1]?.p })
    #expect(
      ProblemVerdict(results, judgements).sentences.contains(
        "The same results at every seed, counted once in Holm's correction: twin as own."
      )
    )
  }

  @Test("a method balances only where it beats its scale control")
  func balance() {
    var control = Hand.method("scale_only", .control, order: 4)
    control.method = "scale_only"
    let scaled = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }),
      (Self.own, { (0.8, 0.5, 1.8 + Self.wobble($0 + 1)) }),
      (control, { (0.8, 0.5, 1.8 + Self.wobble($0 + 2)) }),
    ])
    #expect(Judgements(scaled).all.map(\.balances) == [nil, false, nil])
    let balanced = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }),
      (Self.own, { (0.8, 0.5, 1.8 + Self.wobble($0 + 1)) }),
      (control, { (0.8, 0.5, 2 + Self.wobble($0 + 2)) }),
    ])
    let judgements = Judgements(balanced)
    #expect(judgements.all[1].balances == true)
    #expect(
      ProblemVerdict(balanced, judgements).sentences.contains(
        "Better than its scale control too, so that its gain comes from balancing the tasks: own."
      )
    )
  }

  @Test("the control of a gradient weighting is the step of constant length")
  func gradientBalance() {
    let own = Hand.method("own", .gradient, order: 3)
    let controls = ["scale_only", "unit"].map { name in
      var control = Hand.method(name, .control, order: 4)
      control.method = name
      return control
    }
    let results = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }),
      (own, { (0.8, 0.5, 1.8 + Self.wobble($0 + 1)) }),
      (controls[0], { (0.8, 0.5, 2 + Self.wobble($0 + 2)) }),
      (controls[1], { (0.8, 0.5, 1.8 + Self.wobble($0 + 2)) }),
    ])
    #expect(Judgements(results).all[1].balances == false)
  }

  @Test("methods with identical results count once against their control too")
  func identicalBalance() {
    var control = Hand.method("scale_only", .control, order: 5)
    control.method = "scale_only"
    let results = problem([
      (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, Self.noisy),
      (Hand.method("twin", .loss, order: 4), Self.noisy), (control, { _ in (0.8, 0.5, 1.9) }),
    ])
    #expect(Judgements(results).all.map(\.balances) == [nil, true, true, nil])
  }

  @Test("a search that chose worse weights than equal ones is named")
  func badSearch() {
    let results = problem([
      (Self.equal, { _ in (0.8, 0.5, 1.8) }), (Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }),
    ])
    let sentence = ProblemVerdict.worseThanEqual(Judgements(results))
    #expect(
      sentence?.hasPrefix("The tuned static weights do worse than equal weights, by 5.5") == true
    )
  }

  @Test("a family counts once: its problems are averaged seed by seed first")
  func families() {
    let better: (Int) -> (Double, Double, Double)? = { (0.8, 0.5, 1.8 + Self.wobble($0 + 1)) }
    let muchWorse: (Int) -> (Double, Double, Double)? = { (0.8, 0.5, 3 + Self.wobble($0 + 1)) }
    let parity: (Int) -> (Double, Double, Double)? = { (0.8, 0.5, 2 + Self.wobble($0)) }
    let results = SuiteResults(
      suite: SuiteRecord(name: "s", text: "", planHash: "", createdAt: ""),
      methods: [Self.tuned, Self.own],
      problems: [
        problem([(Self.tuned, parity), (Self.own, better)], family: "f", label: "f1"),
        problem([(Self.tuned, parity), (Self.own, muchWorse)], family: "f", label: "f2"),
        problem([(Self.tuned, parity), (Self.own, better)], family: "g", label: "g"),
      ]
    )
    let overview = Overview(results)
    // -5 and +25 points: the family is lost, and two wins are one.
    #expect(overview.lines[1].counts?.outcomes == [.loss, .win])
    #expect(overview.familyCount == 2)
    #expect(
      Verdict.overallSentences(results).first
        == "No method beats tuned static weights on any of the 2 families of problems without losing to "
        + "them on another."
    )
    // Means over families of ln: tasks (0 + ln(rmse / 2)) / 2.
    let mean = overview.lines[1].meanDelta ?? 0
    #expect(mean > 0 && mean < 3)
    #expect(overview.ranking?.families == ["f", "g"])
    #expect(
      RankingNote.sentences(overview)
        == ["geometric", "arithmetic"].map { mean in
          "Leaving one problem out: static (tuned) has the lowest \(mean) mean over all, own without "
            + "f; every such ranking agrees with the full one with a Kendall τ of at least −1.00 (without f)."
        }
    )
  }

  /// How `own` comes out against parity, one outcome a family.
  private func outcomes(
    _ families: [String],
    _ values: @escaping (Int) -> (Double, Double, Double)?
  ) -> [FamilyCounts.Outcome] {
    let results = SuiteResults(
      suite: SuiteRecord(name: "s", text: "", planHash: "", createdAt: ""),
      methods: [Self.tuned, Self.own],
      problems: families.enumerated().map { index, family in
        problem(
          [(Self.tuned, { (0.8, 0.5, 2 + Self.wobble($0)) }), (Self.own, values)],
          family: family,
          label: "\(index)"
        )
      }
    )
    return (Overview(results).lines[1].counts?.outcomes ?? []).compactMap { $0 }
  }

  @Test("in wins, ties and losses a failure is a loss, and what depends on something a tie")
  func countedOutcomes() {
    let failing: (Int) -> (Double, Double, Double)? = { $0 == 3 ? nil : (0.8, 0.5, 1.5) }
    #expect(outcomes(["f", "g"], failing) == [.loss, .loss])
    #expect(outcomes(["f", "f"], failing) == [.loss])
    // As above: worse by the arithmetic mean, better by the geometric one.
    let dependent: (Int) -> (Double, Double, Double)? = { _ in (0.8, 1.35, 1) }
    #expect(outcomes(["f", "g"], dependent) == [.tie, .tie])
    #expect(outcomes(["f", "f"], dependent) == [.tie])
  }
}
