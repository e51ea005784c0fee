"""Our steps per second beside the peers', in interleaved passes: Markdown on standard output.

    python Tests/Peers/compare.py PROGRAM [--passes N] [--seconds S] [--db FILE] [--peers SCRIPT …]

PROGRAM is `mtlbench-perf`. Every program runs on one thread; times are processor time of its
training loop alone. Each pass visits every program in turn, so that a disturbance of the machine
meets all of them. With --db every measured value is stored too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

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
# The ratios asked for, in the order of PEERS; None where none is.
TARGETS = {
    ("W1", "equal"): (42, 27, 7.5, 27, 2),
    ("W1", "pcgrad"): (50, 31, 7, 50, 2.6),
    ("W1", "cagrad"): (115, 75, None, 250, None),
    ("W2", "equal"): (2, 1.7, 1.45, 1.55, 1.2),
    ("W2", "pcgrad"): (2.1, 1.9, 1.35, 2, 1.4),
    ("W3", "equal"): (4, 3, 1.9, 3, 1.3),
    ("W3", "gradnorm"): (17, 7.3, None, None, None),
    ("W3", "pcgrad"): (7.5, 2.8, 2, 3.6, 1.5),
}
NOTES = [
    ("LibMTL, bare loop", "its release 1.1.5 writes CAGrad for three tasks, as `reshape(1,3)`, and "
     "fails on any other number. It is measured with that 3 read as the number of tasks and nothing "
     "else changed."),
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


def measure(servers, passes, seconds):
    """Steps per second by server and measurement, one list of passes each."""
    rates = [{m: [] for m in MEASURED} for _ in servers]
    progress = Progress(passes, len(MEASURED))
    for number in range(passes):
        for measurement in MEASURED:
            for server, results in zip(servers, rates):
                if number > 0 and not results[measurement]:
                    continue  # no such method there
                rate = server.ask(*measurement, seconds)
                if rate is not None:
                    results[measurement].append(rate)
            progress.step(number, " ".join(measurement))
    return rates


def store(program, database, names, rates):
    """Hands every measured value to `mtlbench-perf record`."""
    lines = [
        "\t".join(["training steps", work, method, name, str(number), repr(rate), "1/s"])
        for name, results in zip(names, rates)
        for (work, method), passes in results.items()
        for number, rate in enumerate(passes, 1)
    ]
    subprocess.run([program, "record", "--db", database], input="\n".join(lines) + "\n", text=True,
                   check=True)


def median_text(values, digits):
    spread = 50 * (max(values) - min(values)) / statistics.median(values)
    return f"{statistics.median(values):,.{digits}f} ± {spread:.0f} %"


def rate_text(rates):
    return median_text(rates, 0) if rates else "–"


def ratio_text(ours, theirs, target):
    if not theirs:
        return "–"
    ratio = max(ours) / max(theirs)
    asked = "" if target is None else f" ({'≥' if ratio >= target else '<'} {target:g})"
    passes = [x / y for x, y in zip(ours, theirs)]
    return f"{ratio:.1f}{asked}; {median_text(passes, 1)}"


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("| --- " * 2 + "| ---: " * (len(header) - 2) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--passes", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--db", help="a database of mtlbench that takes every measured value")
    parser.add_argument("--peers", nargs="*", help="only these scripts",
                        default=[script for _, script in PEERS])
    options = parser.parse_args()
    chosen = [k for k, (_, script) in enumerate(PEERS) if script in options.peers]
    names = [PEERS[k][0] for k in chosen]
    servers = [Server([options.program, "serve"])]
    servers += [Server([sys.executable, os.path.join(HERE, PEERS[k][1])]) for k in chosen]
    ours, *peers = rates = measure(servers, options.passes, options.seconds)
    for server in servers:
        server.close()
    if options.db:
        store(options.program, options.db, ["mtlbench"] + names, rates)

    print("## Beside other programs\n")
    print(f"Steps per second: median of {options.passes} interleaved passes and half the spread. "
          "– where a program has no such method or fails on this work.\n")
    print_table(["work", "method", "ours"] + names, [
        [*m, rate_text(ours[m])] + [rate_text(peer[m]) for peer in peers] for m in MEASURED
    ])
    print("Ratios, ours to theirs: of the best passes, in brackets what is asked for; then the "
          "median of the ratios pass by pass and half their spread.\n")
    print_table(["work", "method"] + names, [
        [*m] + [ratio_text(ours[m], peer[m], TARGETS[m][k] if m in TARGETS else None)
                for k, peer in zip(chosen, peers)]
        for m in MEASURED
    ])
    for name, note in NOTES:
        if name in names:
            print(f"{name}: {note}\n")


if __name__ == "__main__":
    main()
