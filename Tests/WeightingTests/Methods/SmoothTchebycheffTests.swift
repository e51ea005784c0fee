import Testing

@testable import Weighting

@Suite("Smooth Tchebycheff scalarization")
struct SmoothTchebycheffTests {
  @Test("the plain form is a log-sum-exp of the weighted losses")
  func plain() throws {
    // lambda = 1/2, l = (2, 2 + 2 ln 3): y = (1, 1 + ln 3), softmax (1/4, 3/4),
    // F = 1 + ln 4 = 2.386294361119891.
    var run = try LossStep("stch")
    let result = run.weigh([2, 2 + 2 * 1.098_612_288_668_109_8])
    #expect(agree(result.shared, [0.125, 0.375]))
    #expect(agree([result.objective], [2.386_294_361_119_891]))
  }

  @Test("preference and ideal point shift what counts as largest")
  func preference() throws {
    // y = (0.75 (3 - 1), 0.25 (7 - 1)) = (1.5, 1.5): shares 1/2; F = 1.5 + 0.1 ln 2.
    var run = try LossStep("stch", "mu: 0.1\npreference: [0.75, 0.25]\nideal: [1, 1]")
    let result = run.weigh([3, 7])
    #expect(agree(result.shared, [0.375, 0.125]))
    #expect(agree([result.objective], [1.569_314_718_055_994_5]))
  }

  @Test("a tiny mu is the hard maximum")
  func hardMaximum() throws {
    var run = try LossStep("stch", "mu: 1e-6")
    let result = run.weigh([1e6, 2e6])
    #expect(result.shared == [0, 0.5])
    #expect(agree([result.objective], [1e6]))
  }

  @Test("the log form warms up, learns the nadir in one epoch and then weighs against it")
  func logForm() throws {
    var run = try LossStep("stch", "form: log_nadir\nwarmup_epochs: 1")
    let warm = run.weigh([4, 0.5], endsEpoch: true)
    #expect(warm.shared == [0.25, 2])
    #expect(agree([warm.objective], [0.693_147_180_559_945_3]))
    // Epoch 1: means (2, 4).
    #expect(run.weigh([1, 2]).shared == [1, 0.5])
    #expect(run.weigh([3, 6], endsEpoch: true).heads == [1 / 3.0, 1 / 6.0])
    #expect(run.state("nadir") == [2, 4])
    // l = (1, 6): l / n = (1/2, 3/2), shares (1/4, 3/4), w = 2 share / l = (1/2, 1/4),
    // F = 2 ln 2.
    let later = run.weigh([1, 6], endsEpoch: true)
    #expect(agree(later.shared, [0.5, 0.25]))
    #expect(agree(later.heads, [0.5, 0.25]))
    #expect(agree([later.objective], [1.386_294_361_119_890_6]))
    #expect(run.state("nadir") == [2, 4])
  }

  @Test("the log form refuses losses that are not above 0 and keeps its state")
  func refusal() throws {
    var run = try LossStep("stch", "form: log_nadir\nwarmup_epochs: 0")
    #expect(run.weigh([1, 0], endsEpoch: true).refusal?.task == 1)
    _ = run.weigh([1, 3], endsEpoch: true)
    #expect(run.state("nadir") == [1, 3])
  }
}
