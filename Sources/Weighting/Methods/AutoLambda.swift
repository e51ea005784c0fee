package import Settings

/// Auto-lambda: weights that make the validation losses of the primary tasks fall after a step.
///
/// With `theta' = theta - eta grad(sum over i of lambda_i l_i(theta))` a look-ahead step at the
/// network's learning rate eta and v the gradient of the primary tasks' validation losses at it, the
/// slope `h_i` is the change of training loss i along v, from losses at `theta + eps v` and
/// `theta - eps v` with `eps = finite_difference / |v|`. `lambda` takes an Adam step along `-eta h`, and the
/// network's own step is made with the new `lambda`: `F = sum over i of lambda_i l_i`.
///
/// Nothing keeps `lambda` positive unless `clamp` is set; its sum is free, 0.1 K at the start. Slopes
/// that are all 0, as where `v = 0`, leave it and are flagged.
///
/// Source: Liu, James, Davison and Johns, "Auto-Lambda: Disentangling Dynamic Task Relationships",
/// TMLR 2022.
///
/// Departures: none.
package struct AutoLambda: WeightingMethod {
  package static let name = "auto_lambda"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Learn weights under which a look-ahead step lowers the primary validation losses.",
    formula: "lambda descends along -eta h, h_i = slope of l_i along the look-ahead gradient",
    source: "Liu et al., Auto-Lambda: Disentangling Dynamic Task Relationships, TMLR 2022",
    passes: "3 backward + 2 forward",
    settings: [
      ("init", "start of the weights, default 0.1, 1e-6 to 1e3"),
      ("meta_learning_rate", "of the weights, default 1e-4"),
      ("finite_difference", "length of the move between losses, default 0.01, 1e-6 to 1"),
      ("primary", "indices of the tasks whose validation losses count, default all"),
      ("clamp", "keep weights at 0 or more, default false"),
    ],
    traps: [
      "Weights may become negative.",
      "One library makes the weights a softmax and updates with a third batch.",
    ]
  )

  package let sumFactor = 1.0
  package var needs: StepNeeds {
    .lookAhead(StepNeeds.LookAhead(weights: weights.values, tasks: primary, difference: difference))
  }
  package var state: [(name: String, values: [Double])] { [("lambda", weights.values)] }

  private let primary: [Int]
  private let difference: Double
  private let isClamped: Bool
  private var weights: OwnParameters

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let taskCount = context.taskCount
    let start = try settings.number("init", default: 0.1, in: 1e-6...1e3)
    let rate = try settings.number("meta_learning_rate", default: 1e-4, in: OwnParameters.rates)
    weights = OwnParameters(
      Array(repeating: start, count: taskCount),
      optimizer: MethodContext.NetworkOptimizer(kind: .adam),
      learningRate: rate
    )
    difference = try settings.number("finite_difference", default: 0.01, in: 1e-6...1)
    isClamped = try settings.flag("clamp", default: false)
    primary = try settings.counts(
      "primary",
      default: Array(0..<context.allTaskCount),
      in: 0...context.allTaskCount - 1,
      count: 1...context.allTaskCount
    )
    guard Set(primary).count == primary.count else {
      throw settings.error("primary", "expected every task at most once")
    }
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    var isFlat = true
    for k in 0..<step.taskCount {
      if step.lookAheadSlopes[k] != 0 { isFlat = false }
      weights.gradient[k] = -step.learningRate * step.lookAheadSlopes[k]
    }
    if !isFlat {
      weights.descend(networkRate: step.learningRate)
      if isClamped { weights.clamp(to: 0...Double.greatestFiniteMagnitude) }
    }
    for k in 0..<step.taskCount { result.shared[k] = weights.values[k] }
    result.useSharedAsObjective(of: step)
    result.isPolicy = isFlat
  }

  package mutating func carry(_ memory: inout TaskMemory) { weights.carry(&memory) }

  package mutating func restore(_ state: [String: [Double]]) {
    weights.restore(state["lambda"])
  }
}
