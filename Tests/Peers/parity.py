"""Whether ours and PyTorch do the same work: Markdown on standard output.

    python Tests/Peers/parity.py PROGRAM

From the same parameters and batches, the gradient of the first step and the losses of 60 steps of
Adam on the sum of the losses. On W2, W4 and W5 a ReLU or a pool that rounding turns makes long
trajectories differ, so there only the gradient and the first losses are held against PyTorch. The
sharing schemes of W6 are held against PyTorch by `mtlbench verify`.
"""

import subprocess
import sys

import torch

from torch_works import Network, make_losses
from works import WORKS

TOLERANCE = 1e-5


def read(program, name, steps):
    """Parameters, gradients and steps as `mtlbench-perf state` writes them."""
    text = subprocess.run([program, "state", name, str(steps)], capture_output=True, text=True,
                          check=True).stdout
    tensors, inputs, targets, losses = {}, [], [], []
    lists = dict(inputs=inputs, targets=targets, losses=losses)
    for line in text.splitlines():
        name, shape, *numbers = line.split(" ")
        value = torch.tensor([float(x) for x in numbers], dtype=torch.float64)
        value = value.reshape([int(n) for n in shape.split("x")])
        if name in lists:
            lists[name].append(value)
        else:
            tensors[name] = value
    return tensors, inputs, targets, losses


def check(program, name, steps):
    work = WORKS[name]
    tensors, inputs, targets, losses = read(program, name, steps)
    network, losses_of = Network(work), make_losses(work)
    with torch.no_grad():
        for theirs, parameter in network.named_parameters():
            parameter.copy_(ours(tensors, "parameter", theirs, parameter, work))
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-8)
    gradient_error, loss_error = 0.0, 0.0
    for step in range(steps):
        values = losses_of(network(inputs[step].float()), targets[step].float())
        optimizer.zero_grad()
        sum(values).backward()
        if step == 0:
            for theirs, parameter in network.named_parameters():
                gradient = ours(tensors, "gradient", theirs, parameter, work)
                difference = (parameter.grad.double() - gradient).norm() / gradient.norm()
                gradient_error = max(gradient_error, difference.item())
        for value, our_loss in zip(values, losses[step]):
            loss_error = max(loss_error, abs(value.item() / our_loss.item() - 1))
        optimizer.step()
    return gradient_error, loss_error


def ours(tensors, kind, theirs, parameter, work):
    """Our values of one of their parameters, in its shape."""
    first, rest = theirs.split(".", 1)
    if first == "heads":
        number, rest = rest.split(".")
        name = f"heads.{number}.0.{rest}"  # ours may have hidden layers
    elif "image" in work:
        number, rest = rest.split(".")
        name = f"trunk.{int(number) - 1}.{rest}"  # theirs begins with a change of shape
    else:
        name = theirs
    value = tensors[f"{kind}.{name}"]
    if first != "heads" and value.dim() == 2 and value.T.shape == parameter.shape:
        value = value.T if value.shape != parameter.shape else value  # positions stand by token
    return value.reshape(parameter.shape)


def main():
    program = sys.argv[1]
    print("## The same work\n")
    print("Largest relative difference from PyTorch: of a tensor of the first step's gradient, in "
          "norm, and of a task's loss at any step.\n")
    print("| work | gradient | losses | steps |\n| --- | ---: | ---: | ---: |")
    failed = False
    for name, steps in (("W1", 60), ("W2", 1), ("W3", 60), ("W4", 1), ("W5", 1)):
        gradient, loss = check(program, name, steps)
        failed = failed or gradient > TOLERANCE or loss > TOLERANCE
        print(f"| {name} | {gradient:.1e} | {loss:.1e} | {steps} |")
    print()
    if failed:
        sys.exit(f"a difference is above {TOLERANCE:g}")


if __name__ == "__main__":
    main()
