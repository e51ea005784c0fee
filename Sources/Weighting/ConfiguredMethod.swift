/// A method as one run uses it: the rule, the scale of its weights and its head convention.
package struct ConfiguredMethod: Sendable {
  /// How heads are trained beside a shared update.
  package enum Heads: String, CaseIterable, Sendable {
    /// As the method's source has it.
    case native
    /// Every head follows its own unweighted gradient.
    case own
    /// Head k follows its gradient times the weight of task k.
    case weighted
  }

  package var rule: any WeightingMethod
  package let name: String
  package let heads: Heads
  /// Factor applied to the native shared weights and to weighted heads: 1 on native scale.
  package let scaleFactor: Double

  package init(rule: any WeightingMethod, name: String, heads: Heads, scaleFactor: Double) {
    self.rule = rule
    self.name = name
    self.heads = heads
    self.scaleFactor = scaleFactor
  }
}
