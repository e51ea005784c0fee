package import Settings
internal import Statistics

extension Recommendation {
  private static let lineWidth = 92

  /// The sentences as a list, ending with a line feed.
  package var text: String {
    let lines = sentences.flatMap { sentence in
      sentence.wrapped(to: Self.lineWidth).enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
    }
    return (["Answer: \(answer.rawValue)"] + lines).joined(separator: "\n") + "\n"
  }

  /// The same for programs: `answer`, `method`, `delta_m`, `tasks`, `seeds_needed`, `sentences`.
  package var document: CanonicalTable {
    var document = CanonicalTable()
    document["answer"] = .text(answer.rawValue)
    document["method"] = .text(orNull: method)
    document["delta_m"] =
      deltaM.map { .table($0.document) } ?? .null
    document["tasks"] = .list(
      tasks.map { task in
        var table = CanonicalTable()
        table["task"] = .text(task.task)
        table["metric"] = .text(task.metric)
        table["unit"] = .text(task.unit)
        table["alone"] = .number(orNull: task.alone)
        table["together"] = .number(orNull: task.together)
        table["worse_percent"] = .number(orNull: task.change)
        table["lower"] = .number(orNull: task.interval?.lower)
        table["upper"] = .number(orNull: task.interval?.upper)
        return .table(table)
      }
    )
    document["seeds_needed"] = seedsNeeded.map { .count($0) } ?? .null
    document["sentences"] = .list(sentences.map { .text($0) })
    return document
  }
}
