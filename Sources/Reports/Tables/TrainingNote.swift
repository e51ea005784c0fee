internal import Statistics
internal import Store

/// How the runs of some problems were trained and tuned, in words.
///
/// What is the same for all problems is said once; else every wording names the problems it holds for.
enum TrainingNote {
  /// Steps, batches, optimizer, checkpoint and tuning budget, each with its name; what is not stored is
  /// left out.
  static func settings(_ problems: [ProblemResults]) -> [(name: String, text: String)] {
    guard !problems.contains(where: { $0.importedFrom != nil }) else { return [] }
    let settings = [
      ("Training", steps), ("Batch", batch), ("Optimizer", optimizer), ("Learning rate", schedule),
      ("Reported", checkpoint),
    ].compactMap { (head: String, words: (ProblemResults) -> String?) in
      grouped(problems, words).map { (head, $0) }
    }
    return settings + [trials(problems).map { ("Tuning", $0) }].compactMap { $0 }
  }

  /// `3 to 5`, or the one number; nil without any.
  static func range(_ counts: [Int]) -> String? {
    guard let least = counts.min(), let most = counts.max() else { return nil }
    return least == most ? "\(most)" : "\(least) to \(most)"
  }

  private static func grouped(
    _ problems: [ProblemResults],
    _ words: (ProblemResults) -> String?
  ) -> String? {
    var groups: [(text: String, labels: [String])] = []
    for problem in problems {
      guard let text = words(problem) else { continue }
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].labels.append(problem.problem.label)
      } else {
        groups.append((text, [problem.problem.label]))
      }
    }
    guard groups.count > 1 else { return groups.first?.text }
    return groups.map { "\($0.text) on \(Verdict.list($0.labels))" }.joined(separator: "; ")
  }

  private static func steps(_ problem: ProblemResults) -> String? {
    // Thousands of runs are not copied for the sake of one number each.
    let counts = problem.methods.flatMap { method in
      method.runs.joined().lazy.filter { $0.end.status == .finished }.map(\.end.stepCount)
    }
    let epochs = problem.trainingSettings["epochs"].map { " (\($0) epochs)" } ?? ""
    return range(counts).map { "\($0) steps\(epochs)" }
  }

  private static func batch(_ problem: ProblemResults) -> String? {
    problem.trainingSettings["batch"].map { "\($0) samples" }
  }

  private static func schedule(_ problem: ProblemResults) -> String? {
    problem.trainingSettings["schedule"]
  }

  /// Settings of training that are no optimizer's.
  private static let ownKeys: Set<String> = [
    "batch", "checkpoint", "diagnostics", "epochs", "evaluations", "mechanism", "optimizer",
    "schedule",
    "steps", "test",
  ]

  private static func optimizer(_ problem: ProblemResults) -> String? {
    let settings = problem.trainingSettings
    guard let name = settings["optimizer"] else { return nil }
    let own = settings.filter { !ownKeys.contains($0.key) }.sorted { $0.key < $1.key }
    let words = own.map { "\($0.key.replacing("_", with: " ")) \($0.value)" }
    return words.isEmpty ? name : "\(name) (\(words.joined(separator: ", ")))"
  }

  private static func checkpoint(_ problem: ProblemResults) -> String? {
    let settings = problem.trainingSettings
    guard let rule = settings["checkpoint"] else { return nil }
    switch CheckpointRule(rawValue: rule) {
    case .best:
      return
        "the parameters at the best of \(settings["evaluations"] ?? "all") evaluations, by the sum "
        + "over the tasks of the logarithm of the validation loss"
    case .relative:
      return
        "the parameters at the best of \(settings["evaluations"] ?? "all") evaluations, by the "
        + "validation loss averaged over the tasks relative to step 0"
    case .last, nil: return "the parameters after the last step"
    }
  }

  /// What a choice of tuning is made for.
  private struct Contender: Hashable {
    let problem: Int
    let method: String
    let task: Int?
  }

  /// The budget over all problems; of most suites it differs a little from problem to problem.
  private static func trials(_ problems: [ProblemResults]) -> String? {
    let contenders = problems.enumerated().flatMap { index, problem in
      Dictionary(grouping: problem.trials) {
        Contender(problem: index, method: $0.method, task: $0.taskIndex)
      }.values
    }
    let candidateCounts = contenders.map { Set($0.map(\.candidate)).count }
    guard let runs = range(contenders.map(\.count)), let candidates = range(candidateCounts) else {
      return nil
    }
    let seedCounts = contenders.flatMap { own in
      Dictionary(grouping: own) { $0.candidate }.values.map { Set($0.map(\.seed)).count }
    }
    let (fewest, most) = (seedCounts.min() ?? 0, seedCounts.max() ?? 0)
    let seeds =
      fewest == most
      ? "on \(NumberText.counted(most, "seed"))" : "raced on \(fewest) to \(most) seeds"
    let noun = candidateCounts.max() == 1 ? "candidate" : "candidates"
    return "\(candidates) \(noun) for each method (\(runs) runs), \(seeds) that evaluation never "
      + "sees, chosen on validation data"
  }
}
