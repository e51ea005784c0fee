import Kernels
import Problems
import Testing

@Suite("Constant baselines")
struct ConstantBaselineTests {
  @Test("a constant says the mean or the class shares of the labelled training rows")
  func losses() throws {
    let inputs = Matrix(rows: 4, columns: 1)
    func part(_ rows: [[Float]]) -> DataPart {
      let targets = Matrix(rows: 4, columns: 4)
      for (row, values) in rows.enumerated() {
        for (column, value) in values.enumerated() { targets[row, column] = value }
      }
      return DataPart(inputs: inputs, targets: targets)
    }
    // Means 2 and 10 of the labelled rows; flags 1 1 0; classes 0 0 2 2.
    let train = part([[1, 9, 1, 0], [3, 11, 1, 0], [.nan, .nan, 0, 2], [2, 10, .nan, 2]])
    let test = part([[2, 10, 1, 1], [4, 10, 0, 0], [.nan, .nan, 1, 0], [2, 13, .nan, 2]])
    let data = ProblemData(
      tasks: [
        TaskDescription(name: "a", kind: .regression(outputs: 2), mayMiss: true),
        TaskDescription(name: "b", kind: .binary, mayMiss: true),
        TaskDescription(name: "c", kind: .multiclass(classes: 3)),
      ],
      train: train,
      validation: test,
      test: test
    )
    let losses = (0..<3).map { ConstantBaseline.loss(ofTask: $0, data, on: .test) }
    // Errors 0, 2, 0 and 0, 0, 3: squares (4 + 9) / 6.
    #expect(abs(losses[0] - 13.0 / 6) < 1e-12)
    // Shares 1/3 and 2/3 of three test rows, classes 0 and 1 once and twice; logits are floats.
    #expect(abs(losses[1] + (2 * Portable.log(2.0 / 3) + Portable.log(1.0 / 3)) / 3) < 1e-6)
    // Two, half a row for the class that has none, and two: shares 4/9, 1/9 and 4/9.
    // Two flags of three are up; classes 0 and 2 stand twice each, and the first is predicted.
    let majorities = (0..<3).map { ConstantBaseline.majority(ofTask: $0, data) }
    #expect(majorities == [nil, "1", "0"])
    #expect(abs(losses[2] + (3 * Portable.log(4.0 / 9) + Portable.log(1.0 / 9)) / 4) < 1e-6)
  }
}
