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

  /// The sum of all numbers.
  static func sum(_ x: [Double]) -> Double {
    unsafe x.withUnsafeBufferPointer { x in
      var lanes = SIMD4<Double>()
      var i = 0
      while i + 4 <= x.count {
        for lane in 0..<4 { unsafe lanes[lane] += x[i + lane] }
        i += 4
      }
      var sum = (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
      while i < x.count {
        unsafe sum += x[i]
        i += 1
      }
      return sum
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
    let cosine = SIMD2(repeating: rotation.cosine)
    let sine = SIMD2(repeating: rotation.sine)
    var i = 0
    while i + 2 <= count {
      let pPair = unsafe pair(p + i)
      let qPair = unsafe pair(q + i)
      unsafe set(cosine * pPair - sine * qPair, at: p + i)
      unsafe set(sine * pPair + cosine * qPair, at: q + i)
      i += 2
    }
    if i < count {
      let pValue = unsafe p[i]
      let qValue = unsafe q[i]
      unsafe p[i] = rotation.cosine * pValue - rotation.sine * qValue
      unsafe q[i] = rotation.sine * pValue + rotation.cosine * qValue
    }
  }

  /// The dot product of `count` numbers at each pointer.
  static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
    var first = SIMD2<Double>()
    var second = SIMD2<Double>()
    var i = 0
    while i + 4 <= count {
      unsafe first += pair(x + i) * pair(y + i)
      unsafe second += pair(x + i + 2) * pair(y + i + 2)
      i += 4
    }
    let lanes = first + second
    var sum = lanes[0] + lanes[1]
    while i < count {
      unsafe sum += x[i] * y[i]
      i += 1
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
    let factors = SIMD2(repeating: factor)
    var i = 0
    while i + 2 <= count {
      unsafe set(pair(y + i) + factors * pair(x + i), at: y + i)
      i += 2
    }
    if i < count { unsafe y[i] += factor * x[i] }
  }

  /// Adds `first.factor * first.x[i] + second.factor * second.x[i]` to `y[i]`, as above.
  static func add(
    _ first: (x: UnsafePointer<Double>, factor: Double),
    _ second: (x: UnsafePointer<Double>, factor: Double),
    to y: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    let firstFactors = unsafe SIMD2(repeating: first.factor)
    let secondFactors = unsafe SIMD2(repeating: second.factor)
    var i = 0
    while i + 2 <= count {
      let sum = unsafe firstFactors * pair(first.x + i) + secondFactors * pair(second.x + i)
      unsafe set(pair(y + i) + sum, at: y + i)
      i += 2
    }
    if i < count { unsafe y[i] += first.factor * first.x[i] + second.factor * second.x[i] }
  }

  private static func pair(_ x: UnsafePointer<Double>) -> SIMD2<Double> {
    unsafe UnsafeRawPointer(x).loadUnaligned(as: SIMD2<Double>.self)
  }

  private static func set(_ pair: SIMD2<Double>, at x: UnsafeMutablePointer<Double>) {
    unsafe UnsafeMutableRawPointer(x).storeBytes(of: pair, as: SIMD2<Double>.self)
  }

  private static func check(_ start: Int, _ count: Int, _ total: Int) {
    precondition(
      start >= 0 && count >= 0 && start + count <= total,
      "\(count) numbers from \(start) of \(total)"
    )
  }
}
