internal import Kernels

/// The complementary error function `erfc(x) = 2/sqrt(pi) * integral from x to infinity of exp(-t^2)`.
///
/// Three rational approximations with a relative error below 1e-16 before rounding; about 1e-15
/// after it, far into the tail as well.
///
/// Source: Cody, "Rational Chebyshev approximations for the error function", Mathematics of
/// Computation 23, 1969, tables of coefficients.
package enum ErrorFunction {
  /// `erf` in `x^2` for `|x| <= 0.46875`.
  private static let center = Quotient(
    numerator: [
      1.857_777_061_846_031_53e-1, 3.161_123_743_870_565_60, 1.138_641_541_510_501_56e2,
      3.774_852_376_853_020_21e2, 3.209_377_589_138_469_47e3,
    ],
    denominator: [
      1, 2.360_129_095_234_412_09e1, 2.440_246_379_344_441_73e2, 1.282_616_526_077_372_28e3,
      2.844_236_833_439_170_62e3,
    ]
  )

  /// `exp(x^2) erfc(x)` in `x` up to 4.
  private static let middle = Quotient(
    numerator: [
      2.153_115_354_744_038_46e-8, 5.641_884_969_886_700_89e-1, 8.883_149_794_388_375_94,
      6.611_919_063_714_162_95e1, 2.986_351_381_974_001_31e2, 8.819_522_212_417_690_90e2,
      1.712_047_612_634_070_58e3, 2.051_078_377_826_071_47e3, 1.230_339_354_797_997_25e3,
    ],
    denominator: [
      1, 1.574_492_611_070_983_47e1, 1.176_939_508_913_124_99e2, 5.371_811_018_620_098_58e2,
      1.621_389_574_566_690_19e3, 3.290_799_235_733_459_63e3, 4.362_619_090_143_247_16e3,
      3.439_367_674_143_721_64e3, 1.230_339_354_803_749_42e3,
    ]
  )

  /// `x^2 (1/sqrt(pi) - x exp(x^2) erfc(x))` in `1/x^2` beyond 4.
  private static let tail = Quotient(
    numerator: [
      1.631_538_713_730_209_78e-2, 3.053_266_349_612_323_44e-1, 3.603_448_999_498_044_39e-1,
      1.257_817_261_112_292_46e-1, 1.608_378_514_874_227_66e-2, 6.587_491_615_298_378_03e-4,
    ],
    denominator: [
      1, 2.568_520_192_289_822_42, 1.872_952_849_923_467_25, 5.279_051_029_514_284_12e-1,
      6.051_834_131_244_131_91e-2, 2.335_204_976_268_691_85e-3,
    ]
  )

  private static let centerEnd = 0.46875
  private static let middleEnd = 4.0
  private static let inverseRootPi = 0.564_189_583_547_756_286_95

  /// `erfc(x)`.
  package static func complement(_ x: Double) -> Double {
    let size = abs(x)
    if size <= centerEnd { return 1 - x * center.value(x * x) }
    let scaled: Double
    if size <= middleEnd {
      scaled = middle.value(size)
    } else {
      let inverseSquare = 1 / (size * size)
      scaled = (inverseRootPi - inverseSquare * tail.value(inverseSquare)) / size
    }
    let upper = exponentialOfMinusSquare(size) * scaled
    return x < 0 ? 2 - upper : upper
  }

  /// `exp(-x^2)` without the rounding of `x^2`: `x` is split into sixteenths and a rest.
  private static func exponentialOfMinusSquare(_ x: Double) -> Double {
    guard x < 30 else { return 0 }
    let coarse = (x * 16).rounded(.towardZero) / 16
    let rest = (x - coarse) * (x + coarse)
    return Portable.exp(-coarse * coarse) * Portable.exp(-rest)
  }

  /// A quotient of polynomials, highest power first.
  private struct Quotient {
    let numerator: [Double]
    let denominator: [Double]

    func value(_ x: Double) -> Double {
      var top = 0.0
      for coefficient in numerator { top = top * x + coefficient }
      var bottom = 0.0
      for coefficient in denominator { bottom = bottom * x + coefficient }
      return top / bottom
    }
  }
}
