import Kernels
import Networks
import Testing

@Suite("Gradients of every network")
struct GradientLawTests {
  /// The step sizes, and how far off a difference may be.
  ///
  /// The steps h = 2^-7 and 2h are exact in the float parameters. Rounding of a forward pass changes
  /// a loss of order 1 by about 1e-7, so a difference quotient by 2e-5 at most, and the combination
  /// (4 D(h) - D(2h)) / 3, whose own error is of order h^4, by less than twice that.
  ///
  /// Where a ReLU or an absolute error bends between the points, either the two quotients disagree
  /// or the second differences do not grow with the step as those of a smooth function. For one bend
  /// the sum of both bounds the error; for several, which may partly cancel in it, twice the sum is
  /// allowed. Such parameters are few. Where bends cancel in the sum altogether, a quarter of the step
  /// leaves them outside, at four times the rounding; behind max-pools, which bend often, once more.
  ///
  /// A network without bends is also held task by task: there the two quotients of each task's loss bound
  /// the error of its row of the Jacobian.
  @Test(
    "every parameter's gradient, and its place in every task's row of the Jacobian, is the central difference",
    arguments: NetworkCase.short
  )
  func differences(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    let tasks = networkCase.tasks.indices
    let factors = tasks.map { Double($0) * 0.5 + 0.75 }
    loaded.prepare()
    let rows = networkCase.isSmoothThroughout ? tasks.map { loaded.sharedGradient(of: $0) } : []
    for (task, factor) in factors.enumerated() {
      network.scale(task, by: Float(factor), includesOwn: true)
    }
    network.finishOwn()
    network.sharedGradient(into: network.gradient.start)
    let positions = loaded.smoothPositions
    let gradient = positions.map { Double(network.gradient.start[$0]) }
    let scale = (gradient.map { $0 * $0 }.reduce(0, +) / Double(gradient.count)).squareRoot()
    #expect(scale > 0)

    let here = loaded.losses()
    var bentCount = 0
    for (position, value) in zip(positions, gradient) {
      let parameter = network.parameters.start + position
      let start = parameter.pointee
      func quotients(_ step: Double) -> [Quotient] {
        parameter.pointee = start + Float(step)
        let above = loaded.losses()
        parameter.pointee = start - Float(step)
        let below = loaded.losses()
        parameter.pointee = start
        return tasks.map { Quotient(above[$0], here[$0], below[$0], step) }
      }
      func difference(_ near: [Quotient], _ far: [Quotient]) -> (value: Double, bend: Double) {
        let (near, far) = (Quotient(of: near, factors), Quotient(of: far, factors))
        let bend = abs(near.first - far.first) + abs(far.second - 2 * near.second)
        return ((4 * near.first - far.first) / 3, bend)
      }
      var step = 0x1p-7
      let (near, far) = (quotients(step), quotients(2 * step))
      var found = difference(near, far)
      if found.bend > 0.05 * scale + 1e-4 { bentCount += 1 }
      let smallest = networkCase.isSmooth ? 0x1p-9 : 0x1p-11
      while abs(found.value - value) > 2 * found.bend + Self.rounding(step), step > smallest {
        step /= 4
        found = difference(quotients(step), quotients(2 * step))
      }
      #expect(
        abs(found.value - value) <= 2 * found.bend + Self.rounding(step),
        "position \(position): gradient \(value), difference \(found.value), bend \(found.bend)"
      )
      for (task, row) in rows.enumerated() where position < network.sharedCount {
        let (near, far) = (near[task].first, far[task].first)
        let difference = (4 * near - far) / 3
        #expect(abs(difference - Double(row[position])) <= abs(near - far) + 1e-4, "task \(task)")
      }
    }
    #expect(bentCount * 4 <= positions.count, "\(bentCount) of \(positions.count) bend")
  }

  /// First and second difference of a loss about a point, each over the step.
  private struct Quotient {
    let first: Double
    let second: Double

    init(_ above: Double, _ here: Double, _ below: Double, _ step: Double) {
      first = (above - below) / (2 * step)
      second = (above - 2 * here + below) / step
    }

    /// That of the sum of the tasks' losses, each times its factor.
    init(of tasks: [Quotient], _ factors: [Double]) {
      first = zip(tasks, factors).reduce(0) { $0 + $1.0.first * $1.1 }
      second = zip(tasks, factors).reduce(0) { $0 + $1.0.second * $1.1 }
    }
  }

  /// What rounding may do to the combination of two difference quotients.
  private static func rounding(_ step: Double) -> Double { 1e-4 * 0x1p-7 / step }

  /// Both sides round each of at most a few dozen products by 6e-8 of itself.
  static let roundingTolerance: Float = 1e-5

  @Test("the tasks' shared gradients add up to that of the sum", arguments: NetworkCase.all)
  func additivity(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    loaded.prepare()
    var sum = Array(repeating: Float(0), count: loaded.network.sharedCount)
    for task in networkCase.tasks.indices {
      for (index, value) in loaded.sharedGradient(of: task).enumerated() { sum[index] += value }
    }
    let whole = loaded.taken { loaded.network.sharedGradient(into: $0) }
    #expect(agree(sum, whole, tolerance: Self.roundingTolerance))
  }

  @Test("the last layer's gradients, continued, are the weighted sum", arguments: NetworkCase.all)
  func continuation(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    let taskCount = networkCase.tasks.count
    loaded.prepare()
    let rows = Matrix(rows: taskCount, columns: network.sharedCount)
    network.lastLayerGradients(into: rows.view)
    let weights = FloatBuffer(count: taskCount)
    var expected = Array(repeating: Float(0), count: network.sharedCount)
    for task in 0..<taskCount {
      weights.start[task] = 0.5 + Float(task)
      let gradient = loaded.sharedGradient(of: task)
      for index in network.lastSharedLayers.joined() {
        #expect(rows.view.start[task * rows.stride + index] == gradient[index])
      }
      for index in gradient.indices { expected[index] += weights.start[task] * gradient[index] }
    }
    for task in 0..<taskCount {
      network.scale(task, by: weights.start[task], includesOwn: false)
    }
    let continued = loaded.taken {
      network.sharedGradient(continuing: rows.view, weights: weights.start, into: $0)
    }
    #expect(agree(continued, expected, tolerance: Self.roundingTolerance))
  }

  @Test("the way by the representation is the direct one", arguments: NetworkCase.all)
  func representation(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    loaded.prepare()
    let between = Matrix(
      rows: networkCase.batchRows,
      columns: network.representationWidth
    )
    guard network.representation != nil else { return }
    for task in networkCase.tasks.indices {
      let direct = loaded.sharedGradient(of: task)
      network.representationGradient(of: task, into: between.view)
      let indirect = loaded.taken {
        network.sharedGradient(fromRepresentation: between.view, into: $0)
      }
      #expect(indirect == direct, "task \(task)")
    }
  }

  @Test(
    "scaling a task's own gradients afterwards is scaling it before",
    arguments: NetworkCase.all
  )
  func ownScaling(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    func own() -> [Float] {
      (network.sharedCount..<network.parameterCount).map { network.gradient.start[$0] }
    }
    loaded.prepare()
    for task in networkCase.tasks.indices {
      network.scale(task, by: 1.5 - Float(task), includesOwn: true)
    }
    network.finishOwn()
    let before = own()
    loaded.prepare()
    network.finishOwn()
    for task in networkCase.tasks.indices {
      network.scaleOwnGradient(of: task, by: 1.5 - Float(task))
    }
    #expect(agree(own(), before, tolerance: Self.roundingTolerance))
  }

  @Test("padded lanes are zero in parameters and gradients", arguments: NetworkCase.all)
  func padding(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    loaded.prepare()
    network.finishOwn()
    network.sharedGradient(into: network.gradient.start)
    let used = Set(loaded.usedPositions)
    #expect(used.count == loaded.usedPositions.count)
    for position in 0..<network.parameterCount where !used.contains(position) {
      #expect(network.parameters.start[position] == 0)
      #expect(network.gradient.start[position] == 0)
    }
    let shared = loaded.sharedGradient(of: 0)
    #expect((0..<network.sharedCount).allSatisfy { used.contains($0) || shared[$0] == 0 })
  }
}
