import Settings
import Testing

@testable import Weighting

@Suite("Own parameters of a rule")
struct OwnParametersTests {
  @Test("plain gradient descent")
  func sgd() {
    var parameters = OwnParameters([1, 2], optimizer: .init(kind: .sgd))
    parameters.gradient = [4, -2]
    parameters.descend(networkRate: 0.5)
    #expect(parameters.values == [-1, 3])
  }

  @Test("momentum as PyTorch has it: the first buffer is the gradient")
  func momentum() {
    // b = 1, x = -0.1; b = 0.9 + 1 = 1.9, x = -0.29; b = 0.9 * 1.9 + 1 = 2.71, x = -0.561.
    var parameters = OwnParameters([0], optimizer: .init(kind: .sgd, momentum: 0.9))
    parameters.gradient = [1]
    for expected in [-0.1, -0.29, -0.561] {
      parameters.descend(networkRate: 0.1)
      #expect(agree(parameters.values, [expected]))
    }
  }

  @Test(
    "Adam's first two steps, worked by hand",
    arguments: [
      MethodContext.NetworkOptimizer.Kind.adam, .adamw,
    ]
  )
  func adam(_ kind: MethodContext.NetworkOptimizer.Kind) {
    // beta1 = 1/2, beta2 = 3/4, epsilon = 0. Step 1, g = 2: m = 1, mhat = 2, v = 1, vhat = 4,
    // x = -rate. Step 2, g = -4: m = 1/2 - 2 = -3/2, mhat = -2, v = 3/4 + 4 = 19/4,
    // vhat = (19/4) / (7/16) = 76/7, x += 2 rate / sqrt(76/7).
    var parameters = OwnParameters(
      [0],
      optimizer: .init(kind: kind, betas: (0.5, 0.75), epsilon: 0)
    )
    parameters.gradient = [2]
    parameters.descend(networkRate: 0.1)
    #expect(agree(parameters.values, [-0.1]))
    parameters.gradient = [-4]
    parameters.descend(networkRate: 0.1)
    #expect(agree(parameters.values, [-0.1 + 0.2 / (76.0 / 7).squareRoot()]))
  }

  @Test("Adam adds epsilon after the root")
  func epsilon() {
    // mhat = 1, sqrt(vhat) = 1, so x = -rate / (1 + 1).
    var parameters = OwnParameters(
      [0],
      optimizer: .init(kind: .adam, betas: (0.9, 0.999), epsilon: 1)
    )
    parameters.gradient = [1]
    parameters.descend(networkRate: 0.5)
    #expect(agree(parameters.values, [-0.25]))
  }

  @Test("a rate of their own replaces the network's")
  func ownRate() {
    var parameters = OwnParameters([0], optimizer: .init(kind: .sgd), learningRate: 0.25)
    parameters.gradient = [4]
    parameters.descend(networkRate: 100)
    #expect(parameters.values == [-1])
  }
}
