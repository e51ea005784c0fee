"""LibMTL's own weighting classes in a bare training loop, without its trainer and data loader."""

import inspect
import sys
import types

import torch
from torch import nn

# Its last release imports a module that torchvision has given up, for pretrained networks.
moved = types.ModuleType("torchvision.models.utils")
moved.load_state_dict_from_url = torch.hub.load_state_dict_from_url
sys.modules[moved.__name__] = moved

from LibMTL import architecture, weighting

from torch_works import Batches, Network, adam, make_losses
from works import serve

RULES = dict(equal="EW", uw="UW", gradnorm="GradNorm", pcgrad="PCGrad", cagrad="CAGrad",
             mgda="MGDA")
# Its sharing schemes for networks of any kind; the others take residual networks only.
ARCHITECTURES = dict(hard="HPS", mmoe="MMoE", cgc="CGC", dselect_k="DSelect_k")
ARGUMENTS = dict(alpha=1.5, calpha=0.4, rescale=0, mgda_gn="none")


def cagrad_for(count):
    """Its CAGrad, whose number of tasks is written as 3, for another one; nothing else is changed.

    The 3 only shapes the vectors of its solver.
    """
    method = weighting.CAGrad.backward
    source = "if True:\n" + inspect.getsource(method)  # which is indented
    for three, ours in (("(1,3)", f"(1,{count})"), ("(3,1)", f"({count},1)"),
                        ("(3, 1)", f"({count},1)")):
        source = source.replace(three, ours)
    scope = dict(sys.modules[method.__module__].__dict__)
    exec(source, scope)
    return type("CAGrad", (weighting.CAGrad,), dict(backward=scope["backward"]))


def make_shared(work, rule):
    """A network under one of its sharing schemes, or None."""
    if work["sharing"] not in ARCHITECTURES:
        return None
    count, (width,) = len(work["heads"]), work["trunk"]
    names = [str(k) for k in range(count)]
    experts = [4] if work["sharing"] in ("mmoe", "dselect_k") else [1] * (count + 1)

    class Model(getattr(architecture, ARCHITECTURES[work["sharing"]]), rule):
        def __init__(self):
            super().__init__(
                names, lambda: nn.Sequential(nn.Linear(work["inputs"], width), nn.ReLU()),
                nn.ModuleDict({name: nn.Linear(width, outputs)
                               for name, (_, outputs) in zip(names, work["heads"])}),
                False, False, torch.device("cpu"), img_size=[work["inputs"]], num_experts=experts,
                num_nonzeros=2, kgamma=1.0)
            self.init_param()

        def forward(self, x):
            outputs = super().forward(x)
            return [outputs[name] for name in names]

    return Model()


def make_hard(work, rule):
    count = len(work["heads"])

    class Model(rule, Network):
        def __init__(self):
            torch.nn.Module.__init__(self)
            Network.__init__(self, work)
            self.task_num, self.device, self.rep_grad = count, torch.device("cpu"), False
            self.task_name = [str(k) for k in range(count)]
            self.epoch, self.train_loss_buffer = 1, torch.ones(count, 2).numpy()
            self.init_param()

        def get_share_params(self):
            return self.trunk.parameters()

        def zero_grad_share_params(self):
            self.trunk.zero_grad(set_to_none=False)

        def forward(self, x):
            return Network.forward(self, x)

    return Model()


def make_run(work, method):
    if method not in RULES or ("sharing" in work and method != "equal"):
        return None
    count = len(work["heads"])
    rule = cagrad_for(count) if method == "cagrad" else getattr(weighting, RULES[method])
    model = make_shared(work, rule) if "sharing" in work else make_hard(work, rule)
    if model is None:
        return None
    losses_of, batches = make_losses(work), Batches(work)
    # Its rules read gradients where they stand after `zero_grad`.
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter)
    optimizer = adam(model.parameters())

    def run(steps):
        for _ in range(steps):
            inputs, targets = batches.next()
            losses = torch.stack(losses_of(model(inputs), targets))
            optimizer.zero_grad(set_to_none=False)
            model.backward(losses, **ARGUMENTS)
            optimizer.step()

    return run


if __name__ == "__main__":
    serve(make_run)
