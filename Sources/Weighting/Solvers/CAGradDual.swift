/// The inner problem of CAGrad: `min over q in the simplex of b . q + s sqrt(q^T G q)`.
///
/// Here `u = 1/K`, `b = G u`, `g0 = J^T u` and `s = c |g0|`. The mixture `J^T q` at the optimum is
/// unique up to its length when it is not zero.
///
/// On the affine hull of a support S, let p be the point of least norm (norm squared m) and r the
/// stationary direction of the linear term (`rho = -b . r`). Where `s^2 > rho` the minimum is at
/// `q = p + t r` with `t = sqrt(m / (s^2 - rho))`; otherwise the objective falls along r for ever.
/// An active-set method on these closed forms finds the global minimum, as the problem is convex.
/// The zero mixture is a kink it could not leave, so the search starts below it wherever a negative
/// objective exists: that is exactly when the projection of `-g0` onto the cone of the gradients is
/// longer than s. Where none exists, the zero mixture is optimal if the hull of the gradients holds it.
///
/// All of it in units free of scale: rows as cosines, b as cosines with g0, c for s.
///
/// Source: Liu, Liu, Jin, Stone and Liu, "Conflict-Averse Gradient Descent for Multi-Task
/// Learning", NeurIPS 2021, equation (4); the solution method is ours.
struct CAGradDual: Sendable {
  enum Outcome: Sendable {
    /// `weights` is optimal.
    case solved
    /// g0 is zero.
    case zeroAverage
    /// The optimal mixture is the zero vector.
    case zeroMixture
    /// `weights` is feasible, but rounding kept the search from the optimum.
    case stalled
  }

  /// The optimal q, shape [taskCount].
  private(set) var weights: [Double]
  /// Coefficients of the task gradients in `(s / |J^T q|) J^T q`, shape [taskCount].
  private(set) var correction: [Double]

  private let taskCount: Int
  private var rows: UnitGramian
  private var shares: [Double]
  private var slopes: [Double]
  private var averageNorm = 0.0
  private var radius = 0.0
  private var cone: LowerBoundedQP
  private var hull: MinimumNorm
  private var uniform: [Double]
  private var active: ActiveSet
  private var system: AffineSystem
  private var leastNorm: [Double]
  private var direction: [Double]

  /// Part of the sums behind a squared norm below which it is rounding.
  private static let rounding = 1e-14
  /// Violations of optimality, in cosines, that call for another row.
  private static let tolerance = 1e-13
  /// Violations beyond this are no longer rounding: the result is flagged.
  private static let looseTolerance = 1e-9
  /// Rows added per task before rounding must be to blame; a few are usual.
  private static let stepLimit = 20
  /// Mixtures shorter than this part of g0 count as zero.
  private static let zeroMixtureRatio = 1e-9

  init(taskCount: Int) {
    self.taskCount = taskCount
    weights = Array(repeating: 0, count: taskCount)
    correction = Array(repeating: 0, count: taskCount)
    rows = UnitGramian(taskCount: taskCount)
    shares = Array(repeating: 0, count: taskCount)
    slopes = Array(repeating: 0, count: taskCount)
    cone = LowerBoundedQP(size: taskCount)
    hull = MinimumNorm(taskCount: taskCount)
    uniform = Array(repeating: 1 / Double(taskCount), count: taskCount)
    active = ActiveSet(capacity: taskCount)
    system = AffineSystem(capacity: taskCount)
    leastNorm = Array(repeating: 0, count: taskCount)
    direction = Array(repeating: 0, count: taskCount)
  }

  /// Fills `weights` and `correction`; without a solution these are 1/K and 0.
  ///
  /// - Parameters:
  ///   - gramian: Shape [taskCount][taskCount] row-major.
  ///   - c: Radius of the ball around g0 in units of its length, above 0.
  /// - Returns: Whether there is a solution, and if not, why.
  mutating func solve(_ gramian: [Double], c: Double) -> Outcome {
    for k in 0..<taskCount {
      weights[k] = uniform[k]
      correction[k] = 0
    }
    radius = c
    guard readAverage(gramian) else { return .zeroAverage }
    guard start(gramian) else { return .zeroMixture }
    let outcome = search()
    guard outcome != .zeroMixture else { return outcome }
    let norm = mixtureSquaredNorm().squareRoot()
    for k in 0..<taskCount { weights[k] = 0 }
    for i in active.support {
      weights[rows.tasks[i]] = active.values[i] * shares[i]
      correction[rows.tasks[i]] = c * averageNorm * active.values[i] / norm / rows.norms[i]
    }
    return outcome
  }

  /// Takes in the rows and their cosines with g0; false when g0 is zero.
  private mutating func readAverage(_ gramian: [Double]) -> Bool {
    rows.read(gramian)
    system.reset()
    var squared = 0.0
    var magnitude = 0.0
    for entry in gramian {
      squared += entry
      magnitude += abs(entry)
    }
    guard squared > Self.rounding * magnitude else { return false }
    averageNorm = squared.squareRoot() / Double(taskCount)
    var shortest = Double.infinity
    for i in 0..<rows.count {
      shortest = min(shortest, rows.norms[i])
      var sum = 0.0
      for j in 0..<rows.count { sum += rows.cosines[i * rows.count + j] * rows.norms[j] }
      slopes[i] = sum / Double(taskCount) / averageNorm
    }
    for i in 0..<rows.count { shares[i] = shortest / rows.norms[i] }
    return true
  }

  /// Chooses where the search starts; false when the optimal mixture is known to be zero.
  private mutating func start(_ gramian: [Double]) -> Bool {
    cone.setMatrix(gramian)
    cone.solve(bounds: uniform)
    active.removeAll()
    var total = 0.0
    for i in 0..<rows.count {
      let excess = (cone.solution[rows.tasks[i]] - uniform[rows.tasks[i]]) * rows.norms[i]
      guard excess > 0 else { continue }
      active.insert(i, value: excess)
      total += excess * shares[i]
    }
    let projected = mixtureSquaredNorm().squareRoot()
    if projected > radius * averageNorm * (1 + Self.tolerance) {
      active.scale(by: 1 / total)
      return true
    }
    guard !hull.findsZero(gramian, tolerance: Self.rounding) else { return false }
    active.removeAll()
    var best = 0
    for i in 0..<rows.count where value(ofVertex: i) < value(ofVertex: best) { best = i }
    active.insert(best, value: 1 / shares[best])
    return true
  }

  private func value(ofVertex i: Int) -> Double { (slopes[i] + radius) / shares[i] }

  private mutating func search() -> Outcome {
    var isStuck = !descend()
    var stepsLeft = Self.stepLimit * rows.count
    while !isStuck, !hasZeroMixture(), let entrant = worstViolation(beyond: Self.tolerance) {
      active.insert(entrant)
      isStuck = !descend() || active.values[entrant] == 0 || stepsLeft == 0
      active.removeZeros()
      stepsLeft -= 1
    }
    guard !hasZeroMixture() else { return .zeroMixture }
    guard isStuck, worstViolation(beyond: Self.looseTolerance) != nil else { return .solved }
    return .stalled
  }

  /// Walks to the minimum over the support, dropping rows on the way.
  ///
  /// - Returns: False when the rows of the support are affinely dependent up to rounding, or their numbers
  ///   went out of range.
  private mutating func descend() -> Bool {
    while true {
      let count = active.support.count
      guard system.factorize(active.support, of: rows, shares: shares) else { return false }
      system.solveLeastNorm(into: &leastNorm)
      system.solveSlope(slopes, of: active.support, into: &direction)
      var squaredNorm = 0.0
      var fall = 0.0
      for i in 0..<count {
        let row = active.support[i] * rows.count
        for j in 0..<count {
          squaredNorm +=
            leastNorm[i] * rows.cosines[row + active.support[j]] * leastNorm[j]
        }
        fall -= slopes[active.support[i]] * direction[i]
      }
      let gap = radius * radius - fall
      guard gap > 0 else {
        guard active.move(along: direction) else { return false }
        continue
      }
      let length = (max(squaredNorm, 0) / gap).squareRoot()
      for i in 0..<count { leastNorm[i] += length * direction[i] }
      switch active.move(towards: leastNorm) {
      case .reached: return true
      case .shortened: continue
      case .stuck: return false
      }
    }
  }

  private func mixtureSquaredNorm() -> Double {
    var squared = 0.0
    for i in active.support { squared += active.values[i] * rows.product(row: i, active.values) }
    return max(squared, 0)
  }

  private func hasZeroMixture() -> Bool {
    var shortest = Double.infinity
    var magnitude = 0.0
    for i in 0..<rows.count { shortest = min(shortest, rows.norms[i]) }
    for i in active.support {
      magnitude += active.values[i] * rows.magnitude(row: i, active.values)
    }
    let zero = Self.zeroMixtureRatio * averageNorm / shortest
    return mixtureSquaredNorm() <= max(Self.rounding * magnitude, zero * zero)
  }

  /// The row outside the support along which the objective falls most steeply; nil when none does.
  private func worstViolation(beyond tolerance: Double) -> Int? {
    let norm = mixtureSquaredNorm().squareRoot()
    var value = radius * norm
    for i in active.support { value += slopes[i] * active.values[i] }
    var worst: Int?
    var worstExcess = 0.0
    for i in 0..<rows.count where active.values[i] == 0 {
      let slope = slopes[i] + radius * rows.product(row: i, active.values) / norm
      guard shares[i] * value - slope > worstExcess else { continue }
      let magnitude = 1 + radius * rows.magnitude(row: i, active.values) / norm
      let excess = shares[i] * value - slope - tolerance * magnitude
      if excess > worstExcess {
        worstExcess = excess
        worst = i
      }
    }
    return worst
  }
}
