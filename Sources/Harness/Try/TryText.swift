internal import Problems
internal import Settings

/// The text of a suite that `try` writes: YAML with a word on every choice, to be edited.
struct TryText {
  private let request: TryRequest
  /// Keys that the table is read by.
  var reading: [TableOutline.Setting] = []
  /// Columns that are no inputs, with the reason.
  var leftOut: [(column: String, reason: String)] = []
  /// Names of all inputs, where a file beside the table lists them; empty for all columns.
  var listedInputs: [String] = []
  /// What the targets were taken for, by column.
  var kinds: [String: String] = [:]
  var training = TryTraining(trainingRows: 0)
  /// Training rows; nil before the table was read.
  var trainingRows: Int?

  init(_ request: TryRequest) { self.request = request }

  func text(_ budget: TryBudget) -> String {
    let steps = max(1, Int(Double(training.steps) * budget.stepShare))
    let seeds = request.seeds ?? budget.evaluationSeeds
    let trunk = request.trunk.map { "\($0)" }
    return """
      # Are these tasks learnt better together or apart, and how should they be weighed?
      # Written by 'mtlbench try'. Change what you like and run it again; what was trained is not trained
      # twice. suites/README.md of mtlbench has every key.
      #
      #   mtlbench check \(ShellWord.of(request.path))
      #   \(request.command)
      suite: \(Self.scalar(request.name))
      network:
        # Widths of the layers that the tasks share; each task has a linear layer of its own behind them.
        trunk: \(Self.list(trunk))
      training:
        batch: \(training.batch)
        steps: \(steps)\(passes(steps))
        diagnostics: \(Self.diagnostics)  # steps at which weights and gradients are recorded for plots
      tuning:
        # Every method gets these learning rates, all on so many seeds, the best on more.
        learning_rates: \(Self.list(budget.rates))
        seeds: \(budget.tuningSeeds)
        race: \(Self.list(budget.race.map { "\($0)" }))
      evaluation:
        # Other splits and starting weights than in tuning; more of them narrow the answer's interval.
        seeds: \(seeds)
      sweep:
        # Fixed weights: up to this ratio in units of the single-task losses; to the limit if the best is at the end.
        range: \(budget.sweepRange)
        limit: \(budget.sweepLimit)
        heads: \(Self.list(budget.sweepHeads))
        front: \(budget.hasFront)
      # Beside single-task networks, equal weights and the tuned fixed ones, which are always there.
      methods: \(Self.list(request.methods.map(Self.scalar)))
      problems:
        - problem: csv
          label: \(Self.scalar(request.name))
          file: \(Self.scalar(request.absoluteFile))

      """
        + reading.map { "    \($0.key): \(JSONString.of($0.value))\n" }.joined() + inputs
        + "    targets:\n" + request.targets.map(target).joined()
  }

  private static let diagnostics = 10

  private func passes(_ steps: Int) -> String {
    guard let trainingRows, trainingRows > 0 else { return "" }
    let passes = Double(steps) * Double(min(training.batch, trainingRows)) / Double(trainingRows)
    let shown = passes < 10 ? (passes * 10).rounded() / 10 : passes.rounded()
    let count = shown == shown.rounded() ? "\(Int(shown))" : "\(shown)"
    return "  # about \(count) passes over the \(trainingRows) training rows"
  }

  private var inputs: String {
    guard !leftOut.isEmpty else { return "" }
    let reasons = leftOut.map {
      "    # not \(Self.oneLine($0.column)): \(Self.oneLine($0.reason))\n"
    }
    let listed = listedInputs.filter { input in !leftOut.contains { $0.column == input } }
    let patterns =
      listedInputs.isEmpty ? ["*"] + leftOut.map { "!\($0.column)" } : listed
    return reasons.joined() + "    inputs: \(Self.list(patterns.map(JSONString.of)))\n"
  }

  private func target(_ target: TryRequest.Target) -> String {
    let remark = kinds[target.column].map { "  # \(Self.oneLine($0))" } ?? ""
    guard let kind = target.kind else {
      return "      - \(Self.scalar(target.column))\(remark)\n"
    }
    return "      - {column: \(JSONString.of(target.column)), kind: \(kind)}\(remark)\n"
  }

  private static func list(_ elements: [String]) -> String {
    "[" + elements.joined(separator: ", ") + "]"
  }

  /// A text as YAML reads it back: plain where it is a simple word, else in quotes.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
    return isPlain && !reserved.contains(text.lowercased()) ? text : JSONString.of(text)
  }

  /// Words that YAML or its readers may take for something else than text.
  private static let reserved = ["null", "true", "false", "yes", "no", "on", "off", "nan", "inf"]

  /// A text that ends no comment.
  private static func oneLine(_ text: String) -> String {
    VisibleText.of(text)
  }

}
