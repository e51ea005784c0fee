"""Reads a results database with pandas, and hands it to rliable and autorank.

    pip install "pandas<3" rliable autorank
    python docs/frames.py results/mtlbench.sqlite
"""

import sqlite3
import sys

import numpy as np
import pandas as pd
from autorank import autorank
from rliable import library, metrics

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)

# One row for each method, problem, seed, task and metric of the test part, without points of the sweep.
runs = pd.read_sql(
    """SELECT r.* FROM evaluation_result AS r
    JOIN suite_method AS m ON m.suite = r.suite AND m.label = r.method
    WHERE m.method_group <> 'sweep'""",
    database,
)
print(runs.groupby(["problem", "method", "task", "metric"]).value.agg(["mean", "sem", "count"]))

# Change against single-task networks of the same seed in percent, averaged within a task, then over tasks: Δm.
counted = pd.read_sql(
    """SELECT DISTINCT m.suite, m.problem, t.name AS task, m.metric
    FROM suite_metric AS m JOIN suite_task AS t USING (suite, problem, task)
    WHERE m.is_in_delta_m = 1""",
    database,
)
runs = runs.merge(counted, on=["suite", "problem", "task", "metric"])
key = ["suite", "problem", "seed", "task", "metric"]
single = runs[runs.method == "single-task"].set_index(key).value.rename("single")
runs = runs[runs.method != "single-task"].join(single, on=key)
sign = np.where(runs.direction == "higher", -1, 1)
runs["change"] = 100 * sign * (runs.value - runs.single) / runs.single
by_task = runs.groupby(["problem", "method", "seed", "task"]).change.mean()
# Where a single-task value is 0, it is undefined.
delta = by_task.groupby(["problem", "method", "seed"]).mean().replace([np.inf, -np.inf], np.nan)
wide = delta.groupby(["problem", "method"]).mean().unstack().dropna(axis=1)
for (problem, method), value in wide.stack().items():
    print(f"delta_m {problem} {method} {value:.4f}")

# rliable: scores of shape [seeds, problems], 1 is parity with single-task networks, higher is better.
scores = {
    method: (1 - delta.xs(method, level="method").unstack("problem") / 100).dropna().to_numpy()
    for method in wide.columns
}
means, intervals = library.get_interval_estimates(
    scores, lambda x: np.array([metrics.aggregate_iqm(x)]), reps=2000
)
for method, mean in means.items():
    print(f"IQM {method} {mean[0]:.4f} [{intervals[method][0, 0]:.4f}, {intervals[method][1, 0]:.4f}]")

# autorank: a row for each problem, lower is better; it wants five problems at least.
if len(wide) >= 5:
    print(autorank(wide, order="ascending").rankdf["meanrank"])
