import Kernels
import Networks
import Settings
import Testing

/// A loss a network's outputs are trained by in these tests.
enum SampleLoss: String, CaseIterable {
  case crossEntropy
  case binaryCrossEntropy
  case squared
  case absolute
  case huber

  /// Outputs of a head with this loss.
  var outputCount: Int {
    switch self {
    case .crossEntropy: 4
    case .binaryCrossEntropy: 1
    case .squared: 3
    case .absolute, .huber: 2
    }
  }

  /// Target columns of a head with this loss.
  var targetCount: Int { self == .crossEntropy ? 1 : outputCount }
}

/// One task of a test's network.
struct SampleTask: CustomStringConvertible {
  let loss: SampleLoss
  /// Whether every third row has no label.
  var mayMiss = false

  var description: String { loss.rawValue + (mayMiss ? "?" : "") }
}

/// What a gradient law is checked on.
struct NetworkCase: CustomTestStringConvertible, Sendable {
  let sharing: String
  /// As a suite writes it.
  let trunk: String
  let heads: [Int]
  let activation: String
  /// Further settings of the trunk.
  var trunkSettings = ""
  let tasks: [SampleTask]
  private(set) var batchRows: Int
  let instructionSet: InstructionSet
  var form = InputForm.columns(5)
  /// Whether the network bends nowhere but in its activation.
  var isSmooth = true

  var testDescription: String {
    "\(sharing), trunk \(trunk)\(trunkSettings), heads \(heads), \(activation), \(tasks), batch \(batchRows), "
      + instructionSet.rawValue
  }

  private static let taskLists: [[SampleTask]] = [
    [SampleTask(loss: .crossEntropy)],
    [SampleTask(loss: .squared), SampleTask(loss: .binaryCrossEntropy)],
    [
      SampleTask(loss: .absolute), SampleTask(loss: .huber),
      SampleTask(loss: .crossEntropy, mayMiss: true),
    ],
    [
      SampleTask(loss: .squared, mayMiss: true), SampleTask(loss: .crossEntropy),
      SampleTask(loss: .binaryCrossEntropy, mayMiss: true),
      SampleTask(loss: .huber, mayMiss: true),
    ],
  ]

  /// Every sharing scheme, activation and instruction set on nets of one to four trunk layers,
  /// linear and deeper heads, one to four tasks and batches that fill no vector.
  static let all: [NetworkCase] = plain + dressed + spatial

  /// The same for a law that goes forward four times for every parameter: each network on one instruction set,
  /// in turn, since that the sets compute alike is a law of its own, and few images or sequences in a batch,
  /// whose tokens and pixels are rows enough.
  static let short: [NetworkCase] =
    plain.enumerated().filter { index, _ in
      let sets = InstructionSet.supported.count
      let networks = plain.count / SharingRegistry.names.count / sets
      return index / networks % sets == index % networks % sets
    }.map(\.element) + dressed
    + spatial.map { networkCase in
      var short = networkCase
      short.batchRows = 3
      return short
    }

  private static let plain: [NetworkCase] = SharingRegistry.names.flatMap { sharing in
    InstructionSet.supported.flatMap { set in
      ["relu", "tanh"].flatMap { activation in
        [
          ([6], [], 0, 7), ([17], [5], 1, 16), ([5, 4], [], 3, 19), ([4, 9], [3], 2, 5),
          ([7, 3, 6], [5, 4], 1, 33), ([4, 5, 3, 6], [], 2, 21), ([3, 4, 18, 5], [6], 3, 1),
        ].map { (trunk: [Int], heads: [Int], tasks: Int, rows: Int) in
          NetworkCase(
            sharing: sharing,
            trunk: "\(trunk)",
            heads: heads,
            activation: activation,
            tasks: taskLists[tasks],
            batchRows: rows,
            instructionSet: set
          )
        }
      }
    }
  }

  /// Those with other layers in the trunk.
  private static let dressed = SharingRegistry.all.filter { !$0.needsPlainTrunk }.flatMap { type in
    [
      ", norm: layer", ", dropout: 0.3", ", norm: layer, dropout: 0.2", ", norm: batch",
      ", norm: batch, dropout: 0.2",
    ].map { settings in
      NetworkCase(
        sharing: type.name,
        trunk: "[6, 5]",
        heads: [],
        activation: "tanh",
        trunkSettings: settings,
        tasks: taskLists[1],
        batchRows: 9,
        instructionSet: InstructionSet.supported[InstructionSet.supported.count - 1]
      )
    }
  }

  private static let image = InputForm.image(channels: 2, height: 7, width: 6)
  private static let sequence = InputForm.sequence(length: 4, width: 3)

  /// Convolutions and transformers with every part they may have.
  private static let spatial: [NetworkCase] = SharingRegistry.all.filter { !$0.needsPlainTrunk }
    .flatMap { type in
      [
        ("{kind: conv, channels: [3], dense: [5]}", "", image, false),
        (
          "{kind: conv, channels: [3, 5], pool: 1, kernel: 3, padding: 0, dense: []}", "", image,
          true
        ),
        ("{kind: conv, channels: [4], residual: 1, dense: [4]}", ", norm: batch", image, false),
        (
          "{kind: conv, channels: [6], residual: 1, pool: 1, kernel: 2, padding: 1, dense: []}",
          ", norm: batch, dropout: 0.2", sequence, true
        ),
        (
          "{kind: conv, channels: [2, 3], pool: 3, kernel: 1, dense: [3, 4]}", "",
          .image(channels: 6, height: 9, width: 9), false
        ),
        ("{kind: transformer, width: 6, heads: 2, layers: 1}", "", sequence, false),
        (
          "{kind: transformer, width: 16, heads: 1, hidden: 5, activation: gelu, pooling: cls}", "",
          sequence, true
        ),
        (
          "{kind: transformer, width: 4, heads: 4, layers: 1, activation: gelu, patch: 2, "
            + "positions: sinusoidal}", "", .image(channels: 2, height: 4, width: 6), true
        ),
      ].map { (trunk: String, settings: String, form: InputForm, isSmooth: Bool) in
        NetworkCase(
          sharing: type.name,
          trunk: trunk,
          heads: [],
          activation: "tanh",
          trunkSettings: settings,
          tasks: taskLists[1],
          batchRows: 18,
          instructionSet: InstructionSet.supported[InstructionSet.supported.count - 1],
          form: form,
          isSmooth: isSmooth
        )
      }
    }

  /// Whether neither network nor losses bend.
  var isSmoothThroughout: Bool {
    activation == "tanh" && isSmooth
      && tasks.allSatisfy { $0.loss != .absolute && $0.loss != .huber }
  }

  func makeNetwork(taskIndices: [Int]? = nil, seed: UInt64 = 3) throws -> Network {
    let text = """
      {sharing: \(sharing), trunk: \(trunk), heads: \(heads), activation: \(activation)\(trunkSettings)}
      """
    var reader = SettingsReader(try YAMLReader.read(text, file: "test"))
    let indices = taskIndices ?? Array(tasks.indices)
    let shape = NetworkShape(
      input: form,
      outputCounts: indices.map { tasks[$0].loss.outputCount },
      taskIndices: indices,
      batchRows: batchRows
    )
    let kernels = KernelTable(instructionSet)
    let network = try Network.make(shape: shape, kernels: kernels, settings: &reader)
    network.initialize(seed: seed)
    return network
  }
}

/// A network with a batch in it and the targets of all its tasks.
struct LoadedNetwork {
  let network: Network
  private let tasks: [SampleTask]
  private let targets: [Matrix]
  private let kernels: KernelTable

  init(_ networkCase: NetworkCase) throws {
    network = try networkCase.makeNetwork()
    network.draw(atStep: 0)
    tasks = networkCase.tasks
    kernels = KernelTable(networkCase.instructionSet)
    var stream = RandomStream(seed: 11, purpose: .data)
    let input = network.input
    for row in 0..<input.rows {
      for column in 0..<input.columns {
        input.start[row * input.stride + column] = Float(stream.normal())
      }
    }
    targets = networkCase.tasks.map { task in
      let target = Matrix(rows: input.rows, columns: task.loss.targetCount)
      for row in 0..<input.rows {
        let isMissing = task.mayMiss && row % 3 == 1
        for column in 0..<target.columns {
          target[row, column] = isMissing ? .nan : task.loss.target(from: &stream)
        }
      }
      return target
    }
  }

  /// Runs the network forward, fills the output gradients and tells each task's loss.
  func losses() -> [Double] {
    network.forward()
    return tasks.indices.map { loss(of: $0) }
  }

  private func loss(of task: Int) -> Double {
    let outputs = network.outputs(of: task)
    let gradient = network.outputGradient(of: task)
    let target = BatchTargets(targets[task].view)
    let mayMiss = tasks[task].mayMiss
    let sum =
      switch tasks[task].loss {
      case .crossEntropy:
        kernels.softmaxCrossEntropy(
          logits: outputs,
          labels: target,
          gradient: gradient,
          mayMiss: mayMiss
        )
      case .binaryCrossEntropy:
        kernels.sigmoidCrossEntropy(
          logits: outputs,
          targets: target,
          gradient: gradient,
          mayMiss: mayMiss
        )
      case .squared:
        kernels.squaredError(
          outputs: outputs,
          targets: target,
          gradient: gradient,
          mayMiss: mayMiss
        )
      case .absolute:
        kernels.absoluteError(
          outputs: outputs,
          targets: target,
          gradient: gradient,
          mayMiss: mayMiss
        )
      case .huber:
        kernels.huberError(
          outputs: outputs,
          targets: target,
          gradient: gradient,
          delta: 0.8,
          mayMiss: mayMiss
        )
      }
    return sum.mean
  }

  /// Forward and backward as far as all passes share it.
  func prepare() {
    _ = losses()
    network.backwardOwn()
  }

  /// One task's gradient at the shared parameters, after `prepare`.
  func sharedGradient(of task: Int) -> [Float] {
    taken { network.sharedGradient(of: task, into: $0) }
  }

  /// What `fill` writes at the shared parameters.
  func taken(_ fill: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    let buffer = FloatBuffer(count: network.sharedCount)
    fill(buffer.start)
    return (0..<buffer.count).map { buffer.start[$0] }
  }

  /// Those whose gradient is a derivative: not the logits of drawn branches, whose gradient is taken
  /// as if branches were mixed.
  var smoothPositions: [Int] {
    let drawn = network.tensors.filter { $0.name.hasPrefix("branches.") }
    let positions = Set(
      drawn.flatMap { tensor in
        (0..<tensor.outputCount).map { tensor.position(output: $0, input: 0) }
      }
    )
    return usedPositions.filter { !positions.contains($0) }
  }

  /// Positions in the flat vectors that hold a weight or bias.
  var usedPositions: [Int] {
    network.tensors.flatMap { tensor in
      (0..<tensor.inputCount).flatMap { input in
        (0..<tensor.outputCount).map { tensor.position(output: $0, input: input) }
      }
    }
  }
}

extension SampleLoss {
  fileprivate func target(from stream: inout RandomStream) -> Float {
    switch self {
    case .crossEntropy: Float(stream.below(outputCount))
    case .binaryCrossEntropy: Float(stream.below(2))
    case .squared, .absolute, .huber: Float(stream.normal())
    }
  }
}

/// Whether two gradients agree to `tolerance` of the larger one's largest entry.
func agree(_ a: [Float], _ b: [Float], tolerance: Float) -> Bool {
  let largest = (a + b).reduce(0) { max($0, abs($1)) }
  return a.count == b.count
    && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * largest }
}
