internal import ArgumentParser
internal import Settings
internal import Weighting

/// `mtlbench weigh METHOD --jacobian FILE`, and `mtlbench weigh --serve`.
struct WeighCommand: ParsableCommand {
  /// The most numbers of a direction that the text shows.
  private static let shownCount = 8

  static let configuration = CommandConfiguration(
    commandName: "weigh",
    abstract: "Prints a method's weights and direction for a given Jacobian.",
    discussion: """
      For checking your own implementation. The file holds one line for each task with one \
      number for each shared parameter, separated by commas, without a header. With --serve the \
      method weighs step after step of a training of yours, over lines of JSON (docs/external.md).
      """
  )

  @Argument(help: "A method that 'mtlbench list methods' shows.")
  var method: String?

  @Option(help: "The task gradients (CSV).")
  var jacobian: String?

  @Flag(help: "Answer lines of JSON on standard input, each by one on standard output.")
  var serve = false

  @Option(
    parsing: .unconditional,
    help: "Loss of each task, separated by commas; 1 for each by default."
  )
  var losses: String?

  @Option(
    name: .customLong("setting"),
    parsing: .singleValue,
    help: ArgumentHelp("A setting of the method; may be repeated.", valueName: "key=value")
  )
  var settings: [String] = []

  @Option(
    help: """
      native (the default): weights as published; sum: on the scale of the sum of losses; \
      fixed_sum: rescaled to sum to the number of tasks.
      """
  )
  var scale: String?

  @Option(
    parsing: .unconditional,
    help: "Steps with the same Jacobian and losses, of which the last is shown.",
    transform: { try NumberOption.count($0, in: 1...1_000_000) }
  )
  var steps = 1

  @Option(
    parsing: .unconditional,
    help: "Seed of the method's draws.",
    transform: { try NumberOption.seed($0) }
  )
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional,
    help: "Learning rate of the network, which parameters of the method are learnt at too.",
    transform: { try NumberOption.number($0, in: OwnParameters.rates) }
  )
  var learningRate = 0.001

  @Flag(help: "Print one line of JSON.")
  var json = false

  func validate() throws {
    guard !serve else {
      guard method == nil, jacobian == nil else {
        throw ValidationError("--serve: method and gradients are in the lines it reads")
      }
      return
    }
    guard method != nil else { throw ValidationError("expected a method, or --serve") }
    guard jacobian != nil else { throw ValidationError("expected --jacobian with a file") }
    let scales = ConfiguredMethod.Scale.allCases.map { $0.rawValue }
    guard let scale, !scales.contains(scale) else { return }
    let words = Expectation.choice(scales)
    throw ValidationError("--scale: expected \(words), found '\(scale)'")
  }

  func run() throws {
    if serve { return Self.serve() }
    guard let method, let jacobian else { return }
    guard method != ExternalMethod.name else {
      throw ValidationError(
        "'\(method)' is a program of yours, and weigh starts none: give it the lines of "
          + "docs/external.md yourself"
      )
    }
    let rows = try JacobianFile.read(path: jacobian)
    let losses = try losses(taskCount: rows.count, of: jacobian)
    var context = MethodContext(taskCount: rows.count, sharedCount: rows[0].count)
    context.representationShape = (rows: 1, columns: rows[0].count)
    var reader = SettingsReader(try settingsTable())
    let configured = try WeightingRegistry.make(method, context: context, settings: &reader)
    let step = SingleStep(
      configured,
      taskCount: rows.count,
      columnCount: rows[0].count,
      seed: seed,
      learningRate: learningRate
    )
    for _ in 0..<steps {
      step.weigh(rows, losses: losses, lossesAfter: losses, endsEpoch: false)
      if let refusal = step.result.refusal {
        let task = refusal.task.map { "task \($0 + 1): " } ?? ""
        Terminal.writeError("error: \(method) refuses the step: \(task)\(refusal.reason)\n")
        throw ExitCode(1)
      }
    }
    let answer = SingleStepAnswer(step, losses: losses)
    Terminal.write(json ? answer.json + "\n" : Self.text(answer))
  }

  /// Answers line by line, until the input or whoever reads the answers ends.
  private static func serve() {
    var conversation = WeighingConversation()
    while let line = readLine() {
      Terminal.write(conversation.answer(line) + "\n")
      guard Terminal.isOutputWhole else { return }
    }
  }

  private func losses(taskCount: Int, of jacobian: String) throws -> [Double] {
    guard let losses else { return Array(repeating: 1, count: taskCount) }
    let values = try JacobianFile.read(text: losses, file: "--losses")[0]
    guard values.count == taskCount else {
      throw ValidationError(
        "--losses: expected \(taskCount) numbers, one for each line of \(jacobian), found "
          + "\(values.count)"
      )
    }
    return values
  }

  /// The settings given, each read as a line of a suite file.
  private func settingsTable() throws -> SettingsTable {
    var lines: [(key: Substring, text: String)] = []
    for setting in settings {
      guard let equals = setting.firstIndex(of: "=") else {
        throw ValidationError("--setting: expected key=value, found '\(setting)'")
      }
      let key = setting[..<equals]
      guard !lines.contains(where: { $0.key == key }) else {
        throw ValidationError("--setting: '\(key)' is given twice; give it once")
      }
      guard key != "scale" || scale == nil else {
        throw ValidationError("the scale is given twice, as --scale and as --setting; give it once")
      }
      lines.append((key, "\(key): \(setting[setting.index(after: equals)...])\n"))
    }
    if !lines.contains(where: { $0.key == "scale" }) {
      lines.append(("scale", "scale: \(scale ?? "native")\n"))
    }
    return try YAMLReader.read(lines.map { $0.text }.joined(), file: "--setting")
  }

  private static func text(_ answer: SingleStepAnswer) -> String {
    var rows = [["task", "loss", "weight", "|gradient|", "cosine with direction"]]
    for k in answer.losses.indices {
      let numbers = [
        answer.losses[k], answer.weights[k], answer.gradientNorms[k], answer.cosines[k],
      ]
      rows.append(["\(k + 1)"] + numbers.map { $0.isNaN ? "none" : "\($0)" })
    }
    let shown = answer.direction.prefix(shownCount).map { "\($0)" }.joined(separator: ", ")
    let rest = answer.direction.count - shownCount
    var text = TextColumns.text(rows)
    text += "\ndirection  \(shown)" + (rest > 0 ? ", and \(rest) more (--json has all)" : "") + "\n"
    text += "|direction|  \(answer.norm)\n"
    if answer.isPolicy { text += "policy: outside the rule's domain, a convention applied\n" }
    for words in answer.assumptions { text += "assumed: \(words)\n" }
    return text
  }
}
