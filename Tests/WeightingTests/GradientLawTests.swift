import Testing

@testable import Weighting

@Suite("Laws of gradient weightings")
struct GradientLawTests {
  /// Rules of the Gramian alone that draw nothing and keep no state.
  static let plain = [
    "mgda", "cagrad", "imtl_g", "nash_mtl", "aligned_mtl", "fairgrad", "upgrad", "dualproj",
  ]

  static let counts = [1, 2, 3, 5, 10]

  private func direction(_ name: String, _ rows: [[Double]]) throws -> (w: [Double], d: [Double]) {
    // Without norm_eps UPGrad and DualProj look at directions only.
    let settings = name == "upgrad" || name == "dualproj" ? [(key: "norm_eps", value: "0")] : []
    var method = try GradientStep.method(name, taskCount: rows.count, settings)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
    let d = GradientStep.combination(result.shared, rows)
    return (result.shared, d.map { $0 * result.sharedFactor })
  }

  @Test("reordering tasks reorders weights and leaves the direction", arguments: plain, counts)
  func permutation(_ name: String, _ count: Int) throws {
    var source = RandomGradients(seed: 5)
    let rows = source.aligned(count, 2 * count)
    let plain = try direction(name, rows)
    let reversed = try direction(name, rows.reversed())
    // Rounding is amplified by condition numbers of some 1e3.
    #expect(GradientStep.agree(reversed.w.reversed(), plain.w, 1e-9))
    #expect(GradientStep.agree(reversed.d, plain.d, 1e-9))
  }

  @Test(
    "scaling all gradients scales the direction, or leaves that of Nash-MTL",
    arguments: ["mgda", "cagrad", "imtl_g", "aligned_mtl", "upgrad", "dualproj", "nash_mtl"],
    counts
  )
  func scale(_ name: String, _ count: Int) throws {
    var source = RandomGradients(seed: 6)
    let rows = source.rows(count, 3 * count)
    let plain = try direction(name, rows).d
    for scale in [0x1p-30, 0x1p30] {
      let scaled = try direction(name, rows.map { $0.map { $0 * scale } }).d
      let expected = name == "nash_mtl" ? plain : plain.map { $0 * scale }
      // A power of two changes no digit: only cut-offs could.
      #expect(GradientStep.agree(scaled, expected, 1e-12), "\(scale)")
    }
  }

  @Test("lengthening one gradient leaves Nash-MTL's direction", arguments: [2, 3, 5])
  func oneScale(_ count: Int) throws {
    var source = RandomGradients(seed: 7)
    var rows = source.aligned(count, 3 * count)
    let plain = try direction("nash_mtl", rows).d
    rows[0] = rows[0].map { $0 * 1e6 }
    #expect(GradientStep.agree(try direction("nash_mtl", rows).d, plain, 1e-9))
  }

  @Test("MGDA's direction improves every task by its squared length", arguments: counts)
  func commonDescent(_ count: Int) throws {
    var source = RandomGradients(seed: 8)
    for _ in 0..<20 {
      let rows = source.rows(count, count + 1)
      let d = try direction("mgda", rows).d
      let squaredNorm = GradientStep.dot(d, d)
      #expect(rows.allSatisfy { GradientStep.dot($0, d) >= squaredNorm - 1e-12 })
    }
  }

  @Test("every rule answers finite weights from 1e-8 to 1e8", arguments: plain, [1, 2, 3, 5, 40])
  func finite(_ name: String, _ count: Int) throws {
    for (sort, rows) in RandomGradients.all(count, seed: 9) {
      let result = try direction(name, rows)
      #expect(result.w.allSatisfy { $0.isFinite }, "\(sort)")
      #expect(result.d.allSatisfy { $0.isFinite }, "\(sort)")
    }
  }
}
