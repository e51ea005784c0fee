internal import Kernels
internal import Settings

/// What `mtlbench weigh --serve` answers, line by line: a rule of ours in somebody else's training.
///
/// One JSON object a line, each answered by one:
///
/// 1. `{"mtlbench": 1, "method": "nash_mtl", "tasks": 3}`, with `settings`, `scale`, `seed` and
///    `learning_rate` if they are not the defaults, begins with a rule at its start and is answered by
///    `{"mtlbench": 1, "ready": true}`, or by `false` and a `reason`;
/// 2. `{"gramian": [[...], ...]}` or `{"jacobian": [[...], ...]}`, with `losses` (null for a task without
///    labels), `losses_after` and `ends_epoch` if the rule needs them, is one step and is answered by
///    `{"weights": [...]}`, with `policy` where a convention applied, and for a Jacobian the `direction`;
///    by `{"refused": ...}` where the rule refuses the step, and its state stays as it was.
///
/// A line that cannot be read is answered by `{"error": ...}` and changes nothing.
package struct WeighingConversation {
  private static let largest = Double.greatestFiniteMagnitude
  private static let mostTasks = 1000

  /// What the greeting asked for.
  private struct Request {
    var table: SettingsTable
    var method: String
    var taskCount: Int
    var seed: UInt64
    var learningRate: Double
  }

  private var request: Request?
  private var step: SingleStep?
  /// Columns of the Jacobian; 0 where inner products are given.
  private var columnCount: Int?

  package init() {}

  /// The answer to a line, without its end.
  package mutating func answer(_ line: String) -> String {
    do throws(SettingsError) {
      var reader = SettingsReader(try YAMLReader.read(line, file: "line"))
      let answer = reader.has("mtlbench") ? try begin(&reader) : try weigh(&reader)
      return answer.json
    } catch {
      var answer = CanonicalTable()
      answer["error"] = .text("\(error)")
      return answer.json
    }
  }

  private mutating func begin(
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> CanonicalTable {
    let version = try reader.count("mtlbench", default: nil, in: 0...Int.max)
    let method = try reader.text("method")
    let taskCount = try reader.count("tasks", default: nil, in: 1...Self.mostTasks)
    var entries: [SettingsTable.Entry] = []
    if let settings = reader.rawSetting("settings") {
      entries = try settings.table(path: "settings").entries
    }
    if let scale = try reader.optionalText("scale") {
      let place = reader.place(of: "scale")
      let setting = Setting(.scalar(scale, isQuoted: false), at: place)
      entries.append(SettingsTable.Entry(key: "scale", keyPlace: place, setting: setting))
    } else if !entries.contains(where: { $0.key == "scale" }) {
      let setting = Setting(.scalar("native", isQuoted: false), at: reader.place)
      entries.append(SettingsTable.Entry(key: "scale", keyPlace: reader.place, setting: setting))
    }
    let request = Request(
      table: SettingsTable(entries, at: reader.place),
      method: method,
      taskCount: taskCount,
      seed: UInt64(try reader.count("seed", default: 1, in: 0...Int.max)),
      learningRate: try reader.number("learning_rate", default: 0.001, in: OwnParameters.rates)
    )
    try reader.finish()
    var answer = CanonicalTable()
    answer["mtlbench"] = .count(ExternalMessages.version)
    do throws(SettingsError) {
      guard version == ExternalMessages.version else {
        throw reader.error(
          "mtlbench",
          "expected version \(ExternalMessages.version), found \(version)"
        )
      }
      guard method != ExternalMethod.name else {
        throw reader.error("method", "'\(method)' is a program of yours; ask it yourself")
      }
      _ = try Self.make(request, columnCount: 1)
      self.request = request
      step = nil
      columnCount = nil
      answer["ready"] = .flag(true)
    } catch {
      answer["ready"] = .flag(false)
      answer["reason"] = .text("\(error)")
    }
    return answer
  }

  private static func make(
    _ request: Request,
    columnCount: Int
  ) throws(SettingsError) -> SingleStep {
    var context = MethodContext(taskCount: request.taskCount, sharedCount: columnCount)
    context.representationShape = (rows: 1, columns: columnCount)
    var reader = SettingsReader(request.table, path: "settings")
    return SingleStep(
      try WeightingRegistry.make(request.method, context: context, settings: &reader),
      taskCount: request.taskCount,
      columnCount: columnCount,
      seed: request.seed,
      learningRate: request.learningRate
    )
  }

  private mutating func weigh(
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> CanonicalTable {
    guard let request else {
      throw .setting(
        reader.place,
        path: "",
        .other(
          "expected a greeting first, such as {\"mtlbench\": 1, \"method\": \"uw\", \"tasks\": 2}"
        )
      )
    }
    let count = request.taskCount
    let isGramian = reader.has("gramian")
    let key = isGramian ? "gramian" : "jacobian"
    try checkKind(isGramian: isGramian, key, reader)
    let rows = try Self.rows(key, &reader, count: count, columns: isGramian ? count : columnCount)
    let columns = isGramian ? 0 : rows[0].count
    let losses =
      try Self.losses("losses", &reader, count) ?? Array(repeating: 1, count: count)
    let after = try Self.losses("losses_after", &reader, count) ?? losses
    let endsEpoch = try reader.flag("ends_epoch", default: false)
    try reader.finish()
    let step =
      if let begun = self.step { begun } else { try Self.make(request, columnCount: columns) }
    if isGramian, step.needsColumns {
      throw reader.error(
        key,
        "\(request.method) needs the task gradients themselves: give a jacobian"
      )
    }
    let absent = Set(losses.indices.filter { losses[$0].isNaN })
    if isGramian { try Self.check(gramian: rows, absent: absent, key, reader) }
    self.step = step
    columnCount = columns
    if isGramian {
      step.weigh(
        gramian: rows.flatMap { $0 },
        losses: losses,
        lossesAfter: after,
        endsEpoch: endsEpoch,
        absent: absent
      )
    } else {
      step.weigh(rows, losses: losses, lossesAfter: after, endsEpoch: endsEpoch, absent: absent)
    }
    return Self.answer(step, hasDirection: !isGramian)
  }

  /// Refuses a Jacobian after inner products, and the other way round.
  private func checkKind(
    isGramian: Bool,
    _ key: String,
    _ reader: SettingsReader
  ) throws(SettingsError) {
    guard let columnCount, reader.has(key), (columnCount == 0) != isGramian else { return }
    let first = columnCount == 0 ? "gramian" : "jacobian"
    throw reader.error(
      key,
      "this session began with a \(first): give that at every step, or begin again with a greeting"
    )
  }

  /// Largest difference of two inner products that should be the same, relative to the norms.
  private static let symmetryTolerance = 1e-6

  /// Refuses what cannot be inner products of gradients; tasks without labels are not looked at.
  private static func check(
    gramian: [[Double]],
    absent: Set<Int>,
    _ key: String,
    _ reader: SettingsReader
  ) throws(SettingsError) {
    let wrong = { (row: Int, column: Int, words: String) -> SettingsError in
      .setting(reader.place(of: key), path: "\(key)[\(row)][\(column)]", .other(words))
    }
    let present = gramian.indices.filter { !absent.contains($0) }
    for row in present where gramian[row][row] < 0 {
      throw wrong(
        row,
        row,
        "expected the squared norm of a gradient, 0 or more, found \(gramian[row][row])"
      )
    }
    for row in present {
      for column in present where column < row {
        let (below, above) = (gramian[row][column], gramian[column][row])
        let norms = gramian[row][row].squareRoot() * gramian[column][column].squareRoot()
        let scale = max(norms, below.magnitude, above.magnitude)
        guard (below - above).magnitude > symmetryTolerance * scale else { continue }
        throw wrong(
          row,
          column,
          "expected \(above) as in [\(column)][\(row)], since inner products are symmetric, found "
            + "\(below); give J Jᵀ, or the mean of the matrix and its transpose"
        )
      }
    }
  }

  private static func answer(_ step: SingleStep, hasDirection: Bool) -> CanonicalTable {
    var answer = CanonicalTable()
    if let refusal = step.result.refusal {
      let task = refusal.task.map { "task \($0 + 1): " } ?? ""
      answer["refused"] = .text("\(task)\(refusal.reason)")
      return answer
    }
    let factor = step.result.sharedFactor
    answer["weights"] = .list(step.result.shared.map { .number(orNull: $0 * factor) })
    if step.result.isPolicy { answer["policy"] = .flag(true) }
    if hasDirection { answer["direction"] = .list(step.direction.map { .number(orNull: $0) }) }
    return answer
  }

  private static func rows(
    _ key: String,
    _ reader: inout SettingsReader,
    count: Int,
    columns: Int?
  ) throws(SettingsError) -> [[Double]] {
    let elements = try reader.settings(key)
    guard elements.count == count else {
      throw reader.error(key, "expected \(count) rows, one for each task, found \(elements.count)")
    }
    var rows: [[Double]] = []
    for (index, element) in elements.enumerated() {
      let path = "\(key)[\(index)]"
      let row = try numbers(element.elements(path: path), path, missing: nil)
      guard !row.isEmpty, row.count == columns ?? rows.first?.count ?? row.count else {
        throw .setting(
          element.place,
          path: path,
          .other("expected \(columns ?? rows.first?.count ?? 1) numbers, found \(row.count)")
        )
      }
      rows.append(row)
    }
    return rows
  }

  /// One loss a task, nan where it is `null`; 1 for each where the key is absent.
  private static func losses(
    _ key: String,
    _ reader: inout SettingsReader,
    _ count: Int
  ) throws(SettingsError) -> [Double]? {
    guard reader.rawSetting(key) != nil else { return nil }
    let losses = try numbers(reader.settings(key), key, missing: .nan)
    guard losses.count == count else {
      throw reader.error(key, "expected \(count) numbers, one for each task, found \(losses.count)")
    }
    return losses
  }

  private static func numbers(
    _ elements: [Setting],
    _ path: String,
    missing: Double?
  ) throws(SettingsError) -> [Double] {
    var numbers: [Double] = []
    for (index, element) in elements.enumerated() {
      if let missing, case .scalar("null", isQuoted: false) = element.value {
        numbers.append(missing)
        continue
      }
      numbers.append(
        try element.value(as: .number(in: -largest...largest), path: "\(path)[\(index)]")
      )
    }
    return numbers
  }
}
