internal import Kernels
internal import Networks
internal import Problems
internal import Training

/// The network and tasks that a reference file describes, ready to be trained on its batches.
struct ReplayModel {
  let network: Network
  let tasks: TrainingTasks
  /// Rows of every batch that is trained on.
  let batchRows: Int
  /// The first row of each batch.
  let batchStarts: [Int]

  /// - Parameters:
  ///   - trunk: Modules `{type, in, out}`: linear layers, each with the same activation behind it.
  ///   - heads: Modules of each head; the last one is linear.
  ///   - losses: `cross_entropy`, `mse` or `binary_cross_entropy_with_logits` of each task.
  ///   - initial: Parameters by name, weights as `[out][in]`, flat and row-major.
  ///   - inputs: All batches one after the other, shape [rows][inputs].
  ///   - targets: Per task, one row for each input row.
  ///   - batchCounts: Rows of each batch, in order.
  ///   - used: The batches that are trained on.
  /// - Throws: `VerificationError.badCase` for a network that hard sharing cannot be.
  init(
    trunk: [JSONValue],
    heads: [[JSONValue]],
    losses: [String],
    initial: [String: [Double]],
    inputs: [[Double]],
    targets: [[[Double]]],
    batchCounts: [Int],
    used: [Int]
  ) throws(VerificationError) {
    guard used.allSatisfy({ batchCounts.indices.contains($0) }) else {
      throw .badCase(id: "batches", reason: "of \(batchCounts.count), the case uses \(used)")
    }
    let batchRows = batchCounts[used[0]]
    guard used.allSatisfy({ batchCounts[$0] == batchRows }) else {
      throw .badCase(id: "batches", reason: "a run's batches have one size")
    }
    batchStarts = batchCounts.indices.map { batchCounts[..<$0].reduce(0, +) }
    let (trunkWidths, trunkActivation) = try Self.widths(trunk, endsWithActivation: true)
    var hidden: [[Int]] = []
    var descriptions: [TaskDescription] = []
    var activations = Set([trunkActivation].compactMap { $0 })
    for (task, modules) in heads.enumerated() {
      let (widths, activation) = try Self.widths(modules, endsWithActivation: false)
      hidden.append(Array(widths.dropLast()))
      if let activation { activations.insert(activation) }
      descriptions.append(try Self.task(task, loss: losses[task], width: widths[widths.count - 1]))
    }
    guard activations.count <= 1 else {
      throw .badCase(id: "network", reason: "more than one kind of activation")
    }
    tasks = TrainingTasks(Self.data(inputs, targets, descriptions))
    self.batchRows = batchRows
    let activation = activations.first ?? .relu
    network = Network(
      HardSharing(),
      DenseTrunk(widths: trunkWidths, activation: activation),
      heads: HeadWidths(byTask: hidden, activation),
      shape: NetworkShape(
        inputCount: inputs[0].count,
        outputCounts: descriptions.map { $0.outputCount },
        taskIndices: Array(descriptions.indices),
        batchRows: batchRows
      ),
      kernels: KernelTable.best
    )
    try fill(from: initial)
  }

  /// A network that `makeNetwork` makes, on one batch.
  ///
  /// - Parameters:
  ///   - losses: As above.
  ///   - outputCounts: Outputs of each task.
  ///   - initial: Parameters by name, flat in the order of files.
  ///   - form: What a row of inputs is.
  ///   - inputs: Shape [rows][inputs].
  ///   - targets: Per task, one row for each input row.
  ///   - makeNetwork: Makes the network.
  /// - Throws: `VerificationError` where parameters do not fit the network.
  init(
    losses: [String],
    outputCounts: [Int],
    initial: [String: [Double]],
    form: InputForm,
    inputs: [[Double]],
    targets: [[[Double]]],
    makeNetwork: (NetworkShape) -> Network
  ) throws(VerificationError) {
    var descriptions: [TaskDescription] = []
    for (task, loss) in losses.enumerated() {
      descriptions.append(try Self.task(task, loss: loss, width: outputCounts[task]))
    }
    tasks = TrainingTasks(Self.data(inputs, targets, descriptions))
    batchRows = inputs.count
    batchStarts = [0]
    network = makeNetwork(
      NetworkShape(
        input: form,
        outputCounts: outputCounts,
        taskIndices: Array(losses.indices),
        batchRows: inputs.count
      )
    )
    try fill(from: initial)
  }

  /// Output widths of the linear modules and the activation between them.
  private static func widths(
    _ modules: [JSONValue],
    endsWithActivation: Bool
  ) throws(VerificationError) -> (widths: [Int], activation: Ending?) {
    var widths: [Int] = []
    var activation: Ending?
    for (index, module) in modules.enumerated() {
      let type = try module.member("type").string()
      let isLinear = index.isMultiple(of: 2)
      if isLinear && type == "linear" {
        widths.append(try module.member("out").int())
      } else if !isLinear, let found = Ending(rawValue: type),
        Ending.activations.contains(found), activation == nil || activation == found
      {
        activation = found
      } else {
        throw .badCase(id: "network", reason: "module '\(type)' at position \(index)")
      }
    }
    guard !widths.isEmpty, modules.count.isMultiple(of: 2) == endsWithActivation else {
      throw .badCase(id: "network", reason: "modules do not alternate as hard sharing needs")
    }
    return (widths, activation)
  }

  private static func task(
    _ index: Int,
    loss: String,
    width: Int
  ) throws(VerificationError) -> TaskDescription {
    let name = "task \(index)"
    switch loss {
    case "cross_entropy": return TaskDescription(name: name, kind: .multiclass(classes: width))
    case "mse": return TaskDescription(name: name, kind: .regression(outputs: width))
    case "binary_cross_entropy_with_logits", "binary_cross_entropy":
      guard width > 1 else { return TaskDescription(name: name, kind: .binary) }
      let kind = TaskKind.regression(outputs: width)
      return TaskDescription(name: name, kind: kind, loss: .binaryCrossEntropy)
    default: throw .badCase(id: name, reason: "loss '\(loss)'")
    }
  }

  private static func data(
    _ inputs: [[Double]],
    _ targets: [[[Double]]],
    _ tasks: [TaskDescription]
  ) -> ProblemData {
    let inputRows = Matrix(rows: inputs.count, columns: inputs[0].count)
    let width = tasks.reduce(0) { $0 + $1.targetCount }
    let targetRows = Matrix(rows: inputs.count, columns: width)
    for row in inputs.indices {
      for (column, value) in inputs[row].enumerated() { inputRows[row, column] = Float(value) }
      let values = targets.flatMap { $0[row] }
      for (column, value) in values.enumerated() { targetRows[row, column] = Float(value) }
    }
    let part = DataPart(inputs: inputRows, targets: targetRows)
    return ProblemData(tasks: tasks, train: part, validation: part, test: part)
  }

  private func fill(from initial: [String: [Double]]) throws(VerificationError) {
    for tensor in network.tensors {
      guard let values = initial[tensor.name] else { throw .missing("init.\(tensor.name)") }
      guard values.count == tensor.outputCount * tensor.inputCount else {
        throw .badCase(id: tensor.name, reason: "\(values.count) initial values")
      }
      for (position, value) in zip(tensor.positions, values) {
        unsafe network.parameters.start[position] = Float(value)
      }
    }
  }

  /// Sets what the network's layers keep of batches.
  func fillState(from values: [String: [Double]]) throws(VerificationError) {
    for vector in network.states {
      guard let numbers = values[vector.name], numbers.count == vector.outputCount else {
        throw .missing("buffers.\(vector.name)")
      }
      for (position, value) in zip(vector.positions, numbers) {
        unsafe network.state.start[position] = Float(value)
      }
    }
  }

  /// One tensor of the network, flat in the order of files.
  func values(of tensor: NamedTensor) -> [Double] {
    tensor.positions.map { Double(unsafe network.parameters.start[$0]) }
  }

  /// One vector of the network's state.
  func state(_ vector: NamedTensor) -> [Double] {
    vector.positions.map { Double(unsafe network.state.start[$0]) }
  }

  /// Reorders one number per shared parameter from the order `[out][in]`, layer by layer, to that of
  /// the network's flat vector; padded places get 0.5.
  func sharedOrder(_ values: [Double]) -> [Double] {
    var result = Array(repeating: 0.5, count: network.sharedCount)
    var next = 0
    for tensor in network.tensors where tensor.name.hasPrefix("trunk.") {
      for output in 0..<tensor.outputCount {
        for input in 0..<tensor.inputCount where next < values.count {
          result[tensor.position(output: output, input: input)] = values[next]
          next += 1
        }
      }
    }
    return result
  }
}
