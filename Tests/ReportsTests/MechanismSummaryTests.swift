import Store
import Testing

@testable import Reports

@Suite("The mechanism of a problem in a few words")
struct MechanismSummaryTests {
  private func row(
    _ method: String,
    _ kind: String,
    _ tasks: (Int, Int?),
    _ value: Double?
  ) -> MechanismRow {
    MechanismRow(
      method: method,
      seed: 0,
      value: MechanismValue(step: 0, kind: kind, taskA: tasks.0, taskB: tasks.1, value: value)
    )
  }

  private func curve(_ seed: Int, _ task: Int, _ losses: [Double]) -> LearningCurve {
    LearningCurve(
      method: "single-task",
      seed: seed,
      identity: "\(seed) \(task)",
      task: task,
      part: .validation,
      steps: Array(0..<losses.count).map { 10 * $0 },
      losses: losses
    )
  }

  @Test("cosines, norms and what is left of the loss, from the runs that measure them")
  func words() {
    let rows = [
      row("equal", "cosine", (0, 1), -0.4), row("equal", "cosine", (0, 1), -0.2),
      row("equal", "cosine", (0, 1), nil), row("uw", "cosine", (0, 1), 1),
      row("equal", "within_cosine", (0, nil), 0.9), row("equal", "within_cosine", (1, nil), 0.7),
      row("equal", "norm", (0, nil), 1), row("equal", "norm", (1, nil), 30),
      row("single-task", "test_loss", (0, nil), 0.2),
      row("single-task", "mean_loss", (0, nil), 2),
      row("single-task", "test_loss", (1, nil), 0.9),
      row("single-task", "mean_loss", (1, nil), 1),
    ]
    // 90 % of the fall: after 9 of 10 steps, and after 36 of 40; at the third seed a task never falls.
    let curves = [
      curve(0, 0, [1, 0, 0, 0, 0]), curve(0, 1, [8, 6, 4, 2, 0]),
      curve(1, 0, [1, 0, 0, 0, 0]), curve(1, 1, [4, 3, 2, 1, 0]),
      curve(2, 0, [1, 0, 0, 0, 0]), curve(2, 1, [1, 2, 2, 2, 2]),
    ]
    #expect(
      MechanismSummary(rows, curves: curves, equal: "equal", singleTask: "single-task").text
        == "cosine −0.30 (within a task 0.80), norm ratio 30, noise floor 0.10 to 0.90, "
        + "speed ratio 4.0"
    )
    #expect(MechanismSummary([], curves: [], equal: "equal", singleTask: nil).text == "")
    #expect(
      MechanismSummary(
        [row("equal", "norm", (0, nil), 1)],
        curves: [],
        equal: "equal",
        singleTask: nil
      ).text
        == ""
    )
  }
}
