/// The inner loops of the solvers, on parts of flat arrays.
///
/// Bounds are checked once a call, so that the loops run free of checks and on vectors. The order of
/// every sum is fixed: four lanes, then the rest, on every machine.
enum VectorLoops {
  /// `sum over i of x[xStart + i] * y[yStart + i]`, i from 0 to `count - 1`.
  static func dot(_ x: [Double], from xStart: Int, _ y: [Double], from yStart: Int = 0, count: Int)
    -> Double
  {
    check(xStart, count, x.count)
    check(yStart, count, y.count)
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return unsafe dot(x + xStart, y + yStart, count: count)
      }
    }
  }

  /// The squared norm of `count` numbers of a buffer.
  static func squaredNorm(_ x: UnsafeMutableBufferPointer<Double>, from start: Int, _ count: Int)
    -> Double
  {
    check(start, count, x.count)
    guard let base = x.baseAddress else { return 0 }
    return unsafe dot(base + start, base + start, count: count)
  }

  /// Adds `factor * x[xStart + i]` to `y[i]`, i from 0 to `count - 1`.
  static func add(
    _ x: [Double],
    from xStart: Int,
    times factor: Double,
    to y: inout [Double],
    count: Int
  ) {
    check(xStart, count, x.count)
    check(0, count, y.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        unsafe add(x + xStart, times: factor, to: y, count: count)
      }
    }
  }

  /// Adds multiples of rows of a matrix with as many columns as `y` has numbers: what `add` gives, row
  /// by row in the order of `rows`, in half as many passes over `y`.
  static func add(
    _ rows: [Int],
    of matrix: [Double],
    times factors: [Double],
    to y: inout [Double]
  ) {
    let width = y.count
    for row in rows { check(row * width, width, matrix.count) }
    unsafe matrix.withUnsafeBufferPointer { matrix in
      unsafe y.withUnsafeMutableBufferPointer { y in
        guard let matrix = matrix.baseAddress, let y = y.baseAddress else { return }
        var k = 0
        while k + 2 <= rows.count {
          let (first, second) = (rows[k], rows[k + 1])
          unsafe addInTurn(
            (matrix + first * width, factors[first]),
            (matrix + second * width, factors[second]),
            to: y,
            count: width
          )
          k += 2
        }
        if k < rows.count {
          unsafe add(matrix + rows[k] * width, times: factors[rows[k]], to: y, count: width)
        }
      }
    }
  }

  /// Replaces the parts p and q of `x`, each of `count` numbers and not the same, by
  /// `cosine * p - sine * q` and `sine * p + cosine * q`.
  static func rotate(
    _ x: inout [Double],
    _ pStart: Int,
    _ qStart: Int,
    by rotation: (cosine: Double, sine: Double),
    count: Int
  ) {
    check(pStart, count, x.count)
    check(qStart, count, x.count)
    unsafe x.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      let p = unsafe x + pStart
      let q = unsafe x + qStart
      unsafe rotate(p, q, by: rotation, count: count)
    }
  }

  private static func rotate(
    _ p: UnsafeMutablePointer<Double>,
    _ q: UnsafeMutablePointer<Double>,
    by rotation: (cosine: Double, sine: Double),
    count: Int
  ) {
    let cosine = SIMD4(repeating: rotation.cosine)
    let sine = SIMD4(repeating: rotation.sine)
    var i = 0
    while i &+ 4 <= count {
      let pLanes = unsafe lanes(p + i)
      let qLanes = unsafe lanes(q + i)
      unsafe set(cosine * pLanes - sine * qLanes, at: p + i)
      unsafe set(sine * pLanes + cosine * qLanes, at: q + i)
      i &+= 4
    }
    while i < count {
      let pValue = unsafe p[i]
      let qValue = unsafe q[i]
      unsafe p[i] = rotation.cosine * pValue - rotation.sine * qValue
      unsafe q[i] = rotation.sine * pValue + rotation.cosine * qValue
      i &+= 1
    }
  }

  /// The dot product of `count` numbers at each pointer.
  static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
    var sums = SIMD4<Double>()
    var i = 0
    while i &+ 4 <= count {
      unsafe sums += lanes(x + i) * lanes(y + i)
      i &+= 4
    }
    var sum = (sums[0] + sums[2]) + (sums[1] + sums[3])
    while i < count {
      unsafe sum += x[i] * y[i]
      i &+= 1
    }
    return sum
  }

  /// Adds `factor * x[i]` to `y[i]` for `count` numbers that do not overlap.
  static func add(
    _ x: UnsafePointer<Double>,
    times factor: Double,
    to y: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    let factors = SIMD4(repeating: factor)
    var i = 0
    while i &+ 4 <= count {
      unsafe set(lanes(y + i) + factors * lanes(x + i), at: y + i)
      i &+= 4
    }
    while i < count {
      unsafe y[i] += factor * x[i]
      i &+= 1
    }
  }

  /// Adds `first.factor * first.x[i] + second.factor * second.x[i]` to `y[i]`, as above.
  static func add(
    _ first: (x: UnsafePointer<Double>, factor: Double),
    _ second: (x: UnsafePointer<Double>, factor: Double),
    to y: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    let firstFactors = unsafe SIMD4(repeating: first.factor)
    let secondFactors = unsafe SIMD4(repeating: second.factor)
    var i = 0
    while i &+ 4 <= count {
      let sum = unsafe firstFactors * lanes(first.x + i) + secondFactors * lanes(second.x + i)
      unsafe set(lanes(y + i) + sum, at: y + i)
      i &+= 4
    }
    while i < count {
      unsafe y[i] += first.factor * first.x[i] + second.factor * second.x[i]
      i &+= 1
    }
  }

  /// Adds `first.factor * first.x[i]` to `y[i]`, and then `second.factor * second.x[i]`: rounded as by
  /// two calls of `add`, unlike the sum above.
  private static func addInTurn(
    _ first: (x: UnsafePointer<Double>, factor: Double),
    _ second: (x: UnsafePointer<Double>, factor: Double),
    to y: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    let firstFactors = unsafe SIMD4(repeating: first.factor)
    let secondFactors = unsafe SIMD4(repeating: second.factor)
    var i = 0
    while i &+ 4 <= count {
      let sum = unsafe lanes(y + i) + firstFactors * lanes(first.x + i)
      unsafe set(sum + secondFactors * lanes(second.x + i), at: y + i)
      i &+= 4
    }
    while i < count {
      unsafe y[i] += first.factor * first.x[i]
      unsafe y[i] += second.factor * second.x[i]
      i &+= 1
    }
  }

  private static func lanes(_ x: UnsafePointer<Double>) -> SIMD4<Double> {
    unsafe UnsafeRawPointer(x).loadUnaligned(as: SIMD4<Double>.self)
  }

  private static func set(_ lanes: SIMD4<Double>, at x: UnsafeMutablePointer<Double>) {
    unsafe UnsafeMutableRawPointer(x).storeBytes(of: lanes, as: SIMD4<Double>.self)
  }

  private static func check(_ start: Int, _ count: Int, _ total: Int) {
    precondition(
      start >= 0 && count >= 0 && start + count <= total,
      "\(count) numbers from \(start) of \(total)"
    )
  }
}
