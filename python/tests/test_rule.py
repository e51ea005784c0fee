import base64
import io
import json
import struct
import sys

import pytest

import mtlbench

GREETING = {
    "mtlbench": 1, "tasks": 2, "kinds": ["regression", "binary"], "classes": [0, 2], "epoch_steps": 3, "seed": 7,
    "needs": "losses", "family": "loss", "settings": {"power": 2}, "later": "unknown",
}
STEP = {"step": 0, "epoch": 0, "ends_epoch": False, "learning_rate": 0.1, "losses": [1.0, 4.0]}


def talk(rule, *lines):
    output = io.StringIO()
    mtlbench.serve(rule, iter(json.dumps(line) for line in lines), output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def floats(*values):
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()


def test_function_of_a_step():
    @mtlbench.rule
    def own(step):
        return [loss ** step.run.settings["power"] for loss in step.losses]

    assert talk(own, GREETING, STEP) == [{"mtlbench": 1, "ready": True}, {"weights": [1.0, 16.0]}]


def test_each_greeting_begins_a_new_rule():
    class Counting:
        def __init__(self, run):
            self.count = 0

        def __call__(self, step):
            self.count += 1
            return [self.count, 0]

    answers = talk(Counting, GREETING, STEP, STEP, GREETING, STEP)
    assert [a["weights"][0] for a in answers if "weights" in a] == [1.0, 2.0, 1.0]


def test_a_class_is_a_rule_with_the_decorator_too():
    @mtlbench.rule
    class FirstLosses:
        def __init__(self, run):
            self.first = None

        def __call__(self, step):
            self.first = self.first or step.losses
            return [first / loss for first, loss in zip(self.first, step.losses)]

    later = dict(STEP, losses=[0.5, 1.0])
    assert [a["weights"] for a in talk(FirstLosses, GREETING, STEP, later)[1:]] == [[1.0, 1.0], [2.0, 4.0]]


def test_a_rule_that_cannot_begin_says_why():
    class Two:
        def __init__(self, run):
            raise ValueError("three tasks only")

        def __call__(self, step):
            return []

    assert talk(Two, GREETING) == [{"mtlbench": 1, "ready": False, "reason": "ValueError: three tasks only"}]


def test_a_step_before_the_greeting_is_an_error():
    with pytest.raises(ValueError, match="before the greeting"):
        talk(mtlbench.rule(lambda step: [1, 1]), STEP)


def test_prints_do_not_reach_the_conversation(capsys):
    def own(step):
        print("hello")
        return [1, 1]

    assert talk(mtlbench.rule(own), GREETING, STEP)[1] == {"weights": [1.0, 1.0]}
    assert capsys.readouterr().err == "hello\n"
    assert sys.stdout is not sys.stderr


def test_gradients_are_float32():
    seen = []

    def own(step):
        seen.append((step.jacobian, step.representation, step.representation_gradients, step.present))
        return [1, 1]

    step = dict(
        STEP, losses=[1.0, None], jacobian=[floats(1, 0.1), None], representation=floats(3),
        representation_gradients=[floats(-1), None],
    )
    talk(mtlbench.rule(own), GREETING, step)
    jacobian, representation, gradients, present = seen[0]
    assert list(jacobian[0]) == [1, struct.unpack("<f", struct.pack("<f", 0.1))[0]] and jacobian[1] is None
    assert list(representation) == [3] and list(gradients[0]) == [-1] and present == [0]


def test_what_was_not_asked_for_names_the_setting():
    with pytest.raises(KeyError, match="needs: gramian"):
        talk(mtlbench.rule(lambda step: step.gramian[0]), GREETING, STEP)
