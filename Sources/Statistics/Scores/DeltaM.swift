/// Relative performance against single-task training (STL), in percent.
///
/// For metric `j` of task `t` with value `m`, single-task value `b` and `d = +1` where higher is
/// better, else `-1`:
///
/// `gain(t, j) = 100 d (m - b) / |b|`, `gain(t) = mean over j`, `drop = -(mean over t of gain(t))`.
///
/// The drop is what tables print as "Δm (%) ↓": positive is worse than single-task training, the
/// sign of CAGrad, Nash-MTL and FAMO; Maninis et al. print the opposite. `dropFlat` is the mean over
/// all metrics at once, as in published NYUv2 tables; with unequal metric counts the two can
/// disagree about the winner. A base of 0 makes its metric undefined, a failed run makes it failed,
/// and with it every mean that contains it.
///
/// Source: Maninis, Radosavovic and Kokkinos, "Attentive Single-Tasking of Multiple Tasks", CVPR
/// 2019.
package struct DeltaM: Hashable, Sendable {
  /// One metric of a task: the method's value, single-task training's, and its direction.
  package struct Metric: Hashable, Sendable {
    /// The method's value, `m`.
    package var value: Score
    /// Value of single-task training, `b`.
    package var base: Score
    /// Whether larger values are better.
    package var higherIsBetter: Bool

    /// A metric with its two values and its direction.
    package init(value: Score, base: Score, higherIsBetter: Bool) {
      self.value = value
      self.base = base
      self.higherIsBetter = higherIsBetter
    }

    /// The same of numbers; nan, or an infinite one, is a failed run.
    package init(value: Double, base: Double, higherIsBetter: Bool) {
      self.init(
        value: value.isFinite ? .value(value) : .failed,
        base: base.isFinite ? .value(base) : .failed,
        higherIsBetter: higherIsBetter
      )
    }

    /// Gain over single-task training in percent, positive is better.
    ///
    /// A failed method is failed, whatever its base; a failed base leaves the gain undefined, as does
    /// a base of 0.
    package var score: Score {
      switch (value, base) {
      case (.failed, _): return .failed
      case (.missing, _), (_, .missing): return .missing
      case (_, .failed): return .undefined(.failedBase)
      case (.undefined, _): return value
      case (_, .undefined): return base
      case (.value(let value), .value(let base)):
        guard base != 0 else { return .undefined(.zeroBase) }
        return Score(100 * (higherIsBetter ? value - base : base - value) / abs(base))
      }
    }

    /// The number of `score`; nan without one.
    package var gain: Double { score.number }
  }

  /// Gain of each task in percent, positive is better, shape [taskCount].
  package let taskScores: [Score]
  /// Δm: minus the mean of the task gains; positive is worse than single-task training.
  package let score: Score
  /// Minus the mean gain over all metrics of all tasks.
  package let scoreFlat: Score

  /// Minus the median of the task gains, which no single task decides; it needs all of them.
  package var medianScore: Score {
    Score.absence(in: taskScores) ?? Score(-SampleQuantile.median(taskScores.map(\.number)))
  }

  /// The numbers of `taskScores`; nan without one.
  package var taskGains: [Double] { taskScores.map(\.number) }
  /// The number of `score`; nan without one.
  package var drop: Double { score.number }
  /// The number of `scoreFlat`; nan without one.
  package var dropFlat: Double { scoreFlat.number }
  /// Minus `drop`.
  package var gain: Double { -drop }

  /// Δm of tasks given as lists of their metrics.
  package init(_ tasks: [[Metric]]) {
    let gains = tasks.map { $0.map(\.score) }
    taskScores = gains.map { Score.mean($0) }
    score = Score.mean(taskScores).map { -$0 }
    scoreFlat = Score.mean(gains.flatMap { $0 }).map { -$0 }
  }

  /// The score of a gain for profiles and interquartile means: 1 is parity with single-task
  /// training, larger is better.
  package static func score(ofGain gain: Double) -> Double { 1 + gain / 100 }
}
