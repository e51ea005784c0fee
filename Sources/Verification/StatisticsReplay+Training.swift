internal import Statistics

/// Operations on gradients, learning curves, transfer and tuning.
extension StatisticsReplay {
  static let trainingOperations: [String: Operation] = [
    "grad": gradientConflict, "conflict_rate": conflictRate, "steps_to_target": stepsToTarget,
    "ert": expectedRunningTime, "auc": areaUnderCurve, "equivalent_n": equivalentSampleCount,
    "negative_transfer": negativeTransfer, "evp": expectedValidation,
    "select_lr": learningRateChoice,
  ]

  private static func gradientConflict(_ input: JSONValue) throws(VerificationError) -> Answer {
    let conflict = GradientConflict(gradients: try input.member("gradients").rectangle())
    return .values([
      "norms": JSONValue(conflict.norms), "pairs": JSONValue(conflict.pairs),
      "cosine": JSONValue(conflict.cosines), "gms": JSONValue(conflict.magnitudeSimilarities),
      "norm_share": JSONValue(conflict.normShares),
      "conflict_share": JSONValue(conflict.conflictShare),
      "mean_cosine": JSONValue(conflict.meanCosine),
      "mean_gms": JSONValue(conflict.meanMagnitudeSimilarity),
    ])
  }

  private static func conflictRate(_ input: JSONValue) throws(VerificationError) -> Answer {
    let rate = ConflictRate(try input.member("cosines").optionalDoubles())
    return .values([
      "steps": JSONValue(rate.stepCount), "defined": JSONValue(rate.definedCount),
      "rate": JSONValue(rate.rate), "mean_cosine": JSONValue(rate.meanCosine),
      "mean_conflict_depth": JSONValue(rate.meanConflictDepth),
    ])
  }

  private static func stepsToTarget(_ input: JSONValue) throws(VerificationError) -> Answer {
    let steps = try input.member("steps").doubles()
    let values = try input.member("values").doubles()
    let hold = try input.member("hold").int()
    try require(
      steps.count == values.count && hold >= 1,
      "a value per step and a hold of 1 or more"
    )
    let step = StepsToTarget.first(
      steps: steps,
      values: values,
      target: try input.member("target").double(),
      higherIsBetter: try input.member("higher_better").bool(),
      hold: hold
    )
    return .values(["step": JSONValue(step)])
  }

  private static func expectedRunningTime(_ input: JSONValue) throws(VerificationError) -> Answer {
    let hits = try input.member("hits").optionalDoubles()
    let budgets = try input.member("budgets").doubles()
    try require(hits.count == budgets.count, "a budget per run")
    let time = ExpectedRunningTime(hits: hits, budgets: budgets)
    return .values([
      "success_rate": JSONValue(time.successRate), "median": JSONValue(time.median),
      "ert": JSONValue(time.steps),
    ])
  }

  private static func areaUnderCurve(_ input: JSONValue) throws(VerificationError) -> Answer {
    let x = try input.member("x").doubles()
    let y = try input.member("y").doubles()
    try require(x.count == y.count, "as many x as y")
    return .values([
      "auc": JSONValue(AreaUnderCurve.mean(x, y)),
      "auc_log": JSONValue(AreaUnderCurve.meanOverLogarithm(x, y)),
    ])
  }

  private static func equivalentSampleCount(
    _ input: JSONValue
  ) throws(VerificationError) -> Answer {
    let sizes = try input.member("stl_n").doubles()
    let values = try input.member("stl_value").doubles()
    try require(sizes.count == values.count && !sizes.isEmpty, "a value per size, at least one")
    let equivalent = EquivalentSampleCount(
      singleTaskCounts: sizes,
      singleTaskValues: values,
      sampleCount: try input.member("n").double(),
      value: try input.member("mtl_value").double(),
      higherIsBetter: try input.member("higher_better").bool()
    )
    return .values([
      "monotone_stl": JSONValue(equivalent.monotone),
      "equivalent_n": JSONValue(equivalent.count), "flag": .text(equivalent.bound.rawValue),
      "ratio": JSONValue(equivalent.ratio),
    ])
  }

  private static func negativeTransfer(_ input: JSONValue) throws(VerificationError) -> Answer {
    let multiTask = try input.member("mtl").scoreRows()
    let singleTask = try input.member("stl").scoreRows()
    let higherIsBetter = try input.member("higher_better").bools()
    try require(
      multiTask.map { $0.count } == singleTask.map { $0.count }
        && multiTask.count == higherIsBetter.count,
      "mtl and stl of the same shape and a direction per task"
    )
    let transfer = NegativeTransfer(
      multiTask: multiTask,
      singleTask: singleTask,
      higherIsBetter: higherIsBetter
    )
    return .values([
      "cells": JSONValue(transfer.cellCount), "rate": JSONValue(transfer.rate),
      "tie_share": JSONValue(transfer.tieShare), "per_task": JSONValue(transfer.taskRates),
    ])
  }

  private static func expectedValidation(_ input: JSONValue) throws(VerificationError) -> Answer {
    let values = try input.member("values").doubles()
    let budgets = try input.member("budgets").ints()
    let test = try input["test"].map { (list) throws(VerificationError) in try list.doubles() }
    try require(
      budgets.allSatisfy { $0 >= 1 } && !values.isEmpty
        && (test?.count ?? values.count) == values.count,
      "budgets of 1 or more, trials, and a test value per trial if any"
    )
    let curves = ExpectedValidation(values, budgets: budgets, test: test)
    var answer = [
      "with_replacement": JSONValue(curves.withReplacement),
      "with_replacement_sd": JSONValue(curves.withReplacementDeviation),
      "without_replacement": JSONValue(curves.withoutReplacement),
    ]
    answer["test_of_selected"] = curves.testOfSelected.map { JSONValue($0) }
    return .values(answer)
  }

  private static func learningRateChoice(_ input: JSONValue) throws(VerificationError) -> Answer {
    let rates = try input.member("lrs").doubles()
    let drops = try input.member("val_drop").optionalMatrix()
    try require(rates.count == drops.count, "a row of drops per rate")
    let choice = LearningRateChoice(rates: rates, drops: drops)
    return .values([
      "means": JSONValue(choice.means), "index": JSONValue(choice.index.map { Double($0) }),
      "lr": JSONValue(choice.learningRate), "at_edge": JSONValue(choice.isAtEdge),
    ])
  }
}
