"""PyTorch with torch.compile over the whole step: forward, backward and Adam."""

import torch
from torch.func import functional_call, grad, vjp

from torch_schemes import make_network
from torch_works import Batches, make_losses
from works import serve

# One compiled step for each work and method.
torch._dynamo.config.recompile_limit = 100


def make_run(work, method):
    if method not in ("equal", "pcgrad") or ("sharing" in work and method != "equal"):
        return None
    network, losses_of, batches = make_network(work), make_losses(work), Batches(work)
    count = len(work["heads"])
    parameters = {name: p.detach() for name, p in network.named_parameters()}
    first = {name: torch.zeros_like(p) for name, p in parameters.items()}
    second = {name: torch.zeros_like(p) for name, p in parameters.items()}
    shared = {name: p for name, p in parameters.items() if name.startswith("trunk.")}
    own = {name: p for name, p in parameters.items() if name.startswith("heads.")}

    def losses(own, h, targets):
        outputs = [torch.nn.functional.linear(h, own[f"heads.{k}.weight"], own[f"heads.{k}.bias"])
                   for k in range(count)]
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

    class Total(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.network = network

        def forward(self, inputs, targets):
            return sum(losses_of(self.network(inputs), targets)) + self.network.penalty()

    module = Total()

    def equal(inputs, targets, orders):
        def total(parameters):
            named = {f"network.{name}": p for name, p in parameters.items()}
            return functional_call(module, named, (inputs, targets))
        return grad(total)(parameters)

    def pcgrad(inputs, targets, orders):
        def features(shared):
            named = {name.removeprefix("trunk."): p for name, p in shared.items()}
            return functional_call(network.trunk, named, (inputs,))

        h, back = vjp(features, shared)
        gradients = grad(lambda own: sum(losses(own, h, targets)))(own)
        rows = [back(grad(lambda h: losses(own, h, targets)[k])(h))[0] for k in range(count)]
        flat = torch.stack([torch.cat([g.reshape(-1) for g in row.values()]) for row in rows])
        summed = weights_of(flat @ flat.T, orders) @ flat
        parts = summed.split([p.numel() for p in shared.values()])
        return gradients | {name: g.view_as(p) for g, (name, p) in zip(parts, shared.items())}

    gradients_of = dict(equal=equal, pcgrad=pcgrad)[method]

    def step(inputs, targets, orders, corrections):
        gradients = gradients_of(inputs, targets, orders)
        for name, p in parameters.items():
            g, m, v = gradients[name], first[name], second[name]
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
