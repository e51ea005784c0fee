import Kernels
import Statistics
import Testing

/// The tables were computed with mpmath at 40 digits for exactly these binary arguments.
///
/// Bounds: a few units of the last place where a rational approximation is evaluated, 1e-12 relative
/// where logarithms of a few hundred meet in an exponent.
@Suite("Special functions")
struct SpecialFunctionTests {
  private func expect(
    _ found: Double,
    _ expected: Double,
    within bound: Double,
    at arguments: [Double],
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = expected == 0 ? abs(found) : abs(found - expected) / abs(expected)
    #expect(error <= bound, "\(found) for \(arguments)", sourceLocation: location)
  }

  @Test("the complementary error function, center, middle and tail")
  func errorFunction() {
    let table: [([Double], Double)] = [
      ([-3.0], 1.9999779095030014146),
      ([-0.3], 1.3286267594591274162),
      ([0.2], 0.77729741078952153382),
      ([0.46875], 0.50738652678206200841),
      ([0.5], 0.47950012218695346232),
      ([1.0], 0.15729920705028513066),
      ([2.0], 0.0046777349810472658379),
      ([3.9], 3.4792248597231767129e-8),
      ([4.0], 1.5417257900280018852e-8),
      ([4.1], 6.7000276540849184417e-9),
      ([6.0], 2.1519736712498913117e-17),
      ([10.0], 2.0884875837625447570e-45),
      ([20.0], 5.3958656116079009289e-176),
      ([26.0], 5.6631924088561428465e-296),
    ]
    for (x, expected) in table {
      expect(ErrorFunction.complement(x[0]), expected, within: 4e-15, at: x)
    }
  }

  @Test("normal quantiles, far tails included")
  func normalQuantile() {
    let table: [([Double], Double)] = [
      ([1e-300], -37.047096299361199237),
      ([1e-20], -9.2623400897984075796),
      ([1e-05], -4.2648907939228246102),
      ([0.02], -2.0537489106318230443),
      ([0.02425], -1.9729610513118848376),
      ([0.3], -0.52440051270804081597),
      ([0.5], 0.0),
      ([0.7], 0.52440051270804065631),
      ([0.975], 1.9599639845400538556),
      ([0.99999], 4.2648907939238407699),
    ]
    for (x, expected) in table {
      expect(NormalDistribution.quantile(x[0]), expected, within: 4e-15, at: x)
    }
  }

  @Test("logarithms of the gamma function")
  func logGamma() {
    let table: [([Double], Double)] = [
      ([1e-05], 11.512919692895825626),
      ([0.1], 2.2527126517342059020),
      ([0.5], 0.57236494292470008707),
      ([1.5], -0.12078223763524522235),
      ([2.5], 0.28468287047291915963),
      ([9.99], 12.779315214350193360),
      ([10.0], 12.801827480081469611),
      ([25.5], 56.389167643719946744),
      ([171.3], 708.11494703899688273),
      ([100000.0], 1051287.7089736568949),
    ]
    for (x, expected) in table {
      expect(LogGamma.value(x[0]), expected, within: 2e-14, at: x)
    }
  }

  @Test("logarithms of the beta function")
  func logBeta() {
    let table: [([Double], Double)] = [
      ([0.5, 0.5], 1.1447298858494001741),
      ([2.0, 3.0], -2.4849066497880003102),
      ([9.5, 0.5], -0.54012911635950104157),
      ([100.0, 0.5], -1.7289701552775226921),
      ([1000000.0, 0.5], -6.3353902110574369650),
      ([300.0, 200.0], -337.98011306546466835),
      ([5.0, 40.0], -15.507457058365490379),
    ]
    for (x, expected) in table {
      expect(LogGamma.logBeta(x[0], x[1]), expected, within: 2e-14, at: x)
    }
  }

  @Test("incomplete beta functions")
  func incompleteBeta() {
    let table: [([Double], Double)] = [
      ([0.1, 0.5, 0.5], 0.20483276469913345754),
      ([0.3, 2.0, 3.0], 0.34829999999999998042),
      ([0.9, 2.0, 3.0], 0.99630000000000000240),
      ([0.01, 10.0, 0.5], 1.7700349655285743040e-21),
      ([0.5, 100.0, 100.0], 0.50000000000000000000),
      ([0.4, 300.0, 200.0], 1.0619191726410098797e-19),
      ([0.999, 500.0, 0.5], 0.31731044730971715469),
      ([0.05, 1.0, 30.0], 0.78536123605706245187),
      ([0.25, 12.0, 108.0], 0.99998861493942482448),
    ]
    for (x, expected) in table {
      expect(
        IncompleteBeta.regularized(x[0], complement: 1 - x[0], a: x[1], b: x[2]),
        expected,
        within: 1e-12,
        at: x
      )
    }
  }

  @Test("incomplete gamma functions")
  func incompleteGamma() {
    let table: [([Double], Double)] = [
      ([0.5, 0.01], 0.88753708398171510663),
      ([0.5, 4.0], 0.0046777349810472658379),
      ([1.0, 1.0], 0.36787944117144232160),
      ([2.0, 0.5], 0.90979598956895013541),
      ([12.0, 18.2], 0.050170102301015871603),
      ([12.0, 50.0], 3.0043536824550608312e-11),
      ([100.0, 90.0], 0.84177901081356983190),
      ([100.0, 150.0], 5.9245403354839158294e-6),
      ([1000.0, 1100.0], 0.0010593232539299773489),
    ]
    for (x, expected) in table {
      expect(IncompleteGamma.upper(x[0], x[1]), expected, within: 1e-12, at: x)
    }
  }

  @Test("tails of Student's t")
  func studentTail() {
    let table: [([Double], Double)] = [
      ([0.001, 3.0], 0.49963244748473046900),
      ([1.0, 1.0], 0.25000000000000000000),
      ([2.5, 2.0], 0.064805860110755404557),
      ([4.0, 5.0], 0.0051617077404157269022),
      ([12.0, 9.0], 3.8499431114928260166e-7),
      ([50.0, 4.0], 4.7872268284848492050e-7),
      ([1.7, 30.0], 0.049738937794258442596),
      ([3.0, 1000.0], 0.0013833545221190962321),
      ([2.0, 10000.0], 0.022763630330717721369),
    ]
    for (x, expected) in table {
      expect(StudentT.upperTail(x[0], degreesOfFreedom: x[1]), expected, within: 1e-12, at: x)
    }
  }

  @Test("quantiles of Student's t")
  func studentQuantile() {
    let table: [([Double], Double)] = [
      ([0.6, 2.0], 0.28867513459481281549),
      ([0.9, 1.0], 3.0776835371752541331),
      ([0.975, 3.0], 3.1824463052837084359),
      ([0.995, 4.0], 4.6040948713499920459),
      ([0.999, 10.0], 4.1437004940465891091),
      ([0.9998, 25.0], 4.0832174664599967038),
      ([0.975, 120.0], 1.9799304050824404567),
    ]
    for (x, expected) in table {
      expect(StudentT.quantile(x[0], degreesOfFreedom: x[1]), expected, within: 1e-12, at: x)
    }
  }

  @Test(
    "quantiles of Student's t invert its tail from the middle to far out",
    arguments: [1, 2, 3, 4.5, 15, 120, 10_000]
  )
  func studentInverse(freedom: Double) {
    for tail in [0.499, 0.3, 0.025, 1e-3, 1e-6, 1e-12, 1e-100] {
      let t = -StudentT.quantile(tail, degreesOfFreedom: freedom)
      // Far out a relative error of t is one of the tail many times over.
      let steepness = max(1, min(t * t, freedom))
      expect(
        StudentT.upperTail(t, degreesOfFreedom: freedom),
        tail,
        within: 1e-13 * steepness + 1e-12,
        at: [tail, freedom]
      )
    }
  }

  @Test("tails of chi-squared")
  func chiSquared() {
    let table: [([Double], Double)] = [
      ([0.5, 1.0], 0.47950012218695346232),
      ([3.84, 1.0], 0.050043521248705103189),
      ([10.23, 3.0], 0.016708903542050549497),
      ([36.4, 24.0], 0.050170102301015871603),
      ([80.0, 24.0], 6.0842027176639997704e-8),
      ([5.0, 24.0], 0.99998740154089680010),
    ]
    for (x, expected) in table {
      expect(ChiSquared.upperTail(x[0], degreesOfFreedom: x[1]), expected, within: 1e-12, at: x)
    }
  }

  @Test("tails of F")
  func fTail() {
    let table: [([Double], Double)] = [
      ([0.2, 3.0, 39.0], 0.89575099663373610066),
      ([4.185, 3.0, 39.0], 0.011622261307518492294),
      ([2.5, 24.0, 216.0], 0.00026281221096375831794),
      ([30.0, 4.0, 20.0], 3.3884131814425169083e-8),
      ([1.5, 1.0, 1.0], 0.43590578315102506839),
      ([6.0, 24.0, 96.0], 9.4300434797660356935e-11),
    ]
    for (x, expected) in table {
      expect(FDistribution.upperTail(x[0], x[1], x[2]), expected, within: 1e-12, at: x)
    }
  }

  @Test("tails of the studentized range")
  func studentizedRange() {
    let table: [([Double], Double)] = [
      ([0.5, 3], 0.93342194513528696372),
      ([1.0, 2], 0.47950012218695346232),
      ([2.5, 2], 0.077099871743541769863),
      ([3.3, 3], 0.051310906418189876073),
      ([4.0, 10], 0.12685213215059637454),
      ([5.2, 25], 0.046895961807622068685),
      ([5.5, 33], 0.035953979983594159339),
      ([8.0, 50], 0.000018281661337041617342),
      ([10.0, 4], 9.2241480451318839009e-12),
      ([3.0, 50], 0.99685718905760534480),
    ]
    for (x, expected) in table {
      expect(
        StudentizedRange.upperTail(x[0], groupCount: Int(x[1])),
        expected,
        within: 1e-12,
        at: x
      )
    }
  }

  @Test("quantiles invert tails", arguments: [0.001, 0.2, 0.6, 0.95, 0.9999])
  func inverses(p: Double) {
    let upper = 1 - p
    let t = StudentT.quantile(p, degreesOfFreedom: 7)
    expect(StudentT.upperTail(t, degreesOfFreedom: 7), upper, within: 1e-12, at: [p])
    let x = ChiSquared.quantile(p, degreesOfFreedom: 3)
    expect(ChiSquared.upperTail(x, degreesOfFreedom: 3), upper, within: 1e-12, at: [p])
    let f = FDistribution.quantile(p, 4, 20)
    expect(FDistribution.upperTail(f, 4, 20), upper, within: 1e-12, at: [p])
    let q = StudentizedRange.quantile(p, groupCount: 6)
    expect(StudentizedRange.upperTail(q, groupCount: 6), upper, within: 1e-12, at: [p])
  }

  @Test("ends and arguments outside have the values that continue the function")
  func edges() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(1.5).isNaN)
    #expect(StudentT.quantile(0.5, degreesOfFreedom: 4) == 0)
    #expect(
      StudentT.quantile(0.25, degreesOfFreedom: 4)
        == -StudentT.quantile(0.75, degreesOfFreedom: 4)
    )
    #expect(StudentT.upperTail(.infinity, degreesOfFreedom: 4) == 0)
    #expect(StudentT.upperTail(-.infinity, degreesOfFreedom: 4) == 1)
    #expect(ChiSquared.upperTail(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquared.quantile(0, degreesOfFreedom: 3) == 0)
    #expect(FDistribution.upperTail(-1, 2, 3) == 1)
    #expect(FDistribution.upperTail(.infinity, 2, 3) == 0)
    #expect(StudentizedRange.upperTail(0, groupCount: 3) == 1)
    #expect(StudentizedRange.quantile(1, groupCount: 3) == .infinity)
    #expect(LogGamma.value(0) == .infinity)
    #expect(LogGamma.value(-1).isNaN)
  }

  @Test("closed forms: t with 1 and 2, chi-squared with 2, F with 2 and 2 degrees of freedom")
  func closedForms() {
    // df 1: 1/2 - atan(t)/pi, a quarter at t = 1; df 2: (1 - t/sqrt(t^2 + 2))/2.
    expect(StudentT.upperTail(1, degreesOfFreedom: 1), 0.25, within: 1e-14, at: [1])
    expect(
      StudentT.upperTail(1, degreesOfFreedom: 2),
      (1 - 1 / 3.0.squareRoot()) / 2,
      within: 1e-14,
      at: [1]
    )
    // exp(-x/2) at x = 2 ln 4 is 1/4; (1 + f)^-1 at f = 3 is 1/4.
    expect(
      ChiSquared.upperTail(2.772_588_722_239_781, degreesOfFreedom: 2),
      0.25,
      within: 1e-14,
      at: [2]
    )
    expect(FDistribution.upperTail(3, 2, 2), 0.25, within: 1e-14, at: [3])
  }
}
