internal import Statistics
internal import Store

/// The networks of a suite on every problem: how large they are, and what they come to.
package enum NetworkTable: ReportTable {
  package static let name = "networks"
  package static let summary =
    "size and cost of every network; each against the first, over the methods"
  package static let scope = ReportScope.suite

  private static let kilobyte = 1000.0
  private static let million = 1e6

  package static func applies(to results: SuiteResults) -> Bool {
    results.problems.contains { !$0.networks.isEmpty }
  }

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard applies(to: results) else {
      throw .notApplicable(
        table: name,
        reason: "the suite was stored by a version that kept no networks; 'mtlbench run' adds them"
      )
    }
    let areCompared = results.problems.contains { $0.networks.count > 1 }
    var rows: [Table.Row] = []
    for problem in results.problems {
      let comparison = NetworkComparison(problem)
      for (index, network) in problem.networks.enumerated() {
        let line = comparison.lines.isEmpty ? nil : comparison.lines[index]
        let label = problem.problem.label
        rows.append(
          Table.Row(
            label: network.label.isEmpty ? label : "\(label): \(network.label)",
            isFailed: line?.word == .failed,
            spacing: index == 0 ? (areCompared ? .rule : .none) : .none,
            cells: sizes(network, problem) + (areCompared ? comparisonCells(line) : []),
            sources: line.map { sources($0, problem) } ?? [],
            sourceWords: "by seed, "
              + (index == 0 ? "delta_m" : "the difference to the first network")
          )
        )
      }
    }
    return Table(
      name: name,
      title: "Networks of suite \(results.suite.name)",
      labelHead: areCompared ? "Problem and network" : "Problem",
      columns: sizeColumns + (areCompared ? comparisonColumns : []),
      rows: rows,
      caption: caption(results, areCompared: areCompared),
      footnotes: leftOut(results)
    )
  }

  private static let sizeColumns = [
    Table.Column(
      name: "parameters",
      head: "Parameters",
      decimals: .fixed(0),
      formula: "weights, biases and all other trained numbers, without what pads them"
    ),
    Table.Column(
      name: "shared",
      head: "Shared",
      decimals: .fixed(0),
      formula: "those that at least two tasks' losses reach",
      isDetail: true
    ),
    Table.Column(
      name: "width_factor",
      head: "Width",
      unit: "×",
      decimals: .fixed(3),
      formula: "by what every width of the trunk was multiplied to have as many parameters as the "
        + "first network, by halving, then rounded",
      isDetail: true
    ),
    Table.Column(
      name: "multiply_adds",
      head: "Multiply-adds a step",
      unit: "M",
      direction: .lower,
      decimals: .significant(3),
      formula: "counted for one batch and one backward pass of the weighted sum, divided by 1e6"
    ),
    Table.Column(
      name: "memory",
      head: "Memory",
      unit: "kB",
      direction: .lower,
      decimals: .fixed(1),
      formula: "bytes of the buffers that training with equal weights uses, divided by 1000",
      isDetail: true
    ),
    Table.Column(
      name: "ms_per_step",
      head: "Time a step",
      unit: "ms",
      direction: .lower,
      decimals: .significant(3),
      formula: "median over seeds of the milliseconds of a training step with equal weights"
    ),
  ]

  private static let comparisonColumns = [
    Table.Column(
      name: "methods",
      head: "Methods",
      decimals: .fixed(0),
      formula:
        "methods that ran on it and on the first network, of the first those that ran on some "
        + "other too"
    ),
    Table.Column(
      name: "delta_m",
      head: "Δm",
      unit: "%",
      direction: .lower,
      formula: "mean over seeds of the mean over those methods of delta_m"
    ),
    Table.Column(
      name: "difference",
      head: "− first",
      unit: "points",
      direction: .lower,
      formula: "mean over seeds of the mean over those methods of delta_m minus that on the first "
        + "network"
    ),
    Table.Column(
      name: "p",
      head: "p",
      decimals: .pValue,
      formula: "paired t test of difference, Holm over the networks of the problem"
    ),
    Table.Column(
      name: "verdict",
      head: "Against the first",
      formula: "better or worse: significant, with the same sign under the neighbouring protocols"
    ),
  ]

  private static func sizes(_ network: NetworkRecord, _ problem: ProblemResults) -> [Table.Cell] {
    let equal = problem.methods.first {
      $0.record.method == MethodLabel.equal && $0.record.network == network.label
    }
    let memory = equal?.median { $0.compactMap(\.end.memoryBytes).max().map { Double($0) } }
    let seconds = equal?.secondsPerStep
    let value = { (number: Double?) -> Table.Cell in
      number.flatMap { $0.isFinite ? .value(Table.Measure(mean: $0)) : nil } ?? .none
    }
    return [
      value(Double(network.parameters)), value(Double(network.sharedParameters)),
      value(network.widthFactor), value(network.multiplyAdds / million),
      value(memory.map { $0 / kilobyte }), value(seconds.map { $0 * 1000 }),
    ]
  }

  private static func comparisonCells(_ line: NetworkComparison.Line?) -> [Table.Cell] {
    guard let line else { return comparisonColumns.map { _ in .none } }
    let mean = SeedSummary(line.scores)
    let deltaM: Table.Cell = mean.count > 0 ? .value(Table.Measure(mean)) : .none
    let methods = Table.Cell.value(Table.Measure(mean: Double(line.methods.count)))
    guard let difference = line.difference else {
      return [methods, deltaM, .text("(ref.)"), .none, .text("(ref.)")]
    }
    return [
      methods, deltaM, difference.count > 0 ? .value(Table.Measure(difference)) : .none,
      line.adjustedP.map { .value(Table.Measure(mean: $0, count: difference.count)) } ?? .none,
      .text(words(line.word)),
    ]
  }

  /// What stands at each seed behind Δm of the first network, and behind the differences of the others.
  private static func sources(
    _ line: NetworkComparison.Line,
    _ problem: ProblemResults
  ) -> [Table.Source] {
    let methods = problem.methods.filter { $0.record.network == line.network.label }
    let scores = line.difference == nil ? line.scores : line.differences
    return zip(problem.seeds, scores).enumerated().compactMap { index, pair in
      guard let value = pair.1.value else { return nil }
      return Table.Source(
        label: "seed \(pair.0)",
        value: value,
        runs: methods.flatMap { $0.runs[index].map(\.identity) }
      )
    }
  }

  /// The verdict in words.
  static func words(_ word: NetworkComparison.Word) -> String {
    switch word {
    case .better: "better"
    case .worse: "worse"
    case .depends(let choices): "depends on \(Verdict.list(choices))"
    case .undecided: "not told apart"
    case .failed: "failed"
    case .none: FormatPlusMinus.dash
    }
  }

  private static func caption(_ results: SuiteResults, areCompared: Bool) -> [String] {
    var sentences = [
      "Parameters and multiply-adds are counted, not measured: a step is one batch forward and one "
        + "backward pass of the weighted sum; memory and time are those of equal weights."
    ]
    if results.problems.contains(where: { $0.networks.contains { $0.widthFactor != nil } }) {
      sentences.append(
        "All networks have about as many parameters as the first: every width of a trunk is "
          + "multiplied by one factor, found by halving, and rounded."
      )
    }
    guard areCompared else { return sentences }
    let level = NumberText.fixed(Comparison.alpha, 2)
    return sentences + [
      "Δm: mean over the methods that ran on the network and on the first, ± standard error over seeds. "
        + "− first: over the same methods, on the same seeds, data and batches; paired t, Holm over "
        + "the networks of a problem, α = \(level). Intervals in other forms of this table are "
        + "adjusted as p is.",
      "Each method is tuned on each network by itself; Δm is counted from the same single-task "
        + "networks throughout.",
    ]
  }

  /// What could not be run where.
  private static func leftOut(_ results: SuiteResults) -> [String] {
    var notes: [String] = []
    for network in results.problems.flatMap(\.networks) {
      for reason in Set(network.leftOut.map { shortened($0.reason) }).sorted() {
        let methods = network.leftOut.filter { shortened($0.reason) == reason }.map(\.method)
        let note =
          "Not run on \(network.label): \(Verdict.list(methods)). Such a method \(reason)."
        if !notes.contains(note) { notes.append(note) }
      }
    }
    return notes
  }

  /// A reason without the method's name, which it begins with, and without the remedy.
  private static func shortened(_ reason: String) -> String {
    let words = reason.drop { $0 != " " }.dropFirst()
    return String(words.prefix { $0 != ":" })
  }
}
