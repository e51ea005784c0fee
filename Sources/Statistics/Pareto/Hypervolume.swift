/// Volume of the region that a set of points dominates, up to a reference point.
///
/// Points are to be minimized; one that is not below the reference in every coordinate adds nothing.
/// Two coordinates: by ascending `x`, `hv += (rx - x) (best y so far - y)` for each new best `y`,
/// starting at `ry`. Three: slabs between consecutive `z`, each the area of the points so far times
/// its thickness. The reference belongs to the suite and must not move when methods are added. The
/// volume of a single method and that of a sweep of many points are not comparable.
///
/// Source: Zitzler and Thiele, "Multiobjective evolutionary algorithms", IEEE Transactions on
/// Evolutionary Computation 3, 1999.
package enum Hypervolume {
  /// Numbers of coordinates that are implemented.
  package static let dimensions = 2...3

  /// Volume between `points`, shape [point][coordinate], and `reference`.
  ///
  /// - Precondition: two or three coordinates everywhere.
  package static func of(_ points: [[Double]], reference: [Double]) -> Double {
    precondition(
      dimensions.contains(reference.count)
        && points.allSatisfy { $0.count == reference.count },
      "points of \(points.map { $0.count }) coordinates, reference of \(reference.count)"
    )
    let inside = points.filter { point in zip(point, reference).allSatisfy { $0 < $1 } }
    if reference.count == 2 { return area(inside, reference) }
    let ascending = inside.sorted { $0[2] < $1[2] }
    let slabs = ascending.indices.map { position in
      let top = position + 1 < ascending.count ? ascending[position + 1][2] : reference[2]
      return area(Array(ascending[...position]), reference) * (top - ascending[position][2])
    }
    return CompensatedSum.of(slabs)
  }

  /// The volume as a share of the box from the origin to `reference`.
  ///
  /// - Precondition: two or three coordinates everywhere.
  package static func share(_ points: [[Double]], reference: [Double]) -> Double {
    of(points, reference: reference) / reference.reduce(1, *)
  }

  /// Area dominated by the first two coordinates of points below the reference.
  private static func area(_ points: [[Double]], _ reference: [Double]) -> Double {
    let ascending = points.sorted { $0[0] == $1[0] ? $0[1] < $1[1] : $0[0] < $1[0] }
    var lowest = reference[1]
    var strips: [Double] = []
    for point in ascending where point[1] < lowest {
      strips.append((reference[0] - point[0]) * (lowest - point[1]))
      lowest = point[1]
    }
    return CompensatedSum.of(strips)
  }
}
