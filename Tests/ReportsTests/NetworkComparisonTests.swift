import Statistics
import Store
import Testing

@testable import Reports

@Suite("Networks against the first one")
struct NetworkComparisonTests {
  private static func record(_ method: String, _ network: String, order: Int) -> MethodRecord {
    MethodRecord(
      label: network == "hard" ? method : "\(network): \(method)",
      method: method,
      group: method == "pcgrad" ? .gradient : .fixed,
      order: order,
      settings: "{}",
      network: network
    )
  }

  private static let methods = [
    Hand.method("single", .singleTask, order: 0), record("equal", "hard", order: 1),
    record("static (tuned)", "hard", order: 2), record("pcgrad", "hard", order: 3),
    record("equal", "mmoe", order: 4), record("pcgrad", "mmoe", order: 5),
    record("equal", "soft", order: 6),
  ]

  private static func network(
    _ label: String,
    order: Int,
    parameters: Int,
    factor: Double? = nil,
    leftOut: [String] = []
  ) -> NetworkRecord {
    NetworkRecord(
      problem: "p",
      label: label,
      order: order,
      settings: "{}",
      parameters: parameters,
      sharedParameters: parameters / 2,
      multiplyAdds: Double(32 * 3 * parameters),
      widthFactor: factor,
      leftOut: leftOut.map {
        NetworkRecord.LeftOut(
          method: $0,
          reason: "\($0) weighs the tasks' gradients at shared parameters, and this network shares "
            + "nothing: choose a loss weighting method or another 'sharing'"
        )
      }
    )
  }

  /// The RMSE of task b at a seed: Δm is 25 times its distance from 2, that of single-task training.
  private static func rmse(_ label: String, _ seed: Double) -> Double {
    switch label {
    case "equal": 2 + 0.1 * seed
    case "pcgrad": 2.2 + 0.1 * seed
    case "static (tuned)": 1
    case "mmoe: equal": 1.6 + 0.09 * seed
    case "mmoe: pcgrad": 2 + 0.09 * seed
    default: 2 + 0.1 * seed + (Int(seed).isMultiple(of: 2) ? 0.1 : -0.1)
    }
  }

  private func problem(failing: String? = nil) -> ProblemResults {
    var runs = Hand.singleTask(seeds: 4)
    for record in Self.methods.dropFirst() {
      for seed in 0..<4 {
        let isFailed = record.label == failing && seed == 3
        runs.append(
          Hand.run(
            record.label,
            seed: seed,
            isFailed ? nil : (0.8, 0.5, Self.rmse(record.label, Double(seed)))
          )
        )
      }
    }
    var results = Hand.results(methods: Self.methods, runs: runs)
    results.networks = [
      Self.network("hard", order: 0, parameters: 1000),
      Self.network("mmoe", order: 1, parameters: 990, factor: 0.503),
      Self.network("soft", order: 2, parameters: 1004, factor: 0.751, leftOut: ["pcgrad", "mgda"]),
    ]
    return results
  }

  @Test("the methods of both are averaged at each seed, and the differences tested")
  func differences() throws {
    let lines = NetworkComparison(problem()).lines
    #expect(lines.map { $0.network.label } == ["hard", "mmoe", "soft"])
    #expect(lines.map { $0.methods } == [["equal", "pcgrad"], ["equal", "pcgrad"], ["equal"]])
    // 25 (−0.3 − 0.01 s), s from 0 to 3.
    let mmoe = try #require(lines[1].difference)
    #expect(abs(mmoe.mean - -7.875) < 1e-9)
    #expect(mmoe.count == 4)
    let soft = try #require(lines[2].difference)
    #expect(abs(soft.mean) < 1e-9)
    #expect(lines[0].difference == nil)
    #expect(lines.map { $0.word } == [.none, .better, .undecided])
    let p = try #require(lines[1].adjustedP)
    let test = PairedTTest([-7.5, -7.75, -8, -8.25], [0, 0, 0, 0])
    #expect(abs(p - 2 * test.twoSided) < 1e-12)
  }

  @Test("a network on which a run of a method failed has failed")
  func failed() {
    let lines = NetworkComparison(problem(failing: "mmoe: pcgrad")).lines
    #expect(lines.map { $0.word } == [.none, .failed, .undecided])
    #expect(lines[1].adjustedP == nil)
  }

  @Test("a single network is compared with nothing")
  func single() {
    var problem = problem()
    problem.networks = [problem.networks[0]]
    #expect(NetworkComparison(problem).lines.isEmpty)
    #expect(NetworkVerdict.sentences(results(problem)).isEmpty)
  }

  private func results(_ problem: ProblemResults) -> SuiteResults {
    SuiteResults(
      suite: SuiteRecord(name: "s", text: "", planHash: "", createdAt: ""),
      methods: Self.methods,
      problems: [problem]
    )
  }

  @Test("rows of another network are ruled off")
  func rows() throws {
    let table = try ProblemTable.table(of: results(problem()))
    #expect(table.rows.map { $0.spacing } == [.gap, .rule, .none, .gap, .rule, .gap, .rule])
    #expect(
      table.caption.contains(
        "Rows without the name of a network are of hard, static (tuned) among them; single-task "
          + "networks are the same for all."
      )
    )
    let overview = Overview(results(problem()))
    #expect(
      overview.lines.map { $0.record.label } == [
        "equal", "static (tuned)", "pcgrad", "mmoe: equal", "mmoe: pcgrad", "soft: equal",
      ]
    )
  }

  @Test("a method balances where it beats the scale control of its own network")
  func scaleControls() {
    func record(_ label: String, _ name: String, _ network: String, order: Int) -> MethodRecord {
      MethodRecord(
        label: label,
        method: name,
        group: name == "uw" ? .loss : .control,
        order: order,
        settings: "{}",
        network: network
      )
    }
    let methods = [
      Hand.method("single", .singleTask, order: 0),
      record("scale_only", "scale_only", "hard", order: 1),
      record("mmoe: scale_only", "scale_only", "mmoe", order: 2),
      record("mmoe: uw", "uw", "mmoe", order: 3),
    ]
    // Better than the control on its own network, worse than that on the first.
    let levels = ["scale_only": 1.5, "mmoe: scale_only": 2.5, "mmoe: uw": 2]
    var runs = Hand.singleTask(seeds: 4)
    for (label, level) in levels {
      for seed in 0..<4 {
        let noise = Double(seed) * (label == "mmoe: uw" ? 0.01 : 0.02)
        runs.append(Hand.run(label, seed: seed, (0.8, 0.5, level + noise)))
      }
    }
    let results = Hand.results(methods: methods, runs: runs)
    #expect(Judgements(results).all.map { $0.balances } == [nil, nil, true])
  }

  @Test("the table has sizes, what each comes to, and what was left out where")
  func table() throws {
    let table = try NetworkTable.table(of: results(problem()))
    expectText(
      TerminalTable.text(of: table, isStyled: false, maximumWidth: 200),
      """
      Networks of suite s

      Problem and network   Parameters   Shared   Width (×)   Multiply-adds a step (M) ↓   Memory (kB) ↓   Time a step (ms) ↓   Methods     Δm (%) ↓   − first (points) ↓        p   Against the first
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      p: hard                     1000      500           –                       0.0960               –                 5.00         2    6.3 ± 1.6               (ref.)        –              (ref.)
      p: mmoe                      990      495       0.503                       0.0950               –                 5.00         2   −1.6 ± 1.5         −7.88 ± 0.16   <0.001              better
      p: soft                     1004      502       0.751                       0.0964               –                 5.00         1    3.8 ± 1.6          0.00 ± 1.44    1.000      not told apart

      Parameters and multiply-adds are counted, not measured: a step is one batch forward and one backward
      pass of the weighted sum; memory and time are those of equal weights. All networks have about as
      many parameters as the first: every width of a trunk is multiplied by one factor, found by halving,
      and rounded. Δm: mean over the methods that ran on the network and on the first, ± standard error
      over seeds. − first: over the same methods, on the same seeds, data and batches; paired t, Holm over
      the networks of a problem, α = 0.05. Intervals in other forms of this table are adjusted as p is.
      Each method is tuned on each network by itself; Δm is counted from the same single-task networks
      throughout.
      Not run on soft: pcgrad and mgda. Such a method weighs the tasks' gradients at shared parameters,
      and this network shares nothing.

      """
    )
    #expect(!NetworkTable.applies(to: results(withoutNetworks)))
    #expect(
      throws: TableError.notApplicable(
        table: "networks",
        reason: "the suite was stored by a version that kept no networks; 'mtlbench run' adds them"
      )
    ) { try NetworkTable.table(of: results(withoutNetworks)) }
  }

  private var withoutNetworks: ProblemResults {
    var problem = problem()
    problem.networks = []
    return problem
  }

  @Test("the verdict says of each network how it stands to the first")
  func verdict() {
    #expect(
      NetworkVerdict.sentences(results(problem())) == [
        "Against hard, in points of Δm: the mean over the methods that ran on both, on the same "
          + "seeds, data and batches, with adjusted 95 % intervals. All have about as many parameters.",
        "mmoe: better (−7.88, −8.55 to −7.20) on p.",
        "soft: not told apart (0.00, −4.59 to 4.59) on p.",
      ]
    )
    #expect(
      Verdict.text(of: results(problem())).contains("\nBetween the networks\n  - Against hard")
    )
  }

  @Test("a hostile name of a network reaches no terminal")
  func hostile() {
    var problem = problem()
    problem.networks[2].label = "\u{1B}[31m\u{202E}soft"
    let text = Verdict.text(of: results(problem))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    #expect(text.contains(#"\u{1B}[31m\u{202E}soft: "#))
  }

  @Test("the map has a row a network and a column a method")
  func map() throws {
    #expect(!NetworkMap.applies(to: results(withoutNetworks)))
    let figure = try NetworkMap.figure(of: results(problem()))
    let commands = figure.commands.joined(separator: "\n")
    #expect(commands.contains("('hard' 0, 'mmoe' 1, 'soft' 2)"))
    #expect(commands.contains("('equal' 0, 'static (tuned)' 1, 'pcgrad' 2)"))
    let cells = try #require(figure.blocks.first { $0.name == "cells" })
    #expect(
      cells.rows.map { $0.prefix(2).map { Int($0) } } == [
        [0, 0], [1, 0], [2, 0], [0, 1], [2, 1], [0, 2],
      ]
    )
  }
}
