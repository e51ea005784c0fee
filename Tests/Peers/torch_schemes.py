"""The sharing schemes of W6 in PyTorch: a trunk of one dense layer with ReLU.

Parallel layers on the same inputs are one wide layer, which is faster than a list of them.
"""

import torch
from torch import nn

from torch_works import Network

EXPERTS = 4
SELECTED = 2
RANK = 4


class SchemeNetwork(nn.Module):
    """What all have: heads, each on features of its task."""

    def __init__(self, work):
        super().__init__()
        (self.width,), self.inputs = work["trunk"], work["inputs"]
        self.count = len(work["heads"])
        self.heads = nn.ModuleList(
            [nn.Linear(self.width, outputs) for _, outputs in work["heads"]])

    def forward(self, x):
        return [head(h) for head, h in zip(self.heads, self.features(x))]

    def penalty(self):
        return 0

    def parallel(self, x):
        """Features of the parallel trunks in `self.trunks`, shape [rows][trunks][width]."""
        return torch.relu(self.trunks(x)).view(len(x), -1, self.width)


class Columns(SchemeNetwork):
    """A trunk for each task."""

    def __init__(self, work):
        super().__init__(work)
        self.trunks = nn.Linear(self.inputs, self.count * self.width)


class Soft(Columns):
    def features(self, x):
        return self.parallel(x).unbind(1)

    def penalty(self):
        w = self.trunks.weight.view(self.count, -1)
        # The sum of all pairs' squared distances.
        return 0.01 * (self.count * (w * w).sum() - w.sum(0).square().sum())


class CrossStitch(Columns):
    def __init__(self, work):
        super().__init__(work)
        others = 0.1 / (self.count - 1)
        self.units = nn.Parameter((0.9 - others) * torch.eye(self.count) + others)

    def features(self, x):
        return torch.matmul(self.units, self.parallel(x)).unbind(1)


class LTB(Columns):
    def __init__(self, work):
        super().__init__(work)
        self.units = nn.Parameter(torch.zeros(self.count, self.count))

    def features(self, x):
        rows = nn.functional.gumbel_softmax(self.units, hard=True)
        return torch.matmul(rows, self.parallel(x)).unbind(1)


class MMoE(SchemeNetwork):
    def __init__(self, work):
        super().__init__(work)
        self.trunks = nn.Linear(self.inputs, EXPERTS * self.width)
        self.gates = nn.Linear(self.inputs, self.count * EXPERTS)

    def features(self, x):
        gates = self.gates(x).view(len(x), self.count, EXPERTS).softmax(-1)
        return torch.bmm(gates, self.parallel(x)).unbind(1)


class CGC(SchemeNetwork):
    """One shared expert and one of each task's own; PLE of one level is the same."""

    def __init__(self, work):
        super().__init__(work)
        self.trunks = nn.Linear(self.inputs, (1 + self.count) * self.width)
        self.gates = nn.Linear(self.inputs, self.count * 2)

    def features(self, x):
        gates = self.gates(x).view(len(x), self.count, 2).softmax(-1)
        experts = self.parallel(x)
        return (gates[:, :, :1] * experts[:, :1] + gates[:, :, 1:] * experts[:, 1:]).unbind(1)


class DSelectK(SchemeNetwork):
    """Gates by smooth steps; with four experts there is no penalty."""

    def __init__(self, work):
        super().__init__(work)
        self.trunks = nn.Linear(self.inputs, EXPERTS * self.width)
        self.bits = nn.Linear(self.inputs, self.count * SELECTED * 2)
        self.shares = nn.Linear(self.inputs, self.count * SELECTED)
        nn.init.uniform_(self.bits.weight, -0.01, 0.01)
        nn.init.uniform_(self.bits.bias, -0.01, 0.01)

    def features(self, x):
        t = self.bits(x).view(len(x), self.count, SELECTED, 2)
        s = torch.where(t <= -0.5, 0.0, torch.where(t >= 0.5, 1.0, -2 * t ** 3 + 1.5 * t + 0.5))
        both = torch.stack([1 - s, s], -1)
        codes = (both[..., 0, :, None] * both[..., 1, None, :]).flatten(-2)
        shares = self.shares(x).view(len(x), self.count, 1, SELECTED).softmax(-1)
        return torch.bmm((shares @ codes).squeeze(2), self.parallel(x)).unbind(1)


class MTAN(SchemeNetwork):
    def __init__(self, work):
        super().__init__(work)
        self.trunk = nn.Linear(self.inputs, self.width)
        self.masks = nn.ModuleList([
            nn.Sequential(nn.Linear(self.width, self.width), nn.ReLU(),
                          nn.Linear(self.width, self.width), nn.Sigmoid())
            for _ in range(self.count)])

    def features(self, x):
        h = torch.relu(self.trunk(x))
        return [mask(h) * h for mask in self.masks]


class LowRank(SchemeNetwork):
    def __init__(self, work):
        super().__init__(work)
        self.trunk = nn.Linear(self.inputs, self.width)
        self.down = nn.Linear(self.inputs, self.count * RANK, bias=False)
        self.up = nn.ParameterList(
            [torch.zeros(self.width, RANK) for _ in range(self.count)])

    def features(self, x):
        common, inner = self.trunk(x), self.down(x).split(RANK, 1)
        return [torch.relu(common + nn.functional.linear(part, up))
                for part, up in zip(inner, self.up)]


SCHEMES = dict(hard=Network, soft=Soft, cross_stitch=CrossStitch, mmoe=MMoE, cgc=CGC, ple=CGC,
               dselect_k=DSelectK, mtan=MTAN, ltb=LTB, low_rank=LowRank)


def make_network(work):
    return SCHEMES[work.get("sharing", "hard")](work)
