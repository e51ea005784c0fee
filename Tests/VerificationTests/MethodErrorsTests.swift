import Testing

@testable import Verification

@Suite("The table of worst errors per method")
struct MethodErrorsTests {
  @Test("has a row for each method and file, in the registry's order, and leaves statistics out")
  func table() {
    let exact = [
      outcome("pcgrad", "two rows", error: 2e-12, tolerance: 1e-9),
      outcome("pcgrad", "three rows", error: 1e-7, tolerance: 1e-6),
      outcome("uw", "one step", error: 0, tolerance: 1e-10),
      outcome("mgda", "beyond", error: 3e-9, tolerance: 2e-9),
      ReplayOutcome(method: "mgda", caseID: "elsewhere", skipped: "no such variant"),
      ReplayOutcome(method: "gls", caseID: "never", skipped: "no such variant"),
      outcome("t_test", "an operation of statistics", error: 1, tolerance: 1),
    ]
    let trainings = [
      outcome("pcgrad", "a training", error: 2.5e-5, tolerance: 1e-3),
      outcome("rlw", "nan", error: .nan, tolerance: 1),
    ]
    let rows = MethodErrors.rows([("a/exact.json", exact), ("trainings", trainings)])
    #expect(
      MethodErrors.table(rows) == """
        | method | file      | cases | missed | skipped | % of tolerance | worst error | tolerance | in case    |
        | ------ | --------- | ----: | -----: | ------: | -------------: | ----------: | --------: | ---------- |
        | uw     | exact     |     1 |      0 |       0 |              0 |           0 |   1.0e-10 | one step   |
        | rlw    | trainings |     1 |      1 |       0 |            inf |         inf |     1.0e0 | nan        |
        | gls    | exact     |     0 |      0 |       1 |              – |           – |         – | –          |
        | mgda   | exact     |     1 |      1 |       1 |            150 |      3.0e-9 |    2.0e-9 | beyond     |
        | pcgrad | exact     |     2 |      0 |       0 |             10 |      1.0e-7 |    1.0e-6 | three rows |
        | pcgrad | trainings |     1 |      0 |       0 |            2.5 |      2.5e-5 |    1.0e-3 | a training |

        The worst case is the one that uses most of its tolerance. Errors are in the measure of their
        tolerance: relative to a vector's largest entry, and for trainings (float32) to each number or 1.

        """
    )
  }

  @Test("small shares keep two digits")
  func smallShares() {
    let shares = [0.0249, 0.000_2, 0.5].map { share in
      MethodErrors.table(
        MethodErrors.rows([("a.json", [outcome("uw", "case", error: share, tolerance: 1)])])
      ).split(separator: "\n")[2].split(separator: "|")[5].split(separator: " ").joined()
    }
    #expect(shares == ["2.5", "2.0e-2", "50"])
  }

  private func outcome(
    _ method: String,
    _ id: String,
    error: Double,
    tolerance: Double
  ) -> ReplayOutcome {
    var comparison = ReplayComparison()
    comparison.add(error: error, tolerance: tolerance)
    return ReplayOutcome(method: method, caseID: id, comparison: comparison)
  }
}
