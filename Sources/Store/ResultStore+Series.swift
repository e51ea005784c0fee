internal import GRDB

extension ResultStore {
  /// The stored evaluation runs of a problem, by method in the suite's order, task and seed.
  package func evaluationRuns(
    suite: String,
    problem: String
  ) throws(StoreError) -> [EvaluationRun] {
    try runs(role: "evaluation", suite: suite, problem: problem)
  }

  /// The stored tuning runs of a problem, by method in the suite's order, task, learning rate and
  /// seed.
  package func tuningRuns(suite: String, problem: String) throws(StoreError) -> [EvaluationRun] {
    try runs(role: "tuning", suite: suite, problem: problem)
  }

  /// The losses over training of the evaluation runs of a problem, by method in the suite's order,
  /// seed, part and task.
  package func learningCurves(
    suite: String,
    problem: String
  ) throws(StoreError) -> [LearningCurve] {
    try read { database in
      let sql = """
        SELECT p.method, p.seed, p.identity, e.task, e.part, e.step, e.loss
        FROM plan_entry AS p
        JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
        JOIN evaluation AS e ON e.identity = p.identity
        WHERE p.suite = ? AND p.problem = ? AND p.role = 'evaluation'
        ORDER BY m.position, p.method, p.seed, p.identity, e.part, e.task, e.step
        """
      var curves: [LearningCurve] = []
      let rows = try Row.fetchCursor(database, sql: sql, arguments: [suite, problem])
      while let row = try rows.next() {
        let identity: String = row[2]
        let task: Int = row[3]
        let part: String = row[4]
        let last = curves.last
        if last?.identity != identity || last?.task != task || last?.part != part
          || last?.method != row[0]
        {
          curves.append(
            LearningCurve(
              method: row[0],
              seed: row[1],
              identity: identity,
              task: task,
              part: part,
              steps: [],
              losses: []
            )
          )
        }
        curves[curves.count - 1].steps.append(row[5])
        curves[curves.count - 1].losses.append(row[6] ?? .nan)
      }
      return curves
    }
  }

  /// The diagnostics of the evaluation runs of a problem, by method in the suite's order, seed and
  /// task.
  package func diagnostics(suite: String, problem: String) throws(StoreError) -> Diagnostics {
    try read { database in
      Diagnostics(
        tasks: try Self.taskSeries(suite: suite, problem: problem, database),
        pairs: try Self.pairSeries(suite: suite, problem: problem, database)
      )
    }
  }

  private func runs(
    role: String,
    suite: String,
    problem: String
  ) throws(StoreError) -> [EvaluationRun] {
    try read { database in
      let metrics = try Self.metrics(role: role, suite: suite, problem: problem, database)
      let sql = """
        SELECT
          p.method, p.seed, p.task, p.learning_rate, r.identity, r.status, r.reason,
          r.failed_step, r.step_count, r.train_seconds, r.total_seconds, r.forward_passes,
          r.backward_passes, r.samples_seen, r.policy_steps, r.machine
        FROM plan_entry AS p
        JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
        JOIN run AS r ON r.identity = p.identity
        WHERE p.suite = ? AND p.problem = ? AND p.role = ?
        ORDER BY m.position, p.method, p.task, p.learning_rate, p.seed
        """
      var runs: [EvaluationRun] = []
      let rows = try Row.fetchCursor(database, sql: sql, arguments: [suite, problem, role])
      while let row = try rows.next() {
        let identity: String = row[4]
        runs.append(
          EvaluationRun(
            method: row[0],
            seed: row[1],
            taskIndex: Self.taskIndex(row[2]),
            learningRate: row[3],
            identity: identity,
            status: row[5],
            reason: row[6],
            failedStep: row[7],
            stepCount: row[8],
            trainSeconds: row[9],
            totalSeconds: row[10],
            forwardPasses: row[11],
            backwardPasses: row[12],
            samplesSeen: row[13],
            policySteps: row[14],
            machine: row[15],
            metrics: metrics[identity] ?? []
          )
        )
      }
      return runs
    }
  }

  private static func metrics(
    role: String,
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [String: [MetricValue]] {
    let sql = """
      SELECT identity, task, part, metric, value FROM run_metric
      WHERE identity IN
        (SELECT identity FROM plan_entry WHERE suite = ? AND problem = ? AND role = ?)
      ORDER BY identity, part, task, metric
      """
    var metrics: [String: [MetricValue]] = [:]
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [suite, problem, role])
    while let row = try rows.next() {
      let value = MetricValue(task: row[1], part: row[2], metric: row[3], value: row[4])
      metrics[row[0], default: []].append(value)
    }
    return metrics
  }

  private static func taskSeries(
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [TaskSeries] {
    let sql = """
      SELECT p.method, p.seed, p.identity, t.task, t.step, t.loss, t.weight, t.gradient_norm
      FROM plan_entry AS p
      JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
      JOIN task_step AS t ON t.identity = p.identity
      WHERE p.suite = ? AND p.problem = ? AND p.role = 'evaluation'
      ORDER BY m.position, p.method, p.seed, p.identity, t.task, t.step
      """
    var series: [TaskSeries] = []
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [suite, problem])
    while let row = try rows.next() {
      let identity: String = row[2]
      let task: Int = row[3]
      let last = series.last
      if last?.identity != identity || last?.task != task || last?.method != row[0] {
        series.append(
          TaskSeries(
            method: row[0],
            seed: row[1],
            identity: identity,
            task: task,
            steps: [],
            losses: [],
            weights: [],
            gradientNorms: []
          )
        )
      }
      series[series.count - 1].steps.append(row[4])
      series[series.count - 1].losses.append(row[5] ?? .nan)
      series[series.count - 1].weights.append(row[6])
      series[series.count - 1].gradientNorms.append(row[7])
    }
    return series
  }

  private static func pairSeries(
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [PairSeries] {
    let sql = """
      SELECT p.method, p.seed, p.identity, t.task_a, t.task_b, t.step, t.cosine
      FROM plan_entry AS p
      JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
      JOIN pair_step AS t ON t.identity = p.identity
      WHERE p.suite = ? AND p.problem = ? AND p.role = 'evaluation'
      ORDER BY m.position, p.method, p.seed, p.identity, t.task_a, t.task_b, t.step
      """
    var series: [PairSeries] = []
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [suite, problem])
    while let row = try rows.next() {
      let identity: String = row[2]
      let taskA: Int = row[3]
      let taskB: Int = row[4]
      let last = series.last
      if last?.identity != identity || last?.taskA != taskA || last?.taskB != taskB
        || last?.method != row[0]
      {
        series.append(
          PairSeries(
            method: row[0],
            seed: row[1],
            identity: identity,
            taskA: taskA,
            taskB: taskB,
            steps: [],
            cosines: []
          )
        )
      }
      series[series.count - 1].steps.append(row[5])
      series[series.count - 1].cosines.append(row[6])
    }
    return series
  }
}
