import os

import pytest

import mtlbench

pytestmark = pytest.mark.skipif("MTLBENCH" not in os.environ, reason="MTLBENCH names no program")

GRAMIAN = [[4.0, -1.0], [-1.0, 9.0]]


def test_weights_of_a_gramian():
    assert mtlbench.weights("equal", GRAMIAN) == [1.0, 1.0]
    found = mtlbench.weights("mgda", GRAMIAN)
    # (9 + 1) / (4 + 9 + 2), the point of the segment that is next to 0.
    assert found == pytest.approx([2 / 3, 1 / 3])


def test_state_goes_on_from_step_to_step():
    with mtlbench.Weigher("dwa", 2) as weigher:
        first = [weigher.weights(GRAMIAN, losses=l, ends_epoch=True) for l in ([1, 1], [1, 2], [1, 2])]
        assert first[0] == [1.0, 1.0]
        assert first[2][1] > first[2][0]


def test_mistakes_are_said():
    with pytest.raises(ValueError, match="there is no weighting method 'nash'|nash"):
        mtlbench.Weigher("nash", 2)
    with mtlbench.Weigher("uw", 2) as weigher:
        with pytest.raises(ValueError, match="expected 2 rows"):
            weigher.weights([[1.0]])
        assert weigher.weights(GRAMIAN) is not None


def test_rules_that_need_more_than_inner_products_ask_for_it():
    with mtlbench.Weigher("graddrop", 2) as weigher:
        with pytest.raises(ValueError, match="give a jacobian"):
            weigher.weights(GRAMIAN)


def test_a_jacobian_in_place_of_a_gramian():
    rows = [[2.0, 0.0], [0.0, 3.0]]
    assert mtlbench.weights("pcgrad", jacobian=rows) == [1.0, 1.0]
    assert mtlbench.weights("pcgrad", [[4.0, 0.0], [0.0, 9.0]]) == [1.0, 1.0]
    with pytest.raises(TypeError, match="a gramian or a jacobian"):
        mtlbench.weights("pcgrad")
