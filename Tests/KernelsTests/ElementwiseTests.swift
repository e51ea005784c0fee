import Kernels
import Testing

@Suite("Element-by-element loops")
struct ElementwiseTests {
  static let shapes = [
    (1, 1), (3, 2), (7, 9), (8, 8), (9, 15), (16, 16), (5, 17), (31, 33), (64, 15), (3, 100),
  ]

  @Test("transpose any shape", arguments: InstructionSet.supported, shapes)
  func transpose(_ set: InstructionSet, _ shape: (Int, Int)) {
    let (rows, columns) = shape
    let a = randomWindow(rows: rows, columns: columns, seed: 1, lead: 2)
    let b = MarkedWindow(rows: columns, columns: rows, lead: 5)
    KernelTable(set).transpose(a.view, into: b.view)
    for r in 0..<rows {
      for c in 0..<columns { #expect(b[c, r] == a[r, c]) }
    }
    #expect(b.hasUntouchedSurroundings())
  }

  @Test("gather the listed rows", arguments: InstructionSet.supported, 1...40)
  func gather(_ set: InstructionSet, _ columns: Int) {
    let source = randomWindow(rows: 9, columns: columns, seed: 1, lead: 1)
    let destination = MarkedWindow(rows: 5, columns: columns, lead: 3)
    let rows: [Int32] = [8, 0, 3, 3, 7]
    let next: [Int32] = [1, 2, 8, 0, 5]
    KernelTable(set).gather(
      rows,
      count: 5,
      of: source.view,
      into: destination.view,
      prefetching: next
    )
    for (i, row) in rows.enumerated() {
      for c in 0..<columns { #expect(destination[i, c] == source[Int(row), c]) }
    }
    #expect(destination.hasUntouchedSurroundings())
  }

  @Test("refuse to gather a row that is not there", arguments: [-1, 9])
  func gatherOutside(_ row: Int32) async {
    await #expect(processExitsWith: .failure) { [row] in
      let source = Matrix(rows: 9, columns: 4)
      let destination = Matrix(rows: 1, columns: 4)
      KernelTable(.best).gather(
        [row],
        count: 1,
        of: source.view,
        into: destination.view,
        prefetching: nil
      )
    }
  }

  @Test("scale a slice alone", arguments: InstructionSet.supported, shapes)
  func scale(_ set: InstructionSet, _ shape: (Int, Int)) {
    let a = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 3)
    let before = a.elements
    KernelTable(set).scale(a.view, by: 0.75)
    #expect(a.elements == before.map { $0 * 0.75 })
    #expect(a.hasUntouchedSurroundings())
  }

  @Test("mask a slice by a ReLU's output", arguments: InstructionSet.supported, shapes)
  func maskByReLU(_ set: InstructionSet, _ shape: (Int, Int)) {
    let d = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 3)
    let h = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let before = d.elements
    KernelTable(set).maskByReLU(d.view, output: h.view)
    #expect(d.elements == zip(before, h.elements).map { $1 > 0 ? $0 : 0 })
    #expect(d.hasUntouchedSurroundings())
  }

  @Test("mask a slice by a tanh's output", arguments: InstructionSet.supported, shapes)
  func maskByTanh(_ set: InstructionSet, _ shape: (Int, Int)) {
    let d = randomWindow(rows: shape.0, columns: shape.1, seed: 1, lead: 3)
    let h = randomWindow(rows: shape.0, columns: shape.1, seed: 2)
    let before = d.elements
    KernelTable(set).maskByTanh(d.view, output: h.view)
    for (value, (d, h)) in zip(d.elements, zip(before, h.elements)) {
      let expected = Double(d) * (1 - Double(h) * Double(h))
      // h² is rounded before it is taken from 1, then the rest and the product are.
      #expect(abs(Double(value) - expected) <= 3 * 0x1p-24)
    }
    #expect(d.hasUntouchedSurroundings())
  }

  @Test("take tanh to 3 units in the last place", arguments: InstructionSet.supported)
  func tanh(_ set: InstructionSet) {
    let inputs = [-100, -9, -0.625, -1e-6, -0.0, 0, 1e-6, 0.3, 0.62, 0.63, 1, 4, 8.9, 9.1, 100]
    let many = samples(500, seed: 3).map { $0 * 10 } + inputs.map { Float($0) }
    let a = MarkedWindow(rows: 5, columns: 103, lead: 1) { many[$0 * 103 + $1] }
    KernelTable(set).tanh(a.view)
    for (x, y) in zip(many, a.elements) {
      let expected = Portable.tanh(Double(x))
      #expect(abs(Double(y) - expected) <= 3 * Double(Float(expected).ulp), "tanh \(x)")
    }
    #expect(a.hasUntouchedSurroundings())
  }

  @Test("take exp and log to 2 units in the last place", arguments: InstructionSet.supported)
  func exponentialAndLogarithm(_ set: InstructionSet) {
    let count = 4001
    let x = FloatBuffer(count: count)
    let y = FloatBuffer(count: count)
    for i in 0..<count { x.start[i] = Float(i - 2010) / 22.6 }
    KernelTable(set).exp(x.start, into: y.start, count: count)
    for i in 0..<count {
      let expected = Portable.exp(Double(x.start[i]))
      // Below -87.3, near the smallest normal number, the loop gives 0.
      let isTiny = x.start[i] < -87.3
      let error = abs(Double(y.start[i]) - (isTiny ? 0 : expected))
      #expect(error <= 2 * Double(Float(expected).ulp), "exp \(x.start[i])")
    }
    for i in 0..<count { x.start[i] = Float(Portable.exp(Double(i - 2000) / 23.5)) }
    KernelTable(set).log(x.start, into: y.start, count: count)
    for i in 0..<count {
      let expected = Portable.log(Double(x.start[i]))
      #expect(
        abs(Double(y.start[i]) - expected) <= 2 * Double(Float(expected).ulp),
        "log \(x.start[i])"
      )
    }
  }

  @Test("keep infinities and what is not a number", arguments: InstructionSet.supported)
  func specialValues(_ set: InstructionSet) {
    let x: [Float] = [.nan, .infinity, -.infinity, 89, -88, Float(nan: 0x1234, signaling: false)]
    var y = [Float](repeating: 0, count: x.count)
    KernelTable(set).exp(x, into: &y, count: x.count)
    #expect(y[0].isNaN && y[5].isNaN)
    #expect(y[1...4] == [.infinity, 0, .infinity, 0])
    KernelTable(set).log(x, into: &y, count: 2)
    #expect(y[0].isNaN && y[1] == .infinity)
  }

  @Test("add a multiple of exactly the floats asked for", arguments: InstructionSet.supported)
  func add(_ set: InstructionSet) {
    for count in [0, 1, 7, 16, 19, 100] {
      let x = randomWindow(rows: 1, columns: count, seed: 1)
      let y = randomWindow(rows: 1, columns: count, seed: 2, lead: 1, slack: 3)
      let before = y.elements
      KernelTable(set).add(x.view.start, times: 0.3, to: y.view.start, count: count)
      for i in 0..<count {
        let expected = Double(Float(0.3)) * Double(x[0, i]) + Double(before[i])
        #expect(abs(Double(y[0, i]) - expected) <= 2 * 0x1p-24)
      }
      #expect(y.hasUntouchedSurroundings())
    }
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    let results = fusedSets.map { set in
      let kernels = KernelTable(set)
      let a = randomWindow(rows: 13, columns: 77, seed: 1)
      let b = randomWindow(rows: 13, columns: 77, seed: 2)
      kernels.tanh(a.view)
      kernels.maskByTanh(b.view, output: a.view)
      kernels.scale(b.view, by: 1.7)
      kernels.add(a.view.start, times: 0.3, to: b.view.start, count: 77)
      kernels.exp(b.view.start, into: b.view.start, count: 77)
      kernels.log(b.view.start, into: b.view.start, count: 50)
      return (a.elements + b.elements).map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
