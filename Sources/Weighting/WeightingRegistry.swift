package import Settings

/// All weighting methods: one line for each.
package enum WeightingRegistry {
  package static let all: [any WeightingMethod.Type] = [
    EqualWeighting.self,
    StaticWeighting.self,
    UncertaintyWeighting.self,
    RevisedUncertaintyWeighting.self,
    SoftOptimalUncertaintyWeighting.self,
    OptimalUncertaintyWeighting.self,
    DynamicWeightAverage.self,
    RandomLossWeighting.self,
    GeometricLossStrategy.self,
    ScaleInvariantLoss.self,
    ImpartialLossBalance.self,
    SmoothTchebycheff.self,
    FAMO.self,
    GradNorm.self,
    AutoLambda.self,
    MGDA.self,
    MGDAUpperBound.self,
    PCGrad.self,
    GradVac.self,
    GradDrop.self,
    CAGrad.self,
    ImpartialGradients.self,
    ImpartialMTL.self,
    NashMTL.self,
    AlignedMTL.self,
    FairGrad.self,
    UPGrad.self,
    DualProj.self,
    MoCo.self,
    MoDo.self,
    SDMGrad.self,
    ExcessMTL.self,
    DBMTL.self,
    ScaleOnly.self,
    UnitLength.self,
    ExternalMethod.self,
  ]

  package static var names: [String] { all.map { $0.name } }

  /// Why a method cannot run on a network or on the rows of a problem; nil where it can.
  private static func refusal(
    _ name: String,
    _ needs: StepNeeds,
    _ context: MethodContext
  ) -> String? {
    let sharing = context.sharing
    if !context.hasCommonRows, !needs.isDisjoint(with: .gradientsAtRepresentation) {
      return
        "\(name) compares the tasks' gradients at the representation of each row, and here every "
        + "task has rows of its own: choose another method"
    }
    if sharing == .nothing, !needs.isDisjoint(with: .taskGradients) {
      return "\(name) weighs the tasks' gradients at shared parameters, and this network shares "
        + "nothing: choose a loss weighting method or another 'sharing'"
    }
    if sharing == .layers, !needs.isDisjoint(with: .gradientsAtRepresentation) {
      return
        "\(name) weighs the tasks' gradients at one representation, which this network does not "
        + "have: choose another method, or 'sharing: hard'"
    }
    return nil
  }

  /// The names of the methods that run inside this program, without `external`.
  package static var ownNames: [String] { all.filter { !$0.isUserProgram }.map { $0.name } }

  /// The method a settings table asks for.
  ///
  /// Keys read here, for every method: `scale` (`sum`, the default, `fixed_sum` or `native`) and
  /// `heads` (`native`, the default, `own` or `weighted`).
  ///
  /// - Parameters:
  ///   - name: A name of the registry.
  ///   - context: What the method may know of the run.
  ///   - settings: The method's keys.
  /// - Returns: The method at its start, on the scale and with the heads asked for.
  /// - Throws: `SettingsError` for an unknown name, a bad value, weighted heads of a method without
  ///   task weights, a fixed sum of a method that answers a direction, or a key that nobody reads.
  package static func make(
    _ name: String,
    context: MethodContext,
    settings: inout SettingsReader
  ) throws(SettingsError) -> ConfiguredMethod {
    guard let type = all.first(where: { $0.name == name }) else {
      throw settings.unknownName(name, kind: "weighting method", known: names)
    }
    return try make(type, context: context, settings: &settings)
  }

  /// A method of a given type, which need not be in the registry.
  ///
  /// - Parameters:
  ///   - type: The method.
  ///   - context: What the method may know of the run.
  ///   - settings: The method's keys and those of every method.
  /// - Returns: The method at its start, on the scale and with the heads asked for.
  /// - Throws: `SettingsError` as for a name.
  package static func make(
    _ type: any WeightingMethod.Type,
    context: MethodContext,
    settings: inout SettingsReader
  ) throws(SettingsError) -> ConfiguredMethod {
    let maker = RuleMaker(type: type, context: context, settings: settings)
    let rule = try type.init(context: context, settings: &settings)
    if let reason = refusal(type.name, rule.needs, context) {
      throw .setting(settings.place, path: "", .other(reason))
    }
    let word = try settings.choice(
      "scale",
      of: ConfiguredMethod.Scale.allCases.map { $0.rawValue },
      default: ConfiguredMethod.Scale.sum.rawValue
    )
    let scale = ConfiguredMethod.Scale(rawValue: word) ?? .sum
    let heads = try settings.choice(
      "heads",
      of: ConfiguredMethod.Heads.allCases.map { $0.rawValue },
      default: ConfiguredMethod.Heads.native.rawValue
    )
    if heads == ConfiguredMethod.Heads.weighted.rawValue, !rule.hasTaskWeights {
      throw settings.error("heads", "\(type.name) has no task weights to weigh heads by")
    }
    if scale == .fixedSum, rule.answersDirection {
      throw settings.error(
        "scale",
        "\(type.name) answers a direction, not weights that could be given a fixed sum"
      )
    }
    try settings.finish()
    return ConfiguredMethod(
      maker,
      rule: rule,
      scale: scale,
      heads: ConfiguredMethod.Heads(rawValue: heads) ?? .native
    )
  }
}
