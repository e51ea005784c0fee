internal import Kernels
internal import Networks

/// Parameters that move at another learning rate than all else.
///
/// The optimizer moves all at one rate; of these the way it went is then multiplied by their factor,
/// which is the same for every optimizer here, decay included.
struct RateFactors {
  private let ranges: [(range: Range<Int>, factor: Float)]
  /// Where they stood before the step, one after the other.
  private let before: FloatBuffer

  init(_ network: Network) {
    ranges = network.rateFactors.map { ($0.range, Float($0.factor)) }
    before = FloatBuffer(count: ranges.reduce(0) { $0 + $1.range.count })
  }

  var byteCount: Int { before.byteCount }

  /// Takes note of where they stand.
  func remember(_ parameters: FloatBuffer) {
    var next = 0
    for (range, _) in ranges {
      unsafe (before.start + next).update(
        from: parameters.start + range.lowerBound,
        count: range.count
      )
      next += range.count
    }
  }

  /// Multiplies the way that each went since.
  func stretch(_ parameters: FloatBuffer) {
    var next = 0
    for (range, factor) in ranges {
      for index in range {
        let start = unsafe before.start[next]
        let way = unsafe parameters.start[index] - start
        unsafe parameters.start[index] = start + factor * way
        next += 1
      }
    }
  }
}
