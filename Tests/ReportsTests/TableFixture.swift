import Reports

/// The layout example of the statistics reference, section 13.5, with its invented numbers.
enum TableFixture {
  static let layout = Table(
    name: "layout",
    title: "Suite 'name_1'",
    columns: [
      Table.Column(
        name: "a.accuracy",
        group: "Task A",
        head: "Acc",
        unit: "%",
        direction: .higher
      ),
      Table.Column(name: "b.mse", group: "Task B & C", head: "MSE", direction: .lower),
      Table.Column(
        name: "mr",
        group: "Overall",
        head: "MR",
        direction: .lower,
        decimals: .fixed(2)
      ),
      Table.Column(
        name: "delta_m",
        group: "Overall",
        head: "Δm",
        unit: "%",
        direction: .lower,
        formula: "mean over tasks of the relative loss"
      ),
      Table.Column(name: "delta_m_flat", head: "Δm flat", unit: "%", isOnlyInCSV: true),
      Table.Column(
        name: "time",
        group: "Overall",
        head: "Time",
        unit: "×",
        direction: .lower,
        decimals: .fixed(1)
      ),
    ],
    rows: [
      row("Single-task", (91.10, 0.21, .excluded), (0.482, 0.0061, .excluded), nil, nil, 2),
      row(
        "Fixed, equal",
        (90.70, 0.24, .other),
        (0.470, 0.0072, .second),
        4,
        measure(1.21, 0.41, .other, isWorse: true),
        1,
        spacing: .rule
      ),
      row(
        "Fixed, tuned",
        (91.35, 0.20, .best),
        (0.455, 0.0061, .best),
        1.333,
        measure(-3.4, 0.4, .best),
        1
      ),
      row(
        "Uncertainty*",
        (91.349, 0.26, .other),
        (0.458, 0.0083, .best),
        1.667,
        measure(-3.5, 0.5, .best),
        1.04,
        spacing: .gap
      ),
      Table.Row(
        label: "GradNorm",
        isFailed: true,
        spacing: .gap,
        cells: [
          .value(measure(88.1, 1.9, .excluded, failed: 2)),
          .value(measure(0.51, 0.04, .excluded, failed: 2)),
          .none,
          .failure(finished: 8, total: 10),
          .none,
          .value(measure(1.6, nil, .excluded)),
        ]
      ),
    ],
    caption: ["Mean ± SE over 10 seeds.", "Bold: not significantly worse than the best."],
    footnotes: ["† 2 of 10 runs diverged; means over the finished runs, no marks."]
  )

  static func measure(
    _ mean: Double,
    _ error: Double?,
    _ mark: Table.Mark,
    failed: Int = 0,
    isWorse: Bool = false
  ) -> Table.Measure {
    Table.Measure(
      mean: mean,
      error: error,
      count: 10 - failed,
      failedCount: failed,
      interval: error.map { mean - 2 * $0...mean + 2 * $0 },
      pAgainstBest: mark == .other ? 0.004 : nil,
      pAdjusted: mark == .other ? 0.008 : nil,
      mark: mark,
      isWorseThanReference: isWorse
    )
  }

  private static func row(
    _ label: String,
    _ accuracy: (Double, Double, Table.Mark),
    _ error: (Double, Double, Table.Mark),
    _ rank: Double?,
    _ deltaM: Table.Measure?,
    _ time: Double,
    spacing: Table.Spacing = .none
  ) -> Table.Row {
    Table.Row(
      label: label,
      spacing: spacing,
      cells: [
        .value(measure(accuracy.0, accuracy.1, accuracy.2)),
        .value(measure(error.0, error.1, error.2)),
        rank.map { .value(measure($0, nil, .excluded)) } ?? .none,
        deltaM.map { .value($0) } ?? .text("0 (ref.)"),
        deltaM.map { .value(measure($0.mean / 2, nil, .excluded)) } ?? .none,
        .value(measure(time, nil, .excluded)),
      ]
    )
  }
}
