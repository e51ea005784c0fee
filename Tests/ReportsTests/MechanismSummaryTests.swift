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
    #expect(
      MechanismSummary(rows, equal: "equal", singleTask: "single-task").text
        == "cosine −0.30 (within a task 0.80), norm ratio 30, noise floor 0.10 to 0.90"
    )
    #expect(MechanismSummary([], equal: "equal", singleTask: nil).text == "")
    #expect(
      MechanismSummary([row("equal", "norm", (0, nil), 1)], equal: "equal", singleTask: nil).text
        == ""
    )
  }
}
