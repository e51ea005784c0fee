/// Names beside their points, where they hide as little as can be.
///
/// Each name takes in turn the place around its point that overlaps least with the names placed before,
/// with the points, and with what lies outside the frame.
struct LabelPlacement: Sendable {
  /// A name's place: the point of the frame it is set at, and how.
  struct Place: Sendable, Hashable {
    let x: Double
    let y: Double
    /// gnuplot's word.
    let alignment: String
  }

  /// Units of the frame.
  private let width: Double
  private let height: Double
  private var taken: [Box] = []

  private struct Box {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    func overlap(_ other: Box) -> Double {
      let width = min(x.upperBound, other.x.upperBound) - max(x.lowerBound, other.x.lowerBound)
      let height = min(y.upperBound, other.y.upperBound) - max(y.lowerBound, other.y.lowerBound)
      return width > 0 && height > 0 ? width * height : 0
    }

    var area: Double {
      (x.upperBound - x.lowerBound) * (y.upperBound - y.lowerBound)
    }
  }

  /// What must not be hidden: a point with the half lengths of its bars.
  typealias Obstacle = (x: Double, y: Double, halfWidth: Double, halfHeight: Double)

  /// - Parameters:
  ///   - width: Units of the frame, whose places are counted from its lower left corner.
  ///   - height: The same upwards.
  ///   - obstacles: What must not be hidden.
  init(width: Double, height: Double, obstacles: [Obstacle]) {
    self.width = width
    self.height = height
    let (mark, line) = (4.0, 1.0)
    taken = obstacles.flatMap { obstacle in
      [
        (mark, mark), (max(mark, obstacle.halfWidth), line), (line, max(mark, obstacle.halfHeight)),
      ].map { x, y in
        Box(x: obstacle.x - x...obstacle.x + x, y: obstacle.y - y...obstacle.y + y)
      }
    }
  }

  /// Places a name at a point.
  mutating func place(_ text: String, at point: (x: Double, y: Double)) -> Place {
    let textWidth = PanelGrid.textWidth(text) * 0.9
    let half = 6.0
    let candidates: [(Place, Box)] = [
      (7.0, 0.0, "left"), (-7.0, 0.0, "right"), (6.0, 9.0, "left"), (6.0, -9.0, "left"),
      (-6.0, 9.0, "right"), (-6.0, -9.0, "right"), (0.0, 13.0, "center"), (0.0, -13.0, "center"),
      (14.0, 18.0, "left"), (14.0, -18.0, "left"), (-14.0, 18.0, "right"), (-14.0, -18.0, "right"),
      (14.0, -32.0, "left"), (-14.0, -32.0, "right"), (14.0, 32.0, "left"), (-14.0, 32.0, "right"),
      (14.0, -46.0, "left"), (-14.0, -46.0, "right"), (14.0, 46.0, "left"), (-14.0, 46.0, "right"),
    ].map { dx, dy, alignment in
      let place = Place(x: point.x + dx, y: point.y + dy, alignment: alignment)
      let left =
        alignment == "left"
        ? place.x : alignment == "right" ? place.x - textWidth : place.x - textWidth / 2
      return (place, Box(x: left...left + textWidth, y: place.y - half...place.y + half))
    }
    let frame = Box(x: 0...width, y: 0...height)
    let costs = candidates.enumerated().map { order, candidate in
      taken.reduce(0) { $0 + $1.overlap(candidate.1) }
        + 10 * (candidate.1.area - frame.overlap(candidate.1)) + 0.1 * Double(order)
    }
    let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    taken.append(candidates[best].1)
    return candidates[best].0
  }

  /// Heights of names beside the ends of lines, at least `step` apart and inside the frame, in the
  /// order of `heights`.
  static func spread(_ heights: [Double], step: Double, in frame: ClosedRange<Double>) -> [Double] {
    let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    var places = order.map { heights[$0] }
    for index in places.indices {
      let least = index == 0 ? frame.lowerBound : places[index - 1] + step
      places[index] = max(places[index], least)
    }
    for index in places.indices.reversed() {
      let most = index == places.count - 1 ? frame.upperBound : places[index + 1] - step
      places[index] = min(places[index], most)
    }
    var spread = heights
    for (place, index) in zip(places, order) { spread[index] = place }
    return spread
  }
}
