import Kernels
import Testing

@Suite("Sums over rows and columns")
struct ReductionTests {
  static let lengths = [1, 15, 16, 17, 40, 64, 100, 1024, 1040, 2500]

  @Test("add up columns", arguments: InstructionSet.supported, [1, 7, 16, 33, 64, 80, 130])
  func columnSums(_ set: InstructionSet, _ columns: Int) {
    let padding = paddedCount(columns) - columns
    let a = randomWindow(rows: 21, columns: columns, seed: 1, slack: padding)
    let row = MarkedWindow(rows: 1, columns: columns, slack: padding)
    KernelTable(set).columnSums(a.view, into: row.view.start)
    for c in 0..<columns {
      let sum = (0..<21).reduce(0.0) { $0 + Double(a[$1, c]) }
      #expect(abs(Double(row[0, c]) - sum) <= 21 * 21 * 0x1p-24)
    }
  }

  @Test(
    "make both triangles of a Gram matrix",
    arguments: InstructionSet.supported,
    [1, 2, 3, 4, 5, 9, 64]
  )
  func gramian(_ set: InstructionSet, _ count: Int) {
    for length in count == 64 ? [70] : Self.lengths {
      let j = randomWindow(rows: count, columns: length, seed: 1)
      var g = [Double](repeating: .nan, count: count * count)
      KernelTable(set).gramian(j.view, into: &g)
      for a in 0..<count {
        for b in 0..<count {
          let (product, size) = innerProduct(j, a, j, b)
          // A lane adds at most 64 products in float, then 4 levels of lanes are added.
          #expect(abs(g[a * count + b] - product) <= 70 * size * 0x1p-24)
          #expect(g[a * count + b] == g[b * count + a])
        }
      }
    }
  }

  @Test(
    "count a row as zero whose square has no digits left, in all its products",
    arguments: InstructionSet.supported
  )
  func lostRow(_ set: InstructionSet) {
    for count in [2, 3] {
      let values = samples(20 * count, seed: 1)
      let j = MarkedWindow(rows: count, columns: 20) { row, column in
        values[20 * row + column] * (row == count - 1 ? 1e-25 : 1)
      }
      var g = [Double](repeating: .nan, count: count * count)
      KernelTable(set).gramian(j.view, into: &g)
      #expect(g[0] > 0)
      for k in 0..<count {
        #expect(g[(count - 1) * count + k] == 0)
        #expect(g[k * count + count - 1] == 0)
      }
    }
  }

  @Test("make the Gram matrix of some columns where asked", arguments: InstructionSet.supported)
  func partialGramian(_ set: InstructionSet) {
    let j = randomWindow(rows: 3, columns: 90, seed: 1)
    var part = [Double](repeating: 7, count: 12)
    var whole = [Double](repeating: 0, count: 9)
    KernelTable(set).gramian(j.view, columns: 16..<61, into: &part, at: 2)
    KernelTable(set).gramian(j.view.columns(16..<61), into: &whole)
    #expect(part == [7, 7] + whole + [7])
  }

  @Test("make the products of two sets of rows", arguments: InstructionSet.supported)
  func crossGramian(_ set: InstructionSet) {
    for (rows, otherRows) in [(1, 1), (2, 2), (3, 5), (7, 4)] {
      for length in Self.lengths {
        let a = randomWindow(rows: rows, columns: length, seed: 1)
        let b = randomWindow(rows: otherRows, columns: length, seed: 2)
        var g = [Double](repeating: .nan, count: rows * otherRows)
        KernelTable(set).crossGramian(a.view, b.view, into: &g)
        for i in 0..<rows {
          for k in 0..<otherRows {
            let (product, size) = innerProduct(a, i, b, k)
            #expect(abs(g[i * otherRows + k] - product) <= 70 * size * 0x1p-24)
          }
        }
      }
    }
  }

  @Test("combine rows with weights", arguments: InstructionSet.supported, [1, 2, 5])
  func combine(_ set: InstructionSet, _ count: Int) {
    for length in Self.lengths {
      let j = randomWindow(rows: count, columns: length, seed: 1)
      let weights = samples(count, seed: 2)
      let g = MarkedWindow(rows: 1, columns: length, lead: 1, slack: 2)
      KernelTable(set).combine(j.view, weights: weights, into: g.view.start)
      for p in 0..<length {
        let sum = (0..<count).reduce(0.0) { $0 + Double(weights[$1]) * Double(j[$1, p]) }
        #expect(abs(Double(g[0, p]) - sum) <= Double(2 * count) * 0x1p-24)
      }
      #expect(g.hasUntouchedSurroundings())
    }
  }

  @Test("take squared norms", arguments: InstructionSet.supported, lengths)
  func squaredNorm(_ set: InstructionSet, _ length: Int) {
    let x = randomWindow(rows: 1, columns: length, seed: 1)
    let (sum, _) = innerProduct(x, 0, x, 0)
    let norm = KernelTable(set).squaredNorm(x.view.start, count: length)
    #expect(abs(norm - sum) <= 70 * sum * 0x1p-24)
  }

  @Test("keep long sums accurate", arguments: InstructionSet.supported)
  func longSums(_ set: InstructionSet) {
    // A million products of 0.1 by itself; a single float sum would be off by a per cent.
    let j = MarkedWindow(rows: 2, columns: 1 << 20, stride: 1 << 20) { _, _ in 0.1 }
    var g = [Double](repeating: 0, count: 4)
    KernelTable(set).gramian(j.view, into: &g)
    let expected = Double(1 << 20) * Double(Float(0.1)) * Double(Float(0.1))
    for value in g { #expect(abs(value - expected) <= 1e-5 * expected) }
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    for (count, length) in [(2, 1000), (3, 2500), (10, 1100), (5, 33)] {
      let results = fusedSets.map { set in everything(KernelTable(set), count, length) }
      #expect(results.allSatisfy { $0 == results.first })
    }
  }

  /// The bits of all sums of a matrix of `count` rows.
  private func everything(_ kernels: KernelTable, _ count: Int, _ length: Int) -> [UInt64] {
    let j = randomWindow(rows: count, columns: length, seed: 1)
    let sum = MarkedWindow(rows: 1, columns: length, slack: paddedCount(length) - length)
    var gramian = [Double](repeating: 0, count: count * count)
    var crossGramian = gramian
    kernels.gramian(j.view, into: &gramian)
    kernels.crossGramian(j.view, j.view, into: &crossGramian)
    kernels.combine(j.view, weights: samples(count, seed: 2), into: sum.view.start)
    let norm = kernels.squaredNorm(sum.view.start, count: length)
    return (gramian + crossGramian + [norm] + sum.elements.map { Double($0) }).map(\.bitPattern)
  }

  /// A sum of products by a plain loop, and the sum of their sizes.
  private func innerProduct(
    _ a: MarkedWindow,
    _ i: Int,
    _ b: MarkedWindow,
    _ k: Int
  ) -> (product: Double, size: Double) {
    var (product, size) = (0.0, 0.0)
    for p in 0..<a.view.columns {
      let term = Double(a[i, p]) * Double(b[k, p])
      product += term
      size += abs(term)
    }
    return (product, size)
  }
}
