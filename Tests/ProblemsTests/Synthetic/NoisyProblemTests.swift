import Kernels
import Problems
import Testing

@Suite("noisy")
struct NoisyProblemTests {
  @Test("the teacher's own outputs reach the squared noise as loss")
  func knownSolution() throws {
    let rows = "train: 8000\n"
    let noisy = try makeProblem("noisy", rows + "noise: [0.1, 3]").makeData(seed: 1)
    let clean = try makeProblem("noisy", rows + "noise: [0, 0]").makeData(seed: 1)
    #expect(noisy.tasks.allSatisfy { $0.targetScale == [1] && $0.targetMean == [0] })
    for (i, noise) in [0.1, 3].enumerated() {
      let loss = TaskMetrics(
        task: noisy.tasks[i],
        outputs: clean.targets(ofTask: i, in: .train),
        targets: noisy.targets(ofTask: i, in: .train)
      ).value(.loss)
      // 8000 draws: a relative standard deviation of sqrt(2 / 8000) = 0.016.
      #expect(abs(loss / (noise * noise) - 1) < 0.08)
    }
  }

  @Test("there is a task for each noise")
  func taskCount() throws {
    let data = try makeProblem("noisy", "noise: [0.1, 0.2, 0.3]").makeData(seed: 1)
    #expect(data.tasks.map { $0.name } == ["a", "b", "c"])
  }
}
