import Testing

@testable import Weighting

@Suite("Projection onto the simplex")
struct SimplexProjectionTests {
  private func projection(_ y: [Double]) -> [Double] {
    var simplex = SimplexProjection(count: y.count)
    var values = y
    simplex.project(&values)
    return values
  }

  @Test("by hand")
  func values() {
    // (0.7 + 0.5 - 1) / 2 = 0.1 is taken from the two largest.
    #expect(agree(projection([0.7, -2, 0.5]), [0.6, 0, 0.4]))
    #expect(projection([5]) == [1])
    #expect(projection([3, 3]) == [0.5, 0.5])
  }

  @Test("keeps its digits however far all entries are moved", arguments: [1e7, 1e17, -1e18, 1e300])
  func far(_ distance: Double) {
    // Beyond 2^53 neighbours are more than 1 apart: the largest takes all, equal ones share.
    #expect(
      projection([distance, distance.nextDown])
        == (distance == 1e7 ? projection([0, -1.862645149230957e-9]) : [1, 0])
    )
    #expect(projection([distance, distance, -distance.magnitude * 2]) == [0.5, 0.5, 0])
  }

  @Test("finite weights that sum to 1 for anything at all")
  func anything() {
    let infinity = Double.infinity
    for y in [
      [infinity, 0], [-infinity, -infinity], [infinity, infinity, -infinity], [.nan, 1],
      [.nan, .nan], [1.7e308, -1.7e308],
    ] {
      let weights = projection(y)
      #expect(weights.allSatisfy { $0 >= 0 } && weights.reduce(0, +) == 1, "\(y): \(weights)")
    }
    #expect(projection([.nan, 1]) == [0, 1])
  }

  @Test(
    "rules that project their weights keep them at any length of the gradients",
    arguments: ["modo", "moco", "sdmgrad"]
  )
  func rules(_ name: String) throws {
    for scale in [1.0, 1e9, 1e50, 1e150] {
      let context = MethodContext(taskCount: 2, sharedCount: 2)
      let settings = name == "moco" ? [(key: "variant", value: "paper")] : []
      var method = try GradientStep.method(name, context: context, settings)
      let rows = [[scale, 0], [0, 2 * scale]]
      var weights: [Double] = []
      for _ in 0..<3 {
        if name == "moco" {
          weights = GradientStep.vector(&method, rows: rows).weights.shared
        } else {
          var step = GradientStep.gramian(of: rows)
          step.crossGramian = step.gramian
          weights = GradientStep.answer(&method, step).shared
        }
        #expect(agree([weights[0] + weights[1]], [1], 1e-12), "\(scale): \(weights)")
      }
      // The longer gradient loses weight; SDMGrad's long inner steps may overshoot.
      if name != "sdmgrad" { #expect(weights[0] >= weights[1]) }
    }
  }
}
