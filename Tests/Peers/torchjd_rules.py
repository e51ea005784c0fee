"""TorchJD's aggregators by its `mtl_backward`."""

import torch
from torchjd import aggregation, autojac

from torch_works import Batches, Network, adam, make_losses
from works import serve


def make_run(work, method):
    count = len(work["heads"])
    rules = dict(
        equal=lambda: aggregation.Sum(),
        pcgrad=lambda: aggregation.PCGrad(),
        mgda=lambda: aggregation.MGDA(),
        upgrad=lambda: aggregation.UPGrad(),
        cagrad=lambda: aggregation.CAGrad(c=0.4),
    )
    if method not in rules or "sharing" in work:
        return None
    rule = rules[method]()
    network, losses_of, batches = Network(work), make_losses(work), Batches(work)
    shared = list(network.trunk.parameters())
    own = [list(head.parameters()) for head in network.heads]
    optimizer = adam(network.parameters())

    def run(steps):
        for _ in range(steps):
            inputs, targets = batches.next()
            features = network.trunk(inputs)
            losses = losses_of([head(features) for head in network.heads], targets)
            optimizer.zero_grad()
            if method == "equal":
                sum(losses).backward()
            else:
                autojac.mtl_backward(losses, features=features)
                autojac.jac_to_grad(shared, rule)
            optimizer.step()

    return run


if __name__ == "__main__":
    serve(make_run)
