package import Kernels
internal import Problems
internal import Training

/// How long a suite will take, from one short training per problem.
package struct TimeEstimate: Sendable {
  /// Processor seconds of one run of equal weights on each problem.
  package let secondsPerRun: [Double]
  /// Processor seconds of the whole plan, as if every method cost as much as equal weights.
  package let totalSeconds: Double

  /// Trains one run of every problem at the grid's first learning rate.
  ///
  /// - Throws: What making the data or reading the settings throws.
  package init(_ plan: Plan, kernels: KernelTable) throws {
    var seconds: [Double] = []
    var total = 0.0
    let runsEach = plan.suite.tuning.trialCount + plan.suite.evaluationSeeds.count
    for problem in plan.problemIndices {
      let contender = plan.methods(of: problem)[0]
      let seed = plan.suite.evaluationSeeds[0]
      let job = plan.job(contender, .tuning, plan.suite.tuning.learningRates[0], seed)
      let data = try plan.suite.problems[problem].problem.makeData(seed: seed)
      let run = try Run(job.spec, data: data, kernels: kernels, relativeTo: plan.suite.folder)
      let outcome = run.train { false }
      seconds.append(outcome?.totalSeconds ?? 0)
      let contenders = plan.singleTasks(of: problem).count + plan.methods(of: problem).count
      total += seconds[seconds.count - 1] * Double(contenders * runsEach)
    }
    secondsPerRun = seconds
    totalSeconds = total
  }
}
