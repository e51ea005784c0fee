internal import Kernels
internal import Networks
internal import Problems

/// Measures how the task gradients of a run lie to each other, without the noise of a small batch.
///
/// Two disjoint halves of up to 512 training rows each, or so many of every task where tasks have
/// rows of their own, drawn once from streams of their own, go
/// through a network of the probe's own that takes the run's parameters. Of the gradients `g[k]` of
/// each task at the shared parameters, the mean over the labelled rows of both halves, it gives the
/// cosine of each pair and each norm; of the gradients on the two halves, their cosine. A
/// cosine between tasks says nothing where the cosine within a task is small too: then
/// two batches of the same task agree no better.
///
/// Only parameters are read, so a run with a probe trains to the same bits as one without.
///
/// Source: the comparison of cosines between tasks with those between samples of one task: Elich,
/// Kirchdorfer, Köhler and Schott, "Examining Common Paradigms in Multi-Task Learning", 2023.
final class MechanismProbe {
  private static let mostHalfRows = 512

  private let tasks: TrainingTasks
  private let network: Network
  private let kernels: KernelTable
  private let lossKernels: [LossKernel]
  /// Rows of both halves, one half after the other.
  private let rows: [Int32]
  /// Task gradients on the first half, then on both, shape [K][sharedCount].
  private let first: Matrix
  /// Task gradients on the second half.
  private let second: Matrix

  /// What a half is drawn from; a single row is both halves.
  static func half(_ tasks: TrainingTasks) -> BatchPlan {
    BatchPlan(tasks) { min(mostHalfRows, max(1, $0 / 2)) }
  }

  /// - Parameters:
  ///   - tasks: What the run trains.
  ///   - network: A network like the run's, for batches of a half's rows.
  ///   - half: What a half is drawn from.
  ///   - seed: The run's seed.
  ///   - kernels: The instruction set.
  init(
    _ tasks: TrainingTasks,
    network: Network,
    half: BatchPlan,
    seed: UInt64,
    kernels: KernelTable
  ) {
    self.tasks = tasks
    self.network = network
    self.kernels = kernels
    lossKernels = tasks.lossKernels
    var sampler = BatchSampler(half, seed: seed, purpose: .mechanism)
    var rows: [Int32] = []
    for _ in 0..<2 {
      let start = unsafe sampler.advance().rows
      for place in 0..<half.batchRows { unsafe rows.append(start[place]) }
    }
    self.rows = rows
    first = Matrix(rows: tasks.count, columns: network.sharedCount)
    second = Matrix(rows: tasks.count, columns: network.sharedCount)
  }

  /// Cosines within and between tasks, and norms, at the parameters of `other` as they are.
  func compareGradients(of other: Network, step: Int) -> [RunOutcome.Mechanism] {
    unsafe network.parameters.start.update(
      from: other.parameters.start,
      count: network.parameterCount
    )
    let halfRows = network.shape.batchRows
    let firstLabels = gradients(ofRows: 0..<halfRows, into: first)
    let secondLabels = gradients(ofRows: halfRows..<2 * halfRows, into: second)
    let within = withinCosines()
    joinHalves(firstLabels, secondLabels)
    let count = tasks.count
    var gramian = Array(repeating: 0.0, count: count * count)
    kernels.gramian(first.view, into: &gramian)
    let norms = (0..<count).map { gramian[$0 * count + $0].squareRoot() }
    var measured: [RunOutcome.Mechanism] = []
    for (task, index) in tasks.indices.enumerated() {
      func take(_ kind: RunOutcome.Mechanism.Kind, _ value: Double, other: Int? = nil) {
        measured.append(.init(step: step, kind: kind, taskA: index, taskB: other, value: value))
      }
      take(.norm, norms[task])
      take(.withinCosine, within[task])
      for other in task + 1..<max(count, task + 1) {
        let cosine = Self.cosine(gramian[task * count + other], norms[task], norms[other])
        take(.cosine, cosine, other: tasks.indices[other])
      }
    }
    return measured
  }

  /// Test loss of each task at the parameters as they are, and that of predicting the training mean.
  func losses(_ test: PartEvaluator, step: Int) -> [RunOutcome.Mechanism] {
    let losses = test.taskLosses()
    return tasks.indices.enumerated().flatMap { task, index in
      let mean = ConstantBaseline.loss(ofTask: index, tasks.data, on: .test)
      return [
        RunOutcome.Mechanism(
          step: step,
          kind: .testLoss,
          taskA: index,
          taskB: nil,
          value: losses[task]
        ),
        RunOutcome.Mechanism(step: step, kind: .meanLoss, taskA: index, taskB: nil, value: mean),
      ]
    }
  }

  /// Gradients of the mean losses over some of the rows.
  ///
  /// - Returns: How many of the rows carry each task's label, shape [K].
  private func gradients(ofRows range: Range<Int>, into target: Matrix) -> [Int] {
    let part = tasks.data.train
    return unsafe rows[range].withUnsafeBufferPointer { indices in
      guard let start = indices.baseAddress else { return [] }
      unsafe kernels.gather(
        start,
        count: range.count,
        of: part.inputs.view,
        into: network.input,
        prefetching: nil
      )
      network.forward()
      let targets = unsafe BatchTargets(part.targets.view, rows: start)
      let labels = (0..<tasks.count).map { task in
        lossKernels[task].evaluate(
          outputs: network.outputs(of: task),
          targets: targets,
          gradient: network.outputGradient(of: task),
          kernels
        ).presentRows
      }
      network.backwardOwn()
      for task in 0..<tasks.count {
        unsafe network.sharedGradient(
          of: task,
          into: target.view.start + task * target.stride
        )
      }
      return labels
    }
  }

  private func withinCosines() -> [Double] {
    let count = tasks.count
    var products = Array(repeating: 0.0, count: count * count)
    kernels.crossGramian(first.view, second.view, into: &products)
    return (0..<count).map { task in
      Self.cosine(products[task * count + task], norm(first, task), norm(second, task))
    }
  }

  private func norm(_ matrix: Matrix, _ task: Int) -> Double {
    let row = unsafe matrix.view.start + task * matrix.stride
    return unsafe kernels.squaredNorm(row, count: network.sharedCount).squareRoot()
  }

  /// Turns `first` into the mean over the labelled rows of both halves.
  private func joinHalves(_ firstLabels: [Int], _ secondLabels: [Int]) {
    for task in 0..<tasks.count {
      let total = firstLabels[task] + secondLabels[task]
      guard total > 0 else { continue }
      kernels.scale(
        first.view.rows(task..<task + 1),
        by: Float(firstLabels[task]) / Float(total)
      )
      unsafe kernels.add(
        second.view.start + task * second.stride,
        times: Float(secondLabels[task]) / Float(total),
        to: first.view.start + task * first.stride,
        count: network.sharedCount
      )
    }
  }

  private static func cosine(_ product: Double, _ a: Double, _ b: Double) -> Double {
    a * b > 0 ? min(1, max(-1, product / (a * b))) : .nan
  }
}
