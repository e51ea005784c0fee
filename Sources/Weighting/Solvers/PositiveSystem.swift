internal import Kernels

/// The positive solution of `(G w)_i = w_i^(-p)`, the system behind bargaining and fair weights.
///
/// It is the stationary point of the strictly convex `1/2 w^T G w - sum psi(w_i)` with
/// `psi' = w^(-p)`, and exists, unique, exactly when zero is not in the convex hull of the gradients.
/// Zero gradients are left out and keep weight 1.
///
/// In `beta_i = w_i |g_i|^(2/(1+p))` one gradient alone has the solution 1 whatever its length: with
/// `e_i = |g_i|^((p-1)/(p+1))`, `x = e beta` and cosines C the system is `(C x)_i = e_i beta_i^(-p)`.
/// For p = 1 lengths drop out altogether, and the potential `1/2 x^T C x - sum log x_i` is
/// self-concordant: Newton steps whose length minimises it along the way reach the minimum from
/// everywhere, also where gradients nearly cancel and the solution is far out.
///
/// Whether zero is in the hull is asked only where terms cancel as far as the hull counts as zero: the
/// hull of the unit gradients then decides. The combination itself need not be small there, as other
/// gradients add to those that cancel.
///
/// For p below some 0.03 a solution may have unknowns smaller than any number, as `beta^(-p)` hardly
/// grows; the search then stalls.
///
/// Sources: Navon et al., "Multi-Task Learning as a Bargaining Game", ICML 2022, equation (3), for
/// p = 1; Ban and Ji, "Fair Resource Allocation in Multi-Task Learning", ICML 2024, equation (6),
/// for p = 1/alpha. The solution method is ours; for self-concordance: Nesterov, "Lectures on Convex
/// Optimization", 2018, section 5.2.
struct PositiveSystem: Sendable {
  enum Outcome: Sendable {
    /// Every equation holds up to rounding of its terms.
    case solved
    /// Zero lies in the convex hull of the gradients, as far as a Gramian can tell.
    case stationary
    /// The steps ended before that, or an unknown became smaller than any number.
    case stalled
  }

  /// The solution, shape [taskCount]; meaningless unless solved.
  private(set) var weights: [Double]
  /// Whether some gradient was zero and left out.
  var hasZeroRow: Bool { rows.hasZeroRow }

  private let power: Double
  private var rows: UnitGramian
  /// e.
  private var lengths: [Double]
  private var beta: [Double]
  /// `x = e beta`.
  private var scaled: [Double]
  /// `C x`.
  private var products: [Double]
  /// `e beta^(-p)`.
  private var pulls: [Double]
  /// The Newton step in x.
  private var change: [Double]
  private var column: [Double]
  private var cholesky: Cholesky
  private var line: PotentialLine
  private var hull: MinimumNorm
  private var isHullKnown = false
  /// Cosines with a row of the unit matrix for each zero gradient, shape [taskCount][taskCount].
  private var unitGramian: [Double]

  /// Relative residual at which the steps end.
  private static let tolerance = 1e-14
  /// Relative change of a step after which the next would change nothing.
  private static let shortStep = 1e-9
  /// Residuals below this part of the terms they are made of are rounding.
  private static let rounding = 0x1p-49
  /// Some 10 steps are usual, 50 where gradients nearly cancel.
  private static let stepLimit = 300
  /// A mixture of unit gradients whose square is below this part of its terms counts as zero.
  private static let stationarity = 1e-12

  /// - Parameters:
  ///   - taskCount: Number of tasks.
  ///   - power: The exponent p, above 0.
  init(taskCount: Int, power: Double) {
    self.power = power
    weights = Array(repeating: 1, count: taskCount)
    rows = UnitGramian(taskCount: taskCount)
    lengths = Array(repeating: 1, count: taskCount)
    beta = Array(repeating: 1, count: taskCount)
    scaled = Array(repeating: 0, count: taskCount)
    products = Array(repeating: 0, count: taskCount)
    pulls = Array(repeating: 0, count: taskCount)
    change = Array(repeating: 0, count: taskCount)
    column = Array(repeating: 0, count: taskCount)
    cholesky = Cholesky(capacity: taskCount)
    line = PotentialLine(capacity: taskCount, power: power)
    hull = MinimumNorm(taskCount: taskCount)
    unitGramian = Array(repeating: 0, count: taskCount * taskCount)
  }

  /// Solves for a Gramian, shape [taskCount][taskCount] row-major.
  mutating func solve(_ gramian: [Double]) -> Outcome {
    rows.read(gramian)
    isHullKnown = false
    for k in weights.indices { weights[k] = 1 }
    for i in 0..<rows.count {
      beta[i] = 1
      lengths[i] = PotentialLine.raised(rows.norms[i], to: (power - 1) / (power + 1))
    }
    let outcome = search()
    guard outcome == .solved else { return outcome }
    for i in 0..<rows.count {
      weights[rows.tasks[i]] = beta[i] * lengths[i] / rows.norms[i]
    }
    return .solved
  }

  private mutating func search() -> Outcome {
    guard rows.count > 0 else { return .solved }
    evaluate()
    scaleStart()
    var residual = Residual()
    var relativeStep = Double.infinity
    for _ in 0..<Self.stepLimit {
      let last = residual
      residual = evaluate()
      if residual.cancellation * Self.stationarity >= 1, hullHoldsZero() { return .stationary }
      // Errors square at every step near the solution: after a short one rounding is all that is left.
      if residual.error <= Self.tolerance || relativeStep <= Self.shortStep { return .solved }
      if residual.isRounding, last.isRounding, 2 * residual.error >= last.error { return .solved }
      // Positive definite, unless some gradients cancel beyond what rounding leaves of them.
      guard factorize() else { return hullHoldsZero() ? .stationary : .stalled }
      cholesky.solve(&change)
      relativeStep = takeStep()
      guard isRepresentable else { return .stalled }
    }
    return residual.isRounding ? .solved : .stalled
  }

  private var isRepresentable: Bool {
    for i in 0..<rows.count where !(beta[i] >= Double.leastNormalMagnitude) { return false }
    return true
  }

  /// How far the equations are from holding.
  private struct Residual {
    /// The largest residual beside the right side of its equation.
    var error = Double.infinity
    /// Whether all residuals are rounding of their terms.
    var isRounding = false
    /// The largest sum of magnitudes behind a left side, in units of the right side.
    var cancellation = 0.0
  }

  /// Fills `scaled`, `products`, `pulls` and, with the residuals, `change`.
  @discardableResult
  private mutating func evaluate() -> Residual {
    var residual = Residual(error: 0, isRounding: true, cancellation: 0)
    for i in 0..<rows.count { scaled[i] = lengths[i] * beta[i] }
    for i in 0..<rows.count {
      let pull = lengths[i] * PotentialLine.raised(beta[i], to: -power)
      let magnitude = rows.magnitude(row: i, scaled)
      products[i] = rows.product(row: i, scaled)
      pulls[i] = pull
      change[i] = pull - products[i]
      residual.error = max(residual.error, abs(change[i]) / pull)
      residual.cancellation = max(residual.cancellation, magnitude / pull)
      if abs(change[i]) > Self.rounding * (magnitude + pull) { residual.isRounding = false }
    }
    return residual
  }

  /// Starts where the potential is least along the ray of equal `beta`.
  private mutating func scaleStart() {
    var wanted = 0.0
    var present = 0.0
    for i in 0..<rows.count {
      wanted += scaled[i] * pulls[i]
      present += scaled[i] * products[i]
    }
    guard present > Self.stationarity * wanted else { return }
    let factor = PotentialLine.raised(wanted / present, to: 1 / (1 + power))
    for i in 0..<rows.count { beta[i] *= factor }
  }

  /// Takes in the matrix of the Newton step, `C + p diag(pulls / x)`.
  private mutating func factorize() -> Bool {
    cholesky.truncate(to: 0)
    for i in 0..<rows.count {
      for j in 0..<i { column[j] = rows.cosines[i * rows.count + j] }
      column[i] = 1 + power * pulls[i] / scaled[i]
      guard cholesky.append(&column, cutoff: 0) else { return false }
    }
    return true
  }

  /// Moves `beta` along the Newton step to where the potential is least.
  ///
  /// - Returns: The largest relative change that the whole Newton step would have been.
  private mutating func takeStep() -> Double {
    let count = rows.count
    let slope = VectorLoops.dot(change, from: 0, products, count: count)
    var curvature = 0.0
    for i in 0..<count { curvature += change[i] * rows.product(row: i, change) }
    line.start(slope: slope, curvature: max(curvature, 0))
    var relativeStep = 0.0
    for i in 0..<count {
      let ratio = change[i] / scaled[i]
      line.add(ratio: ratio, pull: scaled[i] * pulls[i])
      relativeStep = max(relativeStep, abs(ratio))
    }
    let length = line.minimum()
    for i in 0..<count { beta[i] += length * change[i] / lengths[i] }
    return relativeStep
  }

  /// Whether zero is in the convex hull of the gradients that are not zero; decided once a system.
  private mutating func hullHoldsZero() -> Bool {
    guard !isHullKnown else { return false }
    isHullKnown = true
    let size = weights.count
    for i in unitGramian.indices { unitGramian[i] = i % (size + 1) == 0 ? 1 : 0 }
    for i in 0..<rows.count {
      for j in 0..<rows.count {
        unitGramian[rows.tasks[i] * size + rows.tasks[j]] = rows.cosines[i * rows.count + j]
      }
    }
    return hull.findsZero(unitGramian, tolerance: Self.stationarity)
  }
}
