internal import Statistics
internal import Store

/// The evaluation runs that follow from what tuning chose.
struct EvaluationJobs {
  /// A finalist that fewer bootstrap draws of the tuning seeds choose is not evaluated.
  private static let leastShare = 0.025
  /// Points of the front stand behind all methods.
  private static let frontOrder = 10_000

  private let plan: Plan
  private let tuning: Tuning

  init(_ plan: Plan, _ tuning: Tuning) {
    self.plan = plan
    self.tuning = tuning
  }

  /// Jobs of the chosen candidates and of other finalists that may be as good, and the entries of the
  /// front, whose runs are among them.
  var entries: (jobs: [Job], front: [PlanEntry]) {
    var jobs: [Job] = []
    for contender in plan.singleTasks + plan.bases + plan.methods {
      for place in places(of: contender) { jobs += self.jobs(contender, place) }
    }
    var front: [PlanEntry] = []
    for point in frontPoints {
      let own = self.jobs(point.contender, point.place)
      front += own.map { job in
        var entry = job.entry(
          suite: plan.suite.name,
          problemLabel: plan.suite.problems[job.problem].label
        )
        entry.method = point.label
        return entry
      }
      jobs += own
    }
    return (jobs, front)
  }

  /// Candidates of a contender to evaluate: those chosen for any utility, and finalists for the main
  /// one that another draw of the tuning seeds may well have chosen.
  private func places(of contender: Plan.Contender) -> [Int] {
    var places: Set<Int> = []
    for utility in plan.suite.utilities {
      if let winner = tuning.winner(contender, utility) { places.insert(winner) }
    }
    let race = tuning.races[Tuning.Entry(contender: contender, utility: .mean)]
    if contender.taskIndex == nil, let shares = race?.shares {
      places.formUnion(shares.filter { $0.value >= EvaluationJobs.leastShare }.keys)
    }
    // Where all trials failed, the first one stands for the method, so that its failure shows.
    return places.isEmpty ? [0] : places.sorted()
  }

  private func jobs(_ contender: Plan.Contender, _ place: Int) -> [Job] {
    guard let list = tuning.candidates[contender], list.indices.contains(place) else { return [] }
    return plan.suite.evaluationSeeds.map {
      plan.job(contender, .evaluation, list[place], at: place, $0)
    }
  }

  private struct FrontPoint {
    let contender: Plan.Contender
    let place: Int
    let exponents: [Int]
    let label: String
  }

  /// Every point of the sweep's grid, at its best trial on the tuning seeds that it ran on.
  private var frontPoints: [FrontPoint] {
    plan.problemIndices.flatMap { problem -> [FrontPoint] in
      let own = plan.suite.problems[problem]
      guard own.sweep.hasFront, let sweep = plan.sweep(of: problem),
        let list = tuning.candidates[sweep],
        let race = tuning.races[Tuning.Entry(contender: sweep, utility: .mean)]
      else { return [] }
      return tuning.triedExponents(problem).sorted { $0.lexicographicallyPrecedes($1) }.compactMap {
        exponents in
        let trials = list.indices.filter { list[$0].exponents == exponents }
        guard let best = race.ranked(trials).first else { return nil }
        let units = own.sweep.units(exponents)
        return FrontPoint(
          contender: sweep,
          place: best,
          exponents: exponents,
          label: "static \(StaticSweep.text(units))"
        )
      }
    }
  }

  /// The rows of the front's points, each once for all problems.
  var frontRecords: [MethodRecord] {
    var records: [MethodRecord] = []
    for point in frontPoints where !records.contains(where: { $0.label == point.label }) {
      let own = plan.suite.problems[point.contender.problem]
      let units = own.sweep.units(point.exponents)
      let sum = units.reduce(0, +)
      records.append(
        MethodRecord(
          label: point.label,
          method: "static",
          group: .sweep,
          order: EvaluationJobs.frontOrder + records.count,
          settings: "{}",
          sweepWeights: units.map { Significant.rounded($0 / sum) }
        )
      )
    }
    return records
  }
}
