internal import Kernels

/// Draws from the gamma distribution with scale 1.
///
/// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM Transactions on
/// Mathematical Software 26, 2000.
enum GammaDraw {
  /// One draw with the given positive shape.
  static func next(shape: Double, using stream: inout RandomStream) -> Double {
    if shape < 1 {
      let boost = Portable.pow(stream.openUniform(), 1 / shape)
      return next(shape: shape + 1, using: &stream) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = stream.normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let limit = 0.5 * x * x + d - d * v + d * Portable.log(v)
      if Portable.log(stream.openUniform()) < limit { return d * v }
    }
  }
}
