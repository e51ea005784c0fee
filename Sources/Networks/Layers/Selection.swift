internal import Kernels

/// The selectors of one task over experts (DSelect-k): numbers to weights of the experts.
struct Selector: Sendable {
  /// Starting values of the selectors' own weights are drawn from ± this.
  static let startBound = 0.05
  private static let logFloor = 1e-6

  let expertCount: Int
  /// Selectors.
  let count: Int
  let gamma: Double
  let entropy: Double
  let reach: Double
  /// Numbers of a selector.
  let bitCount: Int

  init(expertCount: Int, count: Int, gamma: Double, entropy: Double, reach: Double) {
    self.expertCount = expertCount
    self.count = count
    self.gamma = gamma
    self.entropy = entropy
    var bits = 1
    while 1 << bits < expertCount { bits += 1 }
    bitCount = bits
    // With a power of 2 every code is an expert, and nothing can be missed.
    self.reach = expertCount == 1 << bits ? 0 : reach
  }

  var isPenalized: Bool { entropy > 0 || reach > 0 }

  /// The smooth step and its derivative.
  func step(_ t: Double) -> (value: Double, slope: Double) {
    if t <= -gamma / 2 { return (0, 0) }
    if t >= gamma / 2 { return (1, 0) }
    let cube = gamma * gamma * gamma
    return (
      -2 / cube * t * t * t + 3 / (2 * gamma) * t + 0.5, -6 / cube * t * t + 3 / (2 * gamma)
    )
  }

  /// The factor of bit `bit` in a selector's weight of an expert.
  private func factor(_ expert: Int, _ bit: Int, _ z: UnsafePointer<Float>) -> Double {
    let value = unsafe step(Double(z[bit])).value
    return isSet(expert, bit) ? value : 1 - value
  }

  private func isSet(_ expert: Int, _ bit: Int) -> Bool { expert >> (bitCount - 1 - bit) & 1 == 1 }

  /// One selector's weight of an expert, but for the factor of one bit.
  private func weight(
    _ expert: Int,
    _ z: UnsafePointer<Float>,
    without left: Int? = nil
  ) -> Double {
    var product = 1.0
    for bit in 0..<bitCount where bit != left { product *= unsafe factor(expert, bit, z) }
    return product
  }

  /// Writes the weights of the experts.
  ///
  /// - Parameters:
  ///   - z: All selectors' numbers, shape [count][bitCount].
  ///   - w: The selectors' own weights, shape [count].
  ///   - q: Receives [expertCount].
  func select(z: UnsafePointer<Float>, w: UnsafePointer<Float>, into q: UnsafeMutablePointer<Float>)
  {
    for expert in 0..<expertCount {
      var sum = 0.0
      for j in 0..<count { sum += unsafe Double(w[j]) * weight(expert, z + j * bitCount) }
      unsafe q[expert] = Float(sum)
    }
  }

  /// The gradient at a selector's own weight for one at the experts' weights.
  func weightGradient(
    _ j: Int,
    z: UnsafePointer<Float>,
    at q: UnsafePointer<Float>
  ) -> Double {
    var sum = 0.0
    for expert in 0..<expertCount {
      sum += unsafe Double(q[expert]) * weight(expert, z + j * bitCount)
    }
    return sum
  }

  /// The gradient at one number of a selector.
  ///
  /// - Parameters:
  ///   - j: The selector.
  ///   - bit: Which of its numbers.
  ///   - z: All numbers.
  ///   - expertGradient: The gradient at the selector's weight of an expert.
  /// - Returns: The gradient.
  func gradient(
    _ j: Int,
    _ bit: Int,
    z: UnsafePointer<Float>,
    _ expertGradient: (Int) -> Double
  ) -> Double {
    let own = unsafe z + j * bitCount
    let slope = unsafe step(Double(own[bit])).slope
    guard slope != 0 else { return 0 }
    var sum = 0.0
    for expert in 0..<expertCount {
      let others = unsafe weight(expert, own, without: bit)
      sum += expertGradient(expert) * (isSet(expert, bit) ? others : -others)
    }
    return sum * slope
  }

  private func reached(_ z: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    for expert in 0..<expertCount { sum += unsafe weight(expert, z) }
    return sum
  }

  /// The penalty of one row.
  func penalty(z: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    for j in 0..<count {
      let own = unsafe z + j * bitCount
      for expert in 0..<expertCount {
        let r = unsafe weight(expert, own)
        sum -= entropy * r * Portable.log(r + Self.logFloor)
      }
      if reach > 0 { sum += unsafe reach / reached(own) }
    }
    return sum
  }

  /// Writes the gradient of `factor` times the penalty of one row at the selectors' numbers.
  func penaltyGradient(
    z: UnsafePointer<Float>,
    times factor: Double,
    into target: UnsafeMutablePointer<Float>
  ) {
    for j in 0..<count {
      let own = unsafe z + j * bitCount
      let sum = unsafe reached(own)
      for bit in 0..<bitCount {
        let value = unsafe gradient(j, bit, z: z) { expert in
          let r = unsafe weight(expert, own)
          let slope = Portable.log(r + Self.logFloor) + r / (r + Self.logFloor)
          return -entropy * slope - (reach > 0 ? reach / (sum * sum) : 0)
        }
        unsafe target[j * bitCount + bit] = Float(factor * value)
      }
    }
  }
}

/// A layer whose selectors are penalized.
protocol PenalizedSelection: Layer {
  func penalty() -> Double
  /// Writes the penalty's gradient: at the edge of the selectors' numbers, or at the layer's own
  /// parameters.
  func penaltyGradient(_ start: UnsafeMutablePointer<Float>)
}

/// Weights of the experts by row, from the selectors' numbers and their own weights.
final class RowSelection: Layer, PenalizedSelection {
  private let selector: Selector
  private let z: Edge
  private let w: Edge
  private let output: Edge
  private let kernels: KernelTable

  init(_ space: LayerSpace, _ selector: Selector) {
    self.selector = selector
    z = space.inputs[0]
    w = space.inputs[1]
    output = space.whole
    kernels = space.kernels
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let (z, w, q) = (z.values, w.values, output.values)
    for row in 0..<q.rows {
      unsafe selector.select(
        z: z.start + row * z.stride,
        w: w.start + row * w.stride,
        into: q.start + row * q.stride
      )
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    precondition(end != .more, "selectors have one reader")
    let (values, weights, at) = (z.values, w.values, output.gradient)
    let target = input == 0 ? z.gradient : w.gradient
    for row in 0..<at.rows {
      let numbers = unsafe UnsafePointer(values.start + row * values.stride)
      let gradient = unsafe at.start + row * at.stride
      let result = unsafe target.start + row * target.stride
      for j in 0..<selector.count {
        if input == 1 {
          unsafe result[j] = Float(selector.weightGradient(j, z: numbers, at: gradient))
          continue
        }
        let weight = unsafe Double(weights.start[row * weights.stride + j])
        for bit in 0..<selector.bitCount {
          let value = unsafe selector.gradient(j, bit, z: numbers) { expert in
            unsafe Double(gradient[expert]) * weight
          }
          unsafe result[j * selector.bitCount + bit] = Float(value)
        }
      }
    }
    (input == 0 ? z : w).finish(end, kernels)
  }

  func penalty() -> Double {
    let values = z.values
    var sum = 0.0
    for row in 0..<values.rows {
      sum += unsafe selector.penalty(z: values.start + row * values.stride)
    }
    return sum / Double(values.rows)
  }

  func penaltyGradient(_ start: UnsafeMutablePointer<Float>) {
    let (values, target) = (z.values, z.gradient)
    for row in 0..<values.rows {
      unsafe selector.penaltyGradient(
        z: values.start + row * values.stride,
        times: 1 / Double(values.rows),
        into: target.start + row * target.stride
      )
    }
  }
}

/// The same weights of the experts for all rows, from numbers that are parameters.
@safe final class CommonSelection: Layer, PenalizedSelection {
  private let selector: Selector
  private let output: Edge
  /// Where the selectors' own weights begin, behind their numbers.
  private let weightOffset: Int
  private let weights: FloatBuffer
  private let row: FloatBuffer
  private let kernels: KernelTable
  private var numbers: UnsafeMutablePointer<Float>

  init(_ space: LayerSpace, _ selector: Selector) {
    self.selector = selector
    output = space.whole
    kernels = space.kernels
    weightOffset = paddedCount(selector.count * selector.bitCount)
    weights = FloatBuffer(count: paddedCount(selector.count))
    row = FloatBuffer(count: paddedCount(selector.expertCount))
    unsafe numbers = row.start
  }

  var scratchBytes: Int { weights.byteCount + row.byteCount }

  private var weightView: MatrixView {
    unsafe MatrixView(
      start: weights.start,
      rows: 1,
      columns: selector.count,
      stride: weights.count
    )
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    unsafe numbers = unsafe parameters
    unsafe weights.start.update(from: parameters + weightOffset, count: weights.count)
    kernels.softmax(weightView)
    let q = output.values
    unsafe selector.select(z: numbers, w: weights.start, into: row.start)
    for index in 0..<q.rows {
      unsafe (q.start + index * q.stride).update(from: row.start, count: q.columns)
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    unsafe kernels.columnSums(output.gradient, into: row.start)
    let target = unsafe start + weightOffset
    for j in 0..<selector.count {
      unsafe target[j] = Float(selector.weightGradient(j, z: numbers, at: row.start))
      let weight = unsafe Double(weights.start[j])
      for bit in 0..<selector.bitCount {
        let value = unsafe selector.gradient(j, bit, z: numbers) { expert in
          unsafe Double(row.start[expert]) * weight
        }
        unsafe start[j * selector.bitCount + bit] = Float(value)
      }
    }
    let gradient = unsafe MatrixView(
      start: target,
      rows: 1,
      columns: selector.count,
      stride: weights.count
    )
    kernels.maskBySoftmax(gradient, output: weightView)
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    preconditionFailure("selectors that read nothing")
  }

  func penalty() -> Double { unsafe selector.penalty(z: numbers) }

  func penaltyGradient(_ start: UnsafeMutablePointer<Float>) {
    unsafe selector.penaltyGradient(z: numbers, times: 1, into: start)
  }
}

/// The penalty of one task's selectors.
final class SelectionPenalty: Penalty {
  private let space: PenaltySpace
  private let selection: any PenalizedSelection
  /// The layer with the parameters that the penalty reaches.
  private let source: any Layer
  private let range: Range<Int>
  private let isDirect: Bool
  private let gradient: FloatBuffer

  /// - Parameters:
  ///   - space: The network.
  ///   - selection: Path of the selectors.
  ///   - source: Path of the layer that makes their numbers; nil where they are its parameters.
  init(_ space: PenaltySpace, selection: String, source: String?) {
    guard let layer = space.layers[selection]?.layer as? any PenalizedSelection,
      let maker = space.layers[source ?? selection]
    else { preconditionFailure("no selectors at '\(selection)'") }
    self.space = space
    self.selection = layer
    self.source = maker.layer
    range = maker.range
    isDirect = source == nil
    gradient = FloatBuffer(count: range.count)
  }

  var byteCount: Int { gradient.byteCount }

  func value() -> Double { selection.penalty() }

  func addGradient() {
    unsafe selection.penaltyGradient(gradient.start)
    if !isDirect { unsafe source.parameterGradient(into: gradient.start) }
    unsafe space.kernels.add(
      gradient.start,
      times: 1,
      to: space.gradient.start + range.lowerBound,
      count: range.count
    )
  }
}
