internal import Statistics
internal import Store

/// How the tasks of a problem stand to each other, from what runs with equal weights and single-task
/// training measured on large batches, and from how fast single tasks are learnt: the mechanism that a
/// result on the problem is told by.
struct MechanismSummary {
  /// A few words; empty where nothing was measured.
  let text: String

  /// - Parameters:
  ///   - rows: What runs measured.
  ///   - curves: Validation losses of single-task training.
  ///   - equal: Label of equal weighting; nil without.
  ///   - singleTask: Label of single-task training; nil without.
  init(_ rows: [MechanismRow], curves: [LearningCurve], equal: String?, singleTask: String?) {
    let shared = rows.filter { $0.method == equal }
    let alone = rows.filter { $0.method == singleTask }
    text = [
      Self.cosines(shared.map(\.value)), Self.normRatio(shared), Self.noise(alone),
      Self.speed(curves),
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// How many times as long the slowest task takes as the fastest, each alone: the median over seeds.
  private static func speed(_ curves: [LearningCurve]) -> String? {
    let ratios = Dictionary(grouping: curves) { $0.seed }.values.compactMap { own -> Double? in
      guard own.count > 1 else { return nil }
      let ratio = LearningSpeed.ratio(
        own.map { LearningSpeed.step(steps: $0.steps.map { Double($0) }, losses: $0.losses) }
      )
      return ratio.isFinite ? ratio : nil
    }
    guard !ratios.isEmpty else { return nil }
    return "speed ratio \(NumberText.significant(SampleQuantile.median(ratios), 2))"
  }

  /// Cosine of the task gradients, and for comparison that of two batches of the same task.
  private static func cosines(_ values: [MechanismValue]) -> String? {
    guard let between = range(means(values, "cosine"), 2) else { return nil }
    let within = means(values, "within_cosine")
    guard !within.isEmpty else { return "cosine \(between)" }
    let mean = NumberText.signed(CompensatedSum.mean(within), 2)
    return "cosine \(between) (within a task \(mean))"
  }

  /// Largest norm of a task's gradient over the smallest.
  private static func normRatio(_ rows: [MechanismRow]) -> String? {
    let norms = rows.filter { $0.value.kind == "norm" }
    let steps = Dictionary(grouping: norms) { [$0.seed, $0.value.step] }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { $0.value.map { $0.value.value ?? .nan } }
    guard steps.contains(where: { $0.count > 1 }) else { return nil }
    let ratio = NormRatio.value(steps)
    return ratio.isFinite ? "norm ratio \(NumberText.significant(ratio, 2))" : nil
  }

  /// How much of each task cannot be learnt alone: near 1, nothing is learnt.
  private static func noise(_ rows: [MechanismRow]) -> String? {
    let tasks = Set(rows.map(\.value.taskA)).sorted()
    let floors = tasks.compactMap { task -> Double? in
      let own = rows.filter { $0.value.taskA == task }
      let losses = { (kind: String) in
        Dictionary(
          own.filter { $0.value.kind == kind }.map { ($0.seed, $0.value.value ?? .nan) }
        ) { first, _ in first }
      }
      let (test, mean) = (losses("test_loss"), losses("mean_loss"))
      let seeds = test.keys.filter { mean[$0] != nil }.sorted()
      return Score(
        NoiseFloor.value(
          testLosses: seeds.map { test[$0] ?? .nan },
          meanLosses: seeds.map { mean[$0] ?? .nan }
        )
      ).value
    }
    return range(floors, 2).map { "noise floor \($0)" }
  }

  /// Mean over steps and seeds, one for each task or pair of tasks.
  private static func means(_ values: [MechanismValue], _ kind: String) -> [Double] {
    byPlace(values, kind).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { CompensatedSum.mean($0.value) }
  }

  private static func byPlace(
    _ values: [MechanismValue],
    _ kind: String
  ) -> [[Int]: [Double]] {
    var byPlace: [[Int]: [Double]] = [:]
    for value in values where value.kind == kind {
      guard let number = value.value, number.isFinite else { continue }
      byPlace[[value.taskA, value.taskB ?? -1], default: []].append(number)
    }
    return byPlace
  }

  /// `0.10`, or `−0.20 to 0.60` over several.
  private static func range(_ values: [Double], _ decimals: Int) -> String? {
    guard let least = values.min(), let most = values.max() else { return nil }
    let (low, high) = (NumberText.signed(least, decimals), NumberText.signed(most, decimals))
    return low == high ? low : "\(low) to \(high)"
  }
}
