import Testing

@testable import Weighting

@Suite("Impartial loss balance")
struct ImpartialLossBalanceTests {
  @Test("starts at weights of 1 and descends along l - 1")
  func firstSteps() throws {
    // s = 0: w = 1, F = 3 + 0.5; ds = (2, -0.5); at rate 0.1 s = (-0.2, 0.05).
    var run = try LossStep("imtl_l")
    let first = run.weigh([3, 0.5], rate: 0.1)
    #expect(first.shared == [1, 1])
    #expect(first.objective == 3.5)
    #expect(agree(run.state("log_scale"), [-0.2, 0.05]))
    // exp(-0.2) = 0.8187307530779818, exp(0.05) = 1.0512710963760241.
    #expect(agree(run.weigh([3, 0.5]).shared, [0.818_730_753_077_981_8, 1.051_271_096_376_024_1]))
  }

  @Test("is twice the uncertainty weighting at half its learning rate")
  func twiceUncertainty() throws {
    // F = 2 F_uw with s = -s_uw, so that dF/ds = -2 dF_uw/ds_uw.
    var balance = try LossStep("imtl_l")
    var uncertainty = try LossStep("uw")
    for step in 0..<20 {
      let losses = [3 / Double(step + 1), 0.2 + Double(step % 3)]
      let doubled = uncertainty.weigh(losses, rate: 0.1).shared.map { 2 * $0 }
      #expect(agree(balance.weigh(losses, rate: 0.05).shared, doubled, 1e-13))
    }
  }

  @Test("clamps on request and refuses negative losses")
  func edges() throws {
    var run = try LossStep("imtl_l", "clamp: true")
    for _ in 0..<30 { _ = run.weigh([0, 1]) }
    #expect(run.state("log_scale")[0] == 20)
    #expect(run.weigh([1, -1]).refusal?.task == 1)
  }
}
