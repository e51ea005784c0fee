internal import Kernels

/// The softmax and its logarithmic normaliser, with the maximum subtracted first.
enum Softmax {
  /// Replaces `values` by `exp(x[k]) / sum over j of exp(x[j])`.
  ///
  /// - Returns: `log sum over j of exp(x[j])`.
  @discardableResult
  static func replace(_ values: inout [Double]) -> Double {
    var largest = -Double.infinity
    for value in values { largest = max(largest, value) }
    var sum = 0.0
    for k in values.indices {
      values[k] = Portable.exp(values[k] - largest)
      sum += values[k]
    }
    for k in values.indices { values[k] /= sum }
    return largest + Portable.log(sum)
  }
}
