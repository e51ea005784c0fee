-- A database as version 6 left it: one run, a suite with its plan, and one measurement.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1 runs and suites');
INSERT INTO grdb_migrations VALUES('v2 measurements');
INSERT INTO grdb_migrations VALUES('v3 memory of runs');
INSERT INTO grdb_migrations VALUES('v4 candidates and checkpoints');
INSERT INTO grdb_migrations VALUES('v5 networks');
INSERT INTO grdb_migrations VALUES('v6 facts of problems');
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
, memory_bytes INTEGER, mean_weight_sum REAL, checkpoint_score REAL) STRICT;
INSERT INTO run VALUES('9e3779b97f4a7c15',3,'finished','',NULL,2,0.125,0.25,2,4,64,1,'00ff00ff00ff00ff',3,'best','avx2',1,'0.1.0','node3, 8 cores','2026-01-02T03:04:05Z','{"seed":0}',4096,NULL,NULL);
CREATE TABLE run_metric (
  identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('validation', 'test')),
  task INTEGER NOT NULL,
  metric TEXT NOT NULL,
  value REAL,
  PRIMARY KEY (identity, part, task, metric)
) STRICT, WITHOUT ROWID;
INSERT INTO run_metric VALUES('9e3779b97f4a7c15','test',-1,'relative_loss',2.5);
INSERT INTO run_metric VALUES('9e3779b97f4a7c15','test',0,'rmse',0.10000000000000000555);
INSERT INTO run_metric VALUES('9e3779b97f4a7c15','test',1,'auc',NULL);
INSERT INTO run_metric VALUES('9e3779b97f4a7c15','test',1,'log_loss',1e999);
INSERT INTO run_metric VALUES('9e3779b97f4a7c15','validation',0,'rmse',0.33333333333333331482);
CREATE TABLE evaluation (
  identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('train', 'validation')),
  task INTEGER NOT NULL,
  step INTEGER NOT NULL,
  loss REAL,
  PRIMARY KEY (identity, part, task, step)
) STRICT, WITHOUT ROWID;
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','train',0,1,1.0);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','train',0,2,0.5);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','train',1,1,1.0);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','train',1,2,0.5);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','validation',0,1,1.0);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','validation',0,2,0.5);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','validation',1,1,1.0);
INSERT INTO evaluation VALUES('9e3779b97f4a7c15','validation',1,2,0.5);
CREATE TABLE task_step (
  identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
  task INTEGER NOT NULL,
  step INTEGER NOT NULL,
  loss REAL,
  weight REAL,
  gradient_norm REAL,
  PRIMARY KEY (identity, task, step)
) STRICT, WITHOUT ROWID;
INSERT INTO task_step VALUES('9e3779b97f4a7c15',0,1,0.75,1.5,2.5);
INSERT INTO task_step VALUES('9e3779b97f4a7c15',0,2,0.75,1.5,NULL);
INSERT INTO task_step VALUES('9e3779b97f4a7c15',1,1,0.75,NULL,2.5);
INSERT INTO task_step VALUES('9e3779b97f4a7c15',1,2,0.75,NULL,NULL);
CREATE TABLE pair_step (
  identity TEXT NOT NULL REFERENCES run (identity) ON DELETE CASCADE,
  task_a INTEGER NOT NULL,
  task_b INTEGER NOT NULL CHECK (task_a < task_b),
  step INTEGER NOT NULL,
  cosine REAL,
  PRIMARY KEY (identity, task_a, task_b, step)
) STRICT, WITHOUT ROWID;
INSERT INTO pair_step VALUES('9e3779b97f4a7c15',0,1,1,NULL);
INSERT INTO pair_step VALUES('9e3779b97f4a7c15',0,1,2,-0.5);
CREATE TABLE suite (
  name TEXT NOT NULL PRIMARY KEY,
  plan_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
INSERT INTO suite VALUES('bench','aa','2026-01-02T03:04:05Z',replace('name: bench\n# ±\n','\n',char(10)));
CREATE TABLE suite_setting (
  suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (suite, name)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_setting VALUES('bench','seeds','10');
INSERT INTO suite_setting VALUES('bench','steps','1000');
CREATE TABLE suite_problem (
  suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
  label TEXT NOT NULL,
  problem TEXT NOT NULL,
  family TEXT NOT NULL,
  position INTEGER NOT NULL, optimizer TEXT NOT NULL DEFAULT '', primary_task INTEGER NOT NULL DEFAULT 0, has_fixed_rows INTEGER NOT NULL DEFAULT 0
  CHECK (has_fixed_rows IN (0, 1)),
  PRIMARY KEY (suite, label)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_problem VALUES('bench','digits','csv','images',1,'',0,0);
INSERT INTO suite_problem VALUES('bench','scaled','scaled','synthetic',0,'',0,0);
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
INSERT INTO suite_task VALUES('bench','scaled',-1,'all','','','',0);
INSERT INTO suite_task VALUES('bench','scaled',0,'large','regression','mse','kWh',0);
INSERT INTO suite_task VALUES('bench','scaled',1,'small','binary','binary_cross_entropy','',2);
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
INSERT INTO suite_metric VALUES('bench','scaled',-1,'relative_loss',0,'Sum of relative losses','lower',0,'',0);
INSERT INTO suite_metric VALUES('bench','scaled',0,'mae',1,'MAE','lower',0,'kWh',0);
INSERT INTO suite_metric VALUES('bench','scaled',0,'rmse',0,'RMSE','lower',1,'kWh',1);
INSERT INTO suite_metric VALUES('bench','scaled',1,'auc',0,'AUC','higher',1,'',1);
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
INSERT INTO measurement VALUES('2026-01-02T03:04:05Z','node3, 8 cores','0.1.0','mtlbench','training steps','W1','pcgrad',1,44707.0,'1/s');
CREATE TABLE IF NOT EXISTS "suite_method" (
  suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
  label TEXT NOT NULL,
  method TEXT NOT NULL,
  method_group TEXT NOT NULL CHECK (method_group IN
    ('single-task', 'base', 'fixed', 'control', 'sweep', 'loss', 'gradient')),
  position INTEGER NOT NULL,
  settings TEXT NOT NULL,
  sweep_weights TEXT, network TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (suite, label)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_method VALUES('bench','GradNorm','gradnorm','gradient',2,'{"alpha":1.5}',NULL,'');
INSERT INTO suite_method VALUES('bench','STL','equal','single-task',0,'{}',NULL,'');
INSERT INTO suite_method VALUES('bench','static 0.2','static','sweep',1,'{"weights":[0.2,1.8]}','[0.2,1.8]','');
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
INSERT INTO candidate VALUES('bench','scaled','GradNorm',-1,0,0.0010000000000000000208,'{}',NULL,NULL);
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
CREATE TABLE IF NOT EXISTS "plan_entry" (
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
INSERT INTO plan_entry VALUES('bench','scaled','evaluation','GradNorm',-1,0,1,0.0010000000000000000208,'9e3779b97f4a7c15');
CREATE TABLE IF NOT EXISTS "tuning_choice" (
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
INSERT INTO tuning_choice VALUES('bench','scaled','GradNorm',-1,'mean',0,0.0010000000000000000208,'{}',NULL,NULL,'delta_m',-1.25,NULL,'learning_rate',9,2,'[0.0001,0.00031622776601683794,0.001]');
CREATE TABLE single_task_loss (
  suite TEXT NOT NULL REFERENCES suite (name) ON DELETE CASCADE,
  problem TEXT NOT NULL,
  task INTEGER NOT NULL,
  loss REAL NOT NULL,
  PRIMARY KEY (suite, problem, task),
  FOREIGN KEY (suite, problem) REFERENCES suite_problem (suite, label)
    DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
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
CREATE INDEX candidate_by_method ON candidate (suite, method);
CREATE INDEX plan_entry_by_method ON plan_entry (suite, method);
CREATE INDEX plan_entry_by_identity ON plan_entry (identity);
CREATE INDEX tuning_choice_by_method ON tuning_choice (suite, method);
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
COMMIT;
PRAGMA application_id = 1297370178;
PRAGMA user_version = 6;
