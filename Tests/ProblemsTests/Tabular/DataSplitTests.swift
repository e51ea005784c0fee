import Kernels
import Testing

@testable import Problems

private func drawn(_ strata: [Int], seed: UInt64 = 1) -> [[Int]] {
  var stream = RandomStream(seed: seed, purpose: .split)
  return DataSplit.drawn(strata: strata, fractions: (0.6, 0.2), using: &stream)
}

@Suite("Drawn splits")
struct DataSplitTests {
  @Test("every row is in one part, in the sizes asked for", arguments: [5, 10, 15, 20, 99, 1000])
  func sizes(_ count: Int) {
    let parts = drawn(Array(repeating: 0, count: count))
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<count))
    #expect(parts[0].count == count * 6 / 10)
    #expect(parts[1].count == count * 2 / 10)
    #expect(parts.allSatisfy { $0 == $0.sorted() })
  }

  @Test("another seed draws another split")
  func seeds() {
    let strata = Array(repeating: 0, count: 50)
    #expect(drawn(strata, seed: 1) == drawn(strata, seed: 1))
    #expect(drawn(strata, seed: 1) != drawn(strata, seed: 2))
  }

  @Test("each stratum is divided in the fractions to within a row", arguments: UInt64(1)...20)
  func stratified(_ seed: UInt64) {
    let counts = [7, 13, 100, 31, 49]
    let strata = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let parts = drawn(strata, seed: seed)
    #expect(parts.map { $0.count } == [120, 40, 40])
    for (stratum, count) in counts.enumerated() {
      for (part, fraction) in zip(parts, [0.6, 0.2, 0.2]) {
        let rows = part.count { strata[$0] == stratum }
        #expect(abs(Double(rows) - fraction * Double(count)) <= 1)
      }
    }
  }

  @Test("rows of a stratum are drawn evenly")
  func even() {
    // 40 rows, 24 of them train: each row should train in about 0.6 of 2000 draws, whose standard
    // deviation is sqrt(0.24 / 2000) = 0.011; five of them for the largest of 40.
    var trained = Array(repeating: 0, count: 40)
    for seed in 1...2000 {
      for row in drawn((0..<40).map { $0 % 4 }, seed: UInt64(seed))[0] { trained[row] += 1 }
    }
    #expect(trained.allSatisfy { abs(Double($0) / 2000 - 0.6) < 0.055 })
  }

  @Test("strata are joint classes where counts allow, else those of the first task")
  func strata() {
    let first = (0..<40).map { Double($0 % 2) }
    let second = (0..<40).map { Double($0 / 20) }
    let joint = DataSplit.strata(classes: [first, second], rowCount: 40, smallest: 0.2)
    #expect(Set(joint).count == 4)
    var rare = second
    rare[0] = 7
    let single = DataSplit.strata(classes: [first, rare], rowCount: 40, smallest: 0.2)
    #expect(single == (0..<40).map { $0 % 2 })
    #expect(DataSplit.strata(classes: [], rowCount: 3, smallest: 0.2) == [0, 0, 0])
  }

  @Test("a missing label is a class of its own")
  func missingLabels() {
    let labels: [Double] = [0, .nan, 1, .nan, 0]
    #expect(
      DataSplit.strata(classes: [labels], rowCount: 5, smallest: 0.2) == [0, 1, 2, 1, 0]
    )
  }
}
