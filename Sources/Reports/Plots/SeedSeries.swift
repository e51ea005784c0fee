internal import Statistics

/// Values over training of several seeds, on the steps that all of them have.
struct SeedSeries: Sendable {
  /// Ascending.
  let steps: [Int]
  /// Values at each step, shape [stepCount][seedCount], nan left out.
  let values: [[Double]]

  /// Series of one seed each, as steps and values.
  init(_ series: [(steps: [Int], values: [Double])]) {
    var byStep: [Int: [Double]] = [:]
    for one in series {
      for (step, value) in zip(one.steps, one.values) where value.isFinite {
        byStep[step, default: []].append(value)
      }
    }
    let fullest = byStep.values.map(\.count).max() ?? 0
    steps = byStep.keys.filter { byStep[$0]?.count == fullest }.sorted()
    values = steps.map { byStep[$0] ?? [] }
  }

  /// Rows of step, mean and the ends of the t interval of the mean.
  var meanWithInterval: [[Double]] {
    zip(steps, values).map { step, values in
      let summary = SeedSummary(values)
      let interval = summary.interval
      return [
        Double(step), summary.mean,
        interval.lower.isFinite ? interval.lower : summary.mean,
        interval.upper.isFinite ? interval.upper : summary.mean,
      ]
    }
  }

  /// Rows of step, median and the 10 % and 90 % quantiles.
  var medianWithRange: [[Double]] {
    zip(steps, values).map { step, values in
      [
        Double(step), SampleQuantile.median(values), SampleQuantile.of(values, at: 0.1),
        SampleQuantile.of(values, at: 0.9),
      ]
    }
  }
}
