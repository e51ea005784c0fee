"""LibMTL's own weighting classes in a bare training loop, without its trainer and data loader."""

import inspect
import sys
import types

import torch

# Its last release imports a module that torchvision has given up, for pretrained networks.
moved = types.ModuleType("torchvision.models.utils")
moved.load_state_dict_from_url = torch.hub.load_state_dict_from_url
sys.modules[moved.__name__] = moved

from LibMTL import weighting

from torch_works import Batches, Network, adam, make_losses
from works import serve

RULES = dict(equal="EW", uw="UW", gradnorm="GradNorm", pcgrad="PCGrad", cagrad="CAGrad",
             mgda="MGDA")
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


def make_run(work, method):
    if method not in RULES:
        return None
    count = len(work["heads"])
    rule = cagrad_for(count) if method == "cagrad" else getattr(weighting, RULES[method])

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

    model, losses_of, batches = Model(), make_losses(work), Batches(work)
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
