"""LibMTL's own weighting classes in a bare training loop, without its trainer and data loader."""

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


def make_run(work, method):
    if method not in RULES:
        return None
    rule = getattr(weighting, RULES[method])
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
