import Kernels
import Testing

@testable import Weighting

@Suite("GradNorm")
struct GradNormTests {
  private let descent = "weight_optimizer: sgd\nweight_learning_rate: 0.1"

  @Test("the first step evens out the norms and rescales the weights to K")
  func firstStep() throws {
    // Norms (1, 3), all r = 1: G = (1, 3), mean 2; dw = (-1, 3); w = (1.1, 0.7), times 2 / 1.8.
    var run = try LossStep("gradnorm", descent)
    let result = run.weigh([4, 1], norms: [1, 3])
    #expect(result.shared == [1, 1])
    #expect(result.heads == [1, 1])
    #expect(result.objective == 5)
    #expect(agree(run.state("weights"), [2.2 / 1.8, 1.4 / 1.8]))
    #expect(agree(run.weigh([4, 1], norms: [1, 3]).shared, [2.2 / 1.8, 1.4 / 1.8]))
  }

  @Test("a slow task's target is higher")
  func restoringForce() throws {
    // Step 1 with equal norms leaves w = 1. Then l / l(0) = (1, 1/4): mean 5/8, r = (8/5, 2/5);
    // alpha 1: targets (1.6, 0.4) of norm 1: dw = (-1, 1); w = (1.1, 0.9).
    var run = try LossStep("gradnorm", "alpha: 1\n\(descent)")
    _ = run.weigh([4, 4], norms: [1, 1])
    _ = run.weigh([4, 1], norms: [1, 1])
    #expect(agree(run.state("weights"), [1.1, 0.9]))
  }

  @Test("initial losses of classifications may be log C")
  func logClasses() throws {
    // l(0) = (ln 4, 2): l / l(0) = (2, 1), r = (4/3, 2/3): task 0 rises, task 1 falls.
    var run = try LossStep("gradnorm", "alpha: 1\ninitial_losses: log_classes\n\(descent)") {
      $0.taskKinds = [.multiclass, .regression]
      $0.classCounts = [4, 0]
    }
    _ = run.weigh([2 * 1.386_294_361_119_890_6, 2], norms: [1, 1])
    #expect(agree(run.state("weights"), [1.1, 0.9]))
  }

  @Test("Adam's first move is the rate, whatever the norms")
  func adam() throws {
    var run = try LossStep("gradnorm")
    _ = run.weigh([4, 1], norms: [1, 3])
    #expect(agree(run.state("weights"), [1.025, 0.975], 1e-7))
  }

  @Test("a zero gradient gives no push, zero losses no force, and weights stay positive")
  func edges() throws {
    var run = try LossStep("gradnorm", descent)
    _ = run.weigh([1, 1], norms: [0, 0])
    #expect(run.state("weights") == [1, 1])
    _ = run.weigh([0, 0], norms: [1, 1])
    #expect(run.state("weights") == [1, 1])
    // dw = (-1, 100): w = (1.1, -9), kept at 1e-4 and rescaled.
    _ = run.weigh([1, 1], norms: [1, 100])
    #expect(agree(run.state("weights"), [2.2 / 1.1001, 2e-4 / 1.1001]))
  }

  @Test("one task keeps weight 1, and a negative loss is refused")
  func single() throws {
    var run = try LossStep("gradnorm", taskCount: 1)
    for loss in [3, 1, 0.5] { #expect(run.weigh([loss], norms: [2 * loss]).shared == [1]) }
    #expect(run.weigh([-1], norms: [1]).refusal == .init(task: 0, reason: .nonPositiveLoss))
  }

  @Test("needs norms on the last shared layer, or on all of them")
  func needs() throws {
    #expect(try LossStep("gradnorm").method.rule.needs == .lastLayerNorms)
    #expect(try LossStep("gradnorm", "layer: all_shared").method.rule.needs == .sharedNorms)
    let softmax = try LossStep("gradnorm", "variant: softmax_epoch")
    #expect(softmax.method.rule.needs == .sharedNorms)
  }

  @Test("softmax_epoch waits one epoch, then moves logits at the network's rate")
  func softmaxEpoch() throws {
    var run = try LossStep("gradnorm", "variant: softmax_epoch\nalpha: 1")
    let first = run.weigh([6, 3], norms: [1, 9])
    #expect(agree(first.shared, [1, 1]))
    #expect(first.heads == [1, 1])
    _ = run.weigh([2, 5], norms: [1, 9], endsEpoch: true)
    #expect(run.state("logits") == [1, 1])
    // l(0) = (4, 4). Losses (4, 4), norms (1, 3): G = (1, 3), targets 2, v = (-1, 3), mean 1;
    // dz = w (v - 1) = (-2, 2); z = (1.2, 0.8) at rate 0.1; w = 2 softmax(z).
    _ = run.weigh([4, 4], rate: 0.1, norms: [1, 3])
    #expect(agree(run.state("logits"), [1.2, 0.8]))
    let share = 1 / (1 + Portable.exp(-0.4))
    let second = run.weigh([4, 4], norms: [1, 3])
    #expect(agree(second.shared, [2 * share, 2 - 2 * share]))
    #expect(second.heads == [1, 1])
  }

  @Test("the steps of softmax_epoch's first epoch count for Adam")
  func softmaxEpochAdam() throws {
    // Two zero gradients and then g: m = 0.1 g, mhat = 0.1 g / (1 - 0.9^3), vhat =
    // 0.001 g^2 / (1 - 0.999^3), so that the move is rate 0.1 / 0.271 / sqrt(0.001 / 0.002997001).
    var run = try LossStep("gradnorm", "variant: softmax_epoch") {
      $0.optimizer = .init(kind: .adam, epsilon: 1e-300)
    }
    _ = run.weigh([4, 4])
    _ = run.weigh([4, 4], endsEpoch: true)
    _ = run.weigh([4, 4], rate: 0.01, norms: [1, 3])
    let move = 0.01 * (0.1 / 0.271) / (0.001 / 0.002_997_001).squareRoot()
    #expect(agree(run.state("logits"), [1 + move, 1 - move], 1e-13))
  }

  @Test("refuses settings that the variant does not have")
  func refusals() {
    #expect(
      LossStep.refusal("gradnorm", "variant: softmax_epoch\nweight_learning_rate: 1")
        == "suite.yaml:2:1: unknown key 'weight_learning_rate'; "
        + "known keys: variant, alpha, layer, scale, heads"
    )
    #expect(
      LossStep.refusal("gradnorm", "alpha: -1")
        == "suite.yaml:1:8: alpha: expected a number from 0 to 10, found '-1'"
    )
  }
}
