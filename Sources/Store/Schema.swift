internal import GRDB

/// The tables, as named migrations, oldest first.
///
/// A released migration is never edited.
enum Schema {
  /// `MTLB` in ASCII, in the header of every results database.
  static let applicationID = 0x4D54_4C42

  /// Version of the tables this program reads and writes: the number of migrations.
  static let version = migrations.count

  /// Oldest version that can be read without bringing it up to date.
  static let oldestReadable = 6

  /// Brings a new or older database up to date: a new one in one transaction, so that it is whole or
  /// empty whenever its making is cut short, an older one with each migration in its own.
  static func migrate(_ queue: DatabaseQueue) throws {
    try queue.write { database in
      if try isEmpty(database) { try make(database) }
    }
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { database in
        try database.execute(sql: migration.sql)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    try migrator.migrate(queue)
  }

  /// Whether there are no tables yet, but perhaps an empty list of migrations, which mtlbench once
  /// made first and by itself.
  static func isEmpty(_ database: Database) throws -> Bool {
    let tables = try String.fetchSet(database, sql: "SELECT tbl_name FROM sqlite_master")
    guard tables == ["grdb_migrations"] else { return tables.isEmpty }
    return try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM grdb_migrations") == 0
  }

  /// All tables, and the list of migrations as the migrator keeps it.
  private static func make(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """
    )
    for migration in migrations {
      try database.execute(sql: migration.sql)
      try database.execute(
        sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)",
        arguments: [migration.name]
      )
    }
  }

  private static let migrations: [(name: String, sql: String)] = [
    ("v1 runs and suites", runs + suites),
    ("v2 measurements", measurements),
    ("v3 memory of runs", "ALTER TABLE run ADD COLUMN memory_bytes INTEGER;"),
    ("v4 candidates and checkpoints", candidates + checkpoints + views),
    ("v5 networks", networks),
    ("v6 facts of problems", facts),
  ]

  private static let runs = """
    CREATE TABLE run (
      identity TEXT NOT NULL PRIMARY KEY
        CHECK (length(identity) = 16 AND identity NOT GLOB '*[^0-9a-f]*'),
      numerics_version INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('finished', 'diverged', 'refused', 'skipped')),
      reason TEXT NOT NULL,
      failed_step INTEGER,
      step_count INTEGER NOT NULL,
      train_seconds REAL NOT NULL,
      total_seconds REAL NOT NULL,
      forward_passes INTEGER NOT NULL,
      backward_passes INTEGER NOT NULL,
      samples_seen INTEGER NOT NULL,
      policy_steps INTEGER NOT NULL,
      parameter_hash TEXT NOT NULL,
      best_step INTEGER,
      checkpoint TEXT NOT NULL,
      instruction_set TEXT NOT NULL,
      flush_to_zero INTEGER NOT NULL CHECK (flush_to_zero IN (0, 1)),
      program_version TEXT NOT NULL,
      machine TEXT NOT NULL,
      created_at TEXT NOT NULL,
      spec TEXT NOT NULL
    ) STRICT;

    CREATE TABLE run_metric (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      part TEXT NOT NULL CHECK (part IN ('validation', 'test')),
      task INTEGER NOT NULL,
      metric TEXT NOT NULL,
      value REAL,
      PRIMARY KEY (identity, part, task, metric)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE evaluation (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      part TEXT NOT NULL CHECK (part IN ('train', 'validation')),
      task INTEGER NOT NULL,
      step INTEGER NOT NULL,
      loss REAL,
      PRIMARY KEY (identity, part, task, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE task_step (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      task INTEGER NOT NULL,
      step INTEGER NOT NULL,
      loss REAL,
      weight REAL,
      gradient_norm REAL,
      PRIMARY KEY (identity, task, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE pair_step (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      task_a INTEGER NOT NULL,
      task_b INTEGER NOT NULL CHECK (task_a < task_b),
      step INTEGER NOT NULL,
      cosine REAL,
      PRIMARY KEY (identity, task_a, task_b, step)
    ) STRICT, WITHOUT ROWID;

    """

  private static let suites = """
    CREATE TABLE suite (
      name TEXT NOT NULL PRIMARY KEY,
      plan_hash TEXT NOT NULL,
      created_at TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE suite_setting (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (suite, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE suite_problem (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      label TEXT NOT NULL,
      problem TEXT NOT NULL,
      family TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (suite, label)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE suite_task (
      suite TEXT NOT NULL,
      problem TEXT NOT NULL,
      task INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      loss TEXT NOT NULL,
      unit TEXT NOT NULL,
      class_count INTEGER NOT NULL,
      PRIMARY KEY (suite, problem, task),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE suite_metric (
      suite TEXT NOT NULL,
      problem TEXT NOT NULL,
      task INTEGER NOT NULL,
      metric TEXT NOT NULL,
      position INTEGER NOT NULL,
      title TEXT NOT NULL,
      direction TEXT NOT NULL CHECK (direction IN ('lower', 'higher')),
      is_in_delta_m INTEGER NOT NULL CHECK (is_in_delta_m IN (0, 1)),
      unit TEXT NOT NULL,
      is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
      PRIMARY KEY (suite, problem, task, metric),
      FOREIGN KEY (suite, problem, task) REFERENCES suite_task (suite, problem, task)
        ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE suite_method (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      label TEXT NOT NULL,
      method TEXT NOT NULL,
      method_group TEXT NOT NULL
        CHECK (method_group IN ('single-task', 'fixed', 'sweep', 'loss', 'gradient')),
      position INTEGER NOT NULL,
      settings TEXT NOT NULL,
      sweep_weights TEXT,
      PRIMARY KEY (suite, label)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan_entry (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('tuning', 'evaluation')),
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      learning_rate REAL NOT NULL,
      seed INTEGER NOT NULL,
      identity TEXT NOT NULL,
      PRIMARY KEY (suite, problem, role, method, task, learning_rate, seed),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (suite, method) REFERENCES suite_method (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;

    -- Paired statistics need one evaluation run for each seed.
    CREATE UNIQUE INDEX plan_entry_evaluation
      ON plan_entry (suite, problem, method, task, seed) WHERE role = 'evaluation';
    CREATE INDEX plan_entry_by_method ON plan_entry (suite, method);
    CREATE INDEX plan_entry_by_identity ON plan_entry (identity);

    CREATE TABLE tuning_choice (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      learning_rate REAL NOT NULL,
      score REAL,
      is_at_edge INTEGER NOT NULL CHECK (is_at_edge IN (0, 1)),
      trial_count INTEGER NOT NULL,
      failed_trial_count INTEGER NOT NULL,
      grid TEXT NOT NULL,
      PRIMARY KEY (suite, problem, method, task),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (suite, method) REFERENCES suite_method (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX tuning_choice_by_method ON tuning_choice (suite, method);
    """

  private static let measurements = """
    CREATE TABLE measurement (
      created_at TEXT NOT NULL,
      machine TEXT NOT NULL,
      program_version TEXT NOT NULL,
      program TEXT NOT NULL,
      name TEXT NOT NULL,
      work TEXT NOT NULL,
      method TEXT NOT NULL,
      pass INTEGER NOT NULL,
      value REAL NOT NULL,
      unit TEXT NOT NULL,
      PRIMARY KEY (created_at, machine, program, name, work, method, pass)
    ) STRICT, WITHOUT ROWID;
    """

  /// Tables that others refer to are made anew under their old name; GRDB checks foreign keys at the
  /// end of a migration.
  private static let candidates = """
    ALTER TABLE suite_problem ADD COLUMN optimizer TEXT NOT NULL DEFAULT '';

    CREATE TABLE new_suite_method (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      label TEXT NOT NULL,
      method TEXT NOT NULL,
      method_group TEXT NOT NULL CHECK (method_group IN
        ('single-task', 'base', 'fixed', 'control', 'sweep', 'loss', 'gradient')),
      position INTEGER NOT NULL,
      settings TEXT NOT NULL,
      sweep_weights TEXT,
      PRIMARY KEY (suite, label)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_suite_method SELECT * FROM suite_method;

    -- The learning rates that a method tried are its candidates, in ascending order.
    CREATE TABLE candidate (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      candidate INTEGER NOT NULL,
      learning_rate REAL NOT NULL,
      settings TEXT NOT NULL,
      weights TEXT,
      units TEXT,
      PRIMARY KEY (suite, problem, method, task, candidate),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (suite, method) REFERENCES suite_method (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;
    INSERT INTO candidate (suite, problem, method, task, candidate, learning_rate, settings)
    SELECT suite, problem, method, task,
      ROW_NUMBER() OVER (PARTITION BY suite, problem, method, task ORDER BY learning_rate) - 1,
      learning_rate, '{}'
    FROM (SELECT DISTINCT suite, problem, method, task, learning_rate FROM plan_entry);

    CREATE TABLE candidate_score (
      suite TEXT NOT NULL,
      problem TEXT NOT NULL,
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      utility TEXT NOT NULL,
      candidate INTEGER NOT NULL,
      seed_count INTEGER NOT NULL,
      score REAL,
      is_finalist INTEGER NOT NULL CHECK (is_finalist IN (0, 1)),
      choice_share REAL,
      PRIMARY KEY (suite, problem, method, task, utility, candidate),
      FOREIGN KEY (suite, problem, method, task, candidate)
        REFERENCES candidate (suite, problem, method, task, candidate) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE new_plan_entry (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('tuning', 'evaluation')),
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      candidate INTEGER NOT NULL,
      seed INTEGER NOT NULL,
      learning_rate REAL NOT NULL,
      identity TEXT NOT NULL,
      PRIMARY KEY (suite, problem, role, method, task, candidate, seed),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (suite, method) REFERENCES suite_method (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_plan_entry
    SELECT suite, problem, role, method, task, candidate, seed, learning_rate, identity
    FROM plan_entry JOIN candidate USING (suite, problem, method, task, learning_rate);

    CREATE TABLE new_tuning_choice (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      method TEXT NOT NULL,
      task INTEGER NOT NULL,
      utility TEXT NOT NULL,
      candidate INTEGER NOT NULL,
      learning_rate REAL NOT NULL,
      settings TEXT NOT NULL,
      weights TEXT,
      units TEXT,
      criterion TEXT NOT NULL,
      score REAL,
      choice_share REAL,
      edges TEXT NOT NULL,
      trial_count INTEGER NOT NULL,
      failed_trial_count INTEGER NOT NULL,
      grid TEXT NOT NULL,
      PRIMARY KEY (suite, problem, method, task, utility),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (suite, method) REFERENCES suite_method (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_tuning_choice
    SELECT c.suite, c.problem, c.method, c.task, 'mean', a.candidate, c.learning_rate, '{}', NULL,
      NULL, 'delta_m', c.score, NULL, CASE c.is_at_edge WHEN 1 THEN 'learning_rate' ELSE '' END,
      c.trial_count, c.failed_trial_count, c.grid
    FROM tuning_choice AS c JOIN candidate AS a
      USING (suite, problem, method, task, learning_rate);

    DROP TABLE plan_entry;
    DROP TABLE tuning_choice;
    DROP TABLE suite_method;
    ALTER TABLE new_suite_method RENAME TO suite_method;
    ALTER TABLE new_plan_entry RENAME TO plan_entry;
    ALTER TABLE new_tuning_choice RENAME TO tuning_choice;
    CREATE INDEX candidate_by_method ON candidate (suite, method);
    CREATE INDEX plan_entry_by_method ON plan_entry (suite, method);
    CREATE INDEX plan_entry_by_identity ON plan_entry (identity);
    CREATE INDEX tuning_choice_by_method ON tuning_choice (suite, method);

    CREATE TABLE single_task_loss (
      suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
      problem TEXT NOT NULL,
      task INTEGER NOT NULL,
      loss REAL NOT NULL,
      PRIMARY KEY (suite, problem, task),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
        DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID;

    """

  private static let checkpoints = """
    ALTER TABLE run ADD COLUMN mean_weight_sum REAL;
    ALTER TABLE run ADD COLUMN checkpoint_score REAL;

    CREATE TABLE checkpoint_metric (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      rule TEXT NOT NULL CHECK (rule IN ('best', 'relative', 'last')),
      task INTEGER NOT NULL,
      metric TEXT NOT NULL,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (identity, rule, task, metric)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE mechanism (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      task_a INTEGER NOT NULL,
      task_b INTEGER NOT NULL,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (identity, kind, task_a, task_b, step)
    ) STRICT, WITHOUT ROWID;

    """

  private static let networks = """
    ALTER TABLE suite_method ADD COLUMN network TEXT NOT NULL DEFAULT '';

    CREATE TABLE suite_network (
      suite TEXT NOT NULL,
      problem TEXT NOT NULL,
      label TEXT NOT NULL,
      position INTEGER NOT NULL,
      settings TEXT NOT NULL,
      parameters INTEGER NOT NULL,
      shared_parameters INTEGER NOT NULL,
      multiply_adds REAL NOT NULL,
      width_factor REAL,
      PRIMARY KEY (suite, problem, label),
      FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE network_left_out (
      suite TEXT NOT NULL,
      problem TEXT NOT NULL,
      network TEXT NOT NULL,
      method TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (suite, problem, network, method),
      FOREIGN KEY (suite, problem, network) REFERENCES suite_network (suite, problem, label)
        ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE penalty (
      identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (identity, step)
    ) STRICT, WITHOUT ROWID;

    """

  private static let facts = """
    ALTER TABLE suite_problem ADD COLUMN primary_task INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE suite_problem ADD COLUMN has_fixed_rows INTEGER NOT NULL DEFAULT 0
      CHECK (has_fixed_rows IN (0, 1));
    """

  private static let views = """
    CREATE VIEW evaluation_run AS
    SELECT p.suite, p.problem, p.method, p.task, p.seed, p.candidate, p.learning_rate, p.identity
    FROM plan_entry AS p
    JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
    WHERE p.role = 'evaluation' AND (m.method_group = 'sweep' OR EXISTS (
      SELECT 1 FROM tuning_choice AS c
      WHERE c.suite = p.suite AND c.problem = p.problem AND c.method = p.method
        AND c.task = p.task AND c.candidate = p.candidate AND c.utility = 'mean'
    ));

    CREATE VIEW evaluation_result AS
    SELECT e.suite, e.problem, e.method, e.seed, t.name AS task, v.metric, v.value, m.direction,
      e.identity
    FROM evaluation_run AS e
    JOIN run_metric AS v ON v.identity = e.identity AND v.part = 'test'
    JOIN suite_task AS t ON t.suite = e.suite AND t.problem = e.problem AND t.task = v.task
    JOIN suite_metric AS m ON m.suite = e.suite AND m.problem = e.problem AND m.task = v.task
      AND m.metric = v.metric;
    """
}
