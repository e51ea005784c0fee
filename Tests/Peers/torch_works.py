"""The works as PyTorch modules and tensors, shared by the scripts of its family."""

import torch
from torch import nn

from works import target_columns

torch.set_num_threads(1)


class Attention(nn.Module):
    """Attention between tokens; a key's bias cancels in the softmax and is left out."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.value = nn.Linear(width, width), nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        rows, tokens, width = x.shape

        def split(t):
            return t.view(rows, tokens, self.heads, width // self.heads).transpose(1, 2)

        y = nn.functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)))
        return self.out(y.transpose(1, 2).reshape(rows, tokens, width))


class EncoderLayer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.feed = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.feed(self.norm2(x))


class Transformer(nn.Module):
    """A pre-norm encoder with learned positions and the mean over the tokens."""

    def __init__(self, work):
        super().__init__()
        self.tokens, width = work["tokens"], work["width"]
        self.embed = nn.Linear(self.tokens[1], width)
        self.positions = nn.Parameter(torch.rand(self.tokens[0], width) / 8)
        self.layers = nn.Sequential(*[
            EncoderLayer(width, work["attention_heads"], work["hidden"])
            for _ in range(work["layers"])])
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        x = self.embed(x.view(-1, *self.tokens)) + self.positions
        return self.norm(self.layers(x)).mean(1)


def make_trunk(work):
    """The trunk and how many numbers it gives."""
    if "tokens" in work:
        return Transformer(work), work["width"]
    layers, width = [], work["inputs"]
    if "image" in work:
        channels, side, _ = work["image"]
        layers.append(nn.Unflatten(1, work["image"]))
        for outputs in work["channels"]:
            layers += [nn.Conv2d(channels, outputs, 5), nn.MaxPool2d(2), nn.ReLU()]
            channels, side = outputs, (side - 4) // 2
        layers.append(nn.Flatten())
        width = channels * side * side
    for outputs in work["trunk"]:
        layers += [nn.Linear(width, outputs), nn.ReLU()]
        width = outputs
    return nn.Sequential(*layers), width


class Network(nn.Module):
    """One trunk that all tasks share, one linear head per task."""

    def __init__(self, work):
        super().__init__()
        self.trunk, width = make_trunk(work)
        self.heads = nn.ModuleList([nn.Linear(width, outputs) for _, outputs in work["heads"]])

    def forward(self, x):
        h = self.trunk(x)
        return [head(h) for head in self.heads]

    def penalty(self):
        """What a sharing scheme adds to the losses."""
        return 0


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
