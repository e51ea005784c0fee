import Foundation
import GRDB
import Store

/// A folder of its own for a test, removed at its end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder.
  func file(_ name: String = "bench.sqlite") -> String { path + "/" + name }

  /// Names of the files in the folder, sorted.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// The error a store's use throws, or a record of a missing one.
func storeError(_ work: () throws(StoreError) -> Void) -> StoreError? {
  do throws(StoreError) {
    try work()
    return nil
  } catch {
    return error
  }
}

/// The identity of the run of a number: 16 hexadecimal digits that differ from the first on.
func identity(_ number: Int) -> String {
  let bits = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
  let digits = String(bits, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// A run with everything in it, in the order the store returns.
func sampleRun(_ number: Int = 0, stepCount: Int = 4) -> RunRecord {
  let steps = stride(from: 1, through: stepCount, by: 1)
  let shift = Double(number) / 1000
  var end = RunEnd(.finished)
  end.stepCount = stepCount
  end.trainSeconds = 0.125
  end.totalSeconds = 0.25 + shift
  end.forwardPasses = stepCount
  end.backwardPasses = 2 * stepCount
  end.samplesSeen = 32 * stepCount
  end.memoryBytes = 4096
  end.policySteps = 1
  end.machine = "node3, 8 cores"
  return RunRecord(
    identity: identity(number),
    spec: #"{"seed":\#(number)}"#,
    numericsVersion: 3,
    end: end,
    parameterHash: "00ff00ff00ff00ff",
    bestStep: 3,
    checkpoint: "best",
    instructionSet: "avx2",
    flushToZero: true,
    programVersion: "0.1.0",
    createdAt: "2026-01-02T03:04:05Z",
    metrics: [
      MetricValue(task: nil, part: .test, metric: "relative_loss", value: 2.5),
      MetricValue(task: 0, part: .test, metric: "rmse", value: 0.1 + shift),
      MetricValue(task: 1, part: .test, metric: "auc", value: nil),
      MetricValue(task: 1, part: .test, metric: "log_loss", value: .infinity),
      MetricValue(task: 0, part: .validation, metric: "rmse", value: 1.0 / 3),
    ],
    evaluations: [MeasuredPart.train, .validation].flatMap { part in
      (0..<2).flatMap { task in
        steps.map { Evaluation(step: $0, task: task, part: part, loss: 1 / Double($0) + shift) }
      }
    },
    taskSteps: (0..<2).flatMap { task in
      steps.map { step in
        TaskStep(
          step: step,
          task: task,
          loss: 0.75,
          weight: task == 0 ? 1.5 : nil,
          gradientNorm: step == 2 ? nil : 2.5
        )
      }
    },
    pairSteps: steps.map {
      PairStep(step: $0, taskA: 0, taskB: 1, cosine: $0 == 1 ? nil : -1 / Double($0))
    }
  )
}

/// A speed of one pass.
func sampleMeasurement(pass: Int = 1, value: Double = 44_707) -> MeasurementRecord {
  MeasurementRecord(
    name: "training steps",
    work: "W1",
    method: "pcgrad",
    program: "mtlbench",
    pass: pass,
    value: value,
    unit: "1/s",
    programVersion: "0.1.0",
    machine: "node3, 8 cores",
    createdAt: "2026-01-02T03:04:05Z"
  )
}

/// A suite of two problems and three methods.
func sampleSuite(planHash: String = "aa") -> SuiteRecord {
  SuiteRecord(
    name: "bench",
    text: "name: bench\n# ±\n",
    planHash: planHash,
    createdAt: "2026-01-02T03:04:05Z",
    settings: ["seeds": "10", "steps": "1000"]
  )
}

let sampleProblems = [
  ProblemRecord(
    label: "scaled",
    problem: "scaled",
    family: "synthetic",
    order: 0,
    tasks: [
      TaskRecord(
        index: nil,
        name: "all",
        kind: "",
        loss: "",
        unit: "",
        classCount: 0,
        metrics: [
          MetricRecord(
            name: "relative_loss",
            title: "Sum of relative losses",
            direction: .lower,
            isInDeltaM: false,
            unit: "",
            isPrimary: false
          )
        ]
      ),
      TaskRecord(
        index: 0,
        name: "large",
        kind: "regression",
        loss: "mse",
        unit: "kWh",
        classCount: 0,
        metrics: [
          MetricRecord(
            name: "rmse",
            title: "RMSE",
            direction: .lower,
            isInDeltaM: true,
            unit: "kWh",
            isPrimary: true
          ),
          MetricRecord(
            name: "mae",
            title: "MAE",
            direction: .lower,
            isInDeltaM: false,
            unit: "kWh",
            isPrimary: false
          ),
        ]
      ),
      TaskRecord(
        index: 1,
        name: "small",
        kind: "binary",
        loss: "binary_cross_entropy",
        unit: "",
        classCount: 2,
        metrics: [
          MetricRecord(
            name: "auc",
            title: "AUC",
            direction: .higher,
            isInDeltaM: true,
            unit: "",
            isPrimary: true
          )
        ]
      ),
    ]
  ),
  ProblemRecord(label: "digits", problem: "csv", family: "images", order: 1, tasks: []),
]

let sampleMethods = [
  MethodRecord(
    label: "STL",
    method: "equal",
    group: .singleTask,
    order: 0,
    settings: "{}"
  ),
  MethodRecord(
    label: "static 0.2",
    method: "static",
    group: .sweep,
    order: 1,
    settings: #"{"weights":[0.2,1.8]}"#,
    sweepWeights: [0.2, 1.8]
  ),
  MethodRecord(
    label: "GradNorm",
    method: "gradnorm",
    group: .gradient,
    order: 2,
    settings: #"{"alpha":1.5}"#
  ),
]

/// A plan entry of the sample suite.
func sampleEntry(
  _ number: Int,
  method: String = "GradNorm",
  role: PlanRole = .evaluation,
  candidate: Int = 0,
  seed: Int,
  learningRate: Double = 0.001,
  taskIndex: Int? = nil
) -> PlanEntry {
  PlanEntry(
    suite: "bench",
    problem: "scaled",
    method: method,
    role: role,
    candidate: candidate,
    seed: seed,
    learningRate: learningRate,
    taskIndex: taskIndex,
    identity: identity(number)
  )
}

/// A choice of the sample suite.
func sampleChoice(method: String = "GradNorm", taskIndex: Int? = nil) -> TuningChoice {
  TuningChoice(
    suite: "bench",
    problem: "scaled",
    method: method,
    taskIndex: taskIndex,
    candidate: 0,
    learningRate: 0.001,
    score: taskIndex == nil ? -1.25 : nil,
    edges: ["learning_rate"],
    trialCount: 9,
    failedTrialCount: 2,
    grid: [0.0001, 0.00031622776601683794, 0.001]
  )
}

/// What opening a database says when it fails.
func openingMessage(_ path: String, _ mode: ResultStore.Mode) -> String? {
  storeError { () throws(StoreError) in _ = try ResultStore(path: path, mode: mode) }?.description
}

/// Does something to a database without the store.
func rawDatabase(_ path: String, _ work: (Database) throws -> Void) throws {
  let queue = try DatabaseQueue(path: path)
  try queue.writeWithoutTransaction(work)
  try queue.close()
}
