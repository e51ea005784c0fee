import Kernels
import Networks
import Problems
import Settings
import Training
import Weighting

/// Statistics of steps that no training made: standard normal task gradients, losses between 0.5
/// and 1.5; what a method is timed on.
///
/// K regressions share one layer of 63 inputs and 16 outputs, which is 1,024 parameters. The
/// statistics hold what a trainer would give, computed by the same kernels.
final class MadeUpSteps {
  /// Different steps that are given in turn; the last ends an epoch.
  private static let count = 8
  private static let width = 16

  let context: MethodContext
  private let taskCount: Int
  private let rows: [Matrix]
  private let steps: [StepStatistics]
  private let buffers: DoubleBuffers

  init(taskCount: Int) throws {
    self.taskCount = taskCount
    let tasks = (0..<taskCount).map {
      TaskDescription(name: "t\($0)", kind: .regression(outputs: 1))
    }
    var network = SettingsReader(try YAMLReader.read("trunk: [\(Self.width)]", file: "perf"))
    var optimizer = SettingsReader(try YAMLReader.read("optimizer: adam", file: "perf"))
    let made = try Network.make(
      shape: NetworkShape(
        inputCount: 63,
        outputCounts: tasks.map { $0.outputCount },
        taskIndices: Array(tasks.indices),
        batchRows: 32
      ),
      kernels: .best,
      settings: &network
    )
    var context = MethodContext(tasks, sharedCount: made.sharedCount)
    context.optimizer = try OptimizerRegistry.make(settings: &optimizer).context
    context.epochSteps = Self.count
    context.layers = made.sharedLayers
    context.matrices = made.sharedMatrices
    context.representationShape = (made.shape.batchRows, made.representationWidth)
    self.context = context
    var stream = RandomStream(seed: 1, purpose: .data)
    buffers = DoubleBuffers(context, &stream)
    var rows: [Matrix] = []
    for _ in 0..<Self.count {
      let matrix = Matrix(rows: taskCount, columns: context.sharedCount)
      for row in 0..<taskCount {
        for column in 0..<matrix.columns { matrix[row, column] = Float(stream.normal()) }
      }
      rows.append(matrix)
    }
    self.rows = rows
    var steps: [StepStatistics] = []
    for index in rows.indices {
      steps.append(Self.statistics(rows, index, buffers, &stream))
    }
    self.steps = steps
  }

  private static func statistics(
    _ rows: [Matrix],
    _ index: Int,
    _ buffers: DoubleBuffers,
    _ stream: inout RandomStream
  ) -> StepStatistics {
    let taskCount = rows[index].rows
    var step = StepStatistics(taskCount: taskCount)
    step.step = index
    step.endsEpoch = index == rows.count - 1
    step.learningRate = 1e-3
    step.losses = (0..<taskCount).map { _ in 0.5 + stream.uniform() }
    step.lookAheadSlopes = (0..<taskCount).map { _ in stream.normal() }
    KernelTable.best.gramian(rows[index].view, into: &step.gramian)
    KernelTable.best.crossGramian(
      rows[index].view,
      rows[(index + 1) % rows.count].view,
      into: &step.crossGramian
    )
    step.gradientNorms = (0..<taskCount).map { step.gramian[$0 * taskCount + $0].squareRoot() }
    step.jacobian = buffers.jacobian
    step.representation = buffers.representation
    step.representationGradients = buffers.representationGradients
    return step
  }

  /// How long one weight computation takes.
  ///
  /// Includes what the method does with the losses after a step, where it asks for them.
  ///
  /// - Parameters:
  ///   - type: The method, with its default settings.
  ///   - seconds: About how long to measure.
  /// - Returns: Seconds.
  /// - Throws: `SettingsError`, for a method that cannot be made.
  func seconds(_ type: any WeightingMethod.Type, within seconds: Double) throws -> Double {
    let method = try Self.method(type, context)
    let groups = method.rule.needs.parameterGroups
    var weights = StepWeights(taskCount: taskCount)
    weights.groupShared = Array(repeating: 0, count: groups.count * taskCount)
    weights.direction = buffers.direction
    weights.representationDirection = buffers.representationDirection
    return WeighTimer(method, weights).seconds(of: filled(groups), within: seconds)
  }

  /// A method of the registry with its default settings.
  static func method(
    _ type: any WeightingMethod.Type,
    _ context: MethodContext
  ) throws -> ConfiguredMethod {
    let text = type.exampleSettings(taskCount: context.taskCount)
    var settings = SettingsReader(
      try YAMLReader.read(text.isEmpty ? "scale: sum" : text, file: "perf")
    )
    return try WeightingRegistry.make(type, context: context, settings: &settings)
  }

  /// The steps with Gramians of a method's parameter groups.
  private func filled(_ groups: [Range<Int>]) -> [StepStatistics] {
    zip(steps, rows).map { step, rows in
      var step = step
      let square = taskCount * taskCount
      step.groupGramians = Array(repeating: 0, count: groups.count * square)
      for (group, range) in groups.enumerated() {
        KernelTable.best.gramian(
          rows.view,
          columns: range,
          into: &step.groupGramians,
          at: group * square
        )
      }
      return step
    }
  }
}

/// Double storage for methods that read and write single entries of gradients.
private final class DoubleBuffers {
  let jacobian: UnsafeMutableBufferPointer<Double>
  let direction: UnsafeMutableBufferPointer<Double>
  let representation: UnsafeMutableBufferPointer<Double>
  let representationGradients: UnsafeMutableBufferPointer<Double>
  let representationDirection: UnsafeMutableBufferPointer<Double>

  init(_ context: MethodContext, _ stream: inout RandomStream) {
    func make(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      for index in 0..<count { buffer.initializeElement(at: index, to: stream.normal()) }
      return buffer
    }
    let size = context.representationShape.rows * context.representationShape.columns
    jacobian = make(context.taskCount * context.sharedCount)
    direction = make(context.sharedCount)
    representation = make(size)
    representationGradients = make(context.taskCount * size)
    representationDirection = make(size)
  }

  deinit {
    for buffer in [
      jacobian, direction, representation, representationGradients, representationDirection,
    ] { buffer.deallocate() }
  }
}
