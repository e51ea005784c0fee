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
}


def target_columns(work):
    """First and last target column of each head; a class takes one."""
    result, first = [], 0
    for kind, outputs in work["heads"]:
        count = 1 if kind == "class" else outputs
        result.append((first, first + count))
        first += count
    return result


def steps_per_second(run, seconds):
    """Steps per second of `run(steps)`, after a warm-up that is not timed.

    `run` may return how many steps it made, where that is not what was asked for.
    """
    run(20)
    start = time.process_time()
    made = run(20) or 20
    each = max((time.process_time() - start) / made, 1e-7)
    count = max(20, int(seconds / each))
    start = time.process_time()
    made = run(count) or count
    return made / (time.process_time() - start)


def serve(make_run):
    """Answers requests until the input ends; `make_run(work, method)` gives `run` or None."""
    runs = {}
    for line in sys.stdin:
        name, method, seconds = line.split()
        try:
            if (name, method) not in runs:
                runs[name, method] = make_run(WORKS[name], method)
            run = runs[name, method]
            answer = "-" if run is None else str(steps_per_second(run, float(seconds)))
        except Exception as error:  # a peer that fails on this work is part of the result
            print(f"{name} {method}: {type(error).__name__}: {error}", file=sys.stderr)
            runs[name, method] = None
            answer = "-"
        print(answer, flush=True)
