internal import Statistics
internal import Store

/// Δm of every method in one store beside that in another, over the seeds that both have.
package struct DeltaDifferences: Sendable {
  /// One method on one problem.
  private struct Line {
    let problem: String
    let method: String
    let first: SeedSummary
    let second: SeedSummary
    /// Second minus first at the shared seeds.
    let difference: SeedSummary
    let sources: [Table.Source]
    /// Whether every shared seed has the same Δm.
    let isSame: Bool
  }

  private let lines: [Line]
  private let names: (first: String, second: String)
  private let suite: String
  private let leftOut: [String]

  /// - Parameters:
  ///   - first: A suite as one store has it.
  ///   - second: The same suite, or another one, as the other store has it.
  ///   - names: What the stores are called.
  package init(
    _ first: SuiteResults,
    _ second: SuiteResults,
    names: (first: String, second: String)
  ) {
    suite = first.suite.name
    self.names = names
    lines = first.problems.flatMap { own -> [Line] in
      guard let other = second.problems.first(where: { $0.problem.label == own.problem.label })
      else { return [] }
      return own.methods.compactMap { method in
        other.methods.first { $0.record.label == method.record.label }
          .map { Self.line(own, method, other, $0) }
      }
    }
    leftOut =
      Self.alone(first, beside: second, in: names.first)
      + Self.alone(second, beside: first, in: names.second)
  }

  /// Whether every method has the same Δm at every seed that both have.
  package var isSame: Bool { lines.allSatisfy(\.isSame) }

  /// A row for each problem and method that both have.
  package var table: Table {
    Table(
      name: "diff",
      title: "Δm of suite \(suite) in \(names.first) and \(names.second)",
      labelHead: "Problem",
      columns: [
        Table.Column(name: "method", head: "Method"),
        Table.Column(name: "first", head: names.first, unit: "%", direction: .lower),
        Table.Column(name: "second", head: names.second, unit: "%", direction: .lower),
        Table.Column(
          name: "difference",
          head: "Difference",
          unit: "points",
          formula:
            "mean over the shared seeds of delta_m in the second store minus that in the first"
        ),
        Table.Column(
          name: "interval",
          head: "95 % interval",
          formula: "t interval of difference"
        ),
      ],
      rows: lines.indices.map { row(lines[$0], isNew: isNew($0)) },
      caption: [
        "Means ± standard error over the evaluation seeds that both have; difference: the second minus "
          + "the first at each seed, with the t interval of its mean, without correction for the number "
          + "of methods."
      ],
      footnotes: leftOut
    )
  }

  private func isNew(_ index: Int) -> Bool {
    index > 0 && lines[index].problem != lines[index - 1].problem
  }

  private func row(_ line: Line, isNew: Bool) -> Table.Row {
    let cell = { (summary: SeedSummary) -> Table.Cell in
      summary.count == 0 ? .none : .value(Table.Measure(summary))
    }
    var difference = Table.Measure(line.difference)
    difference.sources = line.sources
    return Table.Row(
      label: line.problem,
      spacing: isNew ? .gap : .none,
      cells: [
        .text(line.method), cell(line.first), cell(line.second),
        line.difference.count == 0
          ? .none : line.isSame ? .text("the same") : .value(difference),
        line.isSame ? .none : Self.interval(line.difference),
      ]
    )
  }

  private static func interval(_ difference: SeedSummary) -> Table.Cell {
    guard difference.interval.lower.isFinite else { return .none }
    let decimals = NumberText.decimals(for: difference.standardError)
    let (lower, upper) = (difference.interval.lower, difference.interval.upper)
    return .text("[\(NumberText.signed(lower, decimals)), \(NumberText.signed(upper, decimals))]")
  }

  private static func line(
    _ own: ProblemResults,
    _ method: MethodResults,
    _ other: ProblemResults,
    _ again: MethodResults
  ) -> Line {
    let places = own.seeds.indices.compactMap { index in
      other.seeds.firstIndex(of: own.seeds[index]).map { (first: index, second: $0) }
    }
    let first = places.map { method.deltaMBySeed[$0.first] }
    let second = places.map { again.deltaMBySeed[$0.second] }
    let differences = zip(first, second).map { first, second in
      Score.absence(in: [first, second]) ?? second.map { $0 - first.number }
    }
    return Line(
      problem: own.problem.label,
      method: method.record.label,
      first: SeedSummary(first),
      second: SeedSummary(second),
      difference: SeedSummary(differences),
      sources: places.indices.compactMap { index in
        differences[index].value.map { value in
          Table.Source(
            label: "seed \(own.seeds[places[index].first])",
            value: value,
            runs: (method.runs[places[index].first] + again.runs[places[index].second])
              .map(\.identity)
          )
        }
      },
      isSame: first == second
    )
  }

  /// What one has and the other has not, a sentence each.
  private static func alone(
    _ own: SuiteResults,
    beside other: SuiteResults,
    in name: String
  ) -> [String] {
    var sentences: [String] = []
    let problems = own.problems.map(\.problem.label).filter { label in
      !other.problems.contains { $0.problem.label == label }
    }
    if !problems.isEmpty {
      sentences.append("Problems in \(name) alone: \(Verdict.list(problems)).")
    }
    var methods: [String] = []
    for problem in own.problems {
      guard let twin = other.problems.first(where: { $0.problem.label == problem.problem.label })
      else { continue }
      for method in problem.methods.map(\.record.label)
      where !methods.contains(method)
        && !twin.methods.contains(where: { $0.record.label == method })
      {
        methods.append(method)
      }
    }
    if !methods.isEmpty {
      sentences.append("Methods in \(name) alone: \(Verdict.list(methods)).")
    }
    return sentences
  }
}
