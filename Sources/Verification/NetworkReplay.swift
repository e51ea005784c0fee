internal import Kernels
internal import Networks
internal import Settings
internal import Training
internal import Weighting

/// Replays `networks.json`: outputs, losses and every gradient of networks by all sharing schemes.
package enum NetworkReplay {
  /// Tolerances of float32 that the file states, relative to the largest entry of an array.
  private static let valueTolerance = 1e-5
  private static let gradientTolerance = 1e-4

  /// - Throws: `VerificationError` for a file that does not follow the schema.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    let outcomes = try replayEach(try file.member("cases")) {
      (element, id) throws(VerificationError) in
      try outcome(element, id) { try compare(element) }
    }
    let large = try replayEach(file["large_cases"] ?? .list([])) {
      (element, id) throws(VerificationError) in
      try outcome(element, id) { try compareLarge(element) }
    }
    return outcomes + large
  }

  private static func outcome(
    _ element: JSONValue,
    _ id: String,
    _ compare: () throws -> ReplayComparison
  ) throws(VerificationError) -> ReplayOutcome {
    let scheme = try element.member("sharing").string()
    do {
      return ReplayOutcome(method: scheme, caseID: id, comparison: try compare())
    } catch let error as ReplaySettings.Unreplayable {
      return ReplayOutcome(method: scheme, caseID: id, skipped: error.reason)
    } catch {
      throw .badCase(id: id, reason: "\(error)")
    }
  }

  /// One training pass of a case's network on its batch, and what it left.
  private struct Pass {
    let model: NetworkModel
    let losses: [Double]
    /// Task gradients at the shared parameters, shape [K][sharedCount].
    let rows: Matrix

    init(_ model: NetworkModel, draws: [Double]) throws {
      self.model = model
      let network = model.network
      let trainer = try NetworkTraceReplay.trainer(model, method: "equal")
      network.draw(atStep: 0, scripted: draws)
      let indices = (0..<Int32(model.model.batchRows)).map { $0 }
      losses = unsafe indices.withUnsafeBufferPointer { indices in
        guard let start = indices.baseAddress else { return [] }
        return unsafe trainer.losses(of: start)
      }
      rows = Matrix(rows: network.shape.taskCount, columns: network.sharedCount)
      network.backwardOwn()
      for task in 0..<rows.rows {
        unsafe network.sharedGradient(of: task, into: rows.view.start + task * rows.stride)
      }
      network.finishOwn()
    }

    var gramian: [Double] {
      var gramian = Array(repeating: 0.0, count: rows.rows * rows.rows)
      KernelTable.best.gramian(rows.view, into: &gramian)
      return gramian
    }

    var lastLayerNorms: [Double] {
      let network = model.network
      let target = Matrix(rows: rows.rows, columns: network.sharedCount)
      network.lastLayerGradients(into: target.view)
      return (0..<rows.rows).map { task in
        var square = 0.0
        for range in network.lastSharedLayers {
          let start = unsafe target.view.start + task * target.stride + range.lowerBound
          square += unsafe KernelTable.best.squaredNorm(start, count: range.count)
        }
        return square.squareRoot()
      }
    }

    /// The gradients of one tensor: of every task where it is shared, else the one of its owner.
    func gradients(_ tensor: NamedTensor) -> [[Double]] {
      guard tensor.offset < model.network.sharedCount else {
        return [unsafe model.values(tensor, in: model.network.gradient.start)]
      }
      return (0..<rows.rows).map { task in
        unsafe model.values(tensor, in: rows.view.start + task * rows.stride)
      }
    }
  }

  private static func compare(_ element: JSONValue) throws -> ReplayComparison {
    let model = try NetworkModel(element)
    let network = model.network
    let expect = try element.member("expect")
    var comparison = ReplayComparison()
    try compareNames(element, network, &comparison)
    let pass = try Pass(model, draws: try draws(element["draws"]))
    comparison.add(pass.losses, expected: try expect.member("losses").doubles(), valueTolerance, 1)
    let taskCount = network.shape.taskCount
    let outputs = (0..<taskCount).map { network.outputs(of: $0) }
    try compare(outputs, try expect.member("outputs").elements(), &comparison)
    let representations = try expect.member("representations").elements()
    try compare(
      representations.indices.map { network.representation(of: $0) },
      representations,
      &comparison
    )
    for tensor in network.tensors {
      let isShared = tensor.offset < network.sharedCount
      let name = isShared ? "shared_gradients" : "own_gradients"
      let expected = try expect.member(name).member(tensor.name)
      let rows = isShared ? try expected.matrix() : [try expected.doubles()]
      for (found, row) in zip(pass.gradients(tensor), rows) {
        comparison.add(found, expected: row, gradientTolerance, 1e-3)
      }
    }
    let gramian = try expect.member("gramian").matrix().flatMap { $0 }
    comparison.add(pass.gramian, expected: gramian, gradientTolerance, 1e-3)
    if let norms = try expect["last_layer_norms"]?.doubles() {
      comparison.add(pass.lastLayerNorms, expected: norms, gradientTolerance, 1e-3)
    }
    try comparePenalty(expect, model, &comparison)
    try compareEvaluation(expect, model, &comparison)
    if let expected = expect["buffers_after"] {
      network.keepStatistics()
      for vector in network.states {
        comparison.add(
          model.model.state(vector),
          expected: try expected.member(vector.name).doubles(),
          valueTolerance,
          1
        )
      }
    }
    return comparison
  }

  /// Which tensors are shared, which are those of the last shared layer, and how many numbers they hold.
  private static func compareNames(
    _ element: JSONValue,
    _ network: Network,
    _ comparison: inout ReplayComparison
  ) throws(VerificationError) {
    let shared = network.tensors.filter { $0.offset < network.sharedCount }
    let last = shared.filter { tensor in
      network.lastSharedLayers.contains { $0.contains(tensor.offset) }
    }
    for (key, tensors) in [("shared", shared), ("last_shared_layer", last)] {
      guard let names = try element[key]?.elements() else { continue }
      var expected: Set<String> = []
      for name in names { expected.insert(try name.string()) }
      if Set(tensors.map { $0.name }) != expected {
        comparison.add(error: .infinity, tolerance: valueTolerance)
      }
    }
    for (key, tensors) in [("shared", shared), ("total", network.tensors)] {
      guard let expected = try element["counts"]?[key]?.int() else { continue }
      let count = tensors.reduce(0) { $0 + $1.inputCount * $1.outputCount }
      if count != expected { comparison.add(error: .infinity, tolerance: valueTolerance) }
    }
  }

  private static func compare(
    _ found: [MatrixView],
    _ expected: [JSONValue],
    _ comparison: inout ReplayComparison
  ) throws(VerificationError) {
    for (view, values) in zip(found, expected) {
      let numbers = try TraceReplay.rows(values).flatMap { $0 }
      comparison.add(NetworkModel.numbers(view), expected: numbers, valueTolerance, 1)
    }
  }

  private static func comparePenalty(
    _ expect: JSONValue,
    _ model: NetworkModel,
    _ comparison: inout ReplayComparison
  ) throws(VerificationError) {
    let network = model.network
    guard let penalty = try expect["penalty"]?.double() else { return }
    comparison.add([network.penalty], expected: [penalty], valueTolerance, 1)
    unsafe network.gradient.start.update(repeating: 0, count: network.parameterCount)
    network.addPenaltyGradient()
    let expected = try expect.member("penalty_gradient")
    for tensor in network.tensors {
      let found = unsafe model.values(tensor, in: network.gradient.start)
      let values = try expected[tensor.name]?.doubles() ?? found.map { _ in 0 }
      comparison.add(found, expected: values, gradientTolerance, 1e-3)
    }
  }

  private static func compareEvaluation(
    _ expect: JSONValue,
    _ model: NetworkModel,
    _ comparison: inout ReplayComparison
  ) throws(VerificationError) {
    guard let expected = try expect["eval_outputs"]?.elements() else { return }
    let evaluator = NetworkTraceReplay.evaluated(model)
    try compare(evaluator.outputs, expected, &comparison)
    let losses = try expect.member("eval_losses").doubles()
    comparison.add(model.losses(of: evaluator.outputs), expected: losses, valueTolerance, 1)
    withExtendedLifetime(evaluator) {}
  }

  /// The draws of a case, or of one step of a training, in the order of the layers.
  ///
  /// - Parameters:
  ///   - draws: By kind of draw; those of layers by path.
  ///   - step: The step; nil for a single pass.
  /// - Returns: Gumbel noise, then what dropout keeps.
  /// - Throws: `VerificationError` for draws of another layout.
  static func draws(_ draws: JSONValue?, step: Int? = nil) throws(VerificationError) -> [Double] {
    func ofStep(_ value: JSONValue) throws(VerificationError) -> JSONValue {
      guard let step else { return value }
      return try value.elements()[step]
    }
    var numbers: [Double] = []
    if let gumbel = draws?["gumbel"] {
      for unit in try ofStep(gumbel).elements() { numbers += try unit.matrix().flatMap { $0 } }
    }
    let modules = try draws?["dropout"]?.members() ?? []
    for module in modules.sorted(by: { NetworkGenerator.isOrdered($0.name, before: $1.name) }) {
      numbers += try ofStep(module.value).flattened()
    }
    return numbers
  }

  private static func compareLarge(_ element: JSONValue) throws -> ReplayComparison {
    let model = try NetworkModel(element, generator: try NetworkGenerator(element))
    let network = model.network
    let expect = try element.member("expect")
    var comparison = ReplayComparison()
    try compareNames(element, network, &comparison)
    let pass = try Pass(model, draws: [])
    comparison.add(pass.losses, expected: try expect.member("losses").doubles(), valueTolerance, 1)
    for (task, row) in try expect.member("outputs_first_row").elements().enumerated() {
      let outputs = network.outputs(of: task).rows(0..<1)
      comparison.add(
        NetworkModel.numbers(outputs),
        expected: try row.doubles(),
        valueTolerance,
        1
      )
    }
    let gramian = try expect.member("gramian").matrix().flatMap { $0 }
    comparison.add(pass.gramian, expected: gramian, gradientTolerance, 1e-3)
    let norms = try expect.member("last_layer_norms").doubles()
    comparison.add(pass.lastLayerNorms, expected: norms, gradientTolerance, 1e-3)
    for tensor in network.tensors {
      let isShared = tensor.offset < network.sharedCount
      let name = isShared ? "shared_gradients" : "own_gradients"
      let expected = try expect.member(name).member(tensor.name)
      let summaries = isShared ? try expected.elements() : [expected]
      for (found, summary) in zip(pass.gradients(tensor), summaries) {
        let norm = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let numbers = [found.reduce(0, +), norm, found[0], found[found.count - 1]]
        var wanted: [Double] = []
        for key in ["sum", "l2", "first", "last"] {
          wanted.append(try summary.member(key).double())
        }
        comparison.add(numbers, expected: wanted, gradientTolerance, 1e-3)
      }
    }
    return comparison
  }
}

extension ReplayComparison {
  /// Differences against `tolerance * max(floor, max |e|)` of the whole array.
  mutating func add(
    _ found: [Double],
    expected: [Double],
    _ tolerance: Double,
    _ floor: Double
  ) {
    let scale = max(floor, expected.map { abs($0) }.max() ?? 0)
    guard found.count == expected.count else {
      add(error: .infinity, tolerance: tolerance)
      return
    }
    for (x, e) in zip(found, expected) { add(error: abs(x - e) / scale, tolerance: tolerance) }
  }
}
