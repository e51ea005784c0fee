#!/usr/bin/env python3
"""Single-task networks on a CSV file against scikit-learn's MLP on the same split.

usage: tabular_sklearn.py MTLBENCH FILE TARGET [TARGET ...]

The script writes the file again with a split column of its own, lets mtlbench run its single-task
networks on it, prepares the same columns with scikit-learn, tunes the same learning rates on the
same validation rows and compares the test metrics over ten seeds of the initial weights. Text
columns are one-hot coded with `min_frequency=5`, as mtlbench does; numbers with gaps take the
training mean. Exits 1 where the two means differ by more than three standard errors of their
difference, by more than 5 % of the score, and for classes by more than one test row.
"""
import csv
import math
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import warnings

import numpy
import pandas
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

RATES = [1e-3, 3.16e-3, 1e-2]
SEEDS = 10
EPOCHS = 120
BATCH = 16
WIDTH = 64

SUITE = """
suite: peer
network: {{trunk: [{width}]}}
training: {{epochs: {epochs}, batch: {batch}}}
tuning: {{learning_rates: {rates}, seeds: 2, race: []}}
evaluation: {{seeds: {seeds}}}
sweep: {{range: 1, limit: 1, heads: [weighted], front: false}}
problems:
  - {{problem: csv, file: peer.csv, targets: [{targets}]}}
"""


def write_split(path, folder):
    """The file with a split column: 60, 20 and 20 % of the rows, shuffled once."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    parts = ["train"] * (6 * len(rows) // 10) + ["val"] * (2 * len(rows) // 10)
    parts += ["test"] * (len(rows) - 1 - len(parts))
    parts = parts[: len(rows) - 1]
    random.Random(1).shuffle(parts)
    with open(folder / "peer.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0] + ["split"])
        writer.writerows(row + [part] for row, part in zip(rows[1:], parts))


def run_ours(program, folder, targets):
    """Test metrics of the single-task networks: name of the task to a list over seeds; and its kind."""
    text = SUITE.format(width=WIDTH, epochs=EPOCHS, batch=BATCH, rates=RATES, seeds=SEEDS,
                        targets=", ".join(targets))
    (folder / "peer.yaml").write_text(text)
    command = [program, "run", folder / "peer.yaml", "--db", folder / "peer.sqlite", "--out",
               folder / "out", "-q"]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    store = sqlite3.connect(folder / "peer.sqlite")
    kinds = dict(store.execute("select name, kind from suite_task where task >= 0"))
    query = """
      select t.name, m.value from plan_entry p
      join run_metric m on m.identity = p.identity and m.part = 'test'
      join suite_task t on t.suite = p.suite and t.problem = p.problem and t.task = m.task
      where p.method = 'single-task' and p.role = 'evaluation' and m.metric in ('rmse', 'error_rate')
    """
    scores = {name: [] for name in kinds}
    for name, value in store.execute(query):
        scores[name].append(value)
    return scores, kinds


def run_peer(folder, target, targets, kind, used):
    """The same with scikit-learn."""
    table = pandas.read_csv(folder / "peer.csv", skipinitialspace=True,
                            na_values=["?"]).dropna(subset=[target])
    parts = {part: table[table.split == part] for part in ["train", "val", "test"]}
    inputs = [name for name in used if name not in targets]
    texts = [name for name in inputs if not pandas.api.types.is_numeric_dtype(table[name])]
    numbers = [name for name in inputs if name not in texts]
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"),
                       OneHotEncoder(min_frequency=5, handle_unknown="infrequent_if_exist",
                                     sparse_output=False)), texts))
    x = {"train": prepare.fit_transform(parts["train"][inputs])}
    x |= {part: prepare.transform(parts[part][inputs]) for part in ["val", "test"]}
    y = {part: parts[part][target].to_numpy() for part in parts}
    mean, scale = (y["train"].mean(), y["train"].std()) if kind == "regression" else (0, 1)

    def score(rate, seed, part, tuning=False):
        shape = dict(hidden_layer_sizes=(WIDTH,), learning_rate_init=rate, batch_size=BATCH, alpha=0,
                     max_iter=EPOCHS, n_iter_no_change=EPOCHS + 1, random_state=seed)
        if kind == "regression":
            model = MLPRegressor(**shape).fit(x["train"], (y["train"] - mean) / scale)
            return math.sqrt(numpy.mean((model.predict(x[part]) * scale + mean - y[part]) ** 2))
        model = MLPClassifier(**shape).fit(x["train"], y["train"].astype(str))
        if tuning:  # as mtlbench does; error rates of few rows are often tied
            return log_loss(y[part].astype(str), model.predict_proba(x[part]), labels=model.classes_)
        return 100 * numpy.mean(model.predict(x[part]) != y[part].astype(str))

    tuning = {rate: statistics.mean(score(rate, seed, "val", True) for seed in (101, 102)) for rate in RATES}
    best = min(tuning, key=tuning.get)
    row = 100 / len(y["test"]) if kind != "regression" else 0
    return [score(best, seed, "test") for seed in range(SEEDS)], best, row


def inputs_used(program, folder):
    """Columns that mtlbench takes as inputs, by the table of its `check`."""
    output = subprocess.run([program, "check", folder / "peer.yaml"], capture_output=True, text=True,
                            check=True).stdout
    lines = output.split("problem csv")[1].splitlines()
    start = next(i for i, line in enumerate(lines) if line.split()[:2] == ["input", "kind"])
    end = next(i for i, line in enumerate(lines) if line.endswith("network inputs"))
    width = lines[start].index("kind")
    return [line[:width].strip() for line in lines[start + 1 : end]]


def main():
    program, path, targets = sys.argv[1], sys.argv[2], sys.argv[3:]
    warnings.filterwarnings("ignore")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_split(path, folder)
        ours, kinds = run_ours(program, folder, targets)
        used = inputs_used(program, folder)
        for target in targets:
            peer, rate, row = run_peer(folder, target, targets, kinds[target], used)
            mine = ours[target]
            difference = statistics.mean(mine) - statistics.mean(peer)
            error = math.sqrt((statistics.variance(mine) + statistics.variance(peer)) / SEEDS)
            least = max(3 * error, 0.05 * statistics.mean(peer), row)
            is_far = abs(difference) > least
            failed |= is_far
            print(f"{target}: mtlbench {statistics.mean(mine):.4g} ± {statistics.stdev(mine):.2g}, "
                  f"scikit-learn {statistics.mean(peer):.4g} ± {statistics.stdev(peer):.2g} "
                  f"(rate {rate:g}){' DIFFERS' if is_far else ''}")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
