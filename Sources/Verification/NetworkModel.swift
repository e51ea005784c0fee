internal import Kernels
internal import Networks
internal import Problems
internal import Settings
internal import Training

/// A network of `networks.json` with its tasks and its batch.
struct NetworkModel {
  /// Keys of a trunk that stand in the network's own table in a suite.
  private static let dressKeys = ["activation", "norm", "dropout"]

  let model: ReplayModel
  let losses: [String]
  private let targets: [[[Double]]]

  var network: Network { model.network }

  /// - Parameters:
  ///   - element: A case of the file.
  ///   - generator: What makes the numbers of one of `large_cases`.
  /// - Throws: `Unreplayable` for a network that this build does not have.
  init(_ element: JSONValue, generator: NetworkGenerator? = nil) throws {
    let part = try element.member("part")
    let form = try Self.form(try element.member("input_shape").ints())
    var heads: [[Int]] = []
    for head in try element.member("heads").elements() { heads.append(try head.ints()) }
    var losses: [String] = []
    var counts: [Int] = []
    for task in try element.member("tasks").elements() {
      losses.append(try task.member("loss").string())
      counts.append(try task.member("outputs").int())
    }
    self.losses = losses
    let settings = try Self.settings(element, part)
    let inputs: [[Double]]
    if let generator {
      let rows = try element.member("rows").int()
      inputs = generator.inputs(rows: rows, count: form.count)
      targets = zip(counts, losses).enumerated().map { task, kind in
        generator.targets(task: task, rows: rows, outputs: kind.0, loss: kind.1)
      }
    } else {
      let batch = try element.member("batch")
      inputs = try batch.member("input").matrix()
      targets = try batch.member("targets").elements().map { try TraceReplay.rows($0) }
    }
    var initial: [String: [Double]] = [:]
    if let generator {
      initial = try generator.parameters()
    } else {
      for (name, tensor) in try element.member("parameters").members() {
        initial[name] = try tensor.member("values").doubles()
      }
    }
    model = try ReplayModel(
      losses: losses,
      outputCounts: counts,
      initial: initial,
      form: form,
      inputs: inputs,
      targets: targets
    ) { settings.makeNetwork($0, heads: heads, kernels: .best) }
    if let buffers = try element["buffers"]?.members() {
      var states: [String: [Double]] = [:]
      for (name, vector) in buffers { states[name] = try vector.doubles() }
      try model.fillState(from: states)
    }
  }

  private static func form(_ shape: [Int]) throws -> InputForm {
    switch shape.count {
    case 1: return .columns(shape[0])
    case 2: return .sequence(length: shape[0], width: shape[1])
    case 3: return .image(channels: shape[0], height: shape[1], width: shape[2])
    default: throw VerificationError.badCase(id: "input_shape", reason: "\(shape)")
    }
  }

  private static func settings(
    _ element: JSONValue,
    _ part: JSONValue
  ) throws -> NetworkSettings {
    var table = CanonicalTable()
    table["sharing"] = .text(try element.member("sharing").string())
    let type = try part.member("type").string()
    var trunk = CanonicalTable()
    trunk["kind"] = .text(type)
    for (key, value) in try part.members() where key != "type" && value != .null {
      if type == "mlp" && key == "widths" {
        table["trunk"] = try setting(value)
      } else if dressKeys.contains(key) && !(type == "transformer" && key == "activation") {
        table[key] = try setting(value)
      } else {
        trunk[key] = try setting(value)
      }
    }
    if type != "mlp" { table["trunk"] = .table(trunk) }
    for (key, value) in try element["config"]?.members() ?? [] { table[key] = try setting(value) }
    var reader = SettingsReader(table.table, path: "network")
    do throws(SettingsError) {
      return try NetworkSettings(settings: &reader)
    } catch {
      throw ReplaySettings.Unreplayable(reason: "this build has no such network: \(error)")
    }
  }

  /// A value of a case as a suite's.
  private static func setting(_ value: JSONValue) throws -> CanonicalTable.Value {
    if let number = value.numberIfAny { return .number(number) }
    if value.elementsIfAny != nil { return .list(try value.ints().map { .count($0) }) }
    return .text(try value.string())
  }

  /// Entries of a flat vector in the order of a file.
  func values(_ tensor: NamedTensor, in start: UnsafePointer<Float>) -> [Double] {
    tensor.positions.map { Double(unsafe start[$0]) }
  }

  /// Mean losses at outputs, in double precision.
  func losses(of outputs: [MatrixView]) -> [Double] {
    outputs.indices.map { task in
      let view = outputs[task]
      var sum = 0.0
      for row in 0..<view.rows {
        let found = (0..<view.columns).map { Double(unsafe view.start[row * view.stride + $0]) }
        sum += Self.loss(losses[task], found, targets[task][row])
      }
      return sum / Double(view.rows)
    }
  }

  private static func loss(_ kind: String, _ outputs: [Double], _ targets: [Double]) -> Double {
    switch kind {
    case "cross_entropy":
      let largest = outputs.max() ?? 0
      let sum = outputs.reduce(0) { $0 + Portable.exp($1 - largest) }
      return Portable.log(sum) + largest - outputs[Int(targets[0])]
    case "mse":
      let squares = zip(outputs, targets).map { ($0 - $1) * ($0 - $1) }
      return squares.reduce(0, +) / Double(outputs.count)
    default:
      let terms = zip(outputs, targets).map { z, t in
        max(z, 0) - z * t + Portable.log(1 + Portable.exp(-abs(z)))
      }
      return terms.reduce(0, +) / Double(outputs.count)
    }
  }

  /// All numbers of a window, row by row.
  static func numbers(_ view: MatrixView) -> [Double] {
    (0..<view.rows).flatMap { row in
      (0..<view.columns).map { Double(unsafe view.start[row * view.stride + $0]) }
    }
  }
}

/// Numbers of the large cases, which the file describes instead of storing them.
struct NetworkGenerator {
  private let seed: UInt64
  private let element: JSONValue

  init(_ element: JSONValue) throws(VerificationError) {
    seed = UInt64(try element.member("seed").int())
    self.element = element
  }

  /// In [-1, 1): the finalizer of SplitMix64 on the numbers of a tensor and its entry.
  private func number(_ tensor: UInt64, _ entry: Int) -> Double {
    var z = (1000 * seed + tensor) << 32 | UInt64(entry)
    z &+= 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return 2 * (Double(z >> 11) * 0x1p-53) - 1
  }

  /// Inputs of unit variance, shape [rows][count].
  func inputs(rows: Int, count: Int) -> [[Double]] {
    table(900, rows, count)
  }

  private func table(_ tensor: UInt64, _ rows: Int, _ count: Int) -> [[Double]] {
    (0..<rows).map { row in
      (0..<count).map { number(tensor, row * count + $0) * 3.0.squareRoot() }
    }
  }

  /// Targets of a task, shape [rows][...].
  func targets(task: Int, rows: Int, outputs: Int, loss: String) -> [[Double]] {
    table(UInt64(901 + task), rows, outputs).map { values in
      switch loss {
      case "cross_entropy":
        let best = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
        return [Double(best)]
      case "mse": return values
      default: return values.map { $0 > 0 ? 1 : 0 }
      }
    }
  }

  /// Words of tensors' names in the order in which the file's networks list their modules.
  private static let words = [
    "trunk", "columns", "experts", "levels", "shared_experts", "task_experts", "gates",
    "shared_gate", "stitches", "branches", "embed", "cls", "positions", "layers", "norm1",
    "attention", "query", "key", "value", "out", "norm2", "feed", "norm", "carry", "mask",
    "low_rank", "heads", "down", "up", "weight", "bias",
  ]

  /// A tensor's place in the list, by the parts of its name.
  private static func order(_ name: String) -> [Int] {
    name.split(separator: ".").map { part in
      Int(part) ?? words.firstIndex(of: String(part)) ?? words.count
    }
  }

  /// Whether a tensor or module comes before another one.
  static func isOrdered(_ a: String, before b: String) -> Bool {
    order(a).lexicographicallyPrecedes(order(b))
  }

  /// Parameters by name.
  func parameters() throws(VerificationError) -> [String: [Double]] {
    var found: [String: [Double]] = [:]
    var fanIn = 1
    let tensors = try element.member("tensors").members()
      .sorted { Self.isOrdered($0.name, before: $1.name) }
    for (index, (name, value)) in tensors.enumerated() {
      let shape = try value.ints()
      if shape.count > 1 { fanIn = shape.dropFirst().reduce(1, *) }
      let count = shape.reduce(1, *)
      if name.hasPrefix("stitches."), let row = name.split(separator: ".").last {
        let others = 0.1 / Double(max(1, count - 1))
        found[name] = (0..<count).map { "\($0)" == row ? 0.9 : others }
      } else if name.contains(".norm") {
        found[name] = Array(repeating: name.hasSuffix(".weight") ? 1 : 0, count: count)
      } else {
        let bound = 1 / Double(fanIn).squareRoot()
        found[name] = (0..<count).map { number(UInt64(index), $0) * bound }
      }
    }
    return found
  }
}
