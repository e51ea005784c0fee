import Kernels
import Testing

/// Parameters and moments of an optimiser, each in storage of exactly its size.
private struct OptimizerState {
  let values: FloatBuffer
  let firstMoment: FloatBuffer
  let secondMoment: FloatBuffer

  init(_ values: [Float]) {
    self.values = FloatBuffer(count: values.count)
    firstMoment = FloatBuffer(count: values.count)
    secondMoment = FloatBuffer(count: values.count)
    for (i, value) in values.enumerated() { self.values.start[i] = value }
  }

  var slices: ParameterSlices {
    ParameterSlices(
      count: values.count,
      values: values.start,
      firstMoment: firstMoment.start,
      secondMoment: secondMoment.start
    )
  }

  var elements: [Float] {
    [values, firstMoment, secondMoment].flatMap { buffer in
      (0..<buffer.count).map { buffer.start[$0] }
    }
  }
}

/// Adam's settings in a test.
private struct AdamCase {
  var l2 = 0.0
  var decoupledDecay = 0.0

  func step(_ t: Int) -> AdamStep {
    AdamStep(
      learningRate: 0.01,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      l2: l2,
      decoupledDecay: decoupledDecay,
      correction1: 1 - Portable.pow(0.9, Double(t)),
      correction2: 1 - Portable.pow(0.999, Double(t))
    )
  }

  /// One value and its moments after a step, as the papers write it.
  func reference(
    _ state: (p: Double, m: Double, v: Double),
    _ gradient: Double,
    _ t: Int
  ) -> (p: Double, m: Double, v: Double) {
    let g = gradient + l2 * state.p
    let m = 0.9 * state.m + 0.1 * g
    let v = 0.999 * state.v + 0.001 * g * g
    let mHat = m / (1 - Portable.pow(0.9, Double(t)))
    let vHat = v / (1 - Portable.pow(0.999, Double(t)))
    let decayed = state.p * (1 - 0.01 * decoupledDecay)
    return (decayed - 0.01 * mHat / (vHat.squareRoot() + 1e-8), m, v)
  }
}

@Suite("Optimisers")
struct OptimizerTests {
  static let count = 80

  @Test(
    "Adam follows its definition",
    arguments: InstructionSet.supported,
    [(0, 0), (0.1, 0), (0, 0.5), (0.1, 0.5)]
  )
  func adam(_ set: InstructionSet, _ decays: (l2: Double, decoupled: Double)) {
    let adamCase = AdamCase(l2: decays.l2, decoupledDecay: decays.decoupled)
    let start = samples(Self.count, seed: 1)
    let state = OptimizerState(start)
    var references = start.map { (p: Double($0), m: 0.0, v: 0.0) }
    for t in 1...20 {
      let gradient = samples(Self.count, seed: UInt64(100 + t))
      KernelTable(set).adam(state.slices, gradient: gradient, adamCase.step(t))
      for i in 0..<Self.count {
        references[i] = adamCase.reference(references[i], Double(gradient[i]), t)
        // A few roundings a step of a value of size 1.
        #expect(abs(Double(state.values.start[i]) - references[i].p) <= Double(t) * 2e-7)
        #expect(abs(Double(state.firstMoment.start[i]) - references[i].m) <= 2e-7)
        // 0.999 rounds by 1.3e-8 of itself, and each of 20 steps once, at values below 0.02.
        #expect(abs(Double(state.secondMoment.start[i]) - references[i].v) <= 1e-8)
      }
    }
  }

  @Test("Adam on combined gradients is combining, then Adam", arguments: InstructionSet.supported)
  func adamCombining(_ set: InstructionSet) {
    for adamCase in [AdamCase(), AdamCase(l2: 0.1, decoupledDecay: 0.5)] {
      let kernels = KernelTable(set)
      let fused = OptimizerState(samples(Self.count, seed: 1))
      let apart = OptimizerState(samples(Self.count, seed: 1))
      let gradient = FloatBuffer(count: Self.count)
      for t in 1...5 {
        let gradients = randomWindow(rows: 3, columns: Self.count, seed: UInt64(t))
        let weights = samples(3, seed: UInt64(50 + t))
        kernels.adamCombining(
          fused.slices,
          gradients: gradients.view,
          weights: weights,
          adamCase.step(t)
        )
        kernels.combine(gradients.view, weights: weights, into: gradient.start)
        kernels.adam(apart.slices, gradient: gradient.start, adamCase.step(t))
      }
      #expect(fused.elements.map(\.bitPattern) == apart.elements.map(\.bitPattern))
    }
  }

  @Test("Adam leaves padding, where all is 0, at 0", arguments: InstructionSet.supported)
  func padding(_ set: InstructionSet) {
    let state = OptimizerState([Float](repeating: 0, count: 16))
    let gradient = [Float](repeating: 0, count: 16)
    KernelTable(set).adam(state.slices, gradient: gradient, AdamCase().step(1))
    #expect(state.elements.allSatisfy { $0 == 0 })
  }

  @Test("Adam's constants from floats differ by no more than their rounding")
  func floatConstants() {
    let states = [true, false].map { fromFloats in
      let state = OptimizerState(samples(Self.count, seed: 1))
      let step =
        fromFloats
        ? AdamStep(
          learningRate: Float(0.01),
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          correction1: Float(0.1),
          correction2: 0.001
        )
        : AdamCase().step(1)
      KernelTable.best.adam(state.slices, gradient: samples(Self.count, seed: 2), step)
      return state
    }
    for i in 0..<Self.count {
      // 1 - 0.999 in float is off by 1.3e-5 of itself; its root moves a step of 0.01.
      let difference = states[0].values.start[i] - states[1].values.start[i]
      #expect(abs(difference) <= 0.01 * 1e-5)
    }
  }

  @Test(
    "SGD follows its definition",
    arguments: InstructionSet.supported,
    [(0, 0), (0.9, 0), (0, 0.1), (0.9, 0.1)]
  )
  func sgd(_ set: InstructionSet, _ settings: (momentum: Double, l2: Double)) {
    let (momentum, l2) = settings
    let step = SGDStep(learningRate: 0.05, momentum: Float(momentum), l2: Float(l2))
    let start = samples(Self.count, seed: 1)
    let state = OptimizerState(start)
    var references = start.map { (p: Double($0), m: 0.0) }
    for t in 1...20 {
      let gradient = samples(Self.count, seed: UInt64(100 + t))
      KernelTable(set).sgd(state.slices, gradient: gradient, step)
      for i in 0..<Self.count {
        let g = Double(gradient[i]) + l2 * references[i].p
        references[i].m = momentum * references[i].m + g
        references[i].p -= 0.05 * references[i].m
        #expect(abs(Double(state.values.start[i]) - references[i].p) <= Double(t) * 3e-7)
      }
    }
    let usesBuffer = (0..<Self.count).contains { state.firstMoment.start[$0] != 0 }
    #expect(usesBuffer == (momentum != 0))
  }

  @Test("are the same bits on every instruction set with a fused multiply-add")
  func sameBits() {
    let results = fusedSets.map { set in
      let state = OptimizerState(samples(Self.count, seed: 1))
      for t in 1...10 {
        let gradient = samples(Self.count, seed: UInt64(100 + t))
        let adamCase = AdamCase(l2: t % 2 == 0 ? 0.1 : 0, decoupledDecay: 0.5)
        KernelTable(set).adam(state.slices, gradient: gradient, adamCase.step(t))
        KernelTable(set).sgd(
          state.slices,
          gradient: gradient,
          SGDStep(learningRate: 0.1, momentum: 0.9)
        )
      }
      return state.elements.map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
