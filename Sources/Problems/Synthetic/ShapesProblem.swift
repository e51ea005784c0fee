internal import Kernels
package import Settings

/// The vision pair: what a shape is, and where, on a cluttered and noisy canvas.
///
/// One of six shapes (disc, ring, square, triangle, cross, bar) of radius `r ~ U(radius)`, turned by
/// `a ~ U(0, 2π)`, with its centre uniform where all of it is on the canvas and within `offset` pixels of
/// the middle, and brightness `A ~ U(0.5, 1)`. In the shape's own frame, `(x, y)` turned by `a` and divided by
/// `r`, with `ρ² = x² + y²`:
///
///     disc      ρ ≤ 1                     ring      0.55 ≤ ρ ≤ 1
///     square    max(|x|, |y|) ≤ 0.78      triangle  y ≥ −1/2 and √3 |x| ≤ 1 − y
///     bar       |x| ≤ 1 and |y| ≤ 0.3     cross     |x| ≤ 0.28 and |y| ≤ 0.95, or x and y exchanged
///
/// A pixel is A times the share of its 3 x 3 sub-samples inside; then `clutter` strokes (2 to 5 pixels
/// long, one wide, horizontal or vertical, U(0.2, 0.6) brighter) and normal noise are added. Tasks: `shape`,
/// the class, and `box`, centre, width and height in pixels of the box around the sub-samples inside, four
/// outputs of one task. Inputs and boxes are standardised column by column on the training rows.
///
/// The class wants translation thrown away, the box wants it kept. A dense trunk hardly sees the class at
/// these settings; a convolution does.
///
/// Source: this project's.
///
/// Settings: `side` (20), `radius` ([2.5, 6.5]), `offset` (anywhere), `classes` (6, the first of the list),
/// `clutter` (2), `noise` (0.25), `train` (4096), `validation` (1024), `test` (2048).
package struct ShapesProblem: Problem {
  package static let name = "shapes"

  package static let description = ProblemDescription(
    idea: "The vision pair: the class of a shape and its bounding box on a cluttered canvas.",
    formula: """
      radius ~ U(radius), angle ~ U(0, 2 pi), centre uniform on the canvas, brightness ~ U(0.5, 1); a \
      pixel is brightness times the share of its 3 x 3 sub-samples inside, plus strokes and noise e; \
      box = centre x, centre y, width, height in pixels
      """,
    source: "this project's",
    settings: [
      .init("side", "pixels of the square canvas's side (default 20, 8 to 128)"),
      .init("radius", "smallest and largest radius in pixels (default [2.5, 6.5], 1 to side / 2)"),
      .init("offset", "most pixels from the middle to the centre, both ways (default: anywhere)"),
      .init(
        "classes",
        "the first of disc, ring, square, triangle, cross, bar (default 6, 2 to 6)"
      ),
      .init("clutter", "strokes (default 2, 0 to 100)"),
      .init("noise", "standard deviation of the noise (default 0.25, 0 to 100)"),
    ] + SampleCounts.keys(train: 4096, validation: 1024, test: 2048)
  )

  /// The kinds of shapes, in the order of their classes.
  private enum Shape: String, CaseIterable {
    case disc
    case ring
    case square
    case triangle
    case cross
    case bar

    /// Whether a point of the shape's own frame is inside.
    func contains(_ x: Double, _ y: Double) -> Bool {
      switch self {
      case .disc: return x * x + y * y <= 1
      case .ring:
        let square = x * x + y * y
        return square <= 1 && square >= 0.55 * 0.55
      case .square: return max(abs(x), abs(y)) <= 0.78
      case .triangle: return y >= -0.5 && 3.0.squareRoot() * abs(x) <= 1 - y
      case .cross:
        return abs(x) <= 0.28 && abs(y) <= 0.95 || abs(y) <= 0.28 && abs(x) <= 0.95
      case .bar: return abs(x) <= 1 && abs(y) <= 0.3
      }
    }
  }

  /// Sub-samples of a pixel in each direction.
  private static let fineness = 3

  private let side: Int
  private let radius: ClosedRange<Double>
  private let offset: Double
  private let classCount: Int
  private let clutter: Int
  private let noise: Double
  private let counts: SampleCounts

  package init(
    settings: inout SettingsReader,
    relativeTo folder: String
  ) throws(SettingsError) {
    side = try settings.count("side", default: 20, in: 8...128)
    let most = Double(side) / 2
    let radii = try settings.numbers(
      "radius",
      default: [min(2.5, most), min(6.5, most)],
      in: 1...most,
      count: 2...2
    )
    guard radii[0] <= radii[1] else {
      throw settings.error("radius", "expected the smaller radius first")
    }
    radius = radii[0]...radii[1]
    offset = try settings.optionalNumber("offset", in: 0...most) ?? most
    classCount = try settings.count("classes", default: 6, in: 2...Shape.allCases.count)
    clutter = try settings.count("clutter", default: 2, in: 0...100)
    noise = try settings.number("noise", default: 0.25, in: 0...100)
    counts = try SampleCounts(settings: &settings, train: 4096, validation: 1024, test: 2048)
  }

  package func makeData(seed: UInt64) -> ProblemData {
    var index: UInt64 = 0
    let parts = GeneratedParts(
      counts: counts,
      inputCount: side * side,
      targetCount: 5
    ) { x, y in
      var stream = RandomStream(seed: seed, purpose: .data, index: index)
      draw(into: &x, &y, using: &stream)
      index += 1
    }
    parts.standardizeInputs()
    let fitted = parts.standardizeTargets(1..<5)
    return parts.data(
      tasks: [
        TaskDescription(
          name: "shape",
          kind: .multiclass(classes: classCount),
          classNames: Shape.allCases.prefix(classCount).map { $0.rawValue }
        ),
        TaskDescription(
          name: "box",
          kind: .regression(outputs: 4),
          metrics: [.rmse, .iou, .r2],
          unit: "px",
          targetMean: fitted.map { $0.mean },
          targetScale: fitted.map { $0.scale }
        ),
      ],
      inputForm: .image(channels: 1, height: side, width: side)
    )
  }

  /// Draws one canvas and what is on it.
  private func draw(
    into x: inout [Double],
    _ y: inout [Double],
    using stream: inout RandomStream
  ) {
    let label = stream.below(classCount)
    let radius = uniform(radius, using: &stream)
    let angle = uniform(0...2 * Double.pi, using: &stream)
    let middle = Double(side) / 2
    let reach = min(offset, middle - radius)
    let centre = (
      uniform(middle - reach...middle + reach, using: &stream),
      uniform(middle - reach...middle + reach, using: &stream)
    )
    let brightness = uniform(0.5...1, using: &stream)
    let (sine, cosine) = (Portable.sin(angle), Portable.cos(angle))
    let shape = Shape.allCases[label]
    var box = Extent()
    let share = brightness / Double(Self.fineness * Self.fineness)
    for place in x.indices {
      var count = 0
      for part in 0..<Self.fineness * Self.fineness {
        let column = Double(place % side) + (Double(part % Self.fineness) + 0.5) / 3
        let row = Double(place / side) + (Double(part / Self.fineness) + 0.5) / 3
        let (right, down) = ((column - centre.0) / radius, (row - centre.1) / radius)
        if shape.contains(cosine * right + sine * down, cosine * down - sine * right) {
          count += 1
          box.take(column, row)
        }
      }
      x[place] = share * Double(count)
    }
    for _ in 0..<clutter { addStroke(to: &x, using: &stream) }
    for place in x.indices { x[place] += noise * stream.normal() }
    y[0] = Double(label)
    let sides = box.sides(fineness: Self.fineness)
    y[1] = sides.x
    y[2] = sides.y
    y[3] = sides.width
    y[4] = sides.height
  }

  private func addStroke(to x: inout [Double], using stream: inout RandomStream) {
    let length = 2 + stream.below(4)
    let isHorizontal = stream.below(2) == 0
    let along = stream.below(side - length + 1)
    let across = stream.below(side)
    let brightness = uniform(0.2...0.6, using: &stream)
    for place in along..<along + length {
      x[isHorizontal ? across * side + place : place * side + across] += brightness
    }
  }

  private func uniform(
    _ range: ClosedRange<Double>,
    using stream: inout RandomStream
  ) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform()
  }
}

/// The box around points.
private struct Extent {
  private var left = Double.infinity
  private var right = -Double.infinity
  private var top = Double.infinity
  private var bottom = -Double.infinity

  mutating func take(_ x: Double, _ y: Double) {
    left = min(left, x)
    right = max(right, x)
    top = min(top, y)
    bottom = max(bottom, y)
  }

  /// Centre and sides of the box around sub-samples of a `fineness`-th of a pixel.
  func sides(fineness: Int) -> (x: Double, y: Double, width: Double, height: Double) {
    let size = 1 / Double(fineness)
    return (
      (left + right) / 2, (top + bottom) / 2, right - left + size, bottom - top + size
    )
  }
}
