"""The works as PyTorch modules and tensors, shared by the scripts of its family."""

import torch
from torch import nn

from works import target_columns

torch.set_num_threads(1)


class Network(nn.Module):
    """One trunk of linear layers with ReLU, one linear head per task."""

    def __init__(self, work):
        super().__init__()
        layers, width = [], work["inputs"]
        for outputs in work["trunk"]:
            layers += [nn.Linear(width, outputs), nn.ReLU()]
            width = outputs
        self.trunk = nn.Sequential(*layers)
        self.heads = nn.ModuleList([nn.Linear(width, outputs) for _, outputs in work["heads"]])

    def forward(self, x):
        h = self.trunk(x)
        return [head(h) for head in self.heads]


def make_losses(work):
    """A function from outputs and one batch of targets to the list of the tasks' mean losses."""
    columns = target_columns(work)

    def losses(outputs, targets):
        result = []
        for output, (kind, _), (first, last) in zip(outputs, work["heads"], columns):
            if kind == "class":
                result.append(nn.functional.cross_entropy(output, targets[:, first].long()))
            else:
                result.append(nn.functional.mse_loss(output, targets[:, first:last]))
        return result

    return losses


def make_data(work):
    """Standard normal inputs and targets, classes equally likely."""
    generator = torch.Generator().manual_seed(1)
    inputs = torch.randn(work["rows"], work["inputs"], generator=generator)
    parts = []
    for kind, outputs in work["heads"]:
        if kind == "class":
            parts.append(torch.randint(outputs, (work["rows"], 1), generator=generator).float())
        else:
            parts.append(torch.randn(work["rows"], outputs, generator=generator))
    return inputs, torch.cat(parts, 1)


class Batches:
    """Batches without replacement, a new permutation for every epoch."""

    def __init__(self, work):
        self.inputs, self.targets = make_data(work)
        self.size, self.at = work["batch"], work["rows"]

    def next(self):
        if self.at + self.size > len(self.inputs):
            self.order, self.at = torch.randperm(len(self.inputs)), 0
        rows = self.order[self.at:self.at + self.size]
        self.at += self.size
        return self.inputs[rows], self.targets[rows]


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3, fused=True)
