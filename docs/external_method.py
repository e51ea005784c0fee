"""Inverse-loss weights, w_k = K l_k^-p / sum of l^-p, for mtlbench's method 'external'."""
import json
import sys

run = json.loads(sys.stdin.readline())
power = run["settings"].get("power", 1)
print(json.dumps({"mtlbench": 1, "ready": True}), flush=True)

for line in sys.stdin:
    step = json.loads(line)
    # A loss is null where the batch has no label of the task.
    inverse = [0 if loss is None else loss**-power for loss in step["losses"]]
    present = sum(loss is not None for loss in step["losses"])
    weights = [present * value / sum(inverse) if present else 0 for value in inverse]
    print(json.dumps({"weights": weights}), flush=True)
