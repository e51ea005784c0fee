"""Plain PyTorch in eager mode with fused Adam."""

import torch

from torch_rules import cagrad_weights, flat_gradients, pcgrad_weights, set_gradients
from torch_schemes import make_network
from torch_works import Batches, adam, make_losses
from works import serve


def make_run(work, method):
    if "sharing" in work and method != "equal":
        return None
    network, losses_of, batches = make_network(work), make_losses(work), Batches(work)
    shared = list(network.trunk.parameters()) if "sharing" not in work else []
    own = list(network.heads.parameters())
    count = len(work["heads"])
    optimizer = adam(network.parameters())
    solvers = {"pcgrad": pcgrad_weights, "cagrad": cagrad_weights}

    def equal(losses):
        (sum(losses) + network.penalty()).backward()

    def by_rows(losses):
        rows = flat_gradients(losses, shared)
        for p, g in zip(own, torch.autograd.grad(sum(losses), own)):
            p.grad = g
        weights = solvers[method]((rows @ rows.T).tolist())
        set_gradients(shared, torch.tensor(weights) @ rows)

    weights = torch.ones(count, requires_grad=True)
    weight_optimizer = torch.optim.Adam([weights], lr=0.025)
    start = []

    def gradnorm(losses):
        last = list(network.trunk[-2].parameters())
        values = torch.stack(losses)
        if not start:
            start.append(values.detach())
        norms = torch.stack([
            torch.cat([g.reshape(-1) for g in torch.autograd.grad(loss, last, retain_graph=True)])
            .norm() for loss in losses
        ])
        (weights.detach() * values).sum().backward()
        rates = values.detach() / start[0]
        weighted = weights * norms
        goal = (weighted.mean() * (rates / rates.mean()) ** 1.5).detach()
        weights.grad, = torch.autograd.grad((weighted - goal).abs().sum(), weights)
        weight_optimizer.step()
        with torch.no_grad():
            weights.mul_(count / weights.sum())

    rules = dict(equal=equal, gradnorm=gradnorm, pcgrad=by_rows, cagrad=by_rows)
    if method not in rules:
        return None
    backward = rules[method]

    def run(steps):
        for _ in range(steps):
            inputs, targets = batches.next()
            optimizer.zero_grad(set_to_none=True)
            backward(losses_of(network(inputs), targets))
            optimizer.step()

    return run


if __name__ == "__main__":
    serve(make_run)
