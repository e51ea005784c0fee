"""Weighting rules in Python for mtlbench, and mtlbench's rules in Python.

A rule of one's own, for `method: external` in a suite:

    import mtlbench

    @mtlbench.rule
    def inverse_losses(step):
        weights = [1 / loss for loss in step.losses]
        return [len(weights) * w / sum(weights) for w in weights]

    mtlbench.serve(inverse_losses)

A rule of TorchJD or of LibMTL is one line: `mtlbench.serve(mtlbench.torchjd_rule(UPGradWeighting))`,
`mtlbench.serve(mtlbench.libmtl_rule(MGDA, mgda_gn="none"))`.

The other way round, `mtlbench.weights("nash_mtl", gramian)` asks the program `mtlbench` for the weights of
a step of a training of one's own.
"""

from ._adapters import libmtl_rule, torchjd_rule
from ._rule import Rule, Run, Step, rule, serve
from ._weigher import Refused, Weigher, weights

__all__ = [
    "Refused", "Rule", "Run", "Step", "Weigher", "libmtl_rule", "rule", "serve", "torchjd_rule", "weights",
]
