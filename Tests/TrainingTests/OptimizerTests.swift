import Kernels
import Settings
import Testing
import Training
import Weighting

/// Moves one parameter in double precision as the optimizer's paper says.
private struct ReferenceOptimizer {
  var kind = "sgd"
  var momentum = 0.0
  var l2 = 0.0
  var decoupled = 0.0
  var beta1 = 0.9
  var beta2 = 0.999
  var epsilon = 1e-8
  var value: Double
  private var first = 0.0
  private var second = 0.0
  private var step = 0

  init(_ kind: String, value: Double) {
    self.kind = kind
    self.value = value
  }

  mutating func move(_ gradient: Double, learningRate: Double) {
    step += 1
    let g = gradient + l2 * value
    if kind == "sgd" {
      first = momentum * first + g
      value -= learningRate * first
      return
    }
    value -= learningRate * decoupled * value
    first = beta1 * first + (1 - beta1) * g
    second = beta2 * second + (1 - beta2) * g * g
    var (power1, power2) = (1.0, 1.0)
    for _ in 0..<step { (power1, power2) = (power1 * beta1, power2 * beta2) }
    let root = (second / (1 - power2)).squareRoot()
    value -= learningRate * first / (1 - power1) / (root + epsilon)
  }
}

@Suite("Optimizers")
struct OptimizerTests {
  private static let cases:
    [(settings: String, set: @Sendable (inout ReferenceOptimizer) -> Void)] =
      [
        ("optimizer: sgd", { _ in }),
        ("{optimizer: sgd, momentum: 0.8}", { $0.momentum = 0.8 }),
        (
          "{optimizer: sgd, momentum: 0.9, weight_decay: 0.1}",
          {
            $0.momentum = 0.9
            $0.l2 = 0.1
          }
        ),
        ("optimizer: adam", { _ in }),
        ("{optimizer: adam, weight_decay: 0.2}", { $0.l2 = 0.2 }),
        (
          "{optimizer: adam, betas: [0.5, 0.9], epsilon: 0.01}",
          {
            $0.beta1 = 0.5
            $0.beta2 = 0.9
            $0.epsilon = 0.01
          }
        ),
        ("optimizer: adamw", { $0.decoupled = 0.01 }),
        ("{optimizer: adamw, weight_decay: 0.3}", { $0.decoupled = 0.3 }),
      ]

  /// 40 updates round a parameter of order 1 by 6e-8 each at most, and the moments' own rounding is
  /// of that size relative to the update.
  private static let tolerance = 1e-5

  @Test("40 steps are those of double precision", arguments: cases.indices, [false, true])
  func reference(_ index: Int, _ combines: Bool) throws {
    let (settings, set) = Self.cases[index]
    var reader = SettingsReader(try YAMLReader.read(settings, file: "test"))
    var optimizer = try OptimizerRegistry.make(settings: &reader)
    try reader.finish()
    let count = 32
    let kernels = KernelTable.best
    let buffers = (0..<5).map { _ in FloatBuffer(count: count) }
    let slices = ParameterSlices(
      count: count,
      values: buffers[0].start,
      firstMoment: buffers[1].start,
      secondMoment: buffers[2].start
    )
    let rows = Matrix(rows: 2, columns: count)
    buffers[4].start[0] = 0.25
    buffers[4].start[1] = -1.5
    var stream = RandomStream(seed: 9, purpose: .data)
    var references = (0..<count).map { index in
      buffers[0].start[index] = Float(stream.normal())
      var reference = ReferenceOptimizer(
        optimizer.context.kind == .sgd ? "sgd" : "adam",
        value: Double(buffers[0].start[index])
      )
      set(&reference)
      return reference
    }
    for step in 0..<40 {
      let learningRate = 0.05 / Double(step + 1)
      optimizer.advance(learningRate: learningRate)
      for index in 0..<count {
        rows[0, index] = Float(stream.normal())
        rows[1, index] = Float(stream.normal())
        let sum = 0.25 * Double(rows[0, index]) - 1.5 * Double(rows[1, index])
        buffers[3].start[index] = Float(sum)
        references[index].move(
          combines ? sum : Double(Float(sum)),
          learningRate: learningRate
        )
      }
      if combines {
        optimizer.apply(
          combining: rows.view,
          weights: buffers[4].start,
          to: slices,
          scratch: buffers[3].start,
          kernels
        )
      } else {
        optimizer.apply(buffers[3].start, to: slices, kernels)
      }
    }
    for index in 0..<count {
      let difference = Double(buffers[0].start[index]) - references[index].value
      #expect(abs(difference) < Self.tolerance, "\(settings), parameter \(index)")
    }
  }
}
