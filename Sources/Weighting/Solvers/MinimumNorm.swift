/// The element of least norm in the convex hull of the task gradients.
///
/// Minimises `w^T G w` over the simplex. The element `d = J^T w` is unique and obeys
/// `g_k . d >= |d|^2` for every k, with equality where `w[k] > 0`; the weights are unique only where
/// the gradients that share the minimum are affinely independent. A zero gradient makes the element
/// zero; all zero gradients then share the weight.
///
/// Wolfe's active-set method in the coordinates `beta[k] = w[k] |g_k|`, where the matrix holds
/// cosines: from some rows it walks to the least-norm point of their affine hull, drops rows that would
/// become negative, and adds the row that violates optimality most.
///
/// Source: Wolfe, "Finding the Nearest Point in a Polytope", Mathematical Programming 11, 1976.
///
/// Departures: starts from all rows without those that the least-norm point of the hull takes negative,
/// and so on until none does, instead of from one row; two rows are solved in closed form.
struct MinimumNorm: Sendable {
  /// Weights on the simplex, shape [taskCount].
  private(set) var weights: [Double]
  /// Whether the optimality conditions hold up to rounding.
  private(set) var isExact = true

  private let taskCount: Int
  private var rows: UnitGramian
  private var shares: [Double]
  private var active: ActiveSet
  private var system: AffineSystem
  private var target: [Double]

  /// Violations of optimality beyond this part of the sums behind them call for another row.
  private static let tolerance = 1e-14
  /// Violations beyond this are no longer rounding: the result is flagged.
  private static let looseTolerance = 1e-9
  /// Rows added per task before rounding must be to blame; a few are usual.
  private static let stepLimit = 20

  init(taskCount: Int) {
    self.taskCount = taskCount
    weights = Array(repeating: 0, count: taskCount)
    rows = UnitGramian(taskCount: taskCount)
    shares = Array(repeating: 0, count: taskCount)
    active = ActiveSet(capacity: taskCount)
    system = AffineSystem(capacity: taskCount)
    target = Array(repeating: 0, count: taskCount)
  }

  /// Fills `weights` for a Gramian, shape [taskCount][taskCount] row-major.
  mutating func solve(_ gramian: [Double]) {
    isExact = true
    rows.read(gramian)
    if rows.hasZeroRow {
      shareZeroRows(gramian)
    } else if taskCount == 2 {
      solvePair(gramian)
    } else {
      search()
      for i in 0..<taskCount { weights[i] = active.values[i] * shares[i] }
    }
  }

  /// Fills `weights` and tells whether the element is zero.
  ///
  /// - Parameters:
  ///   - gramian: Shape [taskCount][taskCount] row-major.
  ///   - tolerance: Part of the sums behind its squared norm below which the element counts as zero.
  /// - Returns: Whether zero is in the convex hull, as far as the Gramian can tell.
  mutating func findsZero(_ gramian: [Double], tolerance: Double) -> Bool {
    solve(gramian)
    var squaredNorm = 0.0
    var magnitude = 0.0
    for i in 0..<taskCount {
      for j in 0..<taskCount {
        let term = weights[i] * gramian[i * taskCount + j] * weights[j]
        squaredNorm += term
        magnitude += abs(term)
      }
    }
    return squaredNorm <= tolerance * magnitude
  }

  private mutating func shareZeroRows(_ gramian: [Double]) {
    let weight = 1 / Double(taskCount - rows.count)
    for k in 0..<taskCount {
      weights[k] = gramian[k * taskCount + k] > 0 ? 0 : weight
    }
  }

  private mutating func solvePair(_ gramian: [Double]) {
    // A sum of more than the largest number is made of eighths, which lose no digit.
    let scale = (gramian[0] + gramian[3] - 2 * gramian[1]).isFinite ? 1 : 0.125
    let (first, second) = (scale * gramian[0], scale * gramian[3])
    let product = scale * gramian[1]
    let distance = first + second - 2 * product
    for k in 0..<2 {
      // Each weight from its own difference, so that tiny ones keep their digits.
      let weight = distance > 0 ? ((k == 0 ? second : first) - product) / distance : 0.5
      weights[k] = min(max(weight, 0), 1)
    }
  }

  private mutating func search() {
    var shortest = 0
    for i in 0..<taskCount where rows.norms[i] < rows.norms[shortest] { shortest = i }
    for i in 0..<taskCount { shares[i] = rows.norms[shortest] / rows.norms[i] }
    active.removeAll()
    system.reset()
    for i in 0..<taskCount { active.insert(i) }
    if !descend() {
      active.removeAll()
      active.insert(shortest, value: 1)
    }
    for _ in 0..<Self.stepLimit * taskCount {
      guard let entrant = worstViolation(beyond: Self.tolerance) else { return }
      active.insert(entrant)
      let hasDescended = descend()
      guard hasDescended, active.values[entrant] > 0 else {
        // No progress is possible within rounding.
        active.removeZeros()
        break
      }
    }
    isExact = worstViolation(beyond: Self.looseTolerance) == nil
  }

  /// Walks to the least-norm point of the support's affine hull, dropping rows on the way.
  ///
  /// - Returns: False when the rows of the support are affinely dependent up to rounding, or their numbers
  ///   went out of range.
  private mutating func descend() -> Bool {
    while true {
      guard system.factorize(active.support, of: rows, shares: shares) else { return false }
      system.solveLeastNorm(into: &target)
      switch active.move(towards: target) {
      case .reached: return true
      case .shortened: continue
      case .stuck: return false
      }
    }
  }

  /// The row outside the support whose gradient has the smallest product with the current element,
  /// relative to what it should have; nil when none falls short by more than `tolerance`.
  private func worstViolation(beyond tolerance: Double) -> Int? {
    var squaredNorm = 0.0
    for i in active.support {
      squaredNorm += active.values[i] * rows.product(row: i, active.values)
    }
    var worst: Int?
    var worstExcess = 0.0
    for i in 0..<taskCount where active.values[i] == 0 {
      let needed = shares[i] * squaredNorm
      let shortfall = needed - rows.product(row: i, active.values)
      guard shortfall > worstExcess else { continue }
      let excess = shortfall - tolerance * (rows.magnitude(row: i, active.values) + needed)
      if excess > worstExcess {
        worstExcess = excess
        worst = i
      }
    }
    return worst
  }
}
