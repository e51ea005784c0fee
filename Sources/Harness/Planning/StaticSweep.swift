internal import Kernels
package import Settings

/// The sweep of fixed weights, laid out in units of the single-task losses and widened until its best
/// point lies inside.
///
/// A point is a vector of units `m`, positive; its weights are `w_k = m_k / b_k`, rescaled to sum to K,
/// with `b_k` the validation loss of task k's single-task network. So `m = 1` weighs every task by how
/// low its loss can go, whatever the scale of the losses, and a ratio of 10 means ten times that.
///
/// - Two tasks: `m_1 / m_2` over half decades from 1/`range` to `range`; while the best point is at an
///   end, the next half decade is tried, up to `limit`.
/// - Three tasks: the same with whole decades for `m_1 / m_3` and `m_2 / m_3`, up to 10 at first.
/// - More: as many random trials as every method has, around `m = 1` at the two best learning rates of
///   `m = 1` itself: each `ln m_k` uniform within a factor of `range`, at most 10, of its centre.
///
/// Points are tried in both head conventions. Equal weights and `m = 1` take part with the trials of
/// their own rows.
///
/// Source: the rival of Xin, Ghorbani, Gilmer, Garg and Firat, "Do Current Multi-Task Optimization
/// Methods in Deep Learning Even Help?", NeurIPS 2022.
///
/// Settings of `sweep`: `range` (default 30, 1 to 1e4), `levels` (in place of `range`: that many points an
/// axis at first, rounded up to an odd number), `limit` (default 1e4, `range` to 1e8), `heads`
/// (list of `weighted` and `own`, default both), `front` (whether every point is also trained on the
/// evaluation seeds, for the front of fixed weights; default true).
package struct StaticSweep: Hashable, Sendable {
  private static let largestRandomRange = 10.0

  private let range: Double
  /// Steps to either side of 1 at first; nil where `range` says it.
  private let steps: Int?
  private let limit: Double
  /// Head conventions that every point is tried in.
  let heads: [String]
  /// Whether the points are evaluated, each at its best trial.
  package let hasFront: Bool

  package init(settings: inout SettingsReader) throws(SettingsError) {
    steps = try settings.optionalCount("levels", in: 2...16).map { $0 / 2 }
    guard steps == nil || !settings.has("range") else {
      throw settings.error("levels", "give either range or levels, not both")
    }
    range = try settings.number("range", default: 30, in: 1...1e4)
    limit = try settings.number("limit", default: 1e4, in: 1...1e8)
    guard steps != nil || limit >= range else {
      throw settings.error("limit", "expected a limit of at least the range, \(range)")
    }
    let known = ["weighted", "own"]
    heads = try settings.texts("heads", default: known, count: 1...known.count)
    guard heads.allSatisfy({ known.contains($0) }), Set(heads).count == heads.count else {
      throw settings.error("heads", "expected a list of 'weighted' and 'own', each once")
    }
    hasFront = try settings.flag("front", default: true)
  }

  /// Whether points lie on a grid; else they are drawn at random.
  static func hasGrid(taskCount: Int) -> Bool { taskCount <= 3 }

  /// Exponents of the first grid, shape [points][taskCount - 1], in lexicographic order.
  func grid(taskCount: Int) -> [[Int]] {
    let first = min(range, taskCount > 2 ? Self.largestRandomRange : range)
    let most = steps ?? steps(within: first, taskCount)
    return (1..<taskCount).reduce([[]]) { points, _ in
      points.flatMap { point in (-most...most).map { point + [$0] } }
    }
  }

  /// Points beside the best one that no grid has yet, where it lies at an end of what was tried; none
  /// where it lies inside or the limit is reached.
  func neighbours(of best: [Int], beside tried: [[Int]]) -> [[Int]] {
    let taskCount = best.count + 1
    let most = steps(within: limit, taskCount)
    var found: [[Int]] = []
    for axis in best.indices {
      for step in borders(of: best, axis, in: tried) {
        guard abs(best[axis] + step) <= most else { continue }
        var point = best
        point[axis] += step
        let sides = best.indices.filter { $0 != axis }
        let around = sides.reduce([point]) { points, side in
          points.flatMap { other in
            (-1...1).map { shift in
              var shifted = other
              shifted[side] += shift
              return shifted
            }
          }
        }
        found += around.filter { point in
          !tried.contains(point) && !found.contains(point) && point.allSatisfy { abs($0) <= most }
        }
      }
    }
    return found
  }

  /// Whether a point lies at an end of what was tried on some axis.
  func isAtBorder(_ best: [Int], of tried: [[Int]]) -> Bool {
    best.indices.contains { !borders(of: best, $0, in: tried).isEmpty }
  }

  private func borders(of best: [Int], _ axis: Int, in tried: [[Int]]) -> [Int] {
    let own = tried.map { $0[axis] }
    return (best[axis] == own.max() ? [1] : []) + (best[axis] == own.min() ? [-1] : [])
  }

  /// Units of a point of the grid, the last task's being 1.
  func units(_ exponents: [Int]) -> [Double] {
    exponents.map { Portable.pow(10, Double($0) / stepsPerDecade(exponents.count + 1)) } + [1]
  }

  /// Units of `count` random points around 1.
  func randomUnits(taskCount: Int, count: Int) -> [[Double]] {
    var stream = RandomStream(seed: UInt64(taskCount), purpose: .search)
    let span = Portable.log(min(range, Self.largestRandomRange))
    return (0..<count).map { _ in
      (0..<taskCount).map { _ in Portable.exp((2 * stream.uniform() - 1) * span) }
    }
  }

  private func steps(within ratio: Double, _ taskCount: Int) -> Int {
    Int((Portable.log(ratio) / Portable.log(10) * stepsPerDecade(taskCount)).rounded())
  }

  private func stepsPerDecade(_ taskCount: Int) -> Double { taskCount == 2 ? 2 : 1 }

  /// Weights of some positive units, rescaled to sum to the number of tasks; a single-task loss that is
  /// 0 next to the largest counts as 1e-9 of it.
  static func weights(units: [Double], losses: [Double]) -> [Double] {
    let largest = losses.max() ?? 0
    let bases = losses.map { largest > 0 ? max($0, 1e-9 * largest) : 1 }
    let raw = zip(units, bases).map { $0 / $1 }
    let sum = raw.reduce(0, +)
    return raw.map { Significant.rounded($0 * Double(units.count) / sum) }
  }

  /// Weights times single-task losses, rescaled to sum to 1.
  static func units(weights: [Double], losses: [Double]) -> [Double] {
    let raw = zip(weights, losses).map { $0 * $1 }
    let sum = raw.reduce(0, +)
    return raw.map { sum > 0 ? $0 / sum : 1 / Double(raw.count) }
  }

  /// Units as people read them, the smallest being 1: `1:3.16`.
  static func text(_ units: [Double]) -> String {
    let smallest = units.min() ?? 1
    return units.map { unit in
      let ratio = unit / smallest
      let digits = ratio < 9.95 ? 100.0 : ratio < 99.5 ? 10.0 : 1.0
      let rounded = (ratio * digits).rounded() / digits
      return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }.joined(separator: ":")
  }
}
