import Kernels
import Problems
import Settings
import Testing

@Suite("easyhard")
struct EasyHardProblemTests {
  @Test("the noiseless targets have the squared noise as loss and a variance of 1")
  func knownSolution() throws {
    let rows = "train: 8000\nfrequency: [0, 2, 5]\n"
    let noisy = try makeProblem("easyhard", rows + "noise: [0.01, 0.1, 2]").makeData(seed: 1)
    let clean = try makeProblem("easyhard", rows + "noise: [0, 0, 0]").makeData(seed: 1)
    let zero = Matrix(rows: 8000, columns: 1)
    for (i, noise) in [0.01, 0.1, 2].enumerated() {
      let loss = TaskMetrics(
        task: noisy.tasks[i],
        outputs: clean.targets(ofTask: i, in: .train),
        targets: noisy.targets(ofTask: i, in: .train)
      ).value(.loss)
      // 8000 draws: a relative standard deviation of sqrt(2 / 8000) = 0.016.
      #expect(abs(loss / (noise * noise) - 1) < 0.08)
      let size = TaskMetrics(
        task: clean.tasks[i],
        outputs: zero.view,
        targets: clean.targets(ofTask: i, in: .train)
      ).value(.loss)
      #expect(abs(size - 1) < 0.08)
    }
  }

  @Test("a task of frequency 0 is a line, and one of a tiny frequency nearly that")
  func line() throws {
    let text = "inputs: 1\nnoise: [0]\n"
    let line = try makeProblem("easyhard", text + "frequency: [0]").makeData(seed: 3).train
    // In one dimension the direction of length 1 is 1 or -1.
    for row in 0..<20 { #expect(abs(line.targets[row, 0]) == abs(line.inputs[row, 0])) }
    let near = try makeProblem("easyhard", text + "frequency: [1e-5]").makeData(seed: 3).train
    // sin(f u) / f = u - f² u³ / 6, and targets are floats.
    for row in 0..<20 { #expect(abs(near.targets[row, 0] - line.targets[row, 0]) < 1e-6) }
  }

  @Test("frequencies and noises change nothing of the inputs")
  func paired() throws {
    let one = try makeProblem("easyhard").makeData(seed: 4)
    let other = try makeProblem("easyhard", "frequency: [1, 3]\nnoise: [0, 1]").makeData(seed: 4)
    #expect(one.train.inputs.column(3) == other.train.inputs.column(3))
    #expect(one.tasks.map { $0.name } == ["a", "b"])
    #expect(SplitPart.allCases.map { one[$0].rowCount } == [1800, 600, 2048])
  }

  @Test("mistakes are told with their place")
  func mistakes() throws {
    func message(_ yaml: String) throws -> String {
      let error = #expect(throws: SettingsError.self) { try makeProblem("easyhard", yaml) }
      return "\(try #require(error))"
    }
    #expect(
      try message("frequency: [0, 1, 2]\nnoise: [0.1, 0.2]")
        == "suite.yaml:2:8: noise: needs one number per frequency, 3, and has 2"
    )
    #expect(
      try message("inputs: 1")
        == "suite.yaml:1:9: inputs: 2 tasks with orthogonal directions need at least as many inputs"
    )
  }
}
