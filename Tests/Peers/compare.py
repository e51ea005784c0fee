"""Our steps per second beside the peers', in interleaved passes: Markdown on standard output.

    python Tests/Peers/compare.py PROGRAM [--passes N] [--seconds S]

PROGRAM is `mtlbench-perf`. Every program runs on one thread; times are processor time of its
training loop alone. Each pass visits every program in turn, so that a disturbance of the machine
meets all of them.
"""

import argparse
import os
import statistics
import subprocess
import sys

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


def measure(servers, passes, seconds):
    """Steps per second by server and measurement, one list of passes each."""
    rates = [{m: [] for m in MEASURED} for _ in servers]
    for number in range(passes):
        for measurement in MEASURED:
            for server, results in zip(servers, rates):
                if number > 0 and not results[measurement]:
                    continue  # no such method there
                rate = server.ask(*measurement, seconds)
                if rate is not None:
                    results[measurement].append(rate)
        print(f"pass {number + 1} of {passes}", file=sys.stderr)
    return rates


def rate_text(rates):
    if not rates:
        return "–"
    spread = (max(rates) - min(rates)) / statistics.median(rates)
    return f"{statistics.median(rates):,.0f} ± {50 * spread:.0f} %"


def ratio_text(ours, theirs, target):
    if not theirs:
        return "–"
    ratio = max(ours) / max(theirs)
    text = f"{ratio:.1f}"
    return text if target is None else f"{text} ({'≥' if ratio >= target else '<'} {target:g})"


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("| --- " * 2 + "| ---: " * (len(header) - 2) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5)
    options = parser.parse_args()
    servers = [Server([options.program, "serve"])]
    servers += [Server([sys.executable, os.path.join(HERE, script)]) for _, script in PEERS]
    ours, *peers = measure(servers, options.passes, options.seconds)
    for server in servers:
        server.close()

    names = [name for name, _ in PEERS]
    print("## Beside other programs\n")
    print(f"Steps per second: median of {options.passes} interleaved passes and half the spread. "
          "– where a program has no such method or fails on this work.\n")
    print_table(["work", "method", "ours"] + names, [
        [*m, rate_text(ours[m])] + [rate_text(peer[m]) for peer in peers] for m in MEASURED
    ])
    print("Ratios of the best passes, ours to theirs; in brackets the ratio asked for.\n")
    print_table(["work", "method"] + names, [
        [*m] + [ratio_text(ours[m], peer[m], target)
                for peer, target in zip(peers, TARGETS.get(m, [None] * len(PEERS)))]
        for m in MEASURED
    ])


if __name__ == "__main__":
    main()
