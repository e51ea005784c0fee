import Kernels
import Testing

@Suite("Loops between the layers of mixing networks")
struct MixtureTests {
  static let shapes = [(1, 1), (3, 2), (7, 9), (5, 16), (5, 17), (4, 40), (2, 100)]

  @Test("scale rows by a factor each, or by one", arguments: InstructionSet.supported, shapes)
  func scaleRows(_ set: InstructionSet, _ shape: (Int, Int)) {
    let x = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 2)
    let factors = samples(3 * shape.0, seed: 2)
    for stride in [0, 3] {
      for accumulates in [false, true] {
        let y = randomWindow(rows: shape.0, columns: shape.1, seed: 3, lead: 5)
        let before = y.elements
        KernelTable(set).scaleRows(
          x.view,
          by: factors,
          stride: stride,
          into: y.view,
          accumulates: accumulates
        )
        for (i, value) in y.elements.enumerated() {
          let product = Double(factors[i / shape.1 * stride]) * Double(x.elements[i])
          let expected = product + (accumulates ? Double(before[i]) : 0)
          #expect(abs(Double(value) - expected) <= 2 * 0x1p-24)
        }
        #expect(y.hasUntouchedSurroundings())
      }
    }
  }

  @Test("sum products over rows", arguments: InstructionSet.supported, shapes)
  func rowProducts(_ set: InstructionSet, _ shape: (Int, Int)) {
    let x = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 2)
    let y = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let products = MarkedWindow(rows: shape.0, columns: 1, stride: 3)
    KernelTable(set).rowProducts(x.view, y.view, into: products.view.start, stride: 3)
    for row in 0..<shape.0 {
      let expected = (0..<shape.1).reduce(0.0) { $0 + Double(x[row, $1]) * Double(y[row, $1]) }
      // Each lane sums at most a few dozen products of numbers below 1.
      #expect(abs(Double(products[row, 0]) - expected) <= Double(shape.1) * 0x1p-23)
    }
    #expect(products.hasUntouchedSurroundings())
  }

  @Test("multiply element by element", arguments: InstructionSet.supported, shapes)
  func multiplyElements(_ set: InstructionSet, _ shape: (Int, Int)) {
    let x = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 2)
    let y = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    for accumulates in [false, true] {
      let z = randomWindow(rows: shape.0, columns: shape.1, seed: 3, lead: 1)
      let before = z.elements
      KernelTable(set).multiplyElements(x.view, y.view, into: z.view, accumulates: accumulates)
      for (i, value) in z.elements.enumerated() {
        let product = Double(x.elements[i]) * Double(y.elements[i])
        let expected = product + (accumulates ? Double(before[i]) : 0)
        #expect(abs(Double(value) - expected) <= 2 * 0x1p-24)
      }
      #expect(z.hasUntouchedSurroundings())
    }
  }

  @Test("take the sigmoid and its derivative", arguments: InstructionSet.supported, shapes)
  func sigmoid(_ set: InstructionSet, _ shape: (Int, Int)) {
    let values = samples(shape.0 * shape.1, seed: 1).map { $0 * 20 }
    let a = MarkedWindow(rows: shape.0, columns: shape.1, lead: 3) { values[$0 * shape.1 + $1] }
    let d = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let before = d.elements
    KernelTable(set).sigmoid(a.view)
    KernelTable(set).maskBySigmoid(d.view, output: a.view)
    for (i, x) in values.enumerated() {
      let expected = 1 / (1 + Portable.exp(-Double(x)))
      #expect(abs(Double(a.elements[i]) - expected) <= 4 * Double(Float(expected).ulp))
      let slope = Double(before[i]) * expected * (1 - expected)
      #expect(abs(Double(d.elements[i]) - slope) <= 4 * 0x1p-24)
    }
    #expect(a.hasUntouchedSurroundings() && d.hasUntouchedSurroundings())
  }

  @Test("take the softmax of rows and its derivative", arguments: InstructionSet.supported, shapes)
  func softmax(_ set: InstructionSet, _ shape: (Int, Int)) {
    let values = samples(shape.0 * shape.1, seed: 1).map { $0 * 9 - 4 }
    let a = MarkedWindow(rows: shape.0, columns: shape.1, lead: 3) { values[$0 * shape.1 + $1] }
    let d = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let before = d.elements
    KernelTable(set).softmax(a.view)
    KernelTable(set).maskBySoftmax(d.view, output: a.view)
    for row in 0..<shape.0 {
      let columns = row * shape.1..<(row + 1) * shape.1
      let powers = columns.map { Portable.exp(Double(values[$0])) }
      let sum = powers.reduce(0, +)
      let mean = zip(columns, powers).reduce(0) { $0 + Double(before[$1.0]) * $1.1 / sum }
      for (i, power) in zip(columns, powers) {
        #expect(abs(Double(a.elements[i]) - power / sum) <= 8 * 0x1p-24)
        let slope = power / sum * (Double(before[i]) - mean)
        #expect(abs(Double(d.elements[i]) - slope) <= 16 * 0x1p-24)
      }
    }
    #expect(a.hasUntouchedSurroundings() && d.hasUntouchedSurroundings())
  }

  @Test("keep what is not a number", arguments: InstructionSet.supported)
  func specialValues(_ set: InstructionSet) {
    let a = MarkedWindow(rows: 2, columns: 3) { $0 == 1 && $1 == 2 ? .nan : Float($1) }
    KernelTable(set).softmax(a.view)
    #expect(a.elements[..<3].allSatisfy { $0.isFinite })
    #expect(a.elements[3...].allSatisfy { $0.isNaN })
    let b = MarkedWindow(rows: 1, columns: 4) { [-.infinity, .infinity, .nan, 0][$0 + $1] }
    KernelTable(set).sigmoid(b.view)
    #expect(b[0, 0] == 0 && b[0, 1] == 1 && b[0, 2].isNaN && b[0, 3] == 0.5)
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    let results = fusedSets.map { set in
      let kernels = KernelTable(set)
      let a = randomWindow(rows: 13, columns: 77, seed: 1)
      let b = randomWindow(rows: 13, columns: 77, seed: 2)
      let c = randomWindow(rows: 13, columns: 77, seed: 3)
      let products = MarkedWindow(rows: 13, columns: 1)
      kernels.sigmoid(a.view)
      kernels.maskBySigmoid(b.view, output: a.view)
      kernels.softmax(a.view)
      kernels.maskBySoftmax(b.view, output: a.view)
      kernels.rowProducts(a.view, b.view, into: products.view.start, stride: 16)
      kernels.scaleRows(a.view, by: c.view.start, stride: 1, into: b.view, accumulates: true)
      kernels.multiplyElements(a.view, b.view, into: c.view, accumulates: true)
      return (a.elements + b.elements + c.elements + products.elements).map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
