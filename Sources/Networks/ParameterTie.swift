internal import Kernels

/// A penalty that draws weight matrices of several trunks together.
final class ParameterTie: Penalty {
  enum Kind: String, CaseIterable, Sendable {
    /// Squared distances of all pairs.
    case squares = "l2"
    /// The sum of the singular values of the matrix of all flattened weights.
    case traceNorm = "trace_norm"
  }

  private let space: PenaltySpace
  private let kind: Kind
  private let lambda: Double
  /// For each weight matrix of a trunk, where it stands in every trunk, shape [...][K].
  private let groups: [[Range<Int>]]
  /// Inner products of one matrix in all trunks, shape [K][K], and what becomes of them.
  private var products: [Double]
  private var one = [0.0]
  private var roots: SymmetricRoots

  /// - Parameters:
  ///   - space: The network.
  ///   - paths: What the names of each trunk's tensors begin with, shape [K].
  ///   - kind: The penalty.
  ///   - lambda: Its factor.
  init(_ space: PenaltySpace, paths: [String], kind: Kind, lambda: Double) {
    self.space = space
    self.kind = kind
    self.lambda = lambda
    let byTrunk = paths.map { path in
      space.tensors.filter { $0.name.hasPrefix(path) && !$0.isBias }.map { $0.rows }
    }
    groups = byTrunk[0].indices.map { index in byTrunk.map { $0[index] } }
    products = Array(repeating: 0, count: paths.count * paths.count)
    roots = SymmetricRoots(count: paths.count)
  }

  var byteCount: Int { 0 }

  func value() -> Double {
    var sum = 0.0
    for group in groups {
      takeProducts(group)
      let count = group.count
      switch kind {
      case .squares:
        for i in 0..<count {
          for j in i + 1..<max(count, i + 1) {
            let square = products[i * count + i] + products[j * count + j]
            sum += square - 2 * products[i * count + j]
          }
        }
      case .traceNorm:
        roots.decompose(products)
        sum += roots.sumOfRoots
      }
    }
    return lambda * sum
  }

  func addGradient() {
    for group in groups {
      switch kind {
      case .squares: addSquares(group)
      case .traceNorm: addTraceNorm(group)
      }
    }
  }

  /// `2 lambda Σ_j (W_i − W_j)` for every i.
  private func addSquares(_ group: [Range<Int>]) {
    for (i, target) in group.enumerated() {
      add(group[i], times: 2 * lambda * Double(group.count - 1), to: target)
      for (j, other) in group.enumerated() where j != i {
        add(other, times: -2 * lambda, to: target)
      }
    }
  }

  /// `lambda S^(-1/2) M` with `S = M Mᵀ`.
  private func addTraceNorm(_ group: [Range<Int>]) {
    takeProducts(group)
    roots.decompose(products)
    for (i, target) in group.enumerated() {
      for (j, other) in group.enumerated() {
        add(other, times: lambda * roots.inverseRoot(i, j), to: target)
      }
    }
  }

  private func add(_ source: Range<Int>, times factor: Double, to target: Range<Int>) {
    unsafe space.kernels.add(
      space.parameters.start + source.lowerBound,
      times: Float(factor),
      to: space.gradient.start + target.lowerBound,
      count: target.count
    )
  }

  private func takeProducts(_ group: [Range<Int>]) {
    let count = group.count
    for i in 0..<count {
      for j in 0...i {
        space.kernels.crossGramian(row(group[i]), row(group[j]), into: &one)
        products[i * count + j] = one[0]
        products[j * count + i] = one[0]
      }
    }
  }

  private func row(_ range: Range<Int>) -> MatrixView {
    unsafe MatrixView(
      start: space.parameters.start + range.lowerBound,
      rows: 1,
      columns: range.count,
      stride: range.count
    )
  }
}

/// Roots of a small symmetric matrix without negative eigenvalues, by Jacobi's rotations.
struct SymmetricRoots {
  /// Eigenvalues below this share of the largest count as 0.
  private static let smallest = 1e-12
  private static let sweepCount = 60

  private let count: Int
  /// The matrix, diagonal in the end, and the rotations by columns.
  private var matrix: [Double]
  private var vectors: [Double]

  init(count: Int) {
    self.count = count
    matrix = Array(repeating: 0, count: count * count)
    vectors = matrix
  }

  mutating func decompose(_ values: [Double]) {
    for index in matrix.indices {
      matrix[index] = values[index]
      vectors[index] = index % (count + 1) == 0 ? 1 : 0
    }
    for _ in 0..<Self.sweepCount {
      var isDiagonal = true
      for p in 0..<count {
        for q in p + 1..<max(count, p + 1) where rotate(p, q) { isDiagonal = false }
      }
      if isDiagonal { return }
    }
  }

  /// Makes one pair of entries zero.
  ///
  /// - Returns: Whether it was not yet negligible.
  private mutating func rotate(_ p: Int, _ q: Int) -> Bool {
    let (pp, qq, pq) = (
      matrix[p * count + p], matrix[q * count + q], matrix[p * count + q]
    )
    guard abs(pq) > 1e-17 * (abs(pp) + abs(qq)) else { return false }
    let ratio = (qq - pp) / (2 * pq)
    let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in 0..<count {
      let (left, right) = (matrix[k * count + p], matrix[k * count + q])
      matrix[k * count + p] = cosine * left - sine * right
      matrix[k * count + q] = sine * left + cosine * right
    }
    for k in 0..<count {
      let (upper, lower) = (matrix[p * count + k], matrix[q * count + k])
      matrix[p * count + k] = cosine * upper - sine * lower
      matrix[q * count + k] = sine * upper + cosine * lower
      let (left, right) = (vectors[k * count + p], vectors[k * count + q])
      vectors[k * count + p] = cosine * left - sine * right
      vectors[k * count + q] = sine * left + cosine * right
    }
    return true
  }

  private var limit: Double {
    var largest = 0.0
    for k in 0..<count { largest = max(largest, matrix[k * count + k]) }
    return largest * Self.smallest
  }

  /// The sum of the roots of the eigenvalues.
  var sumOfRoots: Double {
    var sum = 0.0
    for k in 0..<count { sum += max(0, matrix[k * count + k]).squareRoot() }
    return sum
  }

  /// An entry of the pseudo-inverse of the matrix's root.
  func inverseRoot(_ i: Int, _ j: Int) -> Double {
    let limit = limit
    var sum = 0.0
    for k in 0..<count where matrix[k * count + k] > limit {
      let product = vectors[i * count + k] * vectors[j * count + k]
      sum += product / matrix[k * count + k].squareRoot()
    }
    return sum
  }
}
