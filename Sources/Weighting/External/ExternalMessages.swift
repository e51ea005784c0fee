internal import Settings

/// The lines that mtlbench and a user's program exchange: JSON objects, one a line.
enum ExternalMessages {
  /// The version of the protocol, which both sides state first.
  static let version = 1
  /// The most characters of an answer that an error shows.
  private static let shownLength = 120

  /// The first line: what the program must know of the run.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - seed: For the program's own draws.
  ///   - offer: What it is given at each step.
  ///   - family: `loss` or `gradient`.
  ///   - settings: What the suite gives the program.
  ///   - isPersistent: Whether further greetings will begin further runs.
  /// - Returns: The line without its end.
  static func greeting(
    _ context: MethodContext,
    seed: Int,
    offer: ExternalOffer,
    family: String,
    settings: CanonicalTable,
    isPersistent: Bool = false
  ) -> String {
    var table = CanonicalTable()
    table["mtlbench"] = .count(version)
    table["tasks"] = .count(context.taskCount)
    table["kinds"] = .list(context.taskKinds.map { .text($0.rawValue) })
    table["classes"] = .list(context.classCounts.map { .count($0) })
    table["epoch_steps"] = .count(context.epochSteps)
    table["seed"] = .count(seed)
    table["needs"] = .text(offer.rawValue)
    if offer == .jacobian { table["shared"] = .count(context.sharedCount) }
    if offer == .representation {
      let shape = context.representationShape
      table["representation_shape"] = .list([.count(shape.rows), .count(shape.columns)])
    }
    if isPersistent { table["persistent"] = .flag(true) }
    table["family"] = .text(family)
    table["settings"] = .table(settings)
    return table.json
  }

  /// The line of one step.
  ///
  /// Numbers read back to the same bits, and a loss that is not defined, for want of labels, is `null`.
  /// Gradients are base64 of float32, one text a task.
  static func step(
    _ step: borrowing StepStatistics,
    _ offer: ExternalOffer,
    hasValidation: Bool = false
  ) -> String {
    var line = "{\"step\":\(step.step),\"epoch\":\(step.epoch),\"ends_epoch\":\(step.endsEpoch)"
    line += ",\"learning_rate\":\(step.learningRate),\"losses\":"
    append(step.losses[...], to: &line)
    if hasValidation {
      line += ",\"validation_losses\":"
      append(step.validationLosses[...], to: &line)
    }
    switch offer {
    case .losses: break
    case .gramian:
      line += ",\"gramian\":["
      for k in 0..<step.taskCount {
        if k > 0 { line += "," }
        append(step.gramian[k * step.taskCount..<(k + 1) * step.taskCount], to: &line)
      }
      line += "]"
    case .jacobian:
      line += ",\"jacobian\":"
      unsafe append(step.jacobian, of: step, to: &line)
    case .representation:
      line += ",\"representation\":\"\(unsafe Base64.floats(step.representation))\""
      line += ",\"representation_gradients\":"
      unsafe append(step.representationGradients, of: step, to: &line)
    }
    return line + "}"
  }

  /// One text for each task's row of a matrix; `null` for a task without a label.
  private static func append(
    _ matrix: UnsafeMutableBufferPointer<Double>,
    of step: borrowing StepStatistics,
    to line: inout String
  ) {
    let columns = matrix.count / step.taskCount
    for k in 0..<step.taskCount {
      line += k == 0 ? "[" : ","
      guard step.isPresent[k] else {
        line += "null"
        continue
      }
      line += "\"\(unsafe Base64.floats(matrix[k * columns..<(k + 1) * columns]))\""
    }
    line += "]"
  }

  private static func append(_ values: ArraySlice<Double>, to line: inout String) {
    line += "["
    for (index, value) in values.enumerated() {
      if index > 0 { line += "," }
      line += value.isNaN ? "null" : value.description
    }
    line += "]"
  }

  /// Checks the program's answer to the greeting: `{"mtlbench": 1, "ready": true}`, or `"ready":
  /// false` and a `"reason"`.
  ///
  /// - Throws: `ExternalError` for another version, a program that is not ready, and a bad answer.
  static func checkGreeting(_ answer: String) throws(ExternalError) {
    let (found, isReady, reason) = try read(answer) { (reader) throws(SettingsError) in
      let found = try reader.count("mtlbench", default: nil, in: 0...Int.max)
      let isReady = try reader.flag("ready", default: nil)
      return (found, isReady, try reader.optionalText("reason"))
    }
    guard found == version else { throw .otherVersion(found: found, expected: version) }
    guard isReady else { throw .declined(reason: reason ?? "it gave no reason") }
  }

  /// Reads the answer to a step: `{"weights": [...]}`, a finite number for each task.
  ///
  /// - Throws: `ExternalError.badAnswer`.
  static func weights(_ answer: String, taskCount: Int) throws(ExternalError) -> [Double] {
    let largest = Double.greatestFiniteMagnitude
    return try read(answer) { (reader) throws(SettingsError) in
      try reader.numbers(
        "weights",
        default: nil,
        in: -largest...largest,
        count: taskCount...taskCount
      )
    }
  }

  private static func read<Value>(
    _ answer: String,
    _ body: (inout SettingsReader) throws(SettingsError) -> Value
  ) throws(ExternalError) -> Value {
    do {
      var reader = SettingsReader(try YAMLReader.read(answer, file: "answer"))
      let value = try body(&reader)
      try reader.finish()
      return value
    } catch {
      let isLong = answer.count > shownLength
      throw .badAnswer(line: isLong ? answer.prefix(shownLength) + "…" : answer, error)
    }
  }
}
