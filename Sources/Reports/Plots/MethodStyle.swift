internal import Store

/// How a method looks in every figure of a suite: colour, dashes and point shape together, so that
/// grey print works.
///
/// The rivals have looks of their own; the others take theirs in the suite's order. The colours can
/// be told apart with the common colour-vision deficiencies.
///
/// Source: Okabe and Ito, "Color Universal Design", 2008, for the colours.
struct MethodStyle: Sendable, Hashable {
  let color: String
  let dash: Int
  let point: Int

  static let singleTask = MethodStyle(color: "#808080", dash: 2, point: 2)
  static let equal = MethodStyle(color: "#000000", dash: 1, point: 7)
  static let tunedStatic = MethodStyle(color: "#D55E00", dash: 1, point: 5)
  /// What is shown for completeness, and for the points of the sweep.
  static let faint = MethodStyle(color: "#b4b4b4", dash: 1, point: 6)

  private static let colors = ["#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"]
  private static let points = [9, 11, 13, 7, 5, 8, 10, 12, 6, 4]

  /// One colour a task, in figures that show tasks and not methods.
  static func task(_ index: Int) -> MethodStyle {
    let tasks = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"]
    return MethodStyle(color: tasks[index % tasks.count], dash: 1 + index / tasks.count, point: 7)
  }

  /// The looks of every method of a suite by its label.
  static func all(_ methods: [MethodRecord]) -> [String: MethodStyle] {
    var styles: [String: MethodStyle] = [MethodLabel.tunedStatic: tunedStatic]
    var next = 0
    for method in methods.sorted(by: { ($0.order, $0.label) < ($1.order, $1.label) }) {
      guard styles[method.label] == nil else { continue }
      switch (method.group, method.method) {
      case (.singleTask, _), (.base, _): styles[method.label] = singleTask
      case (.sweep, _): styles[method.label] = faint
      case (_, MethodLabel.equal) where !styles.values.contains(equal):
        styles[method.label] = equal
      default:
        styles[method.label] = MethodStyle(
          color: colors[next % colors.count],
          dash: 1 + next / colors.count % 5,
          point: points[(next / colors.count + 2 * (next % colors.count)) % points.count]
        )
        next += 1
      }
    }
    return styles
  }

  /// The same looks where no two of the methods in `labels` share a colour while there are colours
  /// left; a method that changes its colour keeps its dashes and its point shape.
  static func distinct(
    _ labels: [String],
    in styles: [String: MethodStyle]
  ) -> [String: MethodStyle] {
    var styles = styles
    var used: Set<String> = []
    var free = colors.filter { color in !labels.contains { styles[$0]?.color == color } }
    for label in labels {
      guard let style = styles[label], !used.insert(style.color).inserted, !free.isEmpty
      else { continue }
      styles[label] = MethodStyle(color: free.removeFirst(), dash: style.dash, point: style.point)
    }
    return styles
  }

  /// `linecolor` and `dashtype` for a line of a plot command.
  var line: String { "linecolor rgb '\(color)' dashtype \(dash)" }

  /// `linecolor` and `pointtype`, solid lines, for points with error bars.
  var marks: String { "linecolor rgb '\(color)' dashtype 1 pointtype \(point)" }
}
