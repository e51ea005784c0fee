package import Store

internal import Statistics

/// The evaluation runs of the finalists of tuning that were not chosen on one problem, and who the
/// finalists are.
package struct FinalistRuns: Sendable {
  /// Evaluation runs with their candidates.
  private let runs: [EvaluationRun]
  /// How the candidates did in their races.
  private let scores: [CandidateScore]

  package init(runs: [EvaluationRun] = [], scores: [CandidateScore] = []) {
    self.runs = runs
    self.scores = scores
  }

  /// The finalists of a method, each with its validation Δm at the tuning seeds and its test Δm at the
  /// evaluation seeds; nil where they are not stored, or were not chosen by Δm.
  ///
  /// A finalist that hardly any draw of the tuning seeds chooses was not evaluated. A draw that does
  /// choose it counts for the chosen one: it has the chosen one's results.
  func contender(
    _ method: MethodResults,
    _ problem: ProblemResults,
    _ sensitivity: TuningSensitivity
  ) -> TunedContender? {
    let label = method.record.label
    guard let choice = problem.choices.first(where: { $0.method == label }),
      choice.criterion == .deltaM, let reference = problem.reference
    else { return nil }
    let race = scores.filter { $0.method == label && $0.utility == choice.utility }
    guard !race.isEmpty else { return nil }
    let others = race.filter { $0.isFinalist && $0.candidate != choice.candidate }
    // The chosen one first, so that an exact tie is not another choice.
    let candidates = [choice.candidate] + others.map(\.candidate).sorted()
    let seeds = Set(problem.trials.filter { $0.method == label }.map(\.seed)).sorted()
    guard !seeds.isEmpty else { return nil }
    let byCandidate = Dictionary(grouping: runs.filter { $0.method == label }) { $0.candidate }
    return TunedContender(
      criteria: sensitivity.criteria(of: label, candidates: candidates, seeds: seeds),
      results: candidates.map { candidate in
        guard let own = byCandidate[candidate], candidate != choice.candidate else {
          return method.deltaMBySeed
        }
        return MethodResults(
          record: method.record,
          runs: own,
          seeds: problem.seeds,
          columns: problem.columns,
          reference: reference
        ).deltaMBySeed
      }
    )
  }
}
