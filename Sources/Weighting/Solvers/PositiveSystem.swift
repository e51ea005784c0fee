internal import Kernels

/// The positive solution of `(G w)_i = w_i^(-p)`, the system behind bargaining and fair weights.
///
/// It is the stationary point of the strictly convex `1/2 w^T G w - sum psi(w_i)` with
/// `psi' = w^(-p)`, and exists, unique, exactly when zero is not in the convex hull of the gradients.
/// Zero gradients are left out and keep weight 1.
///
/// Damped Newton steps in `beta_i = w_i |g_i|^(2/(1+p))`, in which one gradient alone has the
/// solution 1 whatever its length: with `e_i = |g_i|^((p-1)/(p+1))` and cosines C the system is
/// `(C (e beta))_i = e_i beta_i^(-p)`. For p = 1 lengths drop out altogether.
///
/// Sources: Navon et al., "Multi-Task Learning as a Bargaining Game", ICML 2022, equation (3), for
/// p = 1; Ban and Ji, "Fair Resource Allocation in Multi-Task Learning", ICML 2024, equation (6),
/// for p = 1/alpha. The solution method is ours.
struct PositiveSystem: Sendable {
  enum Outcome: Sendable {
    case solved
    /// Zero lies in the convex hull of the gradients, as far as a Gramian can tell.
    case stationary
    /// The steps ended before the residual was small.
    case stalled
  }

  /// The solution, shape [taskCount]; meaningless unless solved.
  private(set) var weights: [Double]
  /// Whether some gradient was zero and left out.
  var hasZeroRow: Bool { rows.hasZeroRow }

  private let power: Double
  private var rows: UnitGramian
  private var lengths: [Double]
  private var beta: [Double]
  private var trial: [Double]
  private var scaled: [Double]
  private var change: [Double]
  private var cholesky: Cholesky

  /// Relative residual at which the steps end.
  private static let tolerance = 1e-14
  /// Relative change of a step after which the next would change nothing.
  private static let shortStep = 1e-9
  /// Some 10 steps are usual, 50 where gradients nearly cancel.
  private static let stepLimit = 300
  /// A weighted sum of gradients whose square is below this part of its terms counts as zero.
  private static let stationarity = 1e-12
  /// Largest part of the way to a zero coefficient that one step may go.
  private static let boundaryFraction = 0.95
  /// The Newton direction falls, so halving ends; this is for directions lost in rounding.
  private static let halvingLimit = 60
  /// Fall of the objective asked of a step, in parts of what its slope promises.
  private static let sufficientFall = 1e-4
  /// Differences of the objective below this part of its terms are rounding.
  private static let rounding = 1e-13

  /// - Parameters:
  ///   - taskCount: Number of tasks.
  ///   - power: The exponent p, above 0.
  init(taskCount: Int, power: Double) {
    self.power = power
    weights = Array(repeating: 1, count: taskCount)
    rows = UnitGramian(taskCount: taskCount)
    lengths = Array(repeating: 1, count: taskCount)
    beta = Array(repeating: 1, count: taskCount)
    trial = Array(repeating: 1, count: taskCount)
    scaled = Array(repeating: 0, count: taskCount)
    change = Array(repeating: 0, count: taskCount)
    cholesky = Cholesky(capacity: taskCount)
  }

  /// Solves for a Gramian, shape [taskCount][taskCount] row-major.
  mutating func solve(_ gramian: [Double]) -> Outcome {
    rows.read(gramian)
    for k in weights.indices { weights[k] = 1 }
    for i in 0..<rows.count {
      beta[i] = 1
      lengths[i] = raised(rows.norms[i], to: (power - 1) / (power + 1))
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
    var relativeStep = Double.infinity
    for _ in 0..<Self.stepLimit {
      for i in 0..<rows.count { scaled[i] = lengths[i] * beta[i] }
      let state = prepareStep()
      guard state.squaredNorm > Self.stationarity * state.squaredTerms else { return .stationary }
      // Errors square at every step near the solution: after a short one rounding is all that is left.
      if state.error <= Self.tolerance || relativeStep <= Self.shortStep { return .solved }
      // Positive definite, unless some gradients cancel beyond what rounding leaves of them.
      guard cholesky.factorize(size: rows.count, cutoff: 0) else { return .stationary }
      cholesky.solve(&change)
      relativeStep = takeStep()
    }
    return .stalled
  }

  /// How far the present coefficients are from the solution.
  private struct SearchState {
    /// Largest residual beside the right side of its equation.
    var error = 0.0
    /// Squared norm of the combination of gradients, and the sum of its terms' magnitudes.
    var squaredNorm = 0.0
    var squaredTerms = 0.0
  }

  /// Fills the Newton system for `e * change of beta`.
  private mutating func prepareStep() -> SearchState {
    let count = rows.count
    var state = SearchState()
    for i in 0..<count {
      let pull = lengths[i] * raised(beta[i], to: -power)
      let product = rows.product(row: i, scaled)
      change[i] = pull - product
      state.error = max(state.error, abs(change[i]) / pull)
      state.squaredNorm += scaled[i] * product
      state.squaredTerms += scaled[i] * rows.magnitude(row: i, scaled)
      for j in 0..<i { cholesky.matrix[i * count + j] = rows.cosines[i * count + j] }
      cholesky.matrix[i * count + i] = 1 + power * pull / scaled[i]
    }
    return state
  }

  /// Moves `beta` along the Newton direction as far as positivity and the objective allow.
  ///
  /// - Returns: The largest relative change that the whole Newton step would have been.
  private mutating func takeStep() -> Double {
    var slope = 0.0
    var length = 1.0
    var relativeStep = 0.0
    for i in 0..<rows.count {
      let product = rows.product(row: i, scaled)
      let pull = lengths[i] * raised(beta[i], to: -power)
      slope += (product - pull) * change[i]
      change[i] /= lengths[i]
      relativeStep = max(relativeStep, abs(change[i]) / beta[i])
      if change[i] < 0 {
        length = min(length, Self.boundaryFraction * beta[i] / -change[i])
      }
    }
    let start = objective(beta)
    for _ in 0..<Self.halvingLimit {
      for i in 0..<rows.count { trial[i] = beta[i] + length * change[i] }
      let end = objective(trial)
      let slack = Self.rounding * max(start.magnitude, end.magnitude)
      if end.value <= start.value + Self.sufficientFall * length * slope + slack { break }
      length /= 2
    }
    for i in 0..<rows.count { beta[i] += length * change[i] }
    return relativeStep
  }

  /// The convex objective in beta, and the sum of the magnitudes of its terms.
  private func objective(_ beta: [Double]) -> (value: Double, magnitude: Double) {
    var value = 0.0
    var magnitude = 0.0
    for i in 0..<rows.count {
      let mine = lengths[i] * beta[i]
      for j in 0..<rows.count {
        let term = mine * rows.cosines[i * rows.count + j] * lengths[j] * beta[j] / 2
        value += term
        magnitude += abs(term)
      }
      let gain = lengths[i] * lengths[i] * utility(beta[i])
      value -= gain
      magnitude += abs(gain)
    }
    return (value, magnitude)
  }

  /// `psi(x)`: `log x` for p = 1, else `x^(1-p) / (1-p)`.
  private func utility(_ x: Double) -> Double {
    power == 1 ? Portable.log(x) : raised(x, to: 1 - power) / (1 - power)
  }

  private func raised(_ x: Double, to exponent: Double) -> Double {
    switch exponent {
    case 0: 1
    case -1: 1 / x
    default: Portable.pow(x, exponent)
    }
  }
}
