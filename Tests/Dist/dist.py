"""Installs the wheel of `make dist` in a fresh virtual environment and runs it with nothing else there.

    python3 Tests/Dist/dist.py dist
"""

import glob
import os
import subprocess
import sys
import tarfile
import tempfile
import venv


def run(words, folder, **options):
    # An empty environment, in which no library, gnuplot or home is found.
    result = subprocess.run(words, cwd=folder, env={"PATH": "/nowhere"}, text=True, capture_output=True, **options)
    if result.returncode != 0:
        sys.exit(f"{words}: status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout + result.stderr


def check(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")
    print(f"ok: {what}")


def use(program, folder):
    """What a newcomer does first."""
    check(run([program, "--version"], folder).strip() != "", "it starts")
    text = run([program, "run", "smoke", "--db", "smoke.sqlite", "--out", "out"], folder)
    check("Verdict on suite smoke" in text, "run smoke, without a file")
    check(text.count("gnuplot is not installed") == 1, "one line says that gnuplot is missing")
    check(os.path.exists(f"{folder}/out/report-smoke.html"), "there is a page")
    check(glob.glob(f"{folder}/out/plots/smoke/*.gp"), "the scripts are kept")
    check("bench" in run([program, "check", "bench"], folder), "check bench, with its data")
    data = os.path.join(os.path.dirname(program), "../share/mtlbench/suites/data/linnerud.csv")
    text = run([program, "try", data], folder)
    check("as a target" in text, "try lists the columns of a table")


def main(dist):
    with tempfile.TemporaryDirectory() as folder:
        archive = glob.glob(f"{dist}/mtlbench-*-linux-*.tar.gz")[0]
        with tarfile.open(archive) as tar:
            tar.extractall(folder)
        program = glob.glob(f"{folder}/mtlbench-*/bin/mtlbench")[0]
        libraries = subprocess.run(["ldd", program], text=True, capture_output=True).stdout
        names = {line.split()[0].split("/")[-1] for line in libraries.splitlines()}
        known = {"linux-vdso.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libdl.so.2", "libpthread.so.0"}
        check(names <= known, f"it needs libc and libm alone ({', '.join(sorted(names))})")
        use(program, folder)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(f"{folder}/venv", with_pip=True)
        wheel = os.path.abspath(glob.glob(f"{dist}/mtlbench-*-manylinux*.whl")[0])
        python = f"{folder}/venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", wheel], check=True)
        use(f"{folder}/venv/bin/mtlbench", folder)
        text = run([python, "-c", "import mtlbench; print(mtlbench.weights('mgda', [[1, 0], [0, 3]]))"], folder)
        check(text.strip() == "[0.75, 0.25]", "the Python package finds the program")


main(sys.argv[1])
