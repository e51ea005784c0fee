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
/// disagree about the winner. A base of 0 or a failed run makes its metric nan, and with it every
/// mean that contains it.
///
/// Source: Maninis, Radosavovic and Kokkinos, "Attentive Single-Tasking of Multiple Tasks", CVPR
/// 2019.
package struct DeltaM: Hashable, Sendable {
  /// One metric of a task: the method's value, single-task training's, and its direction.
  package struct Metric: Hashable, Sendable {
    /// The method's value, `m`; nan for a failed run.
    package var value: Double
    /// Value of single-task training, `b`.
    package var base: Double
    /// Whether larger values are better.
    package var higherIsBetter: Bool

    /// A metric with its two values and its direction.
    package init(value: Double, base: Double, higherIsBetter: Bool) {
      self.value = value
      self.base = base
      self.higherIsBetter = higherIsBetter
    }

    /// Gain over single-task training in percent, positive is better; nan for a base of 0.
    package var gain: Double {
      base == 0 ? .nan : 100 * (higherIsBetter ? value - base : base - value) / abs(base)
    }
  }

  /// Gain of each task in percent, positive is better, shape [taskCount].
  package let taskGains: [Double]
  /// Δm: minus the mean of the task gains; positive is worse than single-task training.
  package let drop: Double
  /// Minus the mean gain over all metrics of all tasks.
  package let dropFlat: Double

  /// Minus `drop`.
  package var gain: Double { -drop }

  /// Δm of tasks given as lists of their metrics.
  package init(_ tasks: [[Metric]]) {
    let gains = tasks.map { $0.map { $0.gain } }
    taskGains = gains.map { CompensatedSum.mean($0) }
    drop = -CompensatedSum.mean(taskGains)
    dropFlat = -CompensatedSum.mean(gains.flatMap { $0 })
  }

  /// The score of a gain for profiles and interquartile means: 1 is parity with single-task
  /// training, larger is better.
  package static func score(ofGain gain: Double) -> Double { 1 + gain / 100 }
}
