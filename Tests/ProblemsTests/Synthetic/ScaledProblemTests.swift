import Kernels
import Problems
import Testing

@Suite("scaled")
struct ScaledProblemTests {
  private let counts = "train: 500\nvalidation: 10\ntest: 10\n"

  @Test("by default it is the source's two-task case")
  func defaults() throws {
    let data = try makeProblem("scaled", counts).makeData(seed: 1)
    #expect(data.inputCount == 250)
    #expect(data.tasks.map { $0.kind } == [.regression(outputs: 100), .regression(outputs: 100)])
    #expect(data.tasks.allSatisfy { $0.metrics == [.relativeRMSE, .relativeLoss] })
    #expect(data.tasks.allSatisfy { $0.deltaMetrics == [.relativeRMSE] })
    #expect(data.tasks.allSatisfy { $0.targetScale[0] == 1 })
  }

  @Test("predicting zero has the mean square of the scales as loss, and relative loss 1")
  func scales() throws {
    let data = try makeProblem("scaled", counts + "sigmas: [1, 100]").makeData(seed: 1)
    let zero = Matrix(rows: 500, columns: 100)
    var losses: [Double] = []
    for (i, task) in data.tasks.enumerated() {
      let targets = data.targets(ofTask: i, in: .train)
      let metrics = TaskMetrics(task: task, outputs: zero.view, targets: targets)
      losses.append(metrics.value(.loss))
      #expect(metrics.value(.relativeLoss) == 1)
      #expect(metrics.value(.relativeRMSE) == 1)
    }
    // Two independent parts of the argument: the ratio of the losses is 100² to a few percent.
    #expect(abs(losses[1] / losses[0] / 10_000 - 1) < 0.05)
    // E tanh² of a normal number with deviation 1.06 is 0.41.
    #expect(abs(losses[0] - 0.41) < 0.03)
  }

  @Test("without parts of their own the tasks differ by the scale alone")
  func shared() throws {
    let data = try makeProblem("scaled", counts + "own_deviation: 0\nsigmas: [1, 8]")
      .makeData(seed: 1)
    for column in 0..<100 {
      let first = data.train.targets.column(column)
      #expect(data.train.targets.column(100 + column) == first.map { 8 * $0 })
    }
  }

  @Test("ten tasks are a list of ten scales")
  func tenTasks() throws {
    let sigmas = "sigmas: [1, 2, 5, 10, 20, 30, 40, 60, 80, 100]"
    let data = try makeProblem("scaled", counts + sigmas).makeData(seed: 1)
    #expect(data.tasks.map { $0.name } == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
    #expect(data.train.targets.columns == 1000)
  }
}
