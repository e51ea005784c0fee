import Kernels
import Networks
import Problems
import Settings

/// A network and tasks of a given size on random data: what step times are measured on.
struct Work {
  let name: String
  let inputCount: Int
  /// Widths of the shared layers, of a dense trunk; those behind the convolutions of another.
  let trunk: [Int]
  let tasks: [TaskDescription]
  let batchRows: Int
  /// Rows of the training data.
  let rowCount: Int
  /// The trunk that is not dense.
  var spatial: Spatial?
  /// The sharing scheme, with its default settings.
  var sharing = HardSharing.name

  /// A trunk on images or sequences.
  struct Spatial {
    /// As a suite writes it.
    let text: String
    let form: InputForm
  }

  /// A small network: 128 inputs, one layer of 64, two heads, batches of 32.
  static let small = Work(
    name: "W1",
    inputCount: 128,
    trunk: [64],
    tasks: twoTasks,
    batchRows: 32,
    rowCount: 4_096
  )
  /// A larger one: 64 inputs, layers of 256, 256 and 128, two heads, batches of 256.
  static let large = Work(
    name: "W2",
    inputCount: 64,
    trunk: [256, 256, 128],
    tasks: twoTasks,
    batchRows: 256,
    rowCount: 8_192
  )
  /// Ten tasks: 250 inputs, four layers of 100, ten heads of 100 outputs, batches of 100.
  static let manyTasks = Work(
    name: "W3",
    inputCount: 250,
    trunk: [100, 100, 100, 100],
    tasks: (0..<10).map { TaskDescription(name: "t\($0)", kind: .regression(outputs: 100)) },
    batchRows: 100,
    rowCount: 4_000
  )
  /// Convolutions: the network of MultiMNIST on 36 x 36 pixels, two heads of ten classes, batches of 256.
  static let convolution = Work(
    name: "W4",
    inputCount: 36 * 36,
    trunk: [50],
    tasks: ["left", "right"].map { TaskDescription(name: $0, kind: .multiclass(classes: 10)) },
    batchRows: 256,
    rowCount: 2_560,
    spatial: Spatial(
      text: "{kind: conv, channels: [10, 20], kernel: 5, padding: 0, pool: 2, dense: [50]}",
      form: .image(channels: 1, height: 36, width: 36)
    )
  )
  /// A transformer of two layers on 16 tokens of 20 features, batches of 64.
  static let transformer = Work(
    name: "W5",
    inputCount: 16 * 20,
    trunk: [64],
    tasks: twoTasks,
    batchRows: 64,
    rowCount: 4_096,
    spatial: Spatial(
      text: "{kind: transformer, width: 64, heads: 4, hidden: 128, layers: 2}",
      form: .sequence(length: 16, width: 20)
    )
  )
  /// W6: the small one under every sharing scheme.
  static let schemes = SharingRegistry.names.map { name in
    Work(
      name: "W6-\(name)",
      inputCount: small.inputCount,
      trunk: small.trunk,
      tasks: small.tasks,
      batchRows: small.batchRows,
      rowCount: small.rowCount,
      sharing: name
    )
  }
  /// Work with dense trunks that all tasks share.
  static let all = [small, large, manyTasks]
  /// And with others.
  static let every = all + [convolution, transformer] + schemes

  private static let twoTasks = [
    TaskDescription(name: "class", kind: .multiclass(classes: 10)),
    TaskDescription(name: "number", kind: .regression(outputs: 5)),
  ]

  /// One of the work for cost tables, in which one size grows: K regressions of one output each.
  static func growing(
    taskCount: Int = 4,
    width: Int = 64,
    batchRows: Int = 64,
    depth: Int = 2
  ) -> Work {
    Work(
      name: "K \(taskCount), width \(width), batch \(batchRows), depth \(depth)",
      inputCount: 64,
      trunk: Array(repeating: width, count: depth),
      tasks: (0..<taskCount).map { TaskDescription(name: "t\($0)", kind: .regression(outputs: 1)) },
      batchRows: batchRows,
      rowCount: 4_096
    )
  }

  /// The network as a suite writes it.
  var networkText: String { "{sharing: \(sharing), trunk: \(spatial?.text ?? "\(trunk)")}" }

  /// What its inputs are.
  var form: InputForm { spatial?.form ?? .columns(inputCount) }

  var outputCounts: [Int] { tasks.map { $0.outputCount } }

  /// Standard normal inputs and targets, classes equally likely; 256 rows in the other two parts.
  func makeData() -> ProblemData {
    var stream = RandomStream(seed: 1, purpose: .data)
    func part(_ rows: Int) -> DataPart {
      let inputs = Matrix(rows: rows, columns: inputCount)
      let targets = Matrix(rows: rows, columns: tasks.reduce(0) { $0 + $1.targetCount })
      for row in 0..<rows {
        for column in 0..<inputCount { inputs[row, column] = Float(stream.normal()) }
        var column = 0
        for task in tasks {
          for _ in 0..<task.targetCount {
            let classes = task.kind.classCount
            targets[row, column] =
              classes > 0 ? Float(stream.below(classes)) : Float(stream.normal())
            column += 1
          }
        }
      }
      return DataPart(inputs: inputs, targets: targets)
    }
    return ProblemData(
      tasks: tasks,
      train: part(rowCount),
      validation: part(256),
      test: part(256),
      inputForm: spatial?.form
    )
  }

  /// Floating-point operations of one step's products, those of convolutions as if a pool dropped none
  /// of them.
  ///
  /// - Parameters:
  ///   - passes: Backward passes through the trunk; through other networks than a shared dense trunk,
  ///     passes through all of them.
  ///   - lastLayerPasses: Passes more at its last layer, for weight gradients of single tasks.
  /// - Returns: Their number, a multiplication and an addition counted as two.
  /// - Throws: `SettingsError`, for a work that is no network.
  func operations(passes: Int, lastLayerPasses: Int) throws -> Double {
    let lastLayer = (trunk.dropLast().last ?? inputCount) * (trunk.last ?? 0)
    var products = lastLayerPasses * lastLayer
    guard spatial == nil, sharing == HardSharing.name else {
      let size = try networkSettings().size(input: form, outputCounts: outputCounts)
      let backward = size.stepMultiplyAdds - size.forwardMultiplyAdds
      products += size.forwardMultiplyAdds + passes * backward
      return 2 * Double(batchRows) * Double(products)
    }
    var inputs = inputCount
    for (index, outputs) in trunk.enumerated() {
      // Forward once; for each pass weight gradients, and input gradients but for the first layer.
      products += inputs * outputs * (1 + passes * (index > 0 ? 2 : 1))
      inputs = outputs
    }
    products += 3 * inputs * outputCounts.reduce(0, +)
    return 2 * Double(batchRows) * Double(products)
  }
}
