import Kernels
import Problems
import Settings
import Training

/// Makes data of three tasks, a squared error, a cross-entropy and a binary one, from a random linear map.
///
/// - Parameters:
///   - rowCount: Rows of each part.
///   - noise: Standard deviation of what no network can learn of the regression's targets.
///   - form: What the six inputs are.
/// - Returns: The same data for the same arguments.
func sampleData(
  rowCount: Int = 96,
  noise: Double = 0.1,
  form: InputForm = .columns(6)
) -> ProblemData {
  let tasks = [
    TaskDescription(name: "number", kind: .regression(outputs: 2), metrics: [.loss]),
    TaskDescription(name: "class", kind: .multiclass(classes: 3)),
    TaskDescription(name: "flag", kind: .binary),
  ]
  var stream = RandomStream(seed: 5, purpose: .data)
  let inputCount = 6
  let map = (0..<3 * inputCount).map { _ in stream.normal() }
  func part() -> DataPart {
    let inputs = Matrix(rows: rowCount, columns: inputCount)
    let targets = Matrix(rows: rowCount, columns: 4)
    for row in 0..<rowCount {
      var sums = [0.0, 0, 0]
      for column in 0..<inputCount {
        let value = stream.normal()
        inputs[row, column] = Float(value)
        for k in 0..<3 { sums[k] += map[k * inputCount + column] * value }
      }
      targets[row, 0] = Float(sums[0] + noise * stream.normal())
      targets[row, 1] = Float(sums[1] + noise * stream.normal())
      targets[row, 2] = sums[2] < -1 ? 0 : (sums[2] < 1 ? 1 : 2)
      targets[row, 3] = sums[0] > sums[1] ? 1 : 0
    }
    return DataPart(inputs: inputs, targets: targets)
  }
  return ProblemData(
    tasks: tasks,
    train: part(),
    validation: part(),
    test: part(),
    inputForm: form
  )
}

/// What a test trains, in the words of a suite file.
struct SampleRun {
  /// The method's table without braces.
  var method = "name: equal"
  /// Of the training's table, what differs from Adam at 0.01, batches of 16 and 40 steps.
  var training: [String: String] = [:]
  var network = "trunk: [8, 7]"
  var tasks = [0, 1, 2]
  var seed: UInt64 = 1

  func spec() throws -> RunSpec {
    let settings = ["learning_rate": "0.01", "batch": "16", "steps": "40", "evaluations": "4"]
      .merging(training) { $1 }
    let text = settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return RunSpec(
      problem: CanonicalTable(),
      network: try table(network),
      training: try table(text.joined(separator: "\n")),
      method: try table(method),
      tasks: tasks,
      seed: seed
    )
  }

  func run(
    on data: ProblemData = sampleData(),
    kernels: KernelTable = .best
  ) throws -> RunOutcome {
    let run = try Run(spec(), data: data, kernels: kernels)
    guard let outcome = run.train(isCancelled: { false }) else {
      preconditionFailure("a run that nobody cancels")
    }
    return outcome
  }
}

/// A method's table with the one setting that has no default.
func methodTable(_ name: String) -> String {
  "{name: \(name)" + (name == "static" ? ", weights: [0.5, 1, 1.5]}" : "}")
}

/// A table as a suite file spells it, without braces.
func table(_ text: String) throws -> CanonicalTable {
  CanonicalTable(try YAMLReader.read(text, file: "test"))
}

extension RunOutcome {
  /// Losses at the evaluations on one part, shape [evaluations * K].
  func losses(_ part: SplitPart) -> [Double] {
    evaluations.filter { $0.part == part }.map { $0.loss }
  }

  /// The outcome without what a clock measured.
  var untimed: RunOutcome {
    var outcome = self
    outcome.trainSeconds = 0
    outcome.totalSeconds = 0
    return outcome
  }
}

/// The instruction sets of this machine that have a fused multiply-add: they promise equal bits.
let fusedSets = InstructionSet.supported.filter { set in
  #if arch(x86_64)
  set != .baseline
  #else
  true
  #endif
}
