"""Our steps per second beside the peers', in interleaved passes: Markdown on standard output.

    python Tests/Peers/compare.py PROGRAM [--invocations N] [--passes N] [--seconds S] [--db FILE]
                                  [--peers SCRIPT …] [--works WORK …] [--core NUMBER]

PROGRAM is `mtlbench-perf`. All programs run on one core, to which they are pinned; times are
processor time of a program's training loop alone. Each pass visits every program in turn, so that a
disturbance of the machine meets all of them. An invocation starts all programs anew. With --db every
measured value is stored too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from works import SCHEMES

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = [
    ("LibMTL, bare loop", "libmtl_rules.py"),
    ("PyTorch eager", "torch_eager.py"),
    ("torch.compile, whole step", "torch_compiled.py"),
    ("TorchJD", "torchjd_rules.py"),
    ("JAX jit + scan", "jax_scan.py"),
]
MEASURED = [("W1", method) for method in ("equal", "gradnorm", "pcgrad", "cagrad", "mgda", "upgrad")]
MEASURED += [("W2", "equal"), ("W2", "pcgrad")]
MEASURED += [("W3", method) for method in ("equal", "gradnorm", "pcgrad", "mgda", "upgrad")]
MEASURED += [("W4", "equal"), ("W4", "pcgrad"), ("W5", "equal"), ("W5", "pcgrad")]
MEASURED += [(f"W6-{scheme}", "equal") for scheme in SCHEMES]
# The ratios asked for, in the order of PEERS; None where none is.
TARGETS = {
    ("W1", "equal"): (42, 27, 7.5, 27, 3),
    ("W1", "pcgrad"): (50, 31, 7, 50, 3),
    ("W1", "cagrad"): (115, 75, None, 250, None),
    ("W2", "equal"): (2, 1.7, 1.45, 1.55, 1.3),
    ("W2", "pcgrad"): (2.1, 1.9, 1.35, 2, 1.3),
    ("W3", "equal"): (4, 3, 1.9, 3, 2),
    ("W3", "gradnorm"): (17, 7.3, None, None, None),
    ("W3", "pcgrad"): (7.5, 2.8, 2, 3.6, 2),
    ("W4", "equal"): (4, 4, 3, None, None),
    ("W4", "pcgrad"): (4, 4, 3, None, None),
    ("W5", "equal"): (None, 3, 1.5, None, None),
    ("W5", "pcgrad"): (None, 3, 1.5, None, None),
}
TARGETS.update({(f"W6-{scheme}", "equal"): (15, 15, 5, None, None) for scheme in SCHEMES})
NOTES = [
    ("LibMTL, bare loop", "its release 1.1.5 writes CAGrad for three tasks, as `reshape(1,3)`, and "
     "fails on any other number. It is measured with that 3 read as the number of tasks and nothing "
     "else changed. Of W6 it has hard, mmoe, cgc and dselect_k for networks of any kind; "
     "its cross_stitch, ltb, mtan and ple are written for residual networks."),
    ("JAX jit + scan", "whole epochs in one jit by `lax.scan`; the rows of every batch, and the orders "
     "in which PCGrad visits the tasks, are drawn beforehand."),
]


class Server:
    """A program that answers `WORK METHOD SECONDS` by steps per second."""

    def __init__(self, command):
        environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=environment)

    def ask(self, work, method, seconds):
        try:
            self.process.stdin.write(f"{work} {method} {seconds}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
        except BrokenPipeError:
            answer = ""
        return float(answer) if answer not in ("", "-") else None

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Progress:
    """Tells on standard error how far the passes are and how long they will take."""

    def __init__(self, passes, steps):
        self.passes, self.steps, self.done = passes, steps, 0
        self.start = self.pass_start = time.monotonic()

    def step(self, number, what):
        self.done += 1
        now = time.monotonic()
        # The first pass also compiles: once it is over, the later ones tell the time.
        first, start = (self.steps, self.pass_start) if number else (0, self.start)
        each = (now - start) / (self.done - first)
        left = each * (self.passes * self.steps - self.done)
        line = f"pass {number + 1} of {self.passes}, {what}: about {left / 60:.1f} min left"
        if sys.stderr.isatty():
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
        elif self.done % self.steps == 0:
            print(line, file=sys.stderr, flush=True)
        if number == 0:
            self.pass_start = now
        if self.done == self.passes * self.steps and sys.stderr.isatty():
            print(file=sys.stderr)


def measure(servers, measured, passes, seconds, progress):
    """Steps per second by server and measurement, one list of passes each."""
    rates = [{m: [] for m in measured} for _ in servers]
    for number in range(passes):
        for measurement in measured:
            for server, results in zip(servers, rates):
                if number > 0 and not results[measurement]:
                    continue  # no such method there
                rate = server.ask(*measurement, seconds)
                if rate is not None:
                    results[measurement].append(rate)
            progress.step(number, " ".join(measurement))
    return rates


def store(program, database, names, invocations):
    """Hands every measured value to `mtlbench-perf record`, passes of all invocations in a row."""
    lines = []
    for k, name in enumerate(names):
        for work, method in invocations[0][k]:
            rates = [rate for rates in invocations for rate in rates[k][work, method]]
            lines += ["\t".join(["training steps", work, method, name, str(number), repr(rate), "1/s"])
                      for number, rate in enumerate(rates, 1)]
    subprocess.run([program, "record", "--db", database], input="\n".join(lines) + "\n", text=True,
                   check=True)


def spread(values):
    return 50 * (max(values) - min(values)) / statistics.median(values)


def rate_text(passes):
    rates = [rate for rates in passes for rate in rates]
    return f"{statistics.median(rates):,.0f} ± {spread(rates):.0f} %" if rates else "–"


def ratio_text(ours, theirs, target):
    """Ratios of the best passes by invocation, and the median of all passes' ratios."""
    if not all(theirs):
        return "–"
    best = [max(x) / max(y) for x, y in zip(ours, theirs)]
    middle = statistics.median(best)
    asked = "" if target is None else f" ({'≥' if middle >= target else '<'} {target:g})"
    passes = [x / y for a, b in zip(ours, theirs) for x, y in zip(a, b)]
    each = ", ".join(f"{ratio:.3g}" for ratio in best)
    return f"{each}{asked}; {statistics.median(passes):.3g} ± {spread(passes):.0f} %"


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("| --- " * 2 + "| ---: " * (len(header) - 2) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--invocations", type=int, default=3)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--db", help="a database of mtlbench that takes every measured value")
    parser.add_argument("--peers", nargs="*", help="only these scripts",
                        default=[script for _, script in PEERS])
    parser.add_argument("--works", nargs="*", help="only these, W6 for all of its schemes")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)),
                        help="the core that all programs run on (the last one)")
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.core})
    measured = [m for m in MEASURED
                if not options.works or m[0].split("-")[0] in options.works]
    chosen = [k for k, (_, script) in enumerate(PEERS) if script in options.peers]
    names = [PEERS[k][0] for k in chosen]
    invocations = []
    for number in range(options.invocations):
        servers = [Server([options.program, "serve"])]
        servers += [Server([sys.executable, os.path.join(HERE, PEERS[k][1])]) for k in chosen]
        progress = Progress(options.passes, len(measured))
        invocations.append(
            measure(servers, measured, options.passes, options.seconds, progress))
        for server in servers:
            server.close()
    if options.db:
        store(options.program, options.db, ["mtlbench"] + names, invocations)

    def of(k, measurement):
        return [rates[k][measurement] for rates in invocations]

    print("## Beside other programs\n")
    print(f"Every program is pinned to one and the same core. Steps per second: median of "
          f"{options.invocations} invocations of {options.passes} interleaved passes, and half the "
          "spread. – where a program has no such method or fails on this work.\n")
    print_table(["work", "method", "ours"] + names, [
        [*m, rate_text(of(0, m))] + [rate_text(of(k + 1, m)) for k in range(len(names))]
        for m in measured
    ])
    print("Ratios, ours to theirs: of the best passes of each invocation, in brackets what is asked of "
          "their median; then the median of the ratios pass by pass and half their spread.\n")
    print_table(["work", "method"] + names, [
        [*m] + [ratio_text(of(0, m), of(place + 1, m), TARGETS[m][k] if m in TARGETS else None)
                for place, k in enumerate(chosen)]
        for m in measured
    ])
    for name, note in NOTES:
        if name in names:
            print(f"{name}: {note}\n")


if __name__ == "__main__":
    main()
