internal import Glibc
package import Kernels
internal import Problems
internal import Settings

/// The suite that answers for a stranger's table, with a budget that fits the time.
///
/// Only its text is made here; whatever is trained, tested and said of it is the suite's.
package struct TrySuite: Sendable {
  package let suite: Suite
  /// About how long it takes with the workers asked for.
  package let seconds: Double
  /// Whether that is within the time asked for; the leanest budget may not be.
  package let isWithinTime: Bool
  /// What was left out of the inputs beside what every suite leaves out, a sentence each.
  package let remarks: [String]

  /// Part of the time that the planned runs may take: a sweep that is widened, finalists that are
  /// evaluated beside the chosen one, tables and plots need the rest.
  private static let trainingShare = 0.5

  /// - Parameters:
  ///   - request: What is asked.
  ///   - workers: Runs at a time.
  ///   - kernels: The instruction set to estimate with.
  /// - Throws: `CSVError` for a table or a column that cannot be used, `TryError` for targets that leave
  ///   nothing to compare, `SettingsError` for a bad name.
  package init(_ request: TryRequest, workers: Int, kernels: KernelTable) throws {
    var text = TryText(request)
    let budgets = TryBudget.ladder
    var draft = try Self.draft(request, &text)
    let tasks = draft.problems[0].tasks
    guard tasks.count > 1 else { throw TryError.fewTargets }
    let data = try draft.problems[0].firstData.get(of: draft.problems[0].problem)
    text.training = TryTraining(trainingRows: data.train.rowCount)
    text.trainingRows = data.train.rowCount
    for task in tasks { text.kinds[task.name] = Self.words(task) }
    if Self.leaveOutTwins(draft.problems[0], data, &text) || !text.leftOut.isEmpty {
      text.listedInputs = Self.listedInputs(draft.problems[0])
      draft = try Self.read(request, text, after: draft)
    }
    remarks = text.leftOut.map { "column '\($0.column)' is left out of inputs: \($0.reason)" }

    let limit = request.minutes * 60 * Self.trainingShare
    var perRun: [Double: Double] = [:]
    var chosen: (suite: Suite, seconds: Double)?
    for budget in budgets {
      let suite = try Suite(text: text.text(budget), path: request.path, after: draft)
      let plan = Plan(suite)
      let each: Double
      if let known = perRun[budget.stepShare] {
        each = known
      } else {
        each = try TimeEstimate(plan, kernels: kernels).secondsPerRun[0]
        perRun[budget.stepShare] = each
      }
      let seconds = each * Double(plan.runCount) / Double(workers)
      chosen = (suite, seconds)
      if seconds <= limit { break }
    }
    guard let chosen else { preconditionFailure("there is no budget to choose from") }
    suite = chosen.suite
    seconds = chosen.seconds
    isWithinTime = chosen.seconds <= limit
  }

  /// The suite on the table as it is; where that cannot be read, with the form of numbers that fits and
  /// without the columns that cannot be inputs.
  private static func draft(_ request: TryRequest, _ text: inout TryText) throws -> Suite {
    do {
      return try read(request, text)
    } catch let error as CSVError {
      guard try adapt(&text, to: TableOutline(path: request.file), request) else { throw error }
      return try read(request, text)
    }
  }

  /// The suite of the first budget; what is wrong with the targets in it is wrong with the option.
  private static func read(
    _ request: TryRequest,
    _ text: TryText,
    after draft: Suite? = nil
  ) throws -> Suite {
    do {
      return try Suite(text: text.text(TryBudget.ladder[0]), path: request.path, after: draft)
    } catch CSVError.unknownColumn(let file, let name, _, let known)
      where request.targets.contains(where: { $0.column == name })
    {
      throw CSVError.unknownColumn(file: file, name: name, askedAt: "--targets", known: known)
    } catch SettingsError.setting(_, "problems[0].targets", .other(let problem)) {
      throw TryError.targets(problem)
    } catch SettingsError.setting(_, "problems[0].inputs", .other) {
      throw TryError.noInputs
    }
  }

  /// Takes in what the columns of the table turn out to be.
  ///
  /// - Returns: Whether anything is read otherwise now.
  private static func adapt(
    _ text: inout TryText,
    to outline: TableOutline,
    _ request: TryRequest
  ) -> Bool {
    text.reading = outline.settings
    let targets = request.targets.map { $0.column }
    let isDescribed =
      request.file.hasSuffix(".csv")
      && access(String(request.file.dropLast(4)) + ".json", F_OK) == 0
    if !isDescribed {
      let others = outline.columns.filter { !targets.contains($0.name) }
      let useless = others.filter { $0.inputKind == nil }
      // Without any input the first error says so, column by column.
      if useless.count < others.count { text.leftOut = useless.map { ($0.name, $0.note) } }
    }
    return !text.reading.isEmpty || !text.leftOut.isEmpty
  }

  /// Leaves out the inputs that give a target away.
  ///
  /// - Returns: Whether there are any.
  private static func leaveOutTwins(
    _ problem: SuiteProblem,
    _ data: ProblemData,
    _ text: inout TryText
  ) -> Bool {
    var found = false
    for (i, task) in data.tasks.enumerated() {
      for twin in data.twins(ofTask: i) {
        let input = problem.problem.inputSummaries.first { summary in
          summary.name == twin || twin.hasPrefix(summary.name + "=")
        }
        guard let name = input?.name, !text.leftOut.contains(where: { $0.column == name }) else {
          continue
        }
        text.leftOut.append((name, "it says the same as the target '\(task.name)'"))
        found = true
      }
    }
    return found
  }

  /// Names of the inputs where a file beside the table lists them.
  private static func listedInputs(_ problem: SuiteProblem) -> [String] {
    guard problem.problem.provenance["json"] != nil else { return [] }
    return problem.problem.inputSummaries.map { $0.name }
  }

  private static func words(_ task: TaskDescription) -> String {
    guard task.kind.classCount > 0 else { return task.kind.title }
    let names = task.classNames.prefix(5).joined(separator: ", ")
    return "\(task.kind.title): \(names)\(task.classNames.count > 5 ? ", …" : "")"
  }
}
