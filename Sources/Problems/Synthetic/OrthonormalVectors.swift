internal import Kernels

/// Random orthogonal vectors of length 1, uniformly turned.
struct OrthonormalVectors {
  private let vectors: [[Double]]

  /// Gram–Schmidt on normal draws, each vector projected twice so that rounding leaves no trace.
  ///
  /// - Precondition: `count` is at most `length`.
  init(count: Int, length: Int, using stream: inout RandomStream) {
    precondition(count <= length, "\(count) orthogonal vectors of length \(length)")
    var vectors: [[Double]] = []
    for _ in 0..<count {
      var vector = (0..<length).map { _ in stream.normal() }
      for _ in 0..<2 {
        for other in vectors {
          let overlap = OrthonormalVectors.product(vector, other)
          for k in vector.indices { vector[k] -= overlap * other[k] }
        }
      }
      let norm = OrthonormalVectors.product(vector, vector).squareRoot()
      vectors.append(vector.map { $0 / norm })
    }
    self.vectors = vectors
  }

  /// Inner product of vector `i` with `x`.
  func product(_ i: Int, _ x: [Double]) -> Double {
    OrthonormalVectors.product(vectors[i], x)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for k in a.indices { sum += a[k] * b[k] }
    return sum
  }
}
