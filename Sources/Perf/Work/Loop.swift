import Glibc
import Kernels

/// An elementwise loop of a training step, ready to be timed on some storage.
struct Loop {
  let name: String
  /// Elements that one call works on.
  let elementCount: Int
  /// Bytes that one call reads and writes, padding included.
  let byteCount: Int
  let call: () -> Void

  /// A loop by the storage that it is to run over.
  ///
  /// The number is how many bytes about it should touch.
  typealias Maker = @Sendable (Int) -> Loop

  /// The loops, after the plain copy that they are held against.
  static let all: [Maker] = [
    copy, exponential, tanh, softmax, sigmoid, squaredError, adam, sgd, combineAndAdam, gramian,
    gather, transpose,
  ]

  private static let kernels = KernelTable.best
  /// Task gradients of the loops that have any.
  private static let taskCount = 10

  private static func elements(_ bytes: Int, each: Int) -> Int {
    max(1024, bytes / each / 1024 * 1024)
  }

  private static func buffer(_ count: Int, _ value: Float) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    for index in 0..<count { buffer.start[index] = value }
    return buffer
  }

  /// A matrix whose rows fill whole vectors, every element alike.
  private static func matrix(_ rows: Int, _ columns: Int, _ value: Float) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    for index in 0..<matrix.buffer.count { matrix.buffer.start[index] = value }
    return matrix
  }

  @Sendable private static func copy(_ bytes: Int) -> Loop {
    let count = elements(bytes, each: 8)
    let (from, to) = (buffer(count, 1), buffer(count, 0))
    return Loop(name: "copy (memcpy)", elementCount: count, byteCount: 8 * count) {
      memcpy(to.start, from.start, 4 * count)
    }
  }

  @Sendable private static func exponential(_ bytes: Int) -> Loop {
    let count = elements(bytes, each: 8)
    let (x, y) = (buffer(count, 0.5), buffer(count, 0))
    return Loop(name: "exponential", elementCount: count, byteCount: 8 * count) {
      kernels.exp(x.start, into: y.start, count: count)
    }
  }

  @Sendable private static func tanh(_ bytes: Int) -> Loop {
    let count = elements(bytes, each: 8)
    let a = matrix(count / 64, 64, 0.5)
    return Loop(name: "tanh", elementCount: count, byteCount: 8 * count) { kernels.tanh(a.view) }
  }

  @Sendable private static func softmax(_ bytes: Int) -> Loop {
    // Ten classes in rows of 64 bytes, and a label in a row of its own.
    let rows = elements(bytes, each: 3 * 64)
    let logits = matrix(rows, 10, 0.5)
    let (labels, gradient) = (matrix(rows, 1, 3), matrix(rows, 10, 0))
    return Loop(
      name: "softmax cross-entropy, 10 classes",
      elementCount: 10 * rows,
      byteCount: 3 * 64 * rows
    ) {
      _ = kernels.softmaxCrossEntropy(
        logits: logits.view,
        labels: BatchTargets(labels.view),
        gradient: gradient.view
      )
    }
  }

  @Sendable private static func sigmoid(_ bytes: Int) -> Loop {
    elementLoss("sigmoid cross-entropy", bytes) {
      _ = kernels.sigmoidCrossEntropy(logits: $0, targets: $1, gradient: $2)
    }
  }

  @Sendable private static func squaredError(_ bytes: Int) -> Loop {
    elementLoss("squared error", bytes) {
      _ = kernels.squaredError(outputs: $0, targets: $1, gradient: $2)
    }
  }

  /// A loss of one output at a time, by outputs, targets and where the gradient goes.
  private static func elementLoss(
    _ name: String,
    _ bytes: Int,
    _ loss: @escaping (MatrixView, BatchTargets, MatrixView) -> Void
  ) -> Loop {
    let count = elements(bytes, each: 12)
    let (outputs, targets) = (matrix(count / 64, 64, 0.5), matrix(count / 64, 64, 1))
    let gradient = matrix(count / 64, 64, 0)
    return Loop(name: name, elementCount: count, byteCount: 12 * count) {
      loss(outputs.view, BatchTargets(targets.view), gradient.view)
    }
  }

  @Sendable private static func adam(_ bytes: Int) -> Loop {
    let count = elements(bytes, each: 28)
    let (state, gradient) = (OptimizerState(count), buffer(count, 0.5))
    return Loop(name: "Adam", elementCount: count, byteCount: 28 * count) {
      kernels.adam(state.slices, gradient: gradient.start, OptimizerState.adamStep)
    }
  }

  @Sendable private static func sgd(_ bytes: Int) -> Loop {
    let count = elements(bytes, each: 12)
    let (state, gradient) = (OptimizerState(count), buffer(count, 0.5))
    let step = SGDStep(learningRate: 1e-3)
    return Loop(name: "SGD", elementCount: count, byteCount: 12 * count) {
      kernels.sgd(state.slices, gradient: gradient.start, step)
    }
  }

  @Sendable private static func combineAndAdam(_ bytes: Int) -> Loop {
    let each = 4 * taskCount + 24
    let count = elements(bytes, each: each)
    let state = OptimizerState(count)
    let (rows, weights) = (matrix(taskCount, count, 0.5), buffer(16, 0.1))
    return Loop(
      name: "Adam on \(taskCount) weighted gradients",
      elementCount: count,
      byteCount: each * count
    ) {
      kernels.adamCombining(
        state.slices,
        gradients: rows.view,
        weights: weights.start,
        OptimizerState.adamStep
      )
    }
  }

  @Sendable private static func gramian(_ bytes: Int) -> Loop {
    let columns = elements(bytes, each: 4 * taskCount)
    let rows = matrix(taskCount, columns, 0.5)
    var gramian = [Double](repeating: 0, count: taskCount * taskCount)
    let count = taskCount * columns
    return Loop(name: "Gramian of \(taskCount)", elementCount: count, byteCount: 4 * count) {
      kernels.gramian(rows.view, into: &gramian)
    }
  }

  @Sendable private static func gather(_ bytes: Int) -> Loop {
    let width = 128
    let rows = max(8, bytes / (8 * width))
    let (from, to) = (matrix(rows, width, 0.5), matrix(rows, width, 0))
    var stream = RandomStream(seed: 1, purpose: .batches)
    let order = (0..<rows).map { _ in Int32(stream.below(rows)) }
    let count = rows * width
    return Loop(name: "gather of rows of 128", elementCount: count, byteCount: 8 * count) {
      order.withUnsafeBufferPointer { order in
        guard let start = order.baseAddress else { return }
        kernels.gather(start, count: rows, of: from.view, into: to.view, prefetching: nil)
      }
    }
  }

  @Sendable private static func transpose(_ bytes: Int) -> Loop {
    let columns = 128
    let rows = max(16, bytes / (8 * columns) / 16 * 16)
    let (from, to) = (matrix(rows, columns, 0.5), matrix(columns, rows, 0))
    let count = rows * columns
    return Loop(name: "transpose", elementCount: count, byteCount: 8 * count) {
      kernels.transpose(from.view, into: to.view)
    }
  }
}
