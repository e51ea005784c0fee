"""Weighting rules in plain PyTorch, as one would write them without a library."""

import random

import torch


def pcgrad_weights(gramian):
    """Coefficients of the task gradients by PCGrad, from their inner products."""
    count = len(gramian)
    total = [0.0] * count
    for i in range(count):
        own = [1.0 if k == i else 0.0 for k in range(count)]
        for j in random.sample(range(count), count):
            if j == i:
                continue
            product = sum(gramian[j][k] * own[k] for k in range(count))
            if product < 0:
                own[j] -= product / gramian[j][j]
        total = [a + b for a, b in zip(total, own)]
    return total


def cagrad_weights(gramian, c=0.4):
    """Coefficients by CAGrad, its dual solved by SLSQP as in the authors' code."""
    import numpy
    from scipy.optimize import minimize

    g = numpy.array(gramian)
    count = len(g)
    mean = numpy.full(count, 1 / count)
    radius = c * numpy.sqrt(mean @ g @ mean + 1e-8)

    def dual(x):
        return x @ g @ mean + radius * numpy.sqrt(x @ g @ x + 1e-8)

    x = minimize(dual, mean, bounds=[(0, 1)] * count,
                 constraints={"type": "eq", "fun": lambda x: 1 - x.sum()}).x
    return (mean + radius / (numpy.sqrt(x @ g @ x) + 1e-8) * x).tolist()


def flat_gradients(losses, shared):
    """Gradients of every loss at the shared parameters, as rows."""
    return torch.stack([
        torch.cat([g.reshape(-1) for g in torch.autograd.grad(loss, shared, retain_graph=True)])
        for loss in losses
    ])


def set_gradients(parameters, flat):
    """Cuts a flat gradient up among parameters."""
    first = 0
    for parameter in parameters:
        parameter.grad = flat[first:first + parameter.numel()].view_as(parameter)
        first += parameter.numel()
