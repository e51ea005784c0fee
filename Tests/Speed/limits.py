#!/usr/bin/env python3
"""Measures the command on a store of 100,000 runs, on hundreds of tasks and on large files.

usage: limits.py PROGRAM [FOLDER]

Makes what it needs in FOLDER (default: a temporary one), where what is there already is used again: the
store takes some minutes and 600 MB. Prints a line for each command with the seconds by the clock, those
of the processor, the peak memory and the limits, and ends with status 1 if one is missed. The clock says
little on a busy machine.
"""
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

LARGE = """suite: large
network: {trunk: [8]}
training: {steps: 20, batch: 8, evaluations: 10, diagnostics: 10}
tuning: {learning_rates: [1e-3, 3e-3, 1e-2, 3e-2, 1e-1], seeds: 20, race: []}
evaluation: {seeds: 300}
sweep: {range: 3, limit: 3, heads: [weighted]}
methods: [uw, dwa, rlw, famo, gradnorm, mgda, pcgrad, gradvac, cagrad, imtl_g, nash_mtl]
problems:
"""
MANY = """suite: tasks{count}
training: {{epochs: 4, batch: 16}}
tuning: {{learning_rates: [1e-2], seeds: 2, race: []}}
evaluation: {{seeds: 3}}
methods: [uw, dwa]
problems:
  - {{problem: csv, file: tasks{count}.csv, targets: ["t*"]}}
"""


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


def large_suite():
    problems = "".join(
        f"  - {{problem: noisy, label: noisy-{i}, inputs: {4 + i}, train: 32, validation: 16, test: 16}}\n"
        for i in range(10)
    )
    write("large.yaml", LARGE + problems)


def tasks(count):
    numbers = random.Random(count)
    rows = [",".join(["x1", "x2", "x3", "x4"] + [f"t{i}" for i in range(count)])]
    for _ in range(60):
        x = [numbers.gauss(0, 1) for _ in range(4)]
        y = [x[i % 4] * (1 + i % 5) + numbers.gauss(0, 0.5) for i in range(count)]
        rows.append(",".join(f"{v:.3f}" for v in x + y))
    write(f"tasks{count}.csv", "\n".join(rows) + "\n")
    write(f"tasks{count}.yaml", MANY.format(count=count))


def long_table():
    numbers = random.Random(1)
    row = lambda: ",".join(f"{numbers.gauss(0, 1):.4f}" for _ in range(20))
    block = "\n".join(row() for _ in range(20_000)) + "\n"
    with open("long.csv", "w") as file:
        file.write(",".join(f"c{i}" for i in range(20)) + "\n")
        for _ in range(50):
            file.write(block)
    write("long.yaml", "problems:\n  - {problem: csv, file: long.csv, targets: [c18, c19]}\n")


def duplicates():
    write("twice.yaml", "suite: x\n" + "a: 1\n" * 50_000)
    members = ",".join('"a": 1' for _ in range(50_000))
    write("twice.json", '{"schema": "mtlbench.reference.scalarization/1", ' + members + "}")


def measure(program, arguments, seconds, megabytes=None, status=0):
    """Whether a command stayed within its limits; prints what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, code, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = own.ru_utime - before.ru_utime + own.ru_stime - before.ru_stime
    peak = usage.ru_maxrss / 1000
    process.returncode = os.waitstatus_to_exitcode(code)
    holds = wall <= seconds and (megabytes is None or peak <= megabytes) and process.returncode == status
    memory = f"{peak:6.0f} MB" + (f" of {megabytes}" if megabytes else "")
    print(
        f"{'ok  ' if holds else 'MISS'} {' '.join(arguments)[:44]:44} {wall:7.2f} s of {seconds:g} "
        f"({used:.2f} s of processor), {memory}, status {process.returncode}",
        flush=True,
    )
    return holds


def main():
    program = os.path.abspath(sys.argv[1])
    os.chdir(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="limits-"))
    holds = []
    if not os.path.exists("long.csv"):
        long_table()
    duplicates()
    holds.append(measure(program, ["check", "long.yaml"], 2))
    holds.append(measure(program, ["check", "twice.yaml"], 1, status=65))
    holds.append(measure(program, ["verify", "twice.json"], 1, status=65))
    for count, seconds in [(80, 5), (300, 20)]:
        if not os.path.exists(f"tasks{count}.sqlite"):
            tasks(count)
            subprocess.run(
                [program, "run", f"tasks{count}.yaml", "--db", f"tasks{count}.sqlite", "--out", "out", "--quiet"],
                stdout=subprocess.DEVNULL,
                check=True,
            )
        holds.append(measure(program, ["table", "--db", f"tasks{count}.sqlite"], seconds))
        holds.append(measure(program, ["plot", "--db", f"tasks{count}.sqlite", "--out", "out"], seconds))
    if not os.path.exists("large.sqlite"):
        large_suite()
        subprocess.run(
            [program, "run", "large.yaml", "--db", "large.sqlite", "--out", "out", "--quiet"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
    holds.append(measure(program, ["table", "--db", "large.sqlite"], 5, 300))
    holds.append(measure(program, ["plot", "--db", "large.sqlite", "--out", "out"], 15, 300))
    sys.exit(0 if all(holds) else 1)


if __name__ == "__main__":
    main()
