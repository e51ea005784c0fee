internal import Kernels
package import Settings

/// Smooth Tchebycheff scalarization (STCH): a smooth bound on the largest weighted loss.
///
/// Form `plain`: `y_k = lambda_k (l_k - z_k)`, `F = mu log sum over k of exp(y_k / mu)` and
/// `w_k = lambda_k softmax(y / mu)[k]`, where `lambda` is the preference and z the ideal point.
/// Form `log_nadir`: in the epochs before number E, `F = sum over k of log l_k`; in epoch E the same,
/// and the nadir `n_k` is the mean of `l_k` over it; later `y_k = log(l_k / n_k)`,
/// `F = K mu log sum over k of exp(y_k / mu)` and `w_k = K softmax(y / mu)[k] / l_k`.
///
/// Weights are not negative. In the plain form their sum is at most the largest `lambda_k`; in the
/// other it is free, and losses must be above 0. As mu goes to 0, F becomes the hard maximum.
///
/// Source: Lin, Zhang, Yang, Liu, Wang and Zhang, "Smooth Tchebycheff Scalarization for
/// Multi-Objective Optimization", ICML 2024; form `log_nadir` as in the authors'
/// multi-task code.
///
/// Departures: losses are not raised by 1e-20 before their logarithm is taken, but refused at 0.
package struct SmoothTchebycheff: WeightingMethod {
  package static let name = "stch"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Train on a smooth bound of the largest weighted loss.",
    formula: "F = mu log sum exp(lambda_k (l_k - z_k) / mu)",
    source: "Lin et al., Smooth Tchebycheff Scalarization, ICML 2024",
    passes: "1 backward",
    settings: [
      ("form", "plain (default) or log_nadir"),
      ("mu", "smoothing, default 1, 1e-6 to 1e6"),
      ("preference", "plain only, lambda: uniform (default) 1/K, ones, or a list"),
      ("ideal", "plain only: z, one for each task, default 0"),
      ("warmup_epochs", "log_nadir only: epochs of plain log losses before the nadir, default 4"),
    ],
    traps: [
      "One library has the plain form only and one the log form only: two methods in practice."
    ]
  )

  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] {
    nadirIsKnown ? [("nadir", nadir)] : []
  }

  private let hasLogForm: Bool
  private let mu: Double
  private let preference: [Double]
  private let ideal: [Double]
  private let warmupEpochs: Int
  private var epochsEnded = 0
  /// Steps in the running sum of each task, shape [K].
  private var stepCounts: [Double]
  /// The nadir, and until it is known the running sum of its epoch; shape [K].
  private var nadir: [Double]
  private var nadirIsKnown = false

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let taskCount = context.taskCount
    let form = try settings.choice("form", of: ["plain", "log_nadir"], default: "plain")
    hasLogForm = form == "log_nadir"
    mu = try settings.number("mu", default: 1, in: 1e-6...1e6)
    nadir = Array(repeating: 0, count: taskCount)
    stepCounts = nadir
    if hasLogForm {
      preference = nadir
      ideal = nadir
      warmupEpochs = try settings.count("warmup_epochs", default: 4, in: 0...1_000_000)
    } else {
      preference = try TaskPreference(&settings, context).values
      ideal = try context.taskNumbers("ideal", default: nadir, in: -1e9...1e9, &settings)
      warmupEpochs = 0
    }
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    guard hasLogForm else { return weighPlainly(step, into: &result) }
    result.refusal = step.taskWithLoss(notAbove: 0)
    guard result.refusal == nil else { return }
    if nadirIsKnown {
      weighAgainstNadir(step, into: &result)
    } else {
      weighLogLosses(step, into: &result)
      learnNadir(step)
    }
    for k in result.heads.indices { result.heads[k] = result.shared[k] }
  }

  private func weighPlainly(_ step: borrowing StepStatistics, into result: inout StepWeights) {
    for k in 0..<step.taskCount {
      result.shared[k] = preference[k] * (step.losses[k] - ideal[k]) / mu
    }
    result.objective = mu * Softmax.replace(&result.shared)
    for k in 0..<step.taskCount {
      result.shared[k] *= preference[k]
      result.heads[k] = result.shared[k]
    }
  }

  private func weighLogLosses(_ step: borrowing StepStatistics, into result: inout StepWeights) {
    result.objective = 0
    for k in 0..<step.taskCount {
      result.shared[k] = 1 / step.losses[k]
      result.objective += Portable.log(step.losses[k])
    }
  }

  private func weighAgainstNadir(_ step: borrowing StepStatistics, into result: inout StepWeights) {
    let taskCount = Double(step.taskCount)
    for k in 0..<step.taskCount {
      result.shared[k] = Portable.log(step.losses[k] / nadir[k]) / mu
    }
    result.objective = taskCount * mu * Softmax.replace(&result.shared)
    for k in 0..<step.taskCount { result.shared[k] *= taskCount / step.losses[k] }
  }

  /// In epoch E, adds up the losses.
  private mutating func learnNadir(_ step: borrowing StepStatistics) {
    guard epochsEnded >= warmupEpochs else { return }
    for k in nadir.indices {
      nadir[k] += step.losses[k]
      stepCounts[k] += 1
    }
  }

  /// Makes the mean losses of epoch E the nadir; a task that had no label in it prolongs the epoch.
  package mutating func endEpoch() {
    guard hasLogForm, !nadirIsKnown else { return }
    epochsEnded += 1
    guard epochsEnded > warmupEpochs, !stepCounts.contains(0) else { return }
    for k in nadir.indices { nadir[k] /= stepCounts[k] }
    nadirIsKnown = true
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.perTask(&nadir)
    memory.perTask(&stepCounts)
    memory.common(&epochsEnded)
    memory.common(&nadirIsKnown)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let nadir = state["nadir"] else { return }
    precondition(nadir.count == self.nadir.count, "\(nadir.count) for \(self.nadir.count)")
    self.nadir = nadir
    nadirIsKnown = true
  }
}
