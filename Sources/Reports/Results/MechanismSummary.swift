internal import Statistics
internal import Store

/// How the tasks of a problem stand to each other, from what runs with equal weights and single-task
/// training measured on large batches: the mechanism that a result on the problem is told by.
struct MechanismSummary {
  /// A few words; empty where nothing was measured.
  let text: String

  init(_ rows: [MechanismRow], equal: String?, singleTask: String?) {
    let shared = rows.filter { $0.method == equal }.map(\.value)
    let alone = rows.filter { $0.method == singleTask }.map(\.value)
    text = [
      Self.cosines(shared), Self.normRatio(shared), Self.noise(alone),
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// Cosine of the task gradients, and for comparison that of two batches of the same task.
  private static func cosines(_ values: [MechanismValue]) -> String? {
    guard let between = range(means(values, "cosine"), 2) else { return nil }
    let within = means(values, "within_cosine")
    guard !within.isEmpty else { return "cosine \(between)" }
    let mean = NumberText.signed(CompensatedSum.mean(within), 2)
    return "cosine \(between) (within a task \(mean))"
  }

  /// Largest mean norm of a task's gradient over the smallest.
  private static func normRatio(_ values: [MechanismValue]) -> String? {
    let norms = means(values, "norm")
    guard norms.count > 1, let least = norms.min(), let most = norms.max(), least > 0 else {
      return nil
    }
    return "norm ratio \(NumberText.significant(most / least, 2))"
  }

  /// What single-task training leaves of the loss of predicting the mean: near 1, nothing is learnt.
  private static func noise(_ values: [MechanismValue]) -> String? {
    let left = byPlace(values, "test_loss")
    let shares = byPlace(values, "mean_loss").compactMap { place, losses -> Double? in
      guard let own = left[place] else { return nil }
      return Score(CompensatedSum.mean(own) / CompensatedSum.mean(losses)).value
    }
    return range(shares, 2).map { "loss left alone \($0)" }
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
