internal import Statistics
internal import Store

/// What single-task training leaves to give changes in percent against, which a value of 0 does not.
struct ChangeBase {
  private let problem: ProblemResults
  private let reference: MethodResults
  /// Positions of the columns of each task that count, shape [taskCount][metricCount].
  private let places: [[Int]]
  /// Of each task that is left out, the column whose single-task value is 0 at every seed.
  let zeroColumns: [Int]
  /// Seeds at which a single-task value of the other tasks is 0.
  let zeroSeedCount: Int

  init(_ problem: ProblemResults, reference: MethodResults) {
    let isZero = { (place: Int) in
      let values = reference.values[place].compactMap(\.value)
      return !values.isEmpty && values.allSatisfy { $0 == 0 }
    }
    let all = problem.columns.deltaPlaces
    let places = all.filter { !$0.contains(where: isZero) }
    self.problem = problem
    self.reference = reference
    self.places = places
    zeroColumns = all.compactMap { $0.first(where: isZero) }
    zeroSeedCount = problem.seeds.indices.count { seed in
      places.joined().contains { reference.values[$0][seed].value == 0 }
    }
  }

  /// Whether changes are those of means: in percent of the single-task values averaged over the seeds.
  var isOfMeans: Bool { zeroSeedCount > 0 }

  /// Names of the tasks that count.
  var tasks: [String] {
    places.map { problem.columns[$0[0]].task }.filter { $0.index != nil }.map(\.name)
  }

  /// Change of a method at each seed, in percent, in the way of Δm: shape [seedCount], and empty where no
  /// task counts.
  func changes(of method: MethodResults) -> [Score] {
    if zeroColumns.isEmpty, !isOfMeans { return method.deltaMBySeed }
    let tasks = MethodResults.metricsOverSeeds(
      method.values,
      against: reference.values,
      columns: problem.columns,
      places: places
    )
    return isOfMeans ? DeltaMOverSeeds.perSeedOfMeans(tasks) : DeltaMOverSeeds(tasks).perSeed
  }
}
