"""Inverse-loss weights, w_k = K l_k^-p / sum of l^-p, for mtlbench's method 'external'."""
import json
import sys

run = json.loads(sys.stdin.readline())
power = run["settings"].get("power", 1)
print(json.dumps({"mtlbench": 1, "ready": True}), flush=True)

for line in sys.stdin:
    step = json.loads(line)
    inverse = [loss**-power for loss in step["losses"]]
    weights = [run["tasks"] * value / sum(inverse) for value in inverse]
    print(json.dumps({"weights": weights}), flush=True)
