import CMeasure
import Kernels
import Networks
import Settings

/// The least time a step can take on this core: its matrix products at the arithmetic peak, and the
/// optimizer's pass over all parameters as measured.
struct Roofline {
  /// Floating-point operations a second, measured at the same time as what is held against it.
  let peak: Double

  init() {
    let rounds: Int64 = 2_000_000
    peak =
      (0..<7).map { _ in
        let start = threadSeconds()
        let operations = run_peak_arithmetic(rounds)
        return operations / (threadSeconds() - start)
      }.max() ?? 0
  }

  /// The least time of one step.
  ///
  /// - Parameters:
  ///   - work: What is trained.
  ///   - passes: Backward passes through the trunk.
  /// - Returns: Seconds.
  /// - Throws: `SettingsError`, for a work that is no network.
  func seconds(_ work: Work, passes: Int) throws -> Double {
    let shape = NetworkShape(
      inputCount: work.inputCount,
      outputCounts: work.outputCounts,
      taskIndices: Array(work.tasks.indices),
      batchRows: work.batchRows
    )
    var reader = SettingsReader(try YAMLReader.read("trunk: \(work.trunk)", file: "perf"))
    let network = try NetworkRegistry.make(shape: shape, kernels: .best, settings: &reader)
    return work.operations(passes: passes) / peak + adamSeconds(network.parameterCount)
  }

  private func adamSeconds(_ count: Int) -> Double {
    let buffers = (0..<4).map { _ in FloatBuffer(count: count) }
    for index in 0..<count {
      buffers[0].start[index] = 1
      buffers[3].start[index] = 0.5
    }
    let slices = ParameterSlices(
      count: count,
      values: buffers[0].start,
      firstMoment: buffers[1].start,
      secondMoment: buffers[2].start
    )
    let step = AdamStep(
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      correction1: 0.1,
      correction2: 0.001
    )
    return bestSeconds(within: 0.05) {
      KernelTable.best.adam(slices, gradient: buffers[3].start, step)
    }
  }
}
