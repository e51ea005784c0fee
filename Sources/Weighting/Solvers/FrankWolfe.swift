/// The Frank-Wolfe iteration for the element of least norm, with the stopping rule of a published
/// library; it stops near the minimum, not at it.
///
/// From uniform weights: `t = argmin (G w)`, then the best mixture `(1 - gamma) w + gamma e_t`, until
/// gamma falls below `epsilon` or `stepLimit` steps are done.
///
/// Source: Sener and Koltun, "Multi-Task Learning as Multi-Objective Optimization", NeurIPS 2018,
/// Algorithm 2, in the form of TorchJD 0.18.
struct FrankWolfe: Sendable {
  /// Weights on the simplex, shape [taskCount].
  private(set) var weights: [Double]

  private let epsilon: Double
  private let stepLimit: Int
  private var products: [Double]

  init(taskCount: Int, epsilon: Double, stepLimit: Int) {
    weights = Array(repeating: 0, count: taskCount)
    products = Array(repeating: 0, count: taskCount)
    self.epsilon = epsilon
    self.stepLimit = stepLimit
  }

  /// Fills `weights` for a Gramian, shape [taskCount][taskCount] row-major.
  mutating func solve(_ gramian: [Double]) {
    let count = weights.count
    for k in 0..<count { weights[k] = 1 / Double(count) }
    for _ in 0..<stepLimit {
      var squaredNorm = 0.0
      var vertex = 0
      for i in 0..<count {
        products[i] = 0
        for j in 0..<count { products[i] += gramian[i * count + j] * weights[j] }
        squaredNorm += weights[i] * products[i]
        if products[i] < products[vertex] { vertex = i }
      }
      let product = products[vertex]
      let vertexNorm = gramian[vertex * count + vertex]
      let gamma = mixture(of: squaredNorm, with: vertexNorm, product: product)
      for k in 0..<count { weights[k] *= 1 - gamma }
      weights[vertex] += gamma
      if gamma < epsilon { return }
    }
  }

  /// The share of the second of two elements in their least-norm mixture.
  private func mixture(of first: Double, with second: Double, product: Double) -> Double {
    if second <= product { return 1 }
    if first <= product { return 0 }
    return (first - product) / (first + second - 2 * product)
  }
}
