import Foundation
import Store
import Testing

@testable import Reports

/// What a store may hold of one problem, and ways to spoil it.
private struct StoredProblem {
  var record: ProblemRecord
  var methods: [MethodRecord]
  var seeds: [Int]
  var runs: [EvaluationRun]
  var trials: [EvaluationRun]
  var choices: [TuningChoice]
  var curves: [LearningCurve]
  var taskSeries: [TaskSeries]
  var cosines: [String: CosineSummary]
  var planned: [String: Int]

  /// A problem of few methods and seeds, as a run of its suite leaves it.
  static let sound = Result {
    var fixture = StoreFixture.few
    fixture.problems = Array(fixture.problems.prefix(1))
    fixture.seeds = 4
    fixture.evaluationCount = 4
    return try withStore(fixture) { store, _ in
      let (suite, label) = (StoreFixture.suite, "mixed")
      let problem = try #require(try store.problems(of: suite).first)
      let entries = try store.entries(of: suite).filter { $0.role == .evaluation }
      let results = try SuiteResults(suite: suite, from: store)
      let series = try results.withSeries(of: results.problems[0], from: store).problems[0]
      return StoredProblem(
        record: problem,
        methods: try store.methods(of: suite),
        seeds: Set(entries.map(\.seed)).sorted(),
        runs: try store.evaluationRuns(suite: suite)[label, default: []],
        trials: try store.tuningRuns(suite: suite)[label, default: []],
        choices: try store.choices(of: suite),
        curves: series.curves,
        taskSeries: series.taskSeries,
        cosines: series.cosines,
        planned: Dictionary(grouping: entries) { $0.method }.mapValues { Set($0.map(\.seed)).count }
      )
    }
  }

  private static let numbers: [Double] = [
    0, -0.0, -1, 1e-300, 1e300, -1e308, .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
    0x1p63, .leastNonzeroMagnitude,
  ]
  private static let counts = [0, -1, 1, .max, .min, 1 << 53]

  /// One absurd change at a place that the draws choose.
  mutating func spoil(_ draws: inout Draws) {
    let number = draws.element(of: Self.numbers)
    let count = draws.element(of: Self.counts)
    switch draws.below(14) {
    case 0: runs.removeAll { _ in draws.below(3) == 0 }
    case 1: runs.removeAll { $0.method == draws.element(of: methods).label }
    case 2: change(&runs, &draws, number, count)
    case 3: change(&trials, &draws, number, count)
    case 4:
      for index in runs.indices where draws.below(2) == 0 {
        runs[index] = runs[index].with { $0.status = .diverged }
      }
    case 5:
      let status = draws.element(of: RunStatus.allCases)
      let label = draws.element(of: methods).label
      for index in runs.indices where runs[index].method == label {
        runs[index] = runs[index].with { $0.status = status }
      }
    case 6:
      // Every value of a metric: a base that is 0 everywhere, among others.
      let metric = draws.element(of: ["accuracy", "log_loss", "rmse", "mae", "loss"])
      let value = draws.below(4) == 0 ? nil : number
      for index in runs.indices {
        runs[index] = runs[index].with(metrics: { $0.metric == metric ? value : $0.value })
      }
    case 7:
      guard !choices.isEmpty else { return }
      let index = draws.below(choices.count)
      choices[index].score = draws.below(3) == 0 ? nil : number
      choices[index].learningRate = number
      choices[index].trialCount = count
      choices[index].grid = draws.below(2) == 0 ? [] : [number, 1]
    case 8:
      for index in curves.indices where draws.below(4) == 0 {
        curves[index].losses = curves[index].losses.map { _ in number }
      }
    case 9: curves.removeAll { _ in draws.below(2) == 0 }
    case 10:
      for index in taskSeries.indices where draws.below(4) == 0 {
        taskSeries[index].weights = taskSeries[index].weights.map { _ in number }
      }
      cosines = cosines.filter { _ in draws.below(2) == 0 }
    case 11:
      let index = draws.below(methods.count)
      let weights: [[Double]?] = [nil, [], [number], [number, count == 0 ? 0 : 1]]
      methods[index].sweepWeights = draws.element(of: weights)
      methods[index].order = count
    case 12: seeds = Array(seeds.prefix(draws.below(seeds.count + 1)))
    default:
      planned = draws.below(2) == 0 ? [:] : planned.mapValues { _ in count }
      trials.removeAll { _ in draws.below(4) == 0 }
    }
  }

  private func change(
    _ runs: inout [EvaluationRun],
    _ draws: inout Draws,
    _ number: Double,
    _ count: Int
  ) {
    guard !runs.isEmpty else { return }
    let index = draws.below(runs.count)
    switch draws.below(6) {
    case 0: runs[index] = runs[index].with { $0.stepCount = count }
    case 1:
      runs[index] = runs[index].with { end in
        end.trainSeconds = number
        end.totalSeconds = number
      }
    case 2:
      runs[index] = runs[index].with { end in
        end.forwardPasses = count
        end.samplesSeen = count
        end.memoryBytes = count
        end.policySteps = count
      }
    case 3: runs[index] = runs[index].with(learningRate: number)
    case 4: runs[index] = runs[index].with(metrics: { _ in nil })
    default: runs[index] = runs[index].with(metrics: { _ in number })
    }
  }

  var results: SuiteResults {
    var problem = ProblemResults(
      problem: record,
      methods: methods,
      seeds: seeds,
      runs: runs,
      choices: choices,
      trials: trials
    )
    problem.curves = curves
    problem.taskSeries = taskSeries
    problem.cosines = cosines
    problem.plannedCounts = planned
    return SuiteResults(
      suite: SuiteRecord(name: "bench", text: "", planHash: "", createdAt: ""),
      methods: methods,
      problems: [problem]
    )
  }
}

extension EvaluationRun {
  /// The same run with other values where some are given.
  fileprivate func with(
    learningRate: Double? = nil,
    end change: (inout RunEnd) -> Void = { _ in },
    metrics value: (MetricValue) -> Double? = { $0.value }
  ) -> EvaluationRun {
    var end = self.end
    change(&end)
    return EvaluationRun(
      method: method,
      seed: seed,
      taskIndex: taskIndex,
      candidate: candidate,
      learningRate: learningRate ?? self.learningRate,
      identity: identity,
      end: end,
      metrics: metrics.map { metric in
        var metric = metric
        metric.value = value(metric)
        return metric
      },
      checkpointMetrics: checkpointMetrics
    )
  }
}

/// SplitMix64, so that a seed tells the whole story.
private struct Draws {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) >> 1) % max(1, count)
  }

  mutating func element<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}

/// Makes every table, figure and sentence of results that the draws of one seed spoil.
private func readAbsurd(seed: UInt64) throws {
  var draws = Draws(state: seed)
  var stored = try StoredProblem.sound.get()
  for _ in 0...draws.below(4) { stored.spoil(&draws) }
  let results = stored.results
  for table in TableRegistry.all {
    do throws(TableError) {
      let table = try table.table(of: results)
      _ = TerminalTable.text(of: table, isStyled: false, maximumWidth: 100)
      _ = CSVTable.text(of: table)
    } catch {
      guard case .notApplicable = error else { throw error }
    }
  }
  for plot in PlotRegistry.all {
    do throws(PlotError) {
      _ = try plot.figure(of: results)
    } catch {
      guard case .notApplicable = error else { throw error }
    }
  }
  _ = Verdict.text(of: results)
}

@Suite("Readers of absurd results")
struct AbsurdResultsTests {
  @Test("make every table, figure and sentence, or say why not", arguments: 0..<40)
  func fewDraws(seed: Int) throws {
    try readAbsurd(seed: UInt64(seed))
  }
}

@Suite("Readers of absurd results, at length")
struct AbsurdResultsSlowTests {
  @Test("make every table, figure and sentence, or say why not", arguments: 1...40)
  func manyDraws(block: Int) throws {
    for seed in 0..<250 {
      do {
        try readAbsurd(seed: UInt64(1000 * block + seed))
      } catch {
        Issue.record("seed \(1000 * block + seed): \(error)")
      }
    }
  }
}
