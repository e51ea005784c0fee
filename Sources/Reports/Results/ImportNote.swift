internal import Statistics
internal import Store

/// What captions say of results that were made elsewhere.
enum ImportNote {
  /// What is not known of them; nothing of runs that were made here.
  static func sentences(_ problems: [ProblemResults]) -> [String] {
    guard let path = problems.lazy.compactMap(\.importedFrom).first else { return [] }
    return [
      "Imported from \(path). Not known: how the methods were tuned and with how many trials (a method "
        + "with more of them looks better), which checkpoint is reported, what a step costs.",
      "Pairing is assumed: values of one seed are taken to share data and starting weights; if they do "
        + "not, the tests still hold and find less.",
    ]
  }

  /// `Missing in the file: …`, by column; nil where every finished run has all its values.
  static func missing(_ problem: ProblemResults) -> String? {
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let parts = problem.columns.indices.flatMap { index -> [String] in
      let column = problem.columns[index]
      return all.compactMap { method in
        let count = method.values[index].count { $0.isUndefined }
        guard count > 0 else { return nil }
        let isTask = column.metric.title == column.task.name
        let what = isTask ? column.task.name : "\(column.metric.title) of \(column.task.name)"
        return "\(what) of \(method.record.label) at \(NumberText.counted(count, "seed"))"
      }
    }
    return parts.isEmpty ? nil : "Missing in the file: \(Verdict.list(parts))."
  }
}
