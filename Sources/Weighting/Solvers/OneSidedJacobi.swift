/// Makes the columns of a small matrix orthogonal by rotating them in pairs: `A V = U diag(sigma)`.
///
/// The columns end as the left singular vectors times the singular values, in no particular order.
/// Nothing is squared, and small singular values of columns that are short, not nearly dependent, keep
/// their relative accuracy, as they do not where a matrix is made tridiagonal first.
///
/// A sweep meets all pairs in rounds of disjoint ones, as a tournament does, so that the angles of a
/// round are independent of each other.
///
/// Sources: Hestenes, "Inversion of Matrices by Biorthogonalization", J. SIAM 6, 1958; Demmel and
/// Veselić, "Jacobi's Method Is More Accurate than QR", SIAM J. Matrix Anal. Appl. 13, 1992; for the
/// rounds: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, section 8.5.
struct OneSidedJacobi: Sendable {
  /// Column j from entry `j * stride` on: its `length` numbers, then numbers that are only rotated
  /// with it, where the caller wants V.
  var columns: [Double]
  /// Squared singular values, shape [capacity].
  private(set) var squares: [Double]

  private let length: Int
  private let stride: Int
  /// Places of the columns in the tournament; an odd number of them leaves one without a partner.
  private var seats: [Int]
  /// Inner product of each pair of a round.
  private var entries: [Double]
  private var rotations: [(cosine: Double, sine: Double)]

  /// Convergence is quadratic: matrices of 40 columns take fewer than ten sweeps.
  private static let sweepLimit = 60

  /// Room for `capacity` columns of `length` numbers with `stride` numbers from one to the next.
  init(capacity: Int, length: Int, stride: Int) {
    self.length = length
    self.stride = stride
    columns = Array(repeating: 0, count: capacity * stride)
    squares = Array(repeating: 0, count: capacity)
    seats = Array(repeating: 0, count: capacity + 1)
    entries = Array(repeating: 0, count: capacity / 2 + 1)
    rotations = Array(repeating: (1, 0), count: capacity / 2 + 1)
  }

  /// Rotates the first `count` columns until they are orthogonal, and fills `squares` for them.
  ///
  /// - Returns: Whether they are orthogonal up to the rounding of a cosine.
  mutating func orthogonalize(count: Int) -> Bool {
    let seatCount = count + count % 2
    for seat in 0..<seatCount { seats[seat] = seat }
    for _ in 0..<Self.sweepLimit {
      for j in 0..<count { squares[j] = product(j, j) }
      var hasRotated = false
      for _ in 1..<max(seatCount, 1) {
        if rotateRound(count: count, seatCount: seatCount) { hasRotated = true }
        moveSeats(seatCount)
      }
      if !hasRotated { return true }
    }
    return false
  }

  /// Makes the pairs of opposite seats orthogonal; tells whether any was not.
  private mutating func rotateRound(count: Int, seatCount: Int) -> Bool {
    let cutoff = Double(length) * Double.ulpOfOne * Double.ulpOfOne
    let unit = Self.unit(of: squares)
    var hasRotated = false
    for pair in 0..<seatCount / 2 {
      let (p, q) = (seats[pair], seats[seatCount - 1 - pair])
      entries[pair] = max(p, q) < count ? product(p, q) : 0
    }
    for pair in 0..<seatCount / 2 where entries[pair] != 0 {
      let (p, q) = (seats[pair], seats[seatCount - 1 - pair])
      let entry = entries[pair] * unit
      if entry * entry <= cutoff * (squares[p] * unit) * (squares[q] * unit) {
        entries[pair] = 0
      } else {
        let difference = (squares[q] - squares[p]) * unit
        let root = (difference * difference + 4 * entry * entry).squareRoot()
        let tangent = 2 * entry / (difference >= 0 ? difference + root : difference - root)
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        rotations[pair] = (cosine, tangent * cosine)
        squares[p] = max(squares[p] - tangent * entries[pair], 0)
        squares[q] = max(squares[q] + tangent * entries[pair], 0)
        hasRotated = true
      }
    }
    for pair in 0..<seatCount / 2 where entries[pair] != 0 {
      VectorLoops.rotate(
        &columns,
        seats[pair] * stride,
        seats[seatCount - 1 - pair] * stride,
        by: rotations[pair],
        count: stride
      )
    }
    return hasRotated
  }

  /// The power of two that brings the largest of the squares near 1, so that their products stay in range.
  private static func unit(of squares: [Double]) -> Double {
    let largest = squares.max() ?? 0
    guard largest > 0, largest.isFinite else { return 1 }
    let limit = 1000
    let exponent = min(max(-Int(largest.exponent), -limit), limit)
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// Everybody but the first moves on by one seat.
  private mutating func moveSeats(_ seatCount: Int) {
    guard seatCount > 2 else { return }
    let last = seats[seatCount - 1]
    for seat in Swift.stride(from: seatCount - 1, to: 1, by: -1) { seats[seat] = seats[seat - 1] }
    seats[1] = last
  }

  private func product(_ p: Int, _ q: Int) -> Double {
    VectorLoops.dot(columns, from: p * stride, columns, from: q * stride, count: length)
  }
}
