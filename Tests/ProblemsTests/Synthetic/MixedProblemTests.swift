import Kernels
import Problems
import Testing

@Suite("mixed")
struct MixedProblemTests {
  @Test("by default it is the textbook case")
  func defaults() throws {
    let data = try makeProblem("mixed").makeData(seed: 1)
    #expect(data.inputCount == 128)
    #expect(data.tasks.map { $0.kind } == [.multiclass(classes: 10), .regression(outputs: 5)])
    #expect(SplitPart.allCases.map { data[$0].rowCount } == [2048, 1024, 2048])
  }

  @Test("the teacher's own outputs reach the loss of the noise")
  func knownSolution() throws {
    // The same seed draws the same teacher and inputs; without noise its outputs are the targets.
    let noisy = try makeProblem("mixed", "noise: 0.5\ntrain: 4000").makeData(seed: 2)
    let clean = try makeProblem("mixed", "noise: 0\ntrain: 4000").makeData(seed: 2)
    let task = noisy.tasks[1]
    let outputs = Matrix(rows: 4000, columns: 5)
    for row in 0..<4000 {
      for k in 0..<5 {
        let original =
          clean.tasks[1].targetMean[k]
          + clean.tasks[1].targetScale[k] * Double(clean.train.targets[row, 1 + k])
        outputs[row, k] = Float((original - task.targetMean[k]) / task.targetScale[k])
      }
    }
    let rmse = TaskMetrics(
      task: task,
      outputs: outputs.view,
      targets: noisy.targets(ofTask: 1, in: .train)
    ).value(.rmse)
    // 20,000 draws: the root mean square has a standard deviation of 0.5 / sqrt(40,000).
    #expect(abs(rmse - 0.5) < 0.0125)
  }

  @Test("labels are flipped as often as asked")
  func flips() throws {
    let flipped = try makeProblem("mixed", "label_flip: 0.5\ntrain: 4000").makeData(seed: 3)
    let clean = try makeProblem("mixed", "label_flip: 0\ntrain: 4000").makeData(seed: 3)
    let changed = zip(flipped.train.targets.column(0), clean.train.targets.column(0))
      .count { $0 != $1 }
    // Half of the labels become uniform, a tenth of those stay by chance: 0.45, sd 0.008.
    #expect(abs(Double(changed) / 4000 - 0.45) < 0.04)
  }

  @Test("outputs have a variance of about 1 and every class occurs")
  func scales() throws {
    let data = try makeProblem("mixed", "noise: 0").makeData(seed: 4)
    // The variance depends on the 16 weights of each output: 5 outputs, sd about 0.35 each.
    #expect(data.tasks[1].targetScale.allSatisfy { (0.4...1.8).contains($0) })
    #expect(Set(data.train.targets.column(0)).count == 10)
  }
}
