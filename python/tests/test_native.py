"""Rules of TorchJD and LibMTL in the harness, held against the native ones; skipped where they are missing."""

import importlib.util
import os
import sqlite3
import subprocess
import sys

import pytest

PROGRAM = os.environ.get("MTLBENCH")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

SUITE = """suite: native
network: {{trunk: [16]}}
training: {{steps: 60, batch: 32, evaluations: 3, diagnostics: 3}}
tuning: {{learning_rates: [1e-2], seeds: 1, race: []}}
evaluation: {{seeds: 2}}
sweep: {{range: 3, limit: 3, heads: [weighted], front: false}}
methods:
  - {native}
  - {{method: external, label: theirs, command: [{python}, rule.py], needs: {needs}, persistent: true}}
problems: [{{problem: mixed, train: 256, validation: 64, test: 64}}]
"""

TORCHJD = """import sys
sys.path.insert(0, {package!r})
import mtlbench
from torchjd.aggregation import {name}
mtlbench.serve(mtlbench.torchjd_rule({name}))
"""

LIBMTL = """import sys, types
sys.path.insert(0, {package!r})
import torch
# LibMTL 1.1 imports a module that torchvision has moved.
moved = types.ModuleType("torchvision.models.utils")
moved.load_state_dict_from_url = torch.hub.load_state_dict_from_url
sys.modules["torchvision.models.utils"] = moved
import mtlbench
from LibMTL.weighting import {name}
mtlbench.serve(mtlbench.libmtl_rule({name}, **{settings}))
"""


def compare(folder, native, needs, script, tolerance):
    """The weights of the recorded steps, and the test metrics, of a rule of ours and one of theirs."""
    (folder / "rule.py").write_text(script)
    (folder / "native.yaml").write_text(SUITE.format(native=native.replace("{", "{label: ours, ", 1), needs=needs, python=sys.executable))
    subprocess.run(
        [PROGRAM, "run", "native.yaml", "-q", "--db", "n.sqlite", "--out", "out"], cwd=folder, check=True,
        stdout=subprocess.DEVNULL,
    )
    database = sqlite3.connect(folder / "n.sqlite")
    queries = {
        "status": "SELECT e.seed, r.status || r.reason FROM evaluation_run e JOIN run r USING (identity) "
                  "WHERE e.method = ? ORDER BY 1",
        "weight": "SELECT e.seed || '/' || s.step || '/' || s.task, s.weight FROM evaluation_run e "
                  "JOIN task_step s USING (identity) WHERE e.method = ? ORDER BY 1",
        "metric": "SELECT seed || task || metric, value FROM evaluation_result WHERE method = ? ORDER BY 1",
    }
    for kind, query in queries.items():
        ours, theirs = (database.execute(query, [method]).fetchall() for method in ("ours", "theirs"))
        assert len(ours) > 0
        if kind == "status":
            assert ours == theirs
            continue
        for (place, mine), (other, its) in zip(ours, theirs):
            assert place == other
            assert its == pytest.approx(mine, rel=tolerance, abs=tolerance), (kind, place)


needs_program = pytest.mark.skipif(PROGRAM is None, reason="MTLBENCH names no program")


@needs_program
@pytest.mark.parametrize(
    "name, native",
    [
        ("UPGradWeighting", "{method: upgrad, scale: native}"),
        ("MGDAWeighting", "{method: mgda, scale: native}"),
        ("IMTLGWeighting", "{method: imtl_g, scale: native}"),
        ("DualProjWeighting", "{method: dualproj, scale: native}"),
    ],
)
def test_torchjd(tmp_path, name, native):
    pytest.importorskip("torchjd", reason="torchjd is not installed")
    compare(tmp_path, native, "gramian", TORCHJD.format(package=PACKAGE, name=name), 2e-2)


@needs_program
@pytest.mark.parametrize(
    "name, native, settings",
    [("MGDA", "{method: mgda, scale: native}", {"mgda_gn": "none"})],
)
def test_libmtl(tmp_path, name, native, settings):
    pytest.importorskip("torch", reason="torch is not installed")
    if importlib.util.find_spec("LibMTL") is None:
        pytest.skip("LibMTL is not installed")
    script = LIBMTL.format(package=PACKAGE, name=name, settings=settings)
    compare(tmp_path, native, "gramian", script, 5e-2)
