"""How well each problem of a finished suite tells its methods apart: Markdown on standard output.

    python Tests/Peers/separation.py DATABASE SUITE [--arithmetic] [--names]

For every problem, over the methods and 'static (tuned)': the share of pairs whose means differ
(paired t test over evaluation seeds, Holm over the pairs, 5 %), Kendall's W of the seeds' rankings,
Kendall's tau between the rankings of the first and the second half of the seeds, and how many
methods are better and worse than the tuned static weights (Holm over the methods, 5 %). Then which
families of methods win and lose: those whose members' mean rank lies above, or below, the middle of
the field (t test over evaluation seeds, Holm over the families, 5 %). A problem separates if it tells
a quarter of the pairs apart, the halves agree by a tau of .7, and a family wins and a family loses.
Then the mean tau between problems. A method's value at a seed is its geometric change against single-task
training, the mean over tasks of the mean over metrics of ln(m / b); with --arithmetic that of
m / b - 1, which is Δm. A failed run counts as the worst value at its seed.

Needs numpy and scipy of requirements.txt.
"""

import argparse
import itertools
import sqlite3

import numpy
from scipy import stats

STATIC = "static (tuned)"
FAMILIES = {
    "by each loss": ["uw", "ruw", "uw_o", "si", "imtl_l", "gls"],
    "by progress": ["uw_so", "dwa", "stch", "famo", "gradnorm", "excess_mtl"],
    "random": ["rlw", "graddrop"],
    "projection": ["pcgrad", "gradvac", "upgrad", "dualproj", "cagrad"],
    "balance of gradients": ["mgda", "mgda_ub", "imtl_g", "imtl", "nash_mtl", "aligned_mtl", "fairgrad"],
    "moving averages": ["moco", "modo", "sdmgrad", "db_mtl"],
}


def columns(database, table):
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def chosen_runs(database, suite, problem):
    """Identity of the evaluation run of each method, task (-1: all) and seed."""
    query = "SELECT method, task, seed, identity FROM plan_entry AS e WHERE suite = ? AND problem = ? AND role = 'evaluation'"
    if "candidate" in columns(database, "plan_entry"):
        query += """ AND candidate = (SELECT candidate FROM tuning_choice AS c WHERE c.suite = e.suite
            AND c.problem = e.problem AND c.method = e.method AND c.task = e.task AND c.utility = 'mean')"""
    runs = {}
    for method, task, seed, identity in database.execute(query, (suite, problem)):
        runs.setdefault(method, {})[task, seed] = identity
    return runs


def values(database, suite, problem, arithmetic):
    """Methods, and their changes against single-task training, shape [methods, seeds]."""
    metrics = database.execute(
        "SELECT task, metric, direction FROM suite_metric"
        " WHERE suite = ? AND problem = ? AND is_in_delta_m AND task >= 0 ORDER BY task, position",
        (suite, problem),
    ).fetchall()
    runs = chosen_runs(database, suite, problem)
    groups = dict(database.execute("SELECT label, method_group FROM suite_method WHERE suite = ?", (suite,)))
    seeds = sorted({seed for _, seed in runs["single-task"]})

    def measure(identity, task, metric):
        row = database.execute(
            "SELECT value FROM run_metric WHERE identity = ? AND part = 'test' AND task = ? AND metric = ?",
            (identity, task, metric),
        ).fetchone()
        return numpy.nan if row is None or row[0] is None else row[0]

    def change(method, seed):
        by_task = {}
        for task, metric, direction in metrics:
            identity = runs[method].get((-1, seed)) or runs[method].get((task, seed))
            base = measure(runs["single-task"][task, seed], task, metric)
            value = measure(identity, task, metric)
            sign = 1 if direction == "lower" else -1
            ratio = value / base if base > 0 and value > 0 else numpy.nan
            by_task.setdefault(task, []).append(sign * (ratio - 1 if arithmetic else numpy.log(ratio)))
        return numpy.mean([numpy.mean(part) for part in by_task.values()])

    # Before version 4 the tuned static weights are the point of the sweep with the best score.
    points = [label for label in runs if groups.get(label) == "sweep"]
    names = [label for label in runs if groups.get(label) not in ("single-task", "base", "sweep")]
    if STATIC not in names and points:
        scores = dict(
            database.execute(
                "SELECT method, score FROM tuning_choice WHERE suite = ? AND problem = ?", (suite, problem)
            )
        )
        best = min(points, key=lambda point: numpy.inf if scores.get(point) is None else scores[point])
        runs[STATIC] = runs[best]
        names.append(STATIC)
    table = numpy.array([[change(name, seed) for seed in seeds] for name in names])
    worst = numpy.nanmax(table, axis=0)
    return names, numpy.where(numpy.isfinite(table), table, worst)


def holm(p):
    """Which hypotheses fall at 5 %."""
    order = numpy.argsort(p)
    fallen = numpy.zeros(len(p), bool)
    for place, index in enumerate(order):
        if p[index] > 0.05 / (len(p) - place):
            break
        fallen[index] = True
    return fallen


def paired(a, b):
    difference = a - b
    if numpy.all(difference == 0):
        return 1.0
    return stats.ttest_1samp(difference, 0).pvalue


def kendall_w(table):
    ranks = stats.rankdata(table, axis=0)
    count, seeds = table.shape
    sums = ranks.sum(axis=1)
    return 12 * ((sums - sums.mean()) ** 2).sum() / (seeds**2 * (count**3 - count))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("suite")
    parser.add_argument("--arithmetic", action="store_true")
    parser.add_argument("--names", action="store_true", help="list better and worse methods and all means")
    options = parser.parse_args()
    database = sqlite3.connect(f"file:{options.database}?mode=ro", uri=True)
    problems = database.execute(
        "SELECT label FROM suite_problem WHERE suite = ? ORDER BY position", (options.suite,)
    ).fetchall()
    heads = ["problem", "separates", "pairs told apart", "W", "τ of halves", "families that win", "families that lose",
             "better than static", "worse", "at an end", "ms a run"]
    print(f"| {' | '.join(heads)} |\n| --- | --- | --: | --: | --: | --- | --- | --: | --: | --: | --: |")
    means, lists = {}, []
    for (problem,) in problems:
        names, table = values(database, options.suite, problem, options.arithmetic)
        pairs = list(itertools.combinations(range(len(names)), 2))
        told = holm(numpy.array([paired(table[a], table[b]) for a, b in pairs])).mean()
        half = table.shape[1] // 2
        tau = stats.kendalltau(table[:, :half].mean(axis=1), table[:, half:].mean(axis=1)).statistic
        better, worse = against(names, table, STATIC)
        winners, losers = families(names, table)
        separates = told >= 0.25 and tau >= 0.7 and winners and losers
        edge, choices = ends(database, options.suite, problem)
        cells = [problem, "yes" if separates else "no", f"{told:.2f}", f"{kendall_w(table):.2f}", f"{tau:.2f}",
                 ", ".join(winners) or "–", ", ".join(losers) or "–", len(better), len(worse),
                 f"{edge} of {choices}", f"{milliseconds(database, options.suite, problem):.1f}"]
        print(f"| {' | '.join(map(str, cells))} |")
        means[problem] = dict(zip(names, table.mean(axis=1)))
        size = table.mean(axis=1) if options.arithmetic else numpy.expm1(table.mean(axis=1))
        order = numpy.argsort(size)
        lists.append((problem, better, worse, [f"{names[i]} {100 * size[i]:.1f}" for i in order]))
    taus = [
        stats.kendalltau([means[a][name] for name in means[a]], [means[b].get(name, numpy.nan) for name in means[a]])
        .statistic
        for a, b in itertools.combinations(means, 2)
        if set(means[a]) == set(means[b])
    ]
    if taus:
        print(f"\nMean τ between problems: {numpy.mean(taus):.2f}")
    if options.names:
        for problem, better, worse, order in lists:
            print(f"\n**{problem}**, change in %: {', '.join(order)}")
            print(f"- better than {STATIC}: {', '.join(better) or 'none'}")
            print(f"- worse: {', '.join(worse) or 'none'}")


def against(names, table, label):
    """The methods that are better than one of them, and those that are worse."""
    rival = names.index(label)
    others = [index for index in range(len(names)) if index != rival]
    fallen = holm(numpy.array([paired(table[index], table[rival]) for index in others]))
    gaps = {names[i]: table[i].mean() - table[rival].mean() for i, falls in zip(others, fallen) if falls}
    return [name for name, gap in gaps.items() if gap < 0], [name for name, gap in gaps.items() if gap > 0]


def families(names, table):
    """The families whose members' mean rank is better than the middle of the field, and worse."""
    ranks = stats.rankdata(table, axis=0) - (len(names) + 1) / 2
    present = {family: [names.index(name) for name in members if name in names] for family, members in FAMILIES.items()}
    present = {family: members for family, members in present.items() if members}
    means = [ranks[members].mean(axis=0) for members in present.values()]
    fallen = holm(numpy.array([paired(mean, numpy.zeros_like(mean)) for mean in means]))
    found = [(family, mean.mean()) for family, mean, falls in zip(present, means, fallen) if falls]
    return [family for family, mean in found if mean < 0], [family for family, mean in found if mean > 0]


def ends(database, suite, problem):
    """How many choices lie at an end of their grid, and how many there are."""
    if "edges" in columns(database, "tuning_choice"):
        query = "SELECT edges <> '' FROM tuning_choice WHERE suite = ? AND problem = ? AND utility = 'mean'"
    else:
        query = "SELECT is_at_edge FROM tuning_choice WHERE suite = ? AND problem = ?"
    edges = [row[0] for row in database.execute(query, (suite, problem))]
    return sum(edges), len(edges)


def milliseconds(database, suite, problem):
    """Mean processor time of a run."""
    query = """SELECT 1000 * avg(total_seconds) FROM run WHERE identity IN
        (SELECT identity FROM plan_entry WHERE suite = ? AND problem = ?)"""
    return database.execute(query, (suite, problem)).fetchone()[0]


if __name__ == "__main__":
    main()
