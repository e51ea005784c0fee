"""Rules of other libraries as rules of mtlbench. Neither library is imported unless its adapter is used."""

from __future__ import annotations

from typing import Any, Callable, List, Sequence

from ._rule import Rule, Run, Step

#: Epochs for which LibMTL's rules may look back at mean losses.
_EPOCHS = 10_000


def torchjd_rule(weighting: Callable[[], Any]) -> Rule:
    """A TorchJD `Weighting`, given as a class or a function that makes one.

    With `needs: gramian` it is given the Gramian of the task gradients, with `needs: jacobian` the matrix
    itself, in float64 and over the tasks with a label. Which one it takes, its documentation says.
    """

    def make(run: Run) -> Callable[[Step], Sequence[float]]:
        import torch

        if run.needs not in ("gramian", "jacobian"):
            raise ValueError("TorchJD weighs gradients: write 'needs: gramian' or 'needs: jacobian'")
        own = weighting()

        def weigh(step: Step) -> Sequence[float]:
            present = step.present
            weights = [0.0] * run.tasks
            if not present:
                return weights
            with torch.no_grad():
                found = own(_statistic(step, present)).tolist()
            for task, weight in zip(present, found):
                weights[task] = weight
            return weights

        return weigh

    return make


def libmtl_rule(weighting: Any, **settings: Any) -> Rule:
    """A class of LibMTL's `weighting`, with the arguments of its `backward`.

    It weighs losses `l_k + g_k x` of a linear model at x = 0, whose gradients are those of the step: the
    rows of the Jacobian with `needs: jacobian`, rows with the same inner products with `needs: gramian`,
    and 0 with `needs: losses`. Parameters of its own are trained by Adam at the network's learning rate. A
    rule that returns no weights, such as GradDrop, cannot be used.
    """

    def make(run: Run) -> Callable[[Step], Sequence[float]]:
        import torch

        class Own(weighting):  # type: ignore[misc]
            def get_share_params(self) -> List[Any]:
                return [self.x]

            def zero_grad_share_params(self) -> None:
                self.x.grad = torch.zeros_like(self.x)

        torch.manual_seed(run.seed % 2**63)
        own = Own()
        own.task_num = run.tasks
        own.task_name = [str(task) for task in range(run.tasks)]
        own.device = torch.device("cpu")
        own.rep_grad = False
        own.epoch = 0
        own.train_loss_buffer = __import__("numpy").zeros([run.tasks, _EPOCHS])
        own.init_param()
        parameters = list(own.parameters())
        optimizer = torch.optim.Adam(parameters) if parameters else None
        sums = [0.0] * run.tasks
        count = 0

        def weigh(step: Step) -> Sequence[float]:
            nonlocal count
            if len(step.present) < run.tasks:
                raise ValueError("LibMTL's rules need a label of every task in every batch")
            rows = torch.zeros(run.tasks, 1) if run.needs == "losses" else _rows(step)
            own.epoch = step.epoch
            own.x = torch.zeros(rows.shape[1], requires_grad=True)
            losses = torch.tensor(step.losses, dtype=torch.float32) + rows @ own.x
            if optimizer is not None:
                optimizer.zero_grad()
            found = own.backward(losses, **settings)
            if optimizer is not None:
                for group in optimizer.param_groups:
                    group["lr"] = step.learning_rate
                optimizer.step()
            for task, loss in enumerate(step.losses):
                sums[task] += loss or 0.0
            count += 1
            if step.ends_epoch:
                own.train_loss_buffer[:, step.epoch] = [total / count for total in sums]
                sums[:] = [0.0] * run.tasks
                count = 0
            weights = None if found is None else torch.as_tensor(found).flatten().tolist()
            if weights is None or len(weights) != run.tasks:
                raise ValueError(f"{weighting.__name__} returns no weight for each task")
            return weights

        return weigh

    return make


def _statistic(step: Step, present: List[int]) -> Any:
    import torch

    if step.run.needs == "gramian":
        gramian = torch.tensor(step.gramian, dtype=torch.float64)
        return gramian[present][:, present]
    rows = [step.jacobian[task] for task in present]
    return torch.tensor([list(row) for row in rows if row is not None], dtype=torch.float64)


def _rows(step: Step) -> Any:
    """Rows with the gradients' inner products."""
    import torch

    matrix = _statistic(step, list(range(step.run.tasks)))
    if step.run.needs == "jacobian":
        return matrix.float()
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp(min=0).sqrt()).float()
