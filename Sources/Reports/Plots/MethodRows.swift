internal import Store

/// The rows of a figure with one row a method: labels on the left, first method on top.
///
/// Few methods stand in the suite's order. Many are grouped by family under its name, the best first;
/// where they do not fit, the best and the worst have a row each and all others share a last one.
struct MethodRows: Sendable {
  /// Units of a row.
  static let rowHeight = 17.0
  /// With more methods than this they are grouped and sorted.
  private static let mostUnsorted = 8

  private enum Row {
    case head(String)
    case method(Int)
    case rest(Int)
  }

  private let rows: [Row]
  /// As they are shown.
  private let labels: [String]
  /// The row of each method, in the order they were given.
  let places: [Int]
  /// Whether each method shares the last row.
  let isRest: [Bool]
  /// Units that the longest label takes.
  let labelWidth: Double

  /// A row a label, in their order.
  init(labels: [String], on canvas: Canvas) {
    self.labels = labels.map { Self.shortened($0, on: canvas) }
    rows = labels.indices.map { .method($0) }
    places = Array(labels.indices)
    isRest = labels.map { _ in false }
    labelWidth = Self.width(of: self.labels)
  }

  /// - Parameters:
  ///   - methods: In the suite's order, each with the number it is sorted by, lower first; nil comes
  ///     last.
  ///   - canvas: The room there is.
  ///   - most: How many rows there is room for.
  init(
    _ methods: [(record: MethodRecord, score: Double?)],
    on canvas: Canvas,
    most: Int = .max
  ) {
    labels = methods.map { Self.shortened($0.record.label, on: canvas) }
    let grouped = Self.grouped(methods)
    if grouped.count <= most || methods.count <= Self.leastNamed {
      rows = grouped
    } else {
      rows = Self.shortened(methods, to: max(Self.leastNamed, most - 1))
    }
    var places = [Int?](repeating: nil, count: methods.count)
    for (place, row) in rows.enumerated() {
      if case .method(let method) = row { places[method] = place }
    }
    let last = rows.count - 1
    isRest = places.map { $0 == nil }
    self.places = places.map { $0 ?? last }
    labelWidth = Self.width(of: rows.map { [labels] in Self.text($0, labels) })
  }

  private static func shortened(_ label: String, on canvas: Canvas) -> String {
    let room = canvas.labelRoom
    guard room.isFinite else { return label }
    return SmallPanels.shortened(label, to: Int(room / PanelGrid.textWidth("x")))
  }

  private static func width(of labels: [String]) -> Double {
    16 + (labels.map(PanelGrid.textWidth).max() ?? 0)
  }

  var count: Int { rows.count }

  /// How many methods share the last row.
  var restCount: Int { isRest.count { $0 } }

  /// Methods that are named in any case, rivals among them.
  private static let leastNamed = 6

  private static func text(_ row: Row, _ labels: [String]) -> String {
    switch row {
    case .head(let name): name
    case .method(let method): labels[method]
    case .rest(let count): NumberText.counted(count, "other")
    }
  }

  /// What a family of methods is called.
  private static let familyNames: [MethodGroup: String] = [
    .fixed: "Fixed weights", .control: "Scale controls", .loss: "By losses",
    .gradient: "By gradients",
  ]

  private static func grouped(_ methods: [(record: MethodRecord, score: Double?)]) -> [Row] {
    guard methods.count > mostUnsorted else { return methods.indices.map { .method($0) } }
    let hasNetworks = Set(methods.map(\.record.network)).count > 1
    // Single-task training, above all others, is in no family.
    let key = { (index: Int) -> String in
      let record = methods[index].record
      guard let family = familyNames[record.group] else { return "" }
      return hasNetworks ? "Network \(record.network)" : family
    }
    var heads: [String] = []
    for index in methods.indices where !heads.contains(key(index)) { heads.append(key(index)) }
    return heads.flatMap { head in
      (head.isEmpty ? [] : [.head(head)])
        + methods.indices.filter { key($0) == head }.sorted { order(methods, $0, $1) }
        .map { .method($0) }
    }
  }

  private static func shortened(
    _ methods: [(record: MethodRecord, score: Double?)],
    to count: Int
  ) -> [Row] {
    let chosen = ShownMethods.chosen(
      methods.map { ($0.record, $0.score) },
      most: min(count, methods.count)
    )
    let named: [Row] = chosen.sorted { order(methods, $0, $1) }.map { .method($0) }
    let restCount = methods.count - chosen.count
    return restCount == 0 ? named : named + [.rest(restCount)]
  }

  private static func order(
    _ methods: [(record: MethodRecord, score: Double?)],
    _ one: Int,
    _ other: Int
  ) -> Bool {
    (methods[one].score ?? .infinity, one) < (methods[other].score ?? .infinity, other)
  }

  /// Panels side by side, whose rows are aligned with the labels.
  ///
  /// Where they do not fit into one row of panels, each further row has labels of its own.
  func grid(panelCount: Int, columnCount: Int, panelWidth: Double, on canvas: Canvas) -> PanelGrid {
    PanelGrid(
      count: panelCount,
      mostColumns: columnCount,
      panel: PanelGrid.Size(
        least: min(panelWidth, Self.leastPanel),
        most: panelWidth,
        height: Double(count) * Self.rowHeight + Self.panelPadding
      ),
      padding: PanelGrid.Padding(left: 8, right: 8, top: 24, bottom: 40),
      left: labelWidth,
      on: canvas
    )
  }

  /// Units of the narrowest panel, and of what a panel has above and below its rows.
  static let leastPanel = 100.0
  static let panelPadding = 64.0

  /// Commands for the method axis, with or without its labels; names of families are grey.
  func axis(isLabelled: Bool) -> String {
    let range = "set yrange [\(NumberText.fixed(Double(rows.count) - 0.5, 1)):-0.5]"
    guard isLabelled else { return range + "; unset ytics" }
    let tics = rows.enumerated().map { place, row in
      if case .head = row { return "'' \(place)" }
      return "\(GnuplotText.quotedTic(Self.text(row, labels))) \(place)"
    }
    return range + "; set ytics nomirror format '%h' (\(tics.joined(separator: ", "))) noenhanced"
  }

  /// Commands that write the families' names, for panels that have labels, and rules above them.
  func heads(isLabelled: Bool) -> [String] {
    rows.enumerated().compactMap { place, row in
      guard case .head(let name) = row else { return nil }
      let tag = Self.firstHeadTag + place
      guard isLabelled else { return "unset label \(tag)" }
      return "set label \(tag) \(GnuplotText.quoted(name)) at graph 0, first \(place) right "
        + "offset -1.2,0 noenhanced textcolor rgb '#777777'"
    }
  }

  /// Tags of labels beyond those that plots use.
  private static let firstHeadTag = 200
}
