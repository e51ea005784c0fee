internal import Statistics
internal import Store

/// What is said where numbers of finished runs are undefined.
enum UndefinedNote {
  /// Why, to follow "where".
  static func words(_ reason: Score.Reason) -> String {
    switch reason {
    case .zeroBase: "a single-task value is 0"
    case .failedBase: "single-task training failed"
    case .undefinedMetric: "a metric needs a label, or a second class, that its part does not have"
    case .notPositive: "a value is not positive"
    case .notFinite: "the numbers are too large"
    }
  }

  /// Sentences on the Δm of a problem's methods, on its metrics, and on what was chosen without Δm; none
  /// where all are defined.
  static func sentences(_ problem: ProblemResults) -> [String] {
    deltaM(problem) + besideDeltaM(problem)
  }

  /// The same without the sentences on Δm, for a text that averages something else.
  static func besideDeltaM(_ problem: ProblemResults) -> [String] {
    metrics(problem) + [choice(problem)].compactMap { $0 }
  }

  /// That settings were chosen by something else, because Δm is undefined on validation data.
  static func choice(_ problem: ProblemResults) -> String? {
    let criteria = problem.choices.map(\.criterion)
    if criteria.contains(.logLoss) {
      return
        "Learning rates and weights were chosen by the mean over the tasks of the logarithm of the "
        + "validation loss, since Δm is undefined on validation data of a tuning seed."
    }
    guard criteria.contains(.meanBase) else { return nil }
    return
      "Learning rates and weights were chosen by Δm against single-task values averaged over the tuning "
      + "seeds, since one of them is 0 or undefined on validation data of a seed."
  }

  private static func deltaM(_ problem: ProblemResults) -> [String] {
    var groups: [(words: String, labels: [String])] = []
    for method in problem.methods {
      let undefined = method.deltaMBySeed.compactMap(\.reason)
      guard let reason = undefined.first, let summary = method.deltaMSummary else { continue }
      let words =
        "Δm is undefined at \(undefined.count) of \(NumberText.counted(problem.seeds.count, "seed")), where "
        + (problem.importedFrom != nil && reason == .undefinedMetric
          ? "the file lacks a value" : Self.words(reason))
        + (summary.count == 0 ? ", and has no mean" : ", and its mean is over the others")
      if let index = groups.firstIndex(where: { $0.words == words }) {
        groups[index].labels.append(method.record.label)
      } else {
        groups.append((words, [method.record.label]))
      }
    }
    return groups.map { group in
      group.labels.count == problem.methods.count
        ? "\(group.words)." : "\(group.words): \(Verdict.list(group.labels))."
    }
  }

  private static func metrics(_ problem: ProblemResults) -> [String] {
    if problem.importedFrom != nil { return [ImportNote.missing(problem)].compactMap { $0 } }
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let parts = problem.columns.indices.compactMap { index -> String? in
      let most = all.map { method in method.values[index].count { $0.isUndefined } }.max() ?? 0
      guard most > 0 else { return nil }
      let column = problem.columns[index]
      return
        "\(column.metric.title) of \(column.task.name) at \(most) of \(NumberText.counted(problem.seeds.count, "seed"))"
    }
    guard !parts.isEmpty else { return [] }
    return [
      "Undefined, since the test part lacks a label or a second class: \(Verdict.list(parts))."
    ]
  }
}
