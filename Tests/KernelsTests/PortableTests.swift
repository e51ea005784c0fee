import Kernels
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

#if arch(x86_64)
private typealias Precise = Float80
#else
private typealias Precise = Double
#endif

/// A function, the system's own in the highest precision it has, and where to compare them.
private struct PortableCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let portable: @Sendable (Double) -> Double
  let system: @Sendable (Precise) -> Precise
  let range: ClosedRange<Double>

  static let all = [
    PortableCase("exp", Portable.exp, { exp($0) }, -708...709.7),
    PortableCase("exp near 0", Portable.exp, { exp($0) }, -1...1),
    PortableCase("expm1", Portable.expm1, { expm1($0) }, -45...709),
    PortableCase("expm1 near 0", Portable.expm1, { expm1($0) }, -1.5...1.5),
    PortableCase("expm1 at 0", Portable.expm1, { expm1($0) }, -1e-8...1e-8),
    PortableCase("log", Portable.log, { log($0) }, 1e-300...3),
    PortableCase("log of large numbers", Portable.log, { log($0) }, 1...1e300),
    PortableCase("log near 1", Portable.log, { log($0) }, 0.9...1.1),
    PortableCase("log1p", Portable.log1p, { log1p($0) }, -0.999...10),
    PortableCase("log1p near 0", Portable.log1p, { log1p($0) }, -1e-3...1e-3),
    PortableCase("log1p of large numbers", Portable.log1p, { log1p($0) }, 1...1e18),
    PortableCase("tanh", Portable.tanh, { tanh($0) }, -25...25),
    PortableCase("tanh near 0", Portable.tanh, { tanh($0) }, -1...1),
    PortableCase("tanh at 0", Portable.tanh, { tanh($0) }, -1e-5...1e-5),
    PortableCase("sin", Portable.sin, { sin($0) }, -4...4),
    PortableCase("sin of large angles", Portable.sin, { sin($0) }, -1e6...1e6),
    PortableCase("cos", Portable.cos, { cos($0) }, -4...4),
    PortableCase("cos of large angles", Portable.cos, { cos($0) }, -1e6...1e6),
  ]

  init(
    _ name: String,
    _ portable: @escaping @Sendable (Double) -> Double,
    _ system: @escaping @Sendable (Precise) -> Precise,
    _ range: ClosedRange<Double>
  ) {
    testDescription = name
    self.portable = portable
    self.system = system
    self.range = range
  }
}

/// The distance of a value from a precise one, in the value's units in the last place.
private func distance(_ value: Double, _ precise: Precise) -> Double {
  Double((Precise(value) - precise).magnitude / Precise(value.ulp))
}

@Suite("Portable functions")
struct PortableTests {
  @Test("are accurate to 2 units in the last place", arguments: PortableCase.all)
  fileprivate func accuracy(_ portableCase: PortableCase) {
    var stream = RandomStream(seed: 1, purpose: .data)
    let range = portableCase.range
    var worst = (distance: 0.0, at: 0.0)
    for _ in 0..<20_000 {
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform()
      let found = distance(portableCase.portable(x), portableCase.system(Precise(x)))
      if !(found <= worst.distance) { worst = (found, x) }
    }
    #expect(worst.distance <= 2, "at \(worst.at)")
  }

  @Test("raise to a power to 2 units in the last place")
  func power() {
    var stream = RandomStream(seed: 1, purpose: .data)
    var worst = (distance: 0.0, at: (x: 0.0, y: 0.0))
    for _ in 0..<50_000 {
      let x = Portable.exp(20 * stream.normal())
      let y = 300 / max(1, Portable.log(x).magnitude) * (2 * stream.uniform() - 1) * 2.3
      let found = distance(Portable.pow(x, y), pow(Precise(x), Precise(y)))
      if !(found <= worst.distance) { worst = (found, (x, y)) }
    }
    #expect(worst.distance <= 2, "at \(worst.at)")
  }

  @Test("know their special values")
  func specialValues() {
    #expect(Portable.exp(.infinity) == .infinity && Portable.exp(-.infinity) == 0)
    #expect(Portable.exp(710) == .infinity && Portable.exp(-746) == 0 && Portable.exp(0) == 1)
    #expect(Portable.exp(-745) == 0x1p-1074 && Portable.exp(.nan).isNaN)
    #expect(Portable.exp(709.78) == 1.792_806_488_305_866_7e308 || Portable.exp(709.78) < .infinity)
    #expect(Portable.expm1(-100) == -1 && Portable.expm1(1000) == .infinity)
    #expect(Portable.expm1(0) == 0 && Portable.expm1(.nan).isNaN)
    #expect(Portable.log(0) == -.infinity && Portable.log(1) == 0 && Portable.log(-1).isNaN)
    #expect(Portable.log(.infinity) == .infinity && Portable.log(.nan).isNaN)
    #expect(abs(Portable.log(0x1p-1074) + 744.440_071_921_381_2) < 1e-12)
    #expect(Portable.log1p(-1) == -.infinity && Portable.log1p(-2).isNaN && Portable.log1p(0) == 0)
    #expect(Portable.log1p(.infinity) == .infinity && Portable.log1p(.nan).isNaN)
    #expect(Portable.tanh(.infinity) == 1 && Portable.tanh(-.infinity) == -1)
    #expect(Portable.tanh(-0.0).sign == .minus && Portable.tanh(.nan).isNaN)
    #expect(Portable.sin(0) == 0 && Portable.cos(0) == 1 && Portable.sin(.infinity).isNaN)
  }

  @Test("raise special numbers as C does")
  func specialPowers() {
    let numbers = [
      0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 2.5, .infinity, -.infinity, .nan,
      0x1p53, 0x1p-1060, -0x1p-1060, 1023, -1074,
    ]
    for x in numbers {
      for y in numbers {
        let ours = Portable.pow(x, y)
        let theirs = pow(x, y)
        let isSame =
          ours.isNaN && theirs.isNaN || ours == theirs && ours.sign == theirs.sign
          || abs(ours - theirs) <= 2 * theirs.ulp
        #expect(isSame, "\(x) ^ \(y) = \(ours), not \(theirs)")
      }
    }
  }

  @Test("refuse angles beyond their range")
  func largeAngles() async {
    await #expect(processExitsWith: .failure) { _ = Portable.sin(1e7) }
  }

  @Test("keep their bits")
  func recorded() {
    let values = [
      Portable.exp(1), Portable.expm1(0.5), Portable.log(10), Portable.log1p(0.5),
      Portable.pow(3, 0.3), Portable.tanh(0.7), Portable.sin(2), Portable.cos(2),
    ]
    #expect(
      values == [
        0x1.5bf0a8b145769p1, 0x1.4c2531c3c0d38p-1, 0x1.26bb1bbb55516p1, 0x1.9f323ecbf984cp-2,
        0x1.63f08b6f382aep0, 0x1.356fb17af2e91p-1, 0x1.d18f6ead1b446p-1, -0x1.aa22657537205p-2,
      ]
    )
  }
}
