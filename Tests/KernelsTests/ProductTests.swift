import Kernels
import Testing

/// One product: its shape, its end, and whether it is exact.
struct ProductCase: CustomStringConvertible {
  var rows: Int
  var columns: Int
  var inner: Int
  var end = "store"
  var isTransposed = false
  var isExact = false

  var description: String {
    "\(rows)x\(columns)x\(inner) \(end)\(isTransposed ? " transposed" : "")"
      + (isExact ? " exact" : "")
  }

  /// The lanes right of the columns which the product may read and write.
  var spill: Int {
    guard !isExact else { return 0 }
    switch columns % 16 {
    case 1...4: return 4 - columns % 16
    case 5...8: return 8 - columns % 16
    case 9...15: return 16 - columns % 16
    default: return 0
    }
  }

  /// Every end with every row count and tail that a tile can have, and shapes of real networks.
  static let all: [ProductCase] = {
    var cases: [ProductCase] = []
    let ends = ["store", "bias", "biasReLU", "reluMask", "accumulate"]
    for (i, columns) in (Array(1...20) + [23, 28, 31, 32, 40, 47, 48, 52, 56, 64, 68, 80, 100])
      .enumerated()
    {
      for (j, rows) in [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17].enumerated() {
        cases.append(
          ProductCase(
            rows: rows,
            columns: columns,
            inner: [1, 3, 8, 21][(i + j) % 4],
            end: ends[(i + 2 * j) % 5],
            isTransposed: j % 2 == 1,
            isExact: (i + j) % 3 == 0
          )
        )
      }
    }
    cases.append(ProductCase(rows: 32, columns: 64, inner: 128, end: "biasReLU"))
    cases.append(ProductCase(rows: 128, columns: 64, inner: 32, isTransposed: true))
    cases.append(ProductCase(rows: 100, columns: 250, inner: 100, end: "reluMask"))
    cases.append(ProductCase(rows: 5, columns: 7, inner: 0, end: "bias"))
    cases.append(ProductCase(rows: 0, columns: 7, inner: 3))
    return cases
  }()
}

@Suite("Products")
struct ProductTests {
  @Test("agree with a plain loop and touch no neighbours", arguments: InstructionSet.supported)
  func agreement(_ set: InstructionSet) {
    for productCase in ProductCase.all {
      let run = ProductRun(productCase)
      let before = run.c.elements
      run.multiply(KernelTable(set))
      for r in 0..<productCase.rows {
        for c in 0..<productCase.columns {
          let (value, size) = run.expected(r, c, before: before)
          // Each of the sum's additions and products rounds once.
          let tolerance = size * Double(productCase.inner + 2) * 0x1p-24
          let error = abs(Double(run.c[r, c]) - value)
          #expect(error <= tolerance, "\(productCase) at \(r), \(c)")
        }
      }
      #expect(run.c.hasUntouchedSurroundings(spill: productCase.spill), "\(productCase)")
    }
  }

  @Test("are the same bits when exact", arguments: InstructionSet.supported)
  func exactness(_ set: InstructionSet) {
    for columns in 1...40 {
      let loose = ProductRun(ProductCase(rows: 7, columns: columns, inner: 19))
      let exact = ProductRun(ProductCase(rows: 7, columns: columns, inner: 19, isExact: true))
      loose.multiply(KernelTable(set))
      exact.multiply(KernelTable(set))
      #expect(loose.c.elements.map(\.bitPattern) == exact.c.elements.map(\.bitPattern))
    }
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    for productCase in ProductCase.all {
      let results = fusedSets.map { set in
        let run = ProductRun(productCase)
        run.multiply(KernelTable(set))
        return run.c.elements.map(\.bitPattern)
      }
      #expect(results.allSatisfy { $0 == results.first }, "\(productCase)")
    }
  }

  @Test("keep what is not a number through a ReLU", arguments: InstructionSet.supported)
  func notANumber(_ set: InstructionSet) {
    let a = MarkedWindow(rows: 1, columns: 1) { _, _ in .nan }
    let b = MarkedWindow(rows: 1, columns: 16) { _, _ in 1 }
    let c = MarkedWindow(rows: 1, columns: 16)
    let bias = FloatBuffer(count: 16)
    KernelTable(set).multiply(a.view, b.view, into: c.view, end: .biasReLU(bias.start))
    #expect(c.elements.allSatisfy { $0.isNaN })
  }

  @Test("of shapes that do not fit end the process")
  func shapes() async {
    await #expect(processExitsWith: .failure) {
      let a = Matrix(rows: 2, columns: 3)
      let b = Matrix(rows: 4, columns: 5)
      let c = Matrix(rows: 2, columns: 5)
      KernelTable(.baseline).multiply(a.view, b.view, into: c.view, end: .store)
    }
  }
}

/// The operands of one product, in storage that ends with what the product may read.
private struct ProductRun {
  let productCase: ProductCase
  let a: MarkedWindow
  let b: MarkedWindow
  let c: MarkedWindow
  let bias: MarkedWindow
  let mask: MarkedWindow

  init(_ productCase: ProductCase) {
    self.productCase = productCase
    let (rows, columns, inner) = (productCase.rows, productCase.columns, productCase.inner)
    let spill = productCase.spill
    a = randomWindow(
      rows: productCase.isTransposed ? inner : rows,
      columns: productCase.isTransposed ? rows : inner,
      seed: 1
    )
    b = randomWindow(rows: inner, columns: columns, seed: 2, slack: spill)
    c = randomWindow(rows: rows, columns: columns, seed: 3, lead: 3, slack: spill)
    bias = randomWindow(rows: 1, columns: columns, seed: 4, slack: spill)
    mask = randomWindow(rows: rows, columns: columns, seed: 5, slack: spill)
  }

  func multiply(_ kernels: KernelTable) {
    let end: ProductEnd =
      switch productCase.end {
      case "bias": .bias(bias.view.start)
      case "biasReLU": .biasReLU(bias.view.start)
      case "reluMask": .reluMask(mask.view)
      case "accumulate": .accumulate
      default: .store
      }
    if productCase.isTransposed {
      kernels.multiplyTransposed(
        a.view,
        b.view,
        into: c.view,
        end: end,
        exactly: productCase.isExact
      )
    } else {
      kernels.multiply(a.view, b.view, into: c.view, end: end, exactly: productCase.isExact)
    }
  }

  /// The element by a plain loop, and the size of its largest intermediate sum.
  func expected(_ r: Int, _ c: Int, before: [Float]) -> (value: Double, size: Double) {
    var sum = 0.0
    var size = 0.0
    for k in 0..<productCase.inner {
      let term = Double(productCase.isTransposed ? a[k, r] : a[r, k]) * Double(b[k, c])
      sum += term
      size += abs(term)
    }
    let previous = Double(before[r * productCase.columns + c])
    switch productCase.end {
    case "bias": return (sum + Double(bias[0, c]), size + 1)
    case "biasReLU": return (max(sum + Double(bias[0, c]), 0), size + 1)
    case "reluMask": return (mask[r, c] > 0 ? sum : 0, size)
    case "accumulate": return (previous + sum, size + 1)
    default: return (sum, size)
    }
  }
}
