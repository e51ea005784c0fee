internal import Kernels
internal import Settings
internal import Weighting

/// Replays `scalarization.json`: one evaluation of a loss weighting per case.
package enum ScalarizationReplay {
  /// Replays every case of a parsed file.
  ///
  /// Weights and the objective's value are compared, the derivatives of a rule's own parameters too:
  /// under plain gradient descent at rate 1 they are what the parameters lose in one step.
  ///
  /// - Returns: One outcome per case, in the file's order; what this build does not have is skipped.
  /// - Throws: `VerificationError` for a file that does not have the layout of one.
  package static func replay(_ file: JSONValue) throws(VerificationError) -> [ReplayOutcome] {
    try replayEach(try file.member("cases")) { (element, _) throws(VerificationError) in
      let given = try Case(element)
      do throws(ReplaySettings.Unreplayable) {
        var method = try given.method()
        return ReplayOutcome(
          method: given.name,
          caseID: given.id,
          comparison: given.compare(&method)
        )
      } catch {
        return ReplayOutcome(method: given.name, caseID: given.id, skipped: error.reason)
      }
    }
  }
}

/// One case, read from the file.
private struct Case {
  let id: String
  let name: String
  let variant: String?
  let hyper: JSONValue?
  let losses: [Double]
  let state: [String: [Double]]
  let value: Double?
  let weights: [Double]
  /// By parameter name, sorted.
  let parameterGradients: [(name: String, values: [Double])]
  let sumScale: Double?
  let tolerance: Double

  init(_ element: JSONValue) throws(VerificationError) {
    id = try element.member("id").string()
    name = try element.member("method").string()
    variant = try element["variant"]?.string()
    hyper = element["hyper"]
    losses = try element.member("losses").doubles()
    let expect = try element.member("expect")
    value = try expect["value"]?.double()
    weights = try expect.member("weights").doubles()
    tolerance = try element.member("tolerance").tolerance("relative")
    sumScale = try element["sum_scale"]?.double()
    let state = try Case.vectors(element["state"])
    self.state = Dictionary(uniqueKeysWithValues: state.map { ($0.name, $0.values) })
    parameterGradients = try Case.vectors(expect["parameter_gradient"])
    guard !losses.isEmpty else { throw .badCase(id: id, reason: "no losses") }
    for vector in [weights] + (state + parameterGradients).map({ $0.values })
    where vector.count != losses.count {
      throw .badCase(id: id, reason: "\(vector.count) numbers for \(losses.count) tasks")
    }
  }

  private static func vectors(
    _ object: JSONValue?
  ) throws(VerificationError) -> [(name: String, values: [Double])] {
    var vectors: [(name: String, values: [Double])] = []
    for (name, list) in try object?.members() ?? [] {
      vectors.append((ReplaySettings.stateName(name), try list.doubles()))
    }
    return vectors
  }

  /// The method in the state of the case.
  func method() throws(ReplaySettings.Unreplayable) -> ConfiguredMethod {
    var context = MethodContext(taskCount: losses.count)
    context.optimizer = MethodContext.NetworkOptimizer(kind: .sgd)
    var method = try ReplaySettings.method(
      name,
      variant: variant,
      hyper: hyper,
      context: context
    )
    method.rule.restore(state)
    return method
  }

  func compare(_ method: inout ConfiguredMethod) -> ReplayComparison {
    var comparison = ReplayComparison()
    var step = StepStatistics(taskCount: losses.count)
    step.losses = losses
    step.learningRate = 1
    var draws = WeightingDraws(RandomStream(seed: 0, purpose: .weighting))
    if let normals = state["draws"] { draws.script(normals: normals) }
    if let uniforms = state["uniforms"] { draws.script(uniforms: uniforms) }
    var result = StepWeights(taskCount: losses.count)
    method.weigh(step, draws: &draws, into: &result)
    guard result.refusal == nil else {
      comparison.add(error: .infinity, tolerance: tolerance)
      return comparison
    }
    comparison.add(result.shared, expected: weights, relative: tolerance)
    if let value {
      let found = result.objective - shiftOfValue
      comparison.add([found], expected: [value], relative: tolerance)
    }
    if let sumScale {
      comparison.add([method.rule.sumFactor], expected: [sumScale], relative: tolerance)
    }
    compareGradients(of: method, into: &comparison)
    return comparison
  }

  private func compareGradients(
    of method: ConfiguredMethod,
    into comparison: inout ReplayComparison
  ) {
    for (name, expected) in parameterGradients {
      let after = method.rule.state.first { $0.name == name }?.values ?? []
      let found = zip(state[name] ?? [], after).map { $0 - $1 }
      comparison.add(found, expected: expected, relative: tolerance)
    }
  }

  /// What the file leaves out of the value: K times the largest `log(l / nadir)`.
  private var shiftOfValue: Double {
    guard name == "stch", let nadir = state["nadir"] else { return 0 }
    let ratios = zip(losses, nadir).map { Portable.log($0 / $1) }
    return Double(losses.count) * (ratios.max() ?? 0)
  }
}
