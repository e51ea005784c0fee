/// Projections onto the directions along which no loss grows, `{x : J x >= 0}`, in coefficients.
///
/// The projection of `J^T c` is `J^T v` with v the solution of `min v^T A v, v >= c`, where
/// `A = G / tr(G) + r I` with a regularisation r; where `tr(G) < n` the first term is left out, and
/// then `v = c`.
///
/// Source: Quinton and Rey, "Jacobian Descent for Multi-Objective Optimization", arXiv 2406.16232,
/// 2024, proposition 1.
struct DualCone: Sendable {
  /// The coefficients v of the last projection, shape [taskCount].
  var weights: [Double] { program.solution }
  /// Whether they are exact up to rounding.
  var isExact: Bool { program.isExact }

  private let taskCount: Int
  private let regularization: Double
  private let smallestTrace: Double
  private var matrix: [Double]
  private var program: LowerBoundedQP
  /// Zeros, but while one task is projected alone.
  private var single: [Double]

  /// - Parameters:
  ///   - taskCount: Number of tasks.
  ///   - regularization: r, at least 0.
  ///   - smallestTrace: n, at least 0.
  init(taskCount: Int, regularization: Double, smallestTrace: Double) {
    self.taskCount = taskCount
    self.regularization = regularization
    self.smallestTrace = smallestTrace
    matrix = Array(repeating: 0, count: taskCount * taskCount)
    program = LowerBoundedQP(size: taskCount)
    single = Array(repeating: 0, count: taskCount)
  }

  /// Takes in a Gramian, shape [taskCount][taskCount] row-major.
  mutating func read(_ gramian: [Double]) {
    var trace = 0.0
    for k in 0..<taskCount { trace += gramian[k * taskCount + k] }
    let counts = trace >= smallestTrace && trace > 0
    for i in matrix.indices { matrix[i] = counts ? gramian[i] / trace : 0 }
    for k in 0..<taskCount { matrix[k * taskCount + k] += regularization }
    program.setMatrix(matrix)
  }

  /// Fills `weights` with the projection of `c g_k`; cheapest in the order of k.
  mutating func project(task k: Int, times c: Double) {
    single[k] = c
    program.orderRows(around: k)
    program.solve(bounds: single)
    single[k] = 0
  }

  /// Fills `weights` with the projection of `J^T c`.
  mutating func project(_ c: [Double]) {
    program.solve(bounds: c)
  }
}
