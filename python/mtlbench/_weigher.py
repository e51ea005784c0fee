"""mtlbench's rules for a training of one's own, by a running `mtlbench weigh --serve`."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from typing import Any, Dict, List, Optional, Sequence, Tuple


class Refused(ValueError):
    """A step that the rule refuses, for a reason."""


def program() -> str:
    """The command: `$MTLBENCH`, else the one that was installed beside this Python, else that on the path."""
    named = os.environ.get("MTLBENCH")
    if named:
        return named
    for folder in (os.path.dirname(sys.executable), sysconfig.get_path("scripts")):
        beside = os.path.join(folder, "mtlbench")
        if os.access(beside, os.X_OK):
            return beside
    found = shutil.which("mtlbench")
    if found is None:
        raise FileNotFoundError(
            "there is no program 'mtlbench' on the path; build it (make dist) or set MTLBENCH to its file"
        )
    return found


class Weigher:
    """A rule of `mtlbench list methods` that keeps its state from step to step."""

    def __init__(
        self, method: str, tasks: int, *, scale: str = "native", seed: int = 1, learning_rate: float = 0.001,
        **settings: Any,
    ) -> None:
        self._process = subprocess.Popen(
            [program(), "weigh", "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        answer = self._ask({
            "mtlbench": 1, "method": method, "tasks": tasks, "settings": settings, "scale": scale,
            "seed": seed, "learning_rate": learning_rate,
        })
        if not answer["ready"]:
            self.close()
            raise ValueError(answer["reason"])

    def weights(
        self, gramian: Any = None, *, jacobian: Any = None, losses: Any = None, losses_after: Any = None,
        ends_epoch: bool = False,
    ) -> List[float]:
        """The weights of one step.

        Args:
            gramian: Inner products of the task gradients, shape [K][K]; lists, or a tensor or array.
            jacobian: The task gradients instead, shape [K][P], for rules that need more.
            losses: Loss of each task, None without a label; 1 for each by default.
            losses_after: Losses on the same batch after the step, for rules that need them.
            ends_epoch: Whether an epoch ends with the step.

        Raises:
            Refused: The rule refuses the step, and its state is as it was.
            ValueError: The step cannot be read, or does not give what the rule needs.
        """
        step: Dict[str, Any] = {"ends_epoch": ends_epoch}
        for key, value in (
            ("gramian", gramian), ("jacobian", jacobian), ("losses", losses), ("losses_after", losses_after)
        ):
            if value is not None:
                step[key] = _list(value)
        answer = self._ask(step)
        if "refused" in answer:
            raise Refused(answer["refused"])
        # A rule whose update is a direction has no weight of some tasks.
        return [float("nan") if weight is None else weight for weight in answer["weights"]]

    def close(self) -> None:
        """Ends the program."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def __enter__(self) -> "Weigher":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _ask(self, values: Dict[str, Any]) -> Dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"mtlbench ended with status {self._process.wait()}")
        answer: Dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer


_running: Dict[Tuple[str, str, int, str], Weigher] = {}


def weights(
    method: str, gramian: Any = None, losses: Optional[Sequence[Optional[float]]] = None, *, jacobian: Any = None,
    **settings: Any,
) -> List[float]:
    """The weights of one step of a rule, which goes on from the step before with the same settings.

    Give the inner products of the task gradients, or `jacobian`, the gradients themselves, for rules that need
    more. For several trainings at a time, or to begin anew, use a `Weigher` for each.
    """
    if (gramian is None) == (jacobian is None):
        raise TypeError("weights() takes a gramian or a jacobian, one of the two")
    kind, rows = ("gramian", _list(gramian)) if jacobian is None else ("jacobian", _list(jacobian))
    key = (kind, method, len(rows), json.dumps(settings, sort_keys=True))
    if key not in _running:
        _running[key] = Weigher(method, len(rows), **settings)
    step: Dict[str, Any] = {kind: rows}
    return _running[key].weights(losses=losses, **step)


@atexit.register
def _close() -> None:
    for weigher in _running.values():
        weigher.close()
    _running.clear()


def _list(value: Any) -> Any:
    """Lists of what has `tolist`, as tensors and arrays do."""
    return value.tolist() if hasattr(value, "tolist") else [
        row.tolist() if hasattr(row, "tolist") else row for row in value
    ]
