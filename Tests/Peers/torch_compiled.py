"""PyTorch with torch.compile over the whole step: forward, backward and Adam."""

import torch
from torch.func import grad, vjp

from torch_works import Batches, Network, make_losses
from works import serve


def make_run(work, method):
    if method not in ("equal", "pcgrad"):
        return None
    network, losses_of, batches = Network(work), make_losses(work), Batches(work)
    count = len(work["heads"])

    def pairs(modules):
        return [p.detach() for m in modules if isinstance(m, torch.nn.Linear)
                for p in (m.weight, m.bias)]

    shared, own = pairs(network.trunk), pairs(network.heads)
    parameters = shared + own
    first = [torch.zeros_like(p) for p in parameters]
    second = [torch.zeros_like(p) for p in parameters]

    def features(shared, x):
        for w, b in zip(shared[::2], shared[1::2]):
            x = torch.relu(torch.nn.functional.linear(x, w, b))
        return x

    def losses(own, h, targets):
        outputs = [torch.nn.functional.linear(h, w, b) for w, b in zip(own[::2], own[1::2])]
        return losses_of(outputs, targets)

    def weights_of(gramian, orders):
        # All tasks at once: row i holds the coefficients of task i, which meets orders[i, at].
        numbers = torch.arange(count)
        own = torch.eye(count)
        for at in range(count):
            chosen = (numbers == orders[:, at:at + 1]).float()
            met = chosen @ gramian
            product = (met * own).sum(1)
            conflicts = (product < 0) & (orders[:, at] != numbers)
            length = (met * chosen).sum(1)
            own = own - torch.where(conflicts, product / length, 0).unsqueeze(1) * chosen
        return own.sum(0)

    def equal(shared, own, inputs, targets, orders):
        def total(shared, own):
            return sum(losses(own, features(shared, inputs), targets))
        a, b = grad(total, (0, 1))(shared, own)
        return a + b

    def pcgrad(shared, own, inputs, targets, orders):
        h, back = vjp(lambda shared: features(shared, inputs), shared)
        a = grad(lambda own: sum(losses(own, h, targets)))(own)
        rows = [back(grad(lambda h: losses(own, h, targets)[k])(h))[0] for k in range(count)]
        flat = torch.stack([torch.cat([g.reshape(-1) for g in row]) for row in rows])
        summed = weights_of(flat @ flat.T, orders) @ flat
        sizes = [p.numel() for p in shared]
        return [g.view_as(p) for g, p in zip(summed.split(sizes), shared)] + a

    gradients_of = dict(equal=equal, pcgrad=pcgrad)[method]

    def step(inputs, targets, orders, corrections):
        gradients = gradients_of(shared, own, inputs, targets, orders)
        for p, g, m, v in zip(parameters, gradients, first, second):
            m.mul_(0.9).add_(g, alpha=0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            p.sub_(corrections[0] * m / (v.sqrt() * corrections[1] + 1e-8))

    compiled = torch.compile(step)
    state = dict(step=0)

    def run(steps):
        with torch.no_grad():
            for _ in range(steps):
                inputs, targets = batches.next()
                state["step"] += 1
                t = state["step"]
                corrections = torch.tensor([1e-3 / (1 - 0.9 ** t), (1 - 0.999 ** t) ** -0.5])
                orders = torch.argsort(torch.rand(count, count)) if method == "pcgrad" else None
                compiled(inputs, targets, orders, corrections)

    return run


if __name__ == "__main__":
    serve(make_run)
