"""The conversation of the method `external`, as docs/external.md describes it."""

from __future__ import annotations

import base64
import json
import sys
from array import array
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, TextIO

VERSION = 1


@dataclass(frozen=True)
class Run:
    """What is known of a run before its first step."""

    tasks: int
    kinds: List[str]
    classes: List[int]
    epoch_steps: int
    seed: int
    needs: str
    family: str
    settings: Dict[str, Any] = field(default_factory=dict)
    #: Length of a row of the Jacobian; None unless the rule needs it.
    shared: Optional[int] = None
    #: Rows and columns of the shared representation; None unless the rule needs it.
    representation_shape: Optional[List[int]] = None
    persistent: bool = False

    @staticmethod
    def of(greeting: Dict[str, Any]) -> "Run":
        """The run of a greeting; keys of later versions are left out."""
        known = Run.__dataclass_fields__
        return Run(**{key: value for key, value in greeting.items() if key in known})


class Step:
    """One step: what mtlbench offers a rule."""

    def __init__(self, values: Dict[str, Any], run: Run) -> None:
        self._values = values
        self.run = run
        self.step: int = values["step"]
        self.epoch: int = values["epoch"]
        self.ends_epoch: bool = values["ends_epoch"]
        self.learning_rate: float = values["learning_rate"]
        #: Loss of each task; None where the batch has no label of it.
        self.losses: List[Optional[float]] = values["losses"]

    @property
    def present(self) -> List[int]:
        """Tasks with a label in the batch."""
        return [task for task, loss in enumerate(self.losses) if loss is not None]

    @property
    def validation_losses(self) -> List[Optional[float]]:
        """Validation losses at the run's last evaluation, with `validation_losses: true`."""
        return self._need("validation_losses", "validation_losses: true")

    @property
    def gramian(self) -> List[List[float]]:
        """Inner products of the task gradients, with `needs: gramian`."""
        return self._need("gramian", "needs: gramian")

    @property
    def jacobian(self) -> List[Optional["array[float]"]]:
        """Task gradients on the shared parameters as float32, with `needs: jacobian`; None without a label."""
        return [_floats(row) for row in self._need("jacobian", "needs: jacobian")]

    @property
    def representation(self) -> "array[float]":
        """The shared representation of the batch, row by row, with `needs: representation`."""
        found = _floats(self._need("representation", "needs: representation"))
        assert found is not None
        return found

    @property
    def representation_gradients(self) -> List[Optional["array[float]"]]:
        """Task gradients at the representation, with `needs: representation`; None without a label."""
        rows = self._need("representation_gradients", "needs: representation")
        return [_floats(row) for row in rows]

    def _need(self, key: str, setting: str) -> Any:
        if key not in self._values:
            raise KeyError(f"a step has no {key} without '{setting}' in the suite")
        return self._values[key]


#: A rule at its start: a function that is given the run and returns what weighs its steps.
Rule = Callable[[Run], Callable[[Step], Sequence[float]]]


def rule(weigh: Callable[..., Any]) -> Rule:
    """Makes a rule of a function of one step, for rules that keep nothing from step to step.

    A rule that does is a class whose `__init__` takes the run and whose `__call__` takes a step; it is a rule as
    it is, with the decorator or without.
    """
    return weigh if isinstance(weigh, type) else lambda run: weigh


def serve(rule: Rule, lines: Optional[Iterator[str]] = None, output: Optional[TextIO] = None) -> None:
    """Answers mtlbench until it closes the input; each greeting begins with a new rule.

    What a rule prints goes to standard error, since standard output is the conversation.
    """
    lines = iter(sys.stdin) if lines is None else lines
    answers = sys.stdout if output is None else output
    printed = sys.stdout
    sys.stdout = sys.stderr
    try:
        _serve(rule, lines, answers)
    finally:
        sys.stdout = printed


def _serve(rule: Rule, lines: Iterator[str], answers: TextIO) -> None:
    weigh: Optional[Callable[[Step], Sequence[float]]] = None
    run: Optional[Run] = None
    for line in lines:
        values = json.loads(line)
        if "mtlbench" in values:
            answer: Dict[str, Any] = {"mtlbench": VERSION, "ready": True}
            try:
                run = Run.of(values)
                weigh = rule(run)
            except Exception as error:  # The suite's user reads the reason in the table of failures.
                answer = {"mtlbench": VERSION, "ready": False, "reason": f"{type(error).__name__}: {error}"}
        else:
            if weigh is None or run is None:
                raise ValueError("a step came before the greeting")
            answer = {"weights": [float(weight) for weight in weigh(Step(values, run))]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _floats(text: Optional[str]) -> Optional["array[float]"]:
    if text is None:
        return None
    values = array("f", base64.b64decode(text))
    if sys.byteorder == "big":
        values.byteswap()
    return values
