import Kernels

/// Gradients that solvers are tested on: random, and hard in one way each.
struct RandomGradients {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, purpose: .weighting)
  }

  mutating func rows(_ count: Int, _ width: Int) -> [[Double]] {
    (0..<count).map { _ in numbers(width) }
  }

  mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in stream.normal() }
  }

  /// Random rows that all agree with one direction, so that zero is not in their hull.
  mutating func aligned(_ count: Int, _ width: Int) -> [[Double]] {
    rows(count, width).map { [abs($0[0]) + 0.3] + $0.dropFirst() }
  }

  /// The rows with lengths spread over `10^-decades` to `10^decades`.
  mutating func scaled(_ rows: [[Double]], decades: Double) -> [[Double]] {
    rows.map { row in
      let scale = Portable.pow(10, decades * (2 * stream.uniform() - 1))
      return row.map { $0 * scale }
    }
  }

  /// The sorts of rows that every solver must survive.
  static func all(_ count: Int, seed: UInt64) -> [(name: String, rows: [[Double]])] {
    var source = RandomGradients(seed: seed)
    let width = max(2 * count, 5)
    let rows = source.rows(count, width)
    let aligned = source.aligned(count, width)
    var opposite = rows
    opposite[count - 1] = rows[0].map { -$0 }
    var zero = rows
    zero[0] = rows[0].map { _ in 0 }
    var duplicate = rows
    duplicate[count - 1] = rows[0]
    var half = aligned
    half[count - 1] = aligned[0].map { $0 / 2 }
    return [
      ("random", rows),
      ("aligned", aligned),
      ("scaled", source.scaled(rows, decades: 8)),
      ("scaled and aligned", source.scaled(aligned, decades: 8)),
      ("tiny", rows.map { $0.map { $0 * 1e-8 } }),
      ("huge", rows.map { $0.map { $0 * 1e8 } }),
      ("more rows than columns", source.rows(count, max(count / 2, 1))),
      ("identical", rows.map { _ in rows[0] }),
      ("duplicate", duplicate),
      ("half", half),
      ("opposite", opposite),
      ("zero row", zero),
      ("zero", rows.map { $0.map { _ in 0 } }),
    ]
  }
}
