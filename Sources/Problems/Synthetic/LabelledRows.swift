internal import Kernels
internal import Settings

/// Which training rows of a generated problem carry each task's label.
struct LabelledRows {
  /// Whether rows may carry several labels.
  private enum Sharing: String, CaseIterable {
    case same
    case own
  }

  private let sharing: Sharing
  /// Labelled rows of the first tasks; those beyond the list have all they may.
  private let labelCounts: [Int]
  private let taskCount: Int
  private let rowCount: Int

  /// Reads the keys `labels` and `rows`.
  ///
  /// - Throws: `SettingsError` for a list longer than the tasks, for more labels than rows, and, with
  ///   `rows: own`, for a task that would be left without a row.
  init(
    settings: inout SettingsReader,
    taskCount: Int,
    rowCount: Int
  ) throws(SettingsError) {
    self.taskCount = taskCount
    self.rowCount = rowCount
    labelCounts = try settings.counts(
      "labels",
      default: [],
      in: 1...SampleCounts.mostRows,
      count: 0...taskCount
    )
    let sharing = try settings.choice(
      "rows",
      of: Sharing.allCases.map { $0.rawValue },
      default: Sharing.same.rawValue
    )
    self.sharing = Sharing(rawValue: sharing) ?? .same
    if let most = labelCounts.max(), most > rowCount {
      throw settings.error("labels", "\(most) labels for \(rowCount) training rows")
    }
    guard self.sharing == .own else { return }
    let asked = labelCounts.reduce(0, +)
    let others = taskCount - labelCounts.count
    guard asked + others <= rowCount else {
      throw settings.error(
        "rows",
        "own rows for \(asked) labels and \(others) further tasks are more than the \(rowCount) "
          + "training rows"
      )
    }
  }

  /// Draws the labelled rows of each task, shape [taskCount].
  func rows(using stream: inout RandomStream) -> [[Int32]] {
    var order = (0..<rowCount).map { Int32($0) }
    stream.shuffle(&order)
    switch sharing {
    case .same:
      return (0..<taskCount).map { task in
        task < labelCounts.count ? Array(order.prefix(labelCounts[task])) : order
      }
    case .own:
      var rows: [[Int32]] = []
      for count in labelCounts {
        rows.append(Array(order.prefix(count)))
        order.removeFirst(count)
      }
      let others = taskCount - labelCounts.count
      for other in 0..<others {
        rows.append(stride(from: other, to: order.count, by: others).map { order[$0] })
      }
      return rows
    }
  }
}
