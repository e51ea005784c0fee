import Kernels
import Problems
import Testing

private let binary = TaskDescription(name: "b", kind: .binary)
private let three = TaskDescription(name: "c", kind: .multiclass(classes: 3))

private func regression(_ scale: [Double] = [1], loss: LossKind = .squared) -> TaskDescription {
  TaskDescription(
    name: "r",
    kind: .regression(outputs: scale.count),
    loss: loss,
    huberDelta: 1,
    targetMean: scale.map { _ in 10 },
    targetScale: scale
  )
}

private func value(
  _ metric: MetricKind,
  _ task: TaskDescription,
  _ outputs: [[Float]],
  _ targets: [[Float]]
) -> Double {
  let outputs = matrix(outputs)
  let targets = matrix(targets)
  return withExtendedLifetime((outputs, targets)) {
    TaskMetrics(task: task, outputs: outputs.view, targets: targets.view).value(metric)
  }
}

/// Sums of a few doubles differ from the value worked by hand by a few units in the last place.
private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-14 * max(1, abs(b)) }

@Suite("Metrics worked by hand")
struct MetricTests {
  @Test("accuracy and error rate of a binary task count logits above zero")
  func binaryAccuracy() {
    let outputs: [[Float]] = [[2], [-1], [0.5], [0], [-3]]
    let targets: [[Float]] = [[1], [0], [0], [1], [.nan]]
    #expect(value(.accuracy, binary, outputs, targets) == 0.5)
    #expect(value(.errorRate, binary, outputs, targets) == 50)
  }

  @Test("accuracy of several classes takes the first largest logit")
  func multiclassAccuracy() {
    let outputs: [[Float]] = [[1, 3, 2], [2, 2, 0], [0, 0, 1], [5, 1, 1]]
    let targets: [[Float]] = [[1], [1], [2], [0]]
    #expect(value(.accuracy, three, outputs, targets) == 0.75)
    #expect(value(.errorRate, three, outputs, targets) == 25)
  }

  @Test("macro-F1 leaves out a class that occurs neither as target nor as prediction")
  func macroF1() {
    // Targets 0 0 1 1, predictions 0 1 1 1: F1 of class 0 is 2/3, of class 1 4/5.
    let outputs: [[Float]] = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0]]
    let targets: [[Float]] = [[0], [0], [1], [1]]
    #expect(isClose(value(.macroF1, three, outputs, targets), (2.0 / 3 + 4.0 / 5) / 2))
  }

  @Test("log-loss is that of softmax and sigmoid, without overflow")
  func logLoss() {
    let third = value(.logLoss, three, [[4, 4, 4], [1000, 0, 0]], [[2], [0]])
    // log 3 = 1.0986122886681098, and 0 for the certain row.
    #expect(isClose(third, 1.0986122886681098 / 2))
    let half = value(.logLoss, binary, [[0], [-1000], [1000]], [[1], [0], [0]])
    // log 2 = 0.6931471805599453, 0, and 1000.
    #expect(isClose(half, (0.6931471805599453 + 1000) / 3))
  }

  @Test("AUC counts a tied pair half")
  func areaWithTies() {
    // Positives 1 2 2, negatives 0 2: pairs 1>0, 1<2, 2>0, 2=2, 2>0, 2=2: (3 + 2/2) / 6.
    let outputs: [[Float]] = [[1], [2], [2], [0], [2], [9]]
    let targets: [[Float]] = [[1], [1], [1], [0], [0], [.nan]]
    #expect(value(.auc, binary, outputs, targets) == 4.0 / 6)
  }

  @Test("AUC of equal scores is one half, of one class undefined")
  func areaAtTheEdges() {
    #expect(value(.auc, binary, [[0], [-0.0], [0]], [[1], [0], [0]]) == 0.5)
    #expect(value(.auc, binary, [[0], [1]], [[1], [1]]).isNaN)
    #expect(value(.auc, binary, [[0], [1]], [[1], [.nan]]).isNaN)
  }

  @Test("AUC agrees with a count over all pairs")
  func areaOfAllPairs() {
    var stream = RandomStream(seed: 11, purpose: .data)
    let rows = (0..<200).map { _ in
      (score: Float(stream.below(30)), label: Float(stream.below(2)))
    }
    var right = 0.0
    var pairs = 0.0
    for a in rows where a.label == 1 {
      for b in rows where b.label == 0 {
        pairs += 1
        right += a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0
      }
    }
    #expect(
      value(.auc, binary, rows.map { [$0.score] }, rows.map { [$0.label] }) == right / pairs
    )
  }

  @Test("errors of a regression are in original units")
  func originalUnits() {
    // Errors 1, -2 and 3 network units of 5 each.
    let outputs: [[Float]] = [[2], [0], [4], [7]]
    let targets: [[Float]] = [[1], [2], [1], [.nan]]
    #expect(isClose(value(.rmse, regression([5]), outputs, targets), (350.0 / 3).squareRoot()))
    #expect(isClose(value(.mae, regression([5]), outputs, targets), 10))
    #expect(isClose(value(.loss, regression([5]), outputs, targets), 14.0 / 3))
    #expect(isClose(value(.relativeLoss, regression([5]), outputs, targets), 14.0 / 6))
    #expect(
      isClose(
        value(.relativeRMSE, regression([5]), outputs, targets),
        (14.0 / 6).squareRoot()
      )
    )
  }

  @Test("R² refers to the mean of the rows it is read on")
  func coefficientOfDetermination() {
    // Targets 1 2 3 around their mean 2 have squares 2; errors 0.5 0 0 have 0.25.
    #expect(isClose(value(.r2, regression([3]), [[1.5], [2], [3]], [[1], [2], [3]]), 0.875))
    #expect(value(.r2, regression(), [[1], [2]], [[3], [3]]).isNaN)
  }

  @Test("several outputs share one RMSE and average their R²")
  func severalOutputs() {
    let outputs: [[Float]] = [[1, 0], [2, 0]]
    let targets: [[Float]] = [[0, 1], [2, -1]]
    let task = regression([1, 2])
    // Squares 1 and 0 in the first output; 4 and 4 in the second, whose scale is 2.
    #expect(isClose(value(.rmse, task, outputs, targets), (9.0 / 4).squareRoot()))
    #expect(isClose(value(.r2, task, outputs, targets), ((1 - 1.0 / 2) + (1 - 8.0 / 8)) / 2))
  }

  @Test("absolute and Huber losses follow their formulas")
  func otherLosses() {
    let outputs: [[Float]] = [[0.5], [3]]
    let targets: [[Float]] = [[0], [0]]
    #expect(value(.loss, regression(loss: .absolute), outputs, targets) == 1.75)
    // 0.5² / 2 within delta 1, then 3 - 1/2.
    #expect(value(.loss, regression(loss: .huber), outputs, targets) == (0.125 + 2.5) / 2)
  }

  @Test("no row gives nan", arguments: MetricKind.allCases)
  func noRow(_ metric: MetricKind) {
    let task = [binary, three, regression()].first {
      MetricKind.choices(for: $0.kind).contains(metric)
    }
    guard let task else { return }
    let outputs = Array(repeating: Float(0), count: task.outputCount)
    #expect(value(metric, task, [outputs], [[.nan]]).isNaN)
  }

  @Test("an output that is not a number gives nan", arguments: MetricKind.allCases)
  func notFinite(_ metric: MetricKind) {
    for task in [binary, three, regression()]
    where MetricKind.choices(for: task.kind).contains(metric) {
      let bad = Array(repeating: Float.nan, count: task.outputCount)
      let good = Array(repeating: Float(0.5), count: task.outputCount)
      #expect(value(metric, task, [bad, good, good], [[0], [1], [0]]).isNaN)
    }
  }

  @Test("every kind of task has standard metrics it can have, one of them for the summary")
  func standard() {
    for kind in [TaskKind.binary, .multiclass(classes: 4), .regression(outputs: 2)] {
      let metrics = MetricKind.standard(for: kind)
      #expect(metrics.allSatisfy { MetricKind.choices(for: kind).contains($0) })
      #expect(metrics[0].isInDeltaM)
    }
    let task = TaskDescription(name: "b", kind: .binary, metrics: [.auc, .accuracy])
    #expect(task.deltaMetrics == [.auc])
  }

  @Test("a regression enters the summary by roots and absolute values, never by squares")
  func oneScale() {
    func delta(_ metrics: [MetricKind]) -> [MetricKind] {
      TaskDescription(name: "r", kind: .regression(outputs: 1), metrics: metrics).deltaMetrics
    }
    #expect(delta([.relativeRMSE, .relativeLoss]) == [.relativeRMSE])
    #expect(delta([.relativeLoss, .rmse, .loss, .mae, .r2]) == [.rmse, .mae])
    #expect(delta([.relativeLoss, .loss]) == [.relativeLoss])
    let classes = TaskDescription(name: "b", kind: .binary, metrics: [.loss, .logLoss])
    #expect(classes.deltaMetrics == [.logLoss])
  }

  @Test("a metric of another kind of task is a mistake of ours")
  func wrongKind() async {
    await #expect(processExitsWith: .failure) {
      let outputs = Matrix(rows: 1, columns: 1)
      let task = TaskDescription(name: "b", kind: .binary)
      _ = TaskMetrics(task: task, outputs: outputs.view, targets: outputs.view).value(.rmse)
    }
  }
}
