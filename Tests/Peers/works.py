"""The work that is measured: the networks and data of `mtlbench-perf`, for the peers' scripts.

A peer's script is a server: every line `WORK METHOD SECONDS` on its standard input is answered by
steps per second of processor time over about that long, or by `-` where it has no such method.
Nothing but the training loop is timed.
"""

import sys
import time

WORKS = {
    "W1": dict(inputs=128, trunk=[64], heads=[("class", 10), ("number", 5)], batch=32, rows=4096),
    "W2": dict(inputs=64, trunk=[256, 256, 128], heads=[("class", 10), ("number", 5)], batch=256,
               rows=8192),
    "W3": dict(inputs=250, trunk=[100] * 4, heads=[("number", 100)] * 10, batch=100, rows=4000),
    # The network of MultiMNIST: images of 36 x 36, two convolutions with pools, one dense layer.
    "W4": dict(inputs=36 * 36, image=(1, 36, 36), channels=[10, 20], trunk=[50],
               heads=[("class", 10)] * 2, batch=256, rows=2560),
    # A pre-norm transformer on 16 tokens of 20 numbers.
    "W5": dict(inputs=16 * 20, tokens=(16, 20), width=64, attention_heads=4, hidden=128, layers=2,
               heads=[("class", 10), ("number", 5)], batch=64, rows=4096),
}
SCHEMES = ["hard", "soft", "cross_stitch", "mmoe", "cgc", "ple", "dselect_k", "mtan", "ltb",
           "low_rank"]
# W6: W1 under every sharing scheme.
WORKS.update({f"W6-{scheme}": dict(WORKS["W1"], sharing=scheme) for scheme in SCHEMES})


def target_columns(work):
    """First and last target column of each head; a class takes one."""
    result, first = [], 0
    for kind, outputs in work["heads"]:
        count = 1 if kind == "class" else outputs
        result.append((first, first + count))
        first += count
    return result


class Timer:
    """Times a training loop `run(steps)`, which may return how many steps it made instead."""

    def __init__(self, run):
        self.run = run
        run(20)
        self.each = self.seconds_a_step(10)

    def seconds_a_step(self, count):
        start = time.process_time()
        made = self.run(count) or count
        return max((time.process_time() - start) / made, 1e-7)

    def steps_per_second(self, seconds):
        self.run(2)
        self.each = self.seconds_a_step(max(5, int(seconds / self.each)))
        return 1 / self.each


def serve(make_run):
    """Answers requests until the input ends; `make_run(work, method)` gives `run` or None."""
    timers = {}
    for line in sys.stdin:
        name, method, seconds = line.split()
        try:
            if (name, method) not in timers:
                run = make_run(WORKS[name], method)
                timers[name, method] = None if run is None else Timer(run)
            timer = timers[name, method]
            answer = "-" if timer is None else str(timer.steps_per_second(float(seconds)))
        except Exception as error:  # a peer that fails on this work is part of the result
            print(f"{name} {method}: {type(error).__name__}: {error}", file=sys.stderr)
            timers[name, method] = None
            answer = "-"
        print(answer, flush=True)
