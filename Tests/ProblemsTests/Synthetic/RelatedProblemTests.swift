import Kernels
import Problems
import Testing

@Suite("related")
struct RelatedProblemTests {
  /// Correlation of the two targets over the training rows.
  private func correlation(_ yaml: String, seed: UInt64 = 1) throws -> Double {
    let targets = try makeProblem("related", yaml).makeData(seed: seed).train.targets
    let a = targets.column(0).map { Double($0) }
    let b = targets.column(1).map { Double($0) }
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - meanA) * (y - meanB)
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
    }
    return ab / (aa * bb).squareRoot()
  }

  @Test(
    "without sines the labels correlate as the weights do",
    arguments: [-1.0, -0.5, 0, 0.3, 0.8, 1]
  )
  func linear(_ cosine: Double) throws {
    let found = try correlation("cosine: \(cosine)\nsines: 0\nnoise: 0\ntrain: 4000")
    // Standard deviation of a correlation of 4000 rows: (1 - cosine²) / sqrt(4000).
    #expect(abs(found - cosine) <= 5 * (1 - cosine * cosine) / 63 + 1e-6)
  }

  @Test("equal weights make equal labels up to the noise")
  func equal() throws {
    let data = try makeProblem("related", "cosine: 1\nnoise: 0").makeData(seed: 2)
    #expect(data.train.targets.column(0) == data.train.targets.column(1))
    let noisy = try makeProblem("related", "cosine: 1\nnoise: 0.2").makeData(seed: 2)
    let squares = zip(noisy.train.targets.column(0), data.train.targets.column(0))
      .map { Double($0 - $1) * Double($0 - $1) }
    // 2048 draws: the mean square has a relative standard deviation of sqrt(2 / 2048) = 0.031.
    let meanSquare: Double = squares.reduce(0, +) / 2048
    #expect(abs(meanSquare / 0.04 - 1) < 0.16)
  }
}
