import Kernels
import Statistics
import Testing

@Suite("Pareto fronts")
struct ParetoTests {
  @Test("a point is dominated when another is nowhere larger and somewhere smaller")
  func dominance() {
    #expect(ParetoFront.dominates([1, 2], [1, 3]))
    #expect(!ParetoFront.dominates([1, 2], [1, 2]))
    #expect(!ParetoFront.dominates([1, .nan], [2, 3]))
    #expect(
      ParetoFront.nondominated([[1, 4], [2, 2], [3, 3], [2, 2], [.nan, 0]]) == [0, 1, 3]
    )
  }

  @Test("areas and volumes are those of a count over a grid", arguments: [2, 3])
  func hypervolume(dimension: Int) {
    // Whole coordinates from 0 to 5 below a reference of 6: unit cells are inside or outside.
    var stream = RandomStream(seed: 21, purpose: .statistics, index: UInt64(dimension))
    for _ in 0..<20 {
      let points = (0..<6).map { _ in (0..<dimension).map { _ in Double(stream.below(8)) } }
      let cells = dimension == 2 ? 36 : 216
      let covered = (0..<cells).count { cell in
        let corner = (0..<dimension).map { Double(cell / [1, 6, 36][$0] % 6) }
        return points.contains { point in zip(point, corner).allSatisfy { $0 <= $1 } }
      }
      let reference = [Double](repeating: 6, count: dimension)
      #expect(Hypervolume.of(points, reference: reference) == Double(covered))
      #expect(Hypervolume.share(points, reference: reference) == Double(covered) / Double(cells))
    }
  }

  @Test("the depth behind a front is what a point must gain in every coordinate")
  func depth() {
    let front = [[1.0, 3], [2, 2], [3, 1]]
    // Against (2, 2): min(.5, 1) = .5; against (1, 3): min(1.5, 0) = 0; (3, 1): -.5.
    #expect(ParetoFront.depth(of: [2.5, 3], behind: front) == 0.5)
    #expect(ParetoFront.depth(of: [2, 2], behind: front) == 0)
    // Against (2, 2): min(-.5, -.5).
    #expect(ParetoFront.depth(of: [1.5, 1.5], behind: front) == -0.5)
    #expect(ParetoFront.depth(of: [1, 1], behind: []) == -.infinity)
  }

  @Test("the chance of being dominated is 1 far behind, 0 beyond, and between on the front")
  func chance() {
    var stream = RandomStream(seed: 22, purpose: .statistics)
    let noise = [0.0, 0.1, -0.1, 0.05, -0.05]
    let sweep = [noise.map { [1 + $0, 2 - $0] }, noise.map { [2 + $0, 1 - $0] }]
    let probability = { (method: [[Double]]) in
      ParetoFront.probabilityDominated(method, by: sweep, drawCount: 500, using: &stream)
    }
    #expect(probability(noise.map { [3 + $0, 3 + $0] }) == 1)
    #expect(probability(noise.map { [0.5 + $0, 0.5 + $0] }) == 0)
    let middle = probability(noise.reversed().map { [1 + $0, 2 + $0] })
    #expect(middle > 0.1 && middle < 0.9)
  }
}
