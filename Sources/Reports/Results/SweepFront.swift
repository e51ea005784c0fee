internal import Statistics
internal import Store

/// The front of fixed weights on two tasks: the points of the sweep that no other one dominates, and how
/// far the front would lie elsewhere with other seeds.
///
/// The front is a staircase: at `x` on the first task it is at the lowest mean of the second task among
/// the points whose mean on the first is at most `x`.
struct SweepFront: Sendable {
  /// Draws of the seeds.
  private static let resampleCount = 400
  /// Fewer seeds have no band.
  private static let fewestSeeds = 4

  /// Mean change of every point of the sweep on both tasks, shape [pointCount][2].
  let means: [[Double]]
  /// Positions of the points on the front, by ascending first coordinate.
  let front: [Int]
  /// Rows of `x` and the ends of the interval of the front there, ascending; empty without a band.
  ///
  /// Where draws have no front it ends at the highest of all points. The intervals are pointwise: 95 of 100 draws of the seeds, the same for all points, have their
  /// front inside.
  let band: [[Double]]

  /// - Parameter changes: Change against single-task training of each point on both tasks at each seed,
  ///   shape [pointCount][2][seedCount]; a point without numbers at all seeds is in no front.
  init(_ changes: [[[Double]]]) {
    let whole = changes.filter { point in
      point.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDrawable) }
    }
    means = whole.map { $0.map { CompensatedSum.mean($0) } }
    let own = means
    front = ParetoFront.nondominated(own).sorted { own[$0][0] < own[$1][0] }
    band = Self.band(whole, means: own)
  }

  /// The corners of the front from its first to its last point, and on to where the last point of all
  /// lies on each task: a single point has a front too.
  var staircase: [[Double]] {
    guard let first = front.first.map({ means[$0] }) else { return [] }
    let (right, top) = (means.map { $0[0] }.max() ?? 0, means.map { $0[1] }.max() ?? 0)
    var corners = top > first[1] ? [[first[0], top]] : []
    for point in front.map({ means[$0] }) {
      if let last = corners.last, last[0] != point[0] { corners.append([point[0], last[1]]) }
      corners.append(point)
    }
    if let last = corners.last, right > last[0] { corners.append([right, last[1]]) }
    return corners
  }

  private static func band(_ changes: [[[Double]]], means: [[Double]]) -> [[Double]] {
    let seedCount = changes.first?[0].count ?? 0
    guard seedCount >= fewestSeeds, changes.count > 1,
      changes.allSatisfy({ $0[0].count == seedCount && $0[1].count == seedCount })
    else { return [] }
    let draws = StratifiedBootstrap.commonIndices(
      [(0..<seedCount).map { _ in [0.0] }],
      resampleCount: resampleCount,
      seed: 0
    ).map { rows in rows.map { $0[0] } }
    let places = draws.map { draw in
      changes.map { point in
        point.map { values in CompensatedSum.mean(draw.map { values[$0] }) }
      }
    }
    let lowest = places.joined().map { $0[0] }.min() ?? 0
    let (highest, top) = (means.map { $0[0] }.max() ?? 0, means.map { $0[1] }.max() ?? 0)
    let stepCount = 60
    let rows = (0...stepCount).map { step -> [Double] in
      let x = lowest + (highest - lowest) * Double(step) / Double(stepCount)
      let heights = places.map { points in
        points.filter { $0[0] <= x }.map { $0[1] }.min() ?? .infinity
      }.sorted()
      // By order, since a front that begins further right is infinitely high here.
      let at = { (p: Double) in heights[Int((p * Double(heights.count - 1)).rounded())] }
      return [x, at(0.025), max(at(0.025), min(at(0.975), top))]
    }
    return rows.filter { $0.allSatisfy(\.isDrawable) }
  }
}
