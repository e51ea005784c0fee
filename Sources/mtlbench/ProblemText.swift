internal import Harness
internal import Problems
internal import Reports

/// What `check` understood of a problem: rows, inputs, targets.
enum ProblemText {
  /// Longer lists are cut; wide tables have hundreds of columns alike.
  private static let mostInputs = 40
  private static let mostCategories = 6
  private static let mostClasses = 12
  private static let longestValue = 24

  static func text(_ problem: SuiteProblem, _ data: ProblemData) -> String {
    let parts = SplitPart.allCases.map { "\(data[$0].rowCount) \($0.rawValue)" }
    let total = SplitPart.allCases.reduce(0) { $0 + data[$1].rowCount }
    let seeded = problem.problem.dependsOnSeed ? ", drawn anew by every seed" : ""
    var text = """
      problem \(problem.label): \(total) rows: \(parts.joined(separator: ", "))\(seeded)
      \(inputs(problem.problem.inputSummaries, data))
      """
    text += TextColumns.text(targets(data), indent: 2)
    return text + problem.problem.notices.map { "  note: \($0)\n" }.joined()
  }

  private static func inputs(_ inputs: [InputSummary], _ data: ProblemData) -> String {
    if inputs.isEmpty { return "  \(data.inputCount) inputs\n" }
    var rows = [["input", "kind", "missing", "categories"]]
    for input in inputs.prefix(mostInputs) {
      let row = [input.name, input.kind.rawValue, "\(input.missingCount)"]
      rows.append(row + (input.categories.isEmpty ? [] : [categories(input)]))
    }
    var text = TextColumns.text(rows, indent: 2)
    if inputs.count > mostInputs { text += "  … and \(inputs.count - mostInputs) more\n" }
    let kinds = [InputSummary.Kind.number, .boolean, .category].compactMap { kind in
      let count = inputs.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    return text + "  \(kinds.joined(separator: ", ")): \(data.inputCount) network inputs\n"
  }

  private static func categories(_ input: InputSummary) -> String {
    let all = input.categories
    let most = all.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(mostCategories)
    let list = most.map { "\(short($0.name)) \($0.count)" }.joined(separator: ", ")
    return "\(all.count): \(list)" + (all.count > mostCategories ? ", …" : "")
  }

  private static func targets(_ data: ProblemData) -> [[String]] {
    var rows = [
      ["target", "kind", "missing", "classes", "loss", "baseline: mean or majority, on validation"]
    ]
    if data.hasOwnRows { rows[0].insert("rows", at: 1) }
    for (i, task) in data.tasks.enumerated() {
      let scores = zip(task.metrics, ConstantBaseline.scores(ofTask: i, data, on: .validation)).map
      {
        "\($0.title) \($1.isNaN ? "–" : NumberText.significant($1))"
      }
      let labels = data.labelCounts(ofTask: i)
      rows.append([
        task.name, task.kind.title, "\(labels.missing)", classes(task, labels.counts),
        task.loss.rawValue, scores.joined(separator: ", "),
      ])
      if data.hasOwnRows {
        let counts = SplitPart.allCases.map { "\(data[$0].rows(ofTask: i).count) \($0.rawValue)" }
        rows[i + 1].insert(counts.joined(separator: ", "), at: 1)
      }
    }
    return rows
  }

  private static func classes(_ task: TaskDescription, _ counts: [Int]) -> String {
    let names = zip(task.classNames, counts).map { "\(short($0)) \($1)" }
    let list = names.prefix(mostClasses).joined(separator: ", ")
    if names.count <= mostClasses { return list.isEmpty ? task.unit : list }
    return "\(list), … (\(names.count) in all)"
  }

  /// A value short enough for a table.
  private static func short(_ text: String) -> String {
    text.count > longestValue ? text.prefix(longestValue - 1) + "…" : text
  }
}
