internal import FoundationEssentials
package import Kernels
internal import Problems
internal import Settings
internal import Statistics
package import Store
package import Training

extension RunRecord {
  /// What the store keeps of a run that ended.
  package init(_ spec: RunSpec, _ outcome: RunOutcome, _ instructionSet: InstructionSet) {
    self.init(
      identity: spec.identity,
      spec: spec.json,
      numericsVersion: RunSpec.numericsVersion,
      end: RunEnd(outcome),
      parameterHash: outcome.parameterHash,
      bestStep: outcome.checkpointStep,
      checkpoint: Self.checkpointRule(spec),
      instructionSet: instructionSet.rawValue,
      flushToZero: true,
      programVersion: Program.version,
      createdAt: Date().formatted(.iso8601),
      metrics: outcome.metrics.map {
        MetricValue(
          task: $0.task,
          part: MeasuredPart($0.part),
          metric: $0.name,
          value: $0.value.isNaN ? nil : $0.value
        )
      },
      evaluations: outcome.evaluations.map {
        Evaluation(step: $0.step, task: $0.task, part: MeasuredPart($0.part), loss: $0.loss)
      },
      taskSteps: outcome.taskSteps.map {
        TaskStep(
          step: $0.step,
          task: $0.task,
          loss: $0.loss,
          weight: $0.weight.isNaN ? nil : $0.weight,
          gradientNorm: $0.gradientNorm.isNaN ? nil : $0.gradientNorm
        )
      },
      pairSteps: outcome.pairSteps.map {
        PairStep(
          step: $0.step,
          taskA: $0.taskA,
          taskB: $0.taskB,
          cosine: $0.cosine.isNaN ? nil : $0.cosine
        )
      },
      checkpointMetrics: outcome.checkpointMetrics.map {
        CheckpointMetric(
          rule: $0.rule.rawValue,
          step: $0.step,
          task: $0.task,
          metric: $0.name,
          value: $0.value.isNaN ? nil : $0.value
        )
      },
      mechanism: outcome.mechanism.map {
        MechanismValue(
          step: $0.step,
          kind: $0.kind.rawValue,
          taskA: $0.taskA,
          taskB: $0.taskB,
          value: $0.value.isNaN ? nil : $0.value
        )
      },
      penalties: outcome.penalties.map { PenaltyValue(step: $0.step, value: $0.value) }
    )
  }

  /// What the store keeps of a run whose problem has no data at its seed.
  init(skipped spec: RunSpec, reason: String, _ instructionSet: InstructionSet) {
    var outcome = RunOutcome()
    outcome.status = .skipped(reason: reason)
    self.init(spec, outcome, instructionSet)
  }

  private static func checkpointRule(_ spec: RunSpec) -> String {
    guard case .text(let rule) = spec.training["checkpoint"] else {
      return CheckpointRule.standard.rawValue
    }
    return rule
  }
}

extension RunEnd {
  /// How a run ended that was trained on this machine.
  fileprivate init(_ outcome: RunOutcome) {
    switch outcome.status {
    case .finished: self.init(.finished)
    case .diverged(let reason): self.init(.diverged, reason: reason)
    case .refused(let reason): self.init(.refused, reason: reason)
    case .skipped(let reason): self.init(.skipped, reason: reason)
    }
    failedStep = [.diverged, .refused].contains(status) ? outcome.stepCount + 1 : nil
    stepCount = outcome.stepCount
    trainSeconds = outcome.trainSeconds
    totalSeconds = outcome.totalSeconds
    forwardPasses = outcome.cost.forwardPasses
    backwardPasses = outcome.cost.backwardPasses
    samplesSeen = outcome.cost.samples
    memoryBytes = outcome.memoryBytes > 0 ? outcome.memoryBytes : nil
    policySteps = outcome.policySteps
    checkpointScore = outcome.checkpointScore.isFinite ? outcome.checkpointScore : nil
    machine = Machine.description
    meanWeightSum = outcome.meanWeightSum
  }
}

extension MeasuredPart {
  /// The part as records name it.
  fileprivate init(_ part: SplitPart) {
    self =
      switch part {
      case .train: .train
      case .validation: .validation
      case .test: .test
      }
  }
}
