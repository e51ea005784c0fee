import Kernels
import Testing

@Suite("Pools, channels and the Gaussian error linear unit")
struct ChannelTests {
  @Test("a pool takes the first largest and drops the rest", arguments: InstructionSet.supported)
  func pool(_ set: InstructionSet) {
    let kernels = KernelTable(set)
    // Two channels of 3 x 5: windows of 2 x 2 leave a row and a column over.
    let numbers: [Float] = [
      1, 1, 0, 2, 9, 1, 0, 5, 5, 9, 9, 9, 9, 9, 9,
      -1, -2, -3, -4, 9, -5, -1, -6, -3, 9, 9, 9, 9, 9, 9,
    ]
    let x = MarkedWindow(rows: 1, columns: 30) { numbers[$1] }
    let y = MarkedWindow(rows: 1, columns: 4, lead: 1)
    let winners = IndexBuffer(count: 4)
    kernels.maxPool(
      x.view,
      channels: 2,
      height: 3,
      width: 5,
      pool: 2,
      into: y.view,
      winners: winners
    )
    #expect(y.elements == [1, 5, -1, -3])
    #expect((0..<4).map { winners.start[$0] } == [0, 7, 15, 17])
    let d = MarkedWindow(rows: 1, columns: 4) { Float($1 + 1) }
    let gradient = MarkedWindow(rows: 1, columns: 30) { _, _ in 7 }
    for accumulates in [false, true] {
      kernels.maxPoolGradient(
        d.view,
        winners: winners,
        into: gradient.view,
        accumulates: accumulates
      )
    }
    let expected = (0..<30).map { Float([0: 2, 7: 4, 15: 6, 17: 8][$0] ?? 0) }
    #expect(gradient.elements == expected)
    #expect(y.hasUntouchedSurroundings() && gradient.hasUntouchedSurroundings())
  }

  @Test(
    "channels are summed, normalized and led back by the formulas",
    arguments: InstructionSet.supported,
    [(5, 3, 1), (4, 2, 7), (3, 1, 36), (2, 17, 1), (2, 3, 16)]
  )
  func channels(_ set: InstructionSet, _ shape: (rows: Int, channels: Int, positions: Int)) {
    let kernels = KernelTable(set)
    let columns = shape.channels * shape.positions
    let x = randomWindow(rows: shape.rows, columns: columns, seed: 1, lead: 2)
    let other = randomWindow(rows: shape.rows, columns: columns, seed: 2)
    var sums = Array(repeating: 0.0, count: shape.channels)
    var products = sums
    kernels.channelSums(x.view, positions: shape.positions, into: &sums)
    kernels.channelSums(x.view, times: other.view, positions: shape.positions, into: &products)
    let vectors = (3..<8).map { samples(shape.channels, seed: $0) }
    let h = MarkedWindow(rows: shape.rows, columns: columns, lead: 1)
    let y = MarkedWindow(rows: shape.rows, columns: columns)
    kernels.normalizeChannels(
      x.view,
      positions: shape.positions,
      means: vectors[0],
      factors: vectors[1],
      scale: vectors[2],
      shift: vectors[3],
      normalized: h.view,
      into: y.view
    )
    let gradient = MarkedWindow(rows: shape.rows, columns: columns, lead: 3) { _, _ in 0.25 }
    for accumulates in [false, true] {
      kernels.normalizeChannelsGradient(
        other.view,
        positions: shape.positions,
        slopes: vectors[0],
        means: vectors[1],
        products: vectors[4],
        normalized: h.view,
        into: gradient.view,
        accumulates: accumulates
      )
    }
    for channel in 0..<shape.channels {
      var (sum, product) = (0.0, 0.0)
      for row in 0..<shape.rows {
        for column in channel * shape.positions..<(channel + 1) * shape.positions {
          sum += Double(x[row, column])
          product += Double(x[row, column]) * Double(other[row, column])
          let normalized = (x[row, column] - vectors[0][channel]) * vectors[1][channel]
          #expect(abs(h[row, column] - normalized) <= 1e-6)
          let value = vectors[2][channel] * normalized + vectors[3][channel]
          #expect(abs(y[row, column] - value) <= 1e-6)
          let back =
            vectors[0][channel]
            * (other[row, column] - vectors[1][channel] - normalized * vectors[4][channel])
          #expect(abs(gradient[row, column] - 2 * back) <= 2e-6)
        }
      }
      #expect(abs(sums[channel] - sum) <= 1e-5 && abs(products[channel] - product) <= 1e-5)
    }
    #expect(h.hasUntouchedSurroundings() && y.hasUntouchedSurroundings())
    #expect(gradient.hasUntouchedSurroundings())
  }

  /// x Φ(x) of some numbers, from tables of Φ; and Φ(x) + x φ(x).
  private static let values: [(x: Float, value: Double, slope: Double)] = [
    (0, 0, 0.5), (1, 0.841344746, 1.083315471), (-1, -0.158655254, -0.083315471),
    (2, 1.954499736, 1.085231801), (-3, -0.004049694, -0.011945646), (8, 8, 1), (-8, 0, 0),
  ]

  @Test("the Gaussian error linear unit and its slope", arguments: InstructionSet.supported)
  func gelu(_ set: InstructionSet) {
    let kernels = KernelTable(set)
    let count = 3 * Self.values.count
    func value(_ column: Int) -> (x: Float, value: Double, slope: Double) {
      Self.values[column % Self.values.count]
    }
    let x = MarkedWindow(rows: 2, columns: count, lead: 1) { value($1).x }
    let y = MarkedWindow(rows: 2, columns: count, lead: 2)
    kernels.gelu(x.view, into: y.view)
    let d = MarkedWindow(rows: 2, columns: count) { _, _ in 2 }
    let gradient = MarkedWindow(rows: 2, columns: count, lead: 3) { _, _ in 9 }
    for accumulates in [false, true] {
      kernels.geluGradient(x.view, d.view, into: gradient.view, accumulates: accumulates)
    }
    for column in 0..<count {
      #expect(abs(Double(y[1, column]) - value(column).value) <= 2e-6)
      #expect(abs(Double(gradient[1, column]) - 4 * value(column).slope) <= 4e-6)
    }
    #expect(y.hasUntouchedSurroundings() && gradient.hasUntouchedSurroundings())
  }
}
