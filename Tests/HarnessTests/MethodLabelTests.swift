import Store
import Testing
import Weighting

@Suite("Names of methods that others are held against")
struct MethodLabelTests {
  @Test("are registered")
  func registered() {
    #expect(MethodLabel.equal == EqualWeighting.name)
    #expect(Set(MethodLabel.scaleControls.values).isSubset(of: WeightingRegistry.names))
  }
}
