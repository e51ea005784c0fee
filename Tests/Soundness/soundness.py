#!/usr/bin/env python3
"""Does an answer of the program survive its own protocol?  usage: soundness.py PROGRAM [FOLDER]

1  rival    The tuned static weights lie inside what was tried, or are marked, on noisy and conflict.
2  units    With eight tasks, tuned static weights are no worse than one over the single-task losses.
3  rules    Checkpoints by the sum of log losses and by the sum of losses over single-task losses choose
            the same evaluation in most runs, so that the first, which needs no base, stands for both.
4  draws    Other tuning seeds, twenty draws of them: of the printed verdicts of better and worse on
            each of related, conflict and noisy, at most 1 of 20 may differ from what most draws print
            of that method, and none may be the contrary. One line for each method says how it fared.
5  firmness The share of draws with the same verdict, as the program estimates it within one draw,
            beside the share of the other draws that do print the same.

Prints one line for each finding and ends with 1 if one falls short. 600,000 runs, an hour or two on two cores. The seeds
are many, since the luck that is left in evaluation would be taken for that of tuning.
"""
import csv
import io
import math
import os
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
FOLDER = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="soundness-")
os.makedirs(FOLDER, exist_ok=True)
DRAWS = 20
HEAD = """
network: {{trunk: [64], activation: relu}}
training: {{optimizer: adam, batch: 32, evaluations: 10}}
tuning: {{seeds: 6, race: [12, 24, 48, 96, 192], draw: {draw}}}
evaluation: {{seeds: 128}}
sweep: {{front: false}}
methods: [equal, uw, gradnorm, pcgrad]
"""
DRAWN = """
problems:
  - {problem: related, validation: 512, training: {epochs: 40}}
  - {problem: conflict, validation: 512, training: {epochs: 40}}
  - {problem: noisy, validation: 512, training: {epochs: 20}}
"""
NOISE8 = """
problems:
  - problem: noisy
    label: noise8
    noise: [0.05, 0.1, 0.2, 0.5, 1, 2, 4, 8]
    train: 512
    validation: 512
    training: {epochs: 40}
"""


def suite(name, text, draw=0):
    """Runs a suite; its database is that of all, so that shared runs are trained once."""
    path = os.path.join(FOLDER, name + ".yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"suite: {name}\n" + HEAD.format(draw=draw) + text)
    database = os.path.join(FOLDER, "soundness.sqlite")
    command = [PROGRAM, "run", path, "--db", database, "--out", os.path.join(FOLDER, name), "-q"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{name}: status {done.returncode}\n{done.stderr}")
    return database


def rows(database, sql, *arguments):
    with sqlite3.connect(database) as connection:
        return connection.execute(sql, arguments).fetchall()


def table(database, name, kind, problem=None):
    """A table of a suite as dictionaries, as the program prints it."""
    command = [PROGRAM, "table", kind, "--db", database, "--suite", name, "--format", "csv"]
    if problem:
        command += ["--problem", problem]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def verdicts(database, name):
    """The word of every method on every problem (better, worse, depends on …, cannot tell …), and the
    share of draws in percent that the program expects to come to the same verdict."""
    words, shares = {}, {}
    for (problem,) in rows(database, "SELECT label FROM suite_problem WHERE suite = ? ORDER BY position", name):
        for row in table(database, name, "protocols", problem):
            if row["column"] == "verdict":
                words[problem, row["row"]] = row["text"].split(" ")[0]
            if row["column"] == "decision_stability" and row["mean"]:
                shares[problem, row["row"]] = float(row["mean"])
    return words, shares


failures = 0


def say(is_good, text):
    global failures
    failures += not is_good
    print(("pass  " if is_good else "FAIL  ") + text, flush=True)


def rival(database, name):
    sql = """SELECT problem, units, edges, choice_share FROM tuning_choice
             WHERE suite = ? AND method = 'static (tuned)' AND utility = 'mean'
               AND problem IN ('noisy', 'conflict')"""
    for problem, units, edges, share in rows(database, sql, name):
        inside = "weights" not in edges.split(",")
        note = table(database, name, "tuning", problem)
        marked = any("weights" in " ".join(row.values()) for row in note)
        say(
            inside or marked,
            f"rival   {problem}: units {units}, {'inside' if inside else 'at the border and marked'}, "
            f"chosen by {100 * share:.0f} % of draws",
        )


def units(database, name):
    found = {}
    sql = "SELECT method, seed, metric, task, value FROM evaluation_result WHERE suite = ?"
    for method, seed, metric, task, value in rows(database, sql, name):
        if metric == "rmse":
            found.setdefault((method, seed), {})[task] = value
    def delta(method, seed):
        base = found["single-task", seed]
        return sum(100 * (found[method, seed][k] / base[k] - 1) for k in base) / len(base)
    seeds = sorted(seed for method, seed in found if method == "static 1/STL")
    differences = [delta("static (tuned)", s) - delta("static 1/STL", s) for s in seeds]
    mean = sum(differences) / len(differences)
    variance = sum((d - mean) ** 2 for d in differences) / (len(differences) - 1)
    half = 1.979 * (variance / len(differences)) ** 0.5  # t of 127 degrees of freedom, 95 %
    say(
        mean - half <= 0,
        f"units   noise8: tuned static minus 1/STL {mean:+.2f} points "
        f"[{mean - half:+.2f}, {mean + half:+.2f}] over {len(seeds)} seeds",
    )


def rules(database, name):
    """Which evaluation each criterion takes in the runs over all tasks, and Δm on test under each rule."""
    bases = {}
    for problem, task, loss in rows(database, "SELECT problem, task, loss FROM single_task_loss WHERE suite = ?", name):
        bases[problem, task] = loss
    curves = {}
    sql = """SELECT e.problem, e.identity, v.step, v.task, v.loss FROM evaluation_run AS e
             JOIN evaluation AS v ON v.identity = e.identity AND v.part = 'validation'
             WHERE e.suite = ? AND e.task = -1"""
    for problem, identity, step, task, loss in rows(database, sql, name):
        curves.setdefault((problem, identity), {}).setdefault(step, {})[task] = loss
    same, worse = 0, 0.0
    for (problem, _), steps in curves.items():
        logs = {s: sum(math.log(v) for v in values.values()) for s, values in steps.items()}
        units = {s: sum(v / bases[problem, k] for k, v in values.items()) for s, values in steps.items()}
        by_logs, by_units = min(logs, key=logs.get), min(units, key=units.get)
        same += by_logs == by_units
        worse += units[by_logs] / units[by_units] - 1
    share = same / len(curves)
    say(
        share > 0.5,
        f"rules   the same evaluation in {100 * share:.0f} % of {len(curves)} runs; by log losses the sum of "
        f"losses over single-task losses is {100 * worse / len(curves):.2f} % above its least",
    )


def draws():
    found = []
    for draw in range(DRAWS):
        name = f"draw{draw}"
        found.append(verdicts(suite(name, DRAWN, draw), name))
    words = [word for word, _ in found]
    told, changed, contrary = {}, {}, set()
    for problem, method in sorted(words[0]):
        own = [word.get((problem, method), "missing") for word in words]
        common = max(sorted(set(own)), key=own.count)
        printed = [word for word in own if word in ("better", "worse")]
        counts = ", ".join(f"{word} {own.count(word)}" for word in sorted(set(own)))
        print(f"note    {problem}, {method}: {counts}", flush=True)
        # Where most draws print a verdict, all count and the others differ; else those that do.
        expected = own if common in printed else printed
        told[problem] = told.get(problem, 0) + len(expected)
        changed[problem] = changed.get(problem, 0) + sum(word != common for word in expected)
        if {"better", "worse"} <= set(own):
            contrary.add(problem)
    for problem in ("conflict", "noisy", "related"):
        all_told, different = told.get(problem, 0), changed.get(problem, 0)
        say(
            20 * different <= all_told and problem not in contrary,
            f"draws   {problem}: {different} of {all_told} printed verdicts differ between draws"
            + (", some to the contrary" if problem in contrary else ""),
        )
    firmness(found)


def firmness(found):
    """How often the other draws print the same, for verdicts that the program prints as firm and not."""
    for low, high in ((0, 50), (50, 75), (75, 90), (90, 101)):
        stated, observed = [], []
        for draw, (words, shares) in enumerate(found):
            for key, share in shares.items():
                if low <= share < high:
                    others = [other for place, (other, _) in enumerate(found) if place != draw]
                    stated.append(share)
                    observed.append(100 * sum(o.get(key) == words[key] for o in others) / len(others))
        if stated:
            print(
                f"note    firmness: stated {sum(stated) / len(stated):.0f} % ({low} to {min(high, 100)}), observed "
                f"{sum(observed) / len(observed):.0f} %, over {len(stated)} verdicts",
                flush=True,
            )


if __name__ == "__main__":
    first = suite("draw0", DRAWN)
    rival(first, "draw0")
    units(suite("noise8", NOISE8), "noise8")
    rules(first, "draw0")
    draws()
    print(f"{failures} findings fall short" if failures else "all findings hold")
    sys.exit(1 if failures else 0)
