import Kernels

/// Parameters and moments for an optimizer's loop to run over.
final class OptimizerState {
  let slices: ParameterSlices
  private let buffers: [FloatBuffer]

  /// Some step of Adam.
  static let adamStep = AdamStep(
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    correction1: 0.1,
    correction2: 0.001
  )

  /// - Parameter count: A multiple of 16.
  init(_ count: Int) {
    buffers = (0..<3).map { _ in FloatBuffer(count: count) }
    for index in 0..<count { buffers[0].start[index] = 1 }
    slices = ParameterSlices(
      count: count,
      values: buffers[0].start,
      firstMoment: buffers[1].start,
      secondMoment: buffers[2].start
    )
  }

  /// How long one step of Adam takes.
  ///
  /// - Parameters:
  ///   - count: Parameters, a multiple of 16.
  ///   - seconds: About how long to measure.
  /// - Returns: Seconds.
  static func adamSeconds(_ count: Int, within seconds: Double) -> Double {
    let state = OptimizerState(count)
    let gradient = FloatBuffer(count: count)
    for index in 0..<count { gradient.start[index] = 0.5 }
    return bestSeconds(within: seconds) {
      KernelTable.best.adam(state.slices, gradient: gradient.start, adamStep)
    }
  }

  /// How long one step of Adam takes on a weighted sum of gradients.
  ///
  /// - Parameters:
  ///   - count: Parameters, a multiple of 16.
  ///   - taskCount: Gradients.
  ///   - seconds: About how long to measure.
  /// - Returns: Seconds.
  static func adamSeconds(_ count: Int, combining taskCount: Int, within seconds: Double) -> Double
  {
    let state = OptimizerState(count)
    let rows = Matrix(rows: taskCount, columns: count)
    for index in 0..<rows.buffer.count { rows.buffer.start[index] = 0.5 }
    let weights = FloatBuffer(count: paddedCount(taskCount))
    for task in 0..<taskCount { weights.start[task] = 0.1 }
    return bestSeconds(within: seconds) {
      KernelTable.best.adamCombining(
        state.slices,
        gradients: rows.view,
        weights: weights.start,
        adamStep
      )
    }
  }
}
