internal import Kernels
internal import Networks
internal import Weighting

/// What a training keeps beside its network to meet its method's needs: made once, before the first
/// step, and empty where nothing needs it.
@safe final class StepSpace {
  /// Task gradients, shape [K][sharedCount].
  let rows: Matrix

  /// Task gradients of the two further batches of `crossGramian`, shape [K][sharedCount].
  let firstRows: Matrix
  let secondRows: Matrix
  /// Weighted sum of both batches' own gradients.
  let ownSum: FloatBuffer

  /// All parameters before the look-ahead step, and the gradient it follows.
  let saved: FloatBuffer
  let ahead: FloatBuffer

  /// Copies in Double for rules that work on single entries of gradients.
  let jacobian: UnsafeMutableBufferPointer<Double>
  let direction: UnsafeMutableBufferPointer<Double>
  let representation: UnsafeMutableBufferPointer<Double>
  let representationGradients: UnsafeMutableBufferPointer<Double>
  let representationDirection: UnsafeMutableBufferPointer<Double>
  /// Task gradients at the representation, shape [K * batch rows][its width].
  let stackedGradients: Matrix
  /// A gradient at the representation, shape [batch rows][its width].
  let representationGradient: Matrix

  /// - Parameters:
  ///   - needs: The method's at its start, which later ones do not exceed.
  ///   - network: Has the shapes.
  ///   - taskCount: K.
  ///   - isObserved: Whether task gradients are taken whatever the method needs.
  init(for needs: StepNeeds, _ network: Network, taskCount: Int, isObserved: Bool) {
    let shared = network.sharedCount
    let hasRows = isObserved || !needs.isDisjoint(with: .usingRows)
    rows = Matrix(rows: taskCount, columns: hasRows ? shared : 0)

    let hasBatches = needs.contains(.crossGramian)
    firstRows = Matrix(rows: taskCount, columns: hasBatches ? shared : 0)
    secondRows = Matrix(rows: taskCount, columns: hasBatches ? shared : 0)
    ownSum = FloatBuffer(count: hasBatches ? network.parameterCount - shared : 0)

    let parameterCount = needs.contains(.lookAhead) ? network.parameterCount : 0
    saved = FloatBuffer(count: parameterCount)
    ahead = FloatBuffer(count: parameterCount)

    let hasDoubles = !needs.isDisjoint(with: .inDouble)
    let batchRows = hasDoubles ? network.shape.batchRows : 0
    let width = network.representationWidth
    func make(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      unsafe buffer.initialize(repeating: 0)
      return unsafe buffer
    }
    unsafe jacobian = make(hasDoubles ? taskCount * shared : 0)
    unsafe direction = make(hasDoubles ? shared : 0)
    unsafe representation = make(batchRows * width)
    unsafe representationGradients = make(taskCount * batchRows * width)
    unsafe representationDirection = make(batchRows * width)
    stackedGradients = Matrix(rows: taskCount * batchRows, columns: width)
    representationGradient = Matrix(rows: batchRows, columns: width)
  }

  /// Bytes of all of it but `rows`, which diagnostics may use too.
  var byteCountBesideRows: Int {
    let doubles =
      unsafe jacobian.count + direction.count + representation.count
      + representationGradients.count + representationDirection.count
    let floats = [
      firstRows.buffer, secondRows.buffer, ownSum, saved, ahead, stackedGradients.buffer,
      representationGradient.buffer,
    ]
    return floats.reduce(doubles * MemoryLayout<Double>.stride) { $0 + $1.byteCount }
  }

  deinit {
    unsafe jacobian.deallocate()
    unsafe direction.deallocate()
    unsafe representation.deallocate()
    unsafe representationGradients.deallocate()
    unsafe representationDirection.deallocate()
  }
}

/// Needs that are met together; made once, since an option set's list is an array in memory.
extension StepNeeds.Kinds {
  /// Those that take every task's whole gradient.
  static let wholeRows: StepNeeds.Kinds = [
    .gramian, .groupGramians, .sharedNorms, .jacobian, .crossGramian,
  ]
  /// Those whose answer stands in `StepSpace.rows`.
  static let usingRows: StepNeeds.Kinds = wholeRows.union(.lastLayerNorms)
  /// Those that are read from the Gramian at the shared parameters.
  static let wholeGramian: StepNeeds.Kinds = [.gramian, .sharedNorms]
  /// Those that take every task's gradient at the shared representation.
  static let atRepresentation: StepNeeds.Kinds = [.representation, .representationGramian]
  /// Those that copy gradients to Double.
  static let inDouble: StepNeeds.Kinds = atRepresentation.union(.jacobian)
}
