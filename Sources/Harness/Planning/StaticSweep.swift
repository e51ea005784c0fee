package import Settings

/// The sweep of fixed weights over the open simplex: `alpha_k = m_k / m` with whole `m_k >= 1`.
///
/// There are C(m - 1, K - 1) points for K tasks. Weights are used on the scale of all methods: they
/// sum to K.
///
/// Source: the rival of Xin, Ghorbani, Gilmer, Garg and Firat, "Do Current Multi-Task Optimization
/// Methods in Deep Learning Even Help?", NeurIPS 2022.
///
/// Settings of `sweep`: `levels` (m, default 10), `points` (most points, default 40; with more tasks
/// m is lowered until they suffice, but never below K + 1), `ratios` (for two tasks, in place of
/// `levels`: weight of the first task over that of the second, for losses of very different size).
package struct StaticSweep: Hashable, Sendable {
  package let levels: Int
  package let maximumPoints: Int
  /// Weights of the first task over those of the second; empty for the even grid.
  package let ratios: [Double]

  package init(settings: inout SettingsReader) throws(SettingsError) {
    levels = try settings.count("levels", default: 10, in: 2...1000)
    maximumPoints = try settings.count("points", default: 40, in: 2...100_000)
    ratios = try settings.numbers("ratios", default: [], in: 1e-9...1e9, count: 0...1000)
  }

  /// Weights of every point, each summing to 1, in lexicographic order, shape [points][taskCount];
  /// none for a single task.
  package func points(taskCount: Int) -> [[Double]] {
    guard taskCount > 1 else { return [] }
    if taskCount == 2 && !ratios.isEmpty { return ratios.map { [$0 / (1 + $0), 1 / (1 + $0)] } }
    let most = max(levels, taskCount + 1)
    var total = most
    while total > taskCount + 1 && binomial(total - 1, taskCount - 1) > maximumPoints { total -= 1 }
    return compositions(of: total, parts: taskCount).map { parts in
      parts.map { Double($0) / Double(total) }
    }
  }

  private func compositions(of total: Int, parts: Int) -> [[Int]] {
    guard parts > 1 else { return [[total]] }
    return (1...(total - parts + 1)).flatMap { first in
      compositions(of: total - first, parts: parts - 1).map { [first] + $0 }
    }
  }

  /// Number of ways to choose; large values are cut off at `Int.max`.
  private func binomial(_ n: Int, _ k: Int) -> Int {
    var result = 1
    for i in 0..<min(k, n - k) {
      let (product, overflows) = result.multipliedReportingOverflow(by: n - i)
      guard !overflows else { return .max }
      result = product / (i + 1)
    }
    return result
  }
}
