package import Kernels

/// Dominance between points that are to be minimized.
///
/// `a` dominates `b` when it is at most as large in every coordinate and smaller in one.
package enum ParetoFront {
  /// Whether `a` dominates `b`; false when a coordinate is nan.
  package static func dominates(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { $0 <= $1 } && zip(a, b).contains { $0 < $1 }
  }

  /// Positions of the points that no other dominates, ascending; duplicates are all kept, points with
  /// a nan are not.
  package static func nondominated(_ points: [[Double]]) -> [Int] {
    points.indices.filter { position in
      !points[position].contains { $0.isNaN }
        && !points.contains { dominates($0, points[position]) }
    }
  }

  /// How far `point` lies behind the staircase front of `front`, along the diagonal.
  ///
  /// `max over f of min over j of (point(j) - f(j))`: what the point must gain in every coordinate at
  /// once to leave the dominated region. Positive when it is dominated in every coordinate, 0 on the
  /// front, negative beyond it: it could lose that much in every coordinate and still not be
  /// dominated. Coordinates need a common unit, such as losses divided by those of single-task
  /// training.
  ///
  /// Source: the additive epsilon indicator of Zitzler, Thiele, Laumanns, Fonseca and Grunert da
  /// Fonseca, "Performance assessment of multiobjective optimizers", IEEE Transactions on Evolutionary
  /// Computation 7, 2003, for one point against a set.
  package static func depth(of point: [Double], behind front: [[Double]]) -> Double {
    let depths = front.map { member in
      zip(point, member).map { $0 - $1 }.min() ?? 0
    }
    return depths.max() ?? -.infinity
  }

  /// Share of paired bootstrap draws in which `method` is dominated by the front of the same draw.
  ///
  /// A draw takes the same seeds, with replacement, for the method, shape [seed][coordinate], and for
  /// every point of the sweep, shape [point][seed][coordinate], and compares their means. A single
  /// dominated mean says little when its error is as large as its distance.
  ///
  /// - Precondition: the same number of seeds everywhere, at least one.
  package static func probabilityDominated(
    _ method: [[Double]],
    by sweep: [[[Double]]],
    drawCount: Int = 2000,
    using stream: inout RandomStream
  ) -> Double {
    let seedCount = method.count
    precondition(
      seedCount > 0 && sweep.allSatisfy { $0.count == seedCount },
      "\(seedCount) seeds against \(sweep.map { $0.count })"
    )
    let draws = Bootstrap.drawIndices(
      count: seedCount,
      resampleCount: drawCount,
      using: &stream
    )
    let dominated = draws.count { draw in
      let point = Columns.means(of: draw.map { method[$0] })
      return sweep.contains { seeds in
        dominates(Columns.means(of: draw.map { seeds[$0] }), point)
      }
    }
    return Double(dominated) / Double(drawCount)
  }
}
