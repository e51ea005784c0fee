import Kernels
import Testing

@Suite("Normalization of rows")
struct NormTests {
  static let shapes = [(1, 2), (3, 5), (7, 9), (5, 16), (5, 17), (4, 40), (2, 100)]

  private struct Case {
    let x: MarkedWindow
    let scale: [Float]
    let shift: [Float]
    let normalized: MarkedWindow
    let factors: FloatBuffer
    let y: MarkedWindow

    init(_ set: InstructionSet, _ shape: (Int, Int)) {
      let (rows, columns) = shape
      x = randomWindow(rows: rows, columns: columns, seed: 1, lead: 2)
      scale = samples(columns, seed: 2)
      shift = samples(columns, seed: 3)
      normalized = MarkedWindow(rows: rows, columns: columns, lead: 1)
      factors = FloatBuffer(count: rows)
      y = MarkedWindow(rows: rows, columns: columns, lead: 5)
      KernelTable(set).normalizeRows(
        x.view,
        scale: scale,
        shift: shift,
        epsilon: 1e-5,
        normalized: normalized.view,
        factors: factors.start,
        into: y.view
      )
    }
  }

  /// A row and its mean, factor and normalized values in double precision.
  private func reference(_ x: [Double]) -> (factor: Double, normalized: [Double]) {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let factor = 1 / (variance + 1e-5).squareRoot()
    return (factor, x.map { ($0 - mean) * factor })
  }

  @Test(
    "each row has mean 0 and variance 1 before scale and shift",
    arguments: InstructionSet.supported,
    shapes
  )
  func forward(_ set: InstructionSet, _ shape: (Int, Int)) {
    let made = Case(set, shape)
    for row in 0..<shape.0 {
      let (factor, normalized) = reference((0..<shape.1).map { Double(made.x[row, $0]) })
      #expect(abs(Double(made.factors.start[row]) - factor) <= 1e-5 * factor)
      for column in 0..<shape.1 {
        let value = normalized[column]
        #expect(abs(Double(made.normalized[row, column]) - value) <= 1e-5)
        let expected = Double(made.scale[column]) * value + Double(made.shift[column])
        #expect(abs(Double(made.y[row, column]) - expected) <= 1e-5)
      }
    }
    #expect(made.normalized.hasUntouchedSurroundings() && made.y.hasUntouchedSurroundings())
  }

  @Test(
    "its gradient is the formula's, stored or added",
    arguments: InstructionSet.supported,
    shapes
  )
  func gradient(_ set: InstructionSet, _ shape: (Int, Int)) {
    let made = Case(set, shape)
    let d = randomWindow(rows: shape.0, columns: shape.1, seed: 4)
    for accumulates in [false, true] {
      let target = randomWindow(rows: shape.0, columns: shape.1, seed: 5, lead: 3)
      let before = target.elements
      KernelTable(set).normalizeRowsGradient(
        d.view,
        scale: made.scale,
        normalized: made.normalized.view,
        factors: made.factors.start,
        into: target.view,
        accumulates: accumulates
      )
      for row in 0..<shape.0 {
        let (factor, h) = reference((0..<shape.1).map { Double(made.x[row, $0]) })
        let g = (0..<shape.1).map { Double(made.scale[$0]) * Double(d[row, $0]) }
        let mean = g.reduce(0, +) / Double(shape.1)
        let slope = zip(g, h).reduce(0) { $0 + $1.0 * $1.1 } / Double(shape.1)
        for column in 0..<shape.1 {
          let value = factor * (g[column] - mean - h[column] * slope)
          let start = accumulates ? Double(before[row * shape.1 + column]) : 0
          #expect(abs(Double(target[row, column]) - value - start) <= 1e-5 * max(1, factor))
        }
      }
      #expect(target.hasUntouchedSurroundings())
    }
  }

  @Test("products are summed over rows", arguments: InstructionSet.supported, shapes)
  func columnProducts(_ set: InstructionSet, _ shape: (Int, Int)) {
    let x = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 2)
    let y = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let sums = MarkedWindow(rows: 1, columns: shape.1)
    KernelTable(set).columnProducts(x.view, y.view, into: sums.view.start)
    for column in 0..<shape.1 {
      let expected = (0..<shape.0).reduce(0.0) {
        $0 + Double(x[$1, column]) * Double(y[$1, column])
      }
      #expect(abs(Double(sums[0, column]) - expected) <= Double(shape.0) * 0x1p-23)
    }
    #expect(sums.hasUntouchedSurroundings())
  }

  @Test("the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    let results = fusedSets.map { set in
      let made = Case(set, (9, 77))
      let d = randomWindow(rows: 9, columns: 77, seed: 4)
      let target = MarkedWindow(rows: 9, columns: 77)
      KernelTable(set).normalizeRowsGradient(
        d.view,
        scale: made.scale,
        normalized: made.normalized.view,
        factors: made.factors.start,
        into: target.view,
        accumulates: false
      )
      return (made.y.elements + target.elements).map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
