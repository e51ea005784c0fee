"""How evenly a stored suite would have been dealt to so many shards, stage by stage, by the processor time its runs took.

    python3 Tests/Speed/shards.py results/mtlbench.sqlite bench 64

The sweep's further points count with the rung that they were tried on.
"""

import collections
import json
import sqlite3
import sys


def main(path, suite, count):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rungs = [int(rung) for rung in database.execute(
        "SELECT value FROM suite_setting WHERE suite = ? AND name = 'tuning rungs'", [suite]).fetchone()[0].split(",")]
    rows = database.execute(
        """SELECT q.position, p.role, m.method_group, m.position, p.method, p.task, p.candidate, p.seed, p.identity,
             r.total_seconds
           FROM plan_entry AS p JOIN run AS r USING (identity)
           JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
           JOIN suite_problem AS q ON q.suite = p.suite AND q.label = p.problem
           WHERE p.suite = ?""", [suite]).fetchall()
    seeds = sorted({row[7] for row in rows if row[1] == "tuning"})

    def stage(row):
        if row[1] == "evaluation":
            return 2, 0
        rung = next(index for index, rung in enumerate(rungs) if seeds.index(row[7]) < rung)
        return (0 if row[2] in ("single-task", "base") else 1), rung

    stages, seen = collections.defaultdict(list), set()
    for row in sorted(rows, key=lambda row: (stage(row), row[0], row[3:8])):
        if row[8] not in seen:
            seen.add(row[8])
            stages[stage(row)].append(row[9])
    totals, wall = [0.0] * count, 0.0
    for own in stages.values():
        shares = [sum(own[shard::count]) for shard in range(count)]
        totals = [total + share for total, share in zip(totals, shares)]
        wall += max(shares)
    mean = sum(totals) / count
    print(json.dumps({
        "runs": len(seen), "processor seconds": round(sum(totals), 1), "stages": len(stages),
        "longest shard / mean": round(max(totals) / mean, 3), "shortest / mean": round(min(totals) / mean, 3),
        "waiting for every stage / mean": round(wall / mean, 3),
    }))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
