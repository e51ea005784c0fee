import Kernels
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("are xoshiro256**, by its authors' first outputs")
  func knownGenerator() {
    var stream = RandomStream(state: (1, 2, 3, 4))
    let outputs = (0..<6).map { _ in stream.next() }
    #expect(
      outputs == [
        11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600,
      ]
    )
  }

  @Test("keep their numbers from version to version")
  func recorded() {
    var stream = RandomStream(seed: 7, purpose: .weighting, index: 3)
    #expect(stream.next() == 17_381_595_720_280_197_378)
    #expect(stream.uniform() == 718_563_691_093_292 * 0x1p-53)
    #expect(stream.normal() == -0.193_795_764_174_887)
    #expect(stream.below(1000) == 595)
    var order: [Int32] = Array(0..<10)
    stream.shuffle(&order)
    #expect(order == [4, 2, 5, 9, 1, 8, 3, 7, 6, 0])
  }

  @Test("differ by seed, purpose and index, and repeat")
  func independence() {
    var firsts: Set<UInt64> = []
    var count = 0
    for seed in [0, 1, 2, .max] as [UInt64] {
      for purpose in 1...8 {
        for index in 0..<10 as Range<UInt64> {
          guard let purpose = RandomStream.Purpose(rawValue: UInt64(purpose)) else { continue }
          var stream = RandomStream(seed: seed, purpose: purpose, index: index)
          var again = RandomStream(seed: seed, purpose: purpose, index: index)
          let first = stream.next()
          #expect(first == again.next())
          firsts.insert(first)
          count += 1
        }
      }
    }
    #expect(firsts.count == count && count == 320)
  }

  @Test("of different purposes are not correlated")
  func correlation() {
    var a = RandomStream(seed: 1, purpose: .data)
    var b = RandomStream(seed: 1, purpose: .split)
    let count = 20_000
    var sum = 0.0
    for _ in 0..<count { sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) }
    // Each term has standard deviation 1/12; five of them for the mean.
    #expect(abs(sum / Double(count)) < 5 / 12 / Double(count).squareRoot())
  }

  @Test("are uniform in [0, 1)")
  func uniformity() {
    var stream = RandomStream(seed: 3, purpose: .data)
    var counts = [Int](repeating: 0, count: 100)
    for _ in 0..<100_000 {
      let x = stream.uniform()
      #expect(x >= 0 && x < 1)
      counts[Int(x * 100)] += 1
    }
    // Chi-squared with 99 degrees of freedom: 160 is passed with probability 1e-4.
    let chiSquared = counts.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chiSquared < 160)
  }

  @Test("never reach the ends of the open interval")
  func openUniform() {
    var zeros = RandomStream(state: (0, 0, 0, 1))
    #expect(zeros.openUniform() == 0x1p-53)
    var stream = RandomStream(seed: 3, purpose: .data)
    for _ in 0..<1000 {
      let x = stream.openUniform()
      #expect(x > 0 && x < 1)
    }
  }

  @Test("have normal numbers of mean 0, variance 1, and the right tails")
  func normality() {
    var stream = RandomStream(seed: 4, purpose: .data)
    let count = 100_000
    let values = (0..<count).map { _ in stream.normal() }
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(count)
    let kurtosis = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(count)
    let beyondTwo = values.count { abs($0) > 2 }
    // Five standard errors each.
    #expect(abs(mean) < 5 / Double(count).squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / Double(count)).squareRoot())
    #expect(abs(kurtosis - 3) < 5 * (96 / Double(count)).squareRoot())
    #expect(abs(Double(beyondTwo) - 0.0455 * Double(count)) < 5 * 66)
  }

  @Test("draw every whole number below a bound equally often", arguments: [1, 2, 3, 7, 10])
  func below(_ bound: Int) {
    var stream = RandomStream(seed: 5, purpose: .data)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<(1000 * bound) { counts[stream.below(bound)] += 1 }
    // Six standard deviations.
    #expect(counts.allSatisfy { abs($0 - 1000) < 190 || bound == 1 })
    #expect(counts.reduce(0, +) == 1000 * bound)
  }

  @Test("shuffle into every order equally often")
  func shuffle() {
    var stream = RandomStream(seed: 6, purpose: .batches)
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<6000 {
      var order: [Int32] = [0, 1, 2]
      stream.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 180 })
  }

  @Test("refuse to draw below nothing")
  func belowNothing() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 1, purpose: .data)
      _ = stream.below(0)
    }
  }
}
