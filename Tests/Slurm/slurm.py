"""Runs suites/smoke.yaml, with longer runs, as arrays of four tasks under a Slurm of one node, kills one task, requeues
it, and compares every row of the merged database with that of a run without Slurm.

    python3 Tests/Slurm/slurm.py .build/release/mtlbench

Needs root, slurm-wlm and munge of Debian; says so and ends with 0 where they are missing.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

SMOKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../suites/smoke.yaml")

# Where and when a run was made.
ASIDE = {"train_seconds", "total_seconds", "created_at", "machine"}


def configuration(folder):
    return f"""ClusterName=one
SlurmctldHost=localhost
SlurmUser=root
AuthType=auth/munge
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
NodeName=localhost CPUs={os.cpu_count()} RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""


def rows(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [name for (name,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = {}
    for table in tables:
        cursor = database.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found[table] = sorted(
            str([value for name, value in zip(names, row) if name not in ASIDE]) for row in cursor)
    return found


def run(words, **options):
    return subprocess.run(words, check=True, text=True, **options)


def wait_for(what, condition, seconds=120):
    """What the condition comes to as soon as that is something."""
    end = time.time() + seconds
    while not (found := condition()):
        if time.time() > end:
            sys.exit(f"waited {seconds} s for {what}")
        time.sleep(0.2)
    return found


def states():
    """The state of every task and job in the queue, by `job_task` or `job`."""
    result = subprocess.run(["squeue", "-h", "-r", "-o", "%i %T"], text=True, capture_output=True)
    return dict(line.split() for line in result.stdout.splitlines())


def main(program):
    for tool in ["slurmctld", "slurmd", "sbatch", "munged"]:
        if shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None:
            print(f"skipped: there is no {tool} here; on Debian: apt-get install slurm-wlm munge")
            return
    if os.getuid() != 0:
        print("skipped: a Slurm of its own needs root")
        return
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as folder:
        for name in ["state", "spool"]:
            os.mkdir(f"{folder}/{name}")
        with open(f"{folder}/slurm.conf", "w") as file:
            file.write(configuration(folder))
        os.environ["SLURM_CONF"] = f"{folder}/slurm.conf"
        run(["install", "-d", "-m", "0755", "-o", "munge", "-g", "munge", "/run/munge"])
        started_munge = not os.path.exists("/run/munge/munge.socket.2")
        if started_munge:
            run(["runuser", "-u", "munge", "--", "/usr/sbin/munged"])
        run(["slurmctld"])
        time.sleep(2)
        run(["slurmd", "-N", "localhost"])
        try:
            wait_for("the node", lambda: "idle" in subprocess.run(
                ["sinfo", "-h"], text=True, capture_output=True).stdout, 30)
            disturbed(program, folder)
        finally:
            run(["scontrol", "shutdown"])
            if started_munge:
                with open("/run/munge/munged.pid") as file:
                    os.kill(int(file.read()), 15)
            time.sleep(2)


def disturbed(program, folder):
    suite = f"{folder}/smoke.yaml"
    with open(SMOKE) as file, open(suite, "w") as longer:
        longer.write(file.read().replace("steps: 60", "steps: 60000"))
    start = time.time()
    run([program, "run", suite, "-q", "--db", f"{folder}/whole.sqlite", "--out", f"{folder}/whole"],
        stdout=subprocess.DEVNULL)
    print(f"without Slurm: {time.time() - start:.0f} s")
    start = time.time()
    out = run([program, "submit", suite, "--shards", "4", "--out", f"{folder}/a study", "--sbatch-options",
               "--cpus-per-task=1"], capture_output=True).stdout
    print(out, end="")
    array = out.split("array job ")[1].split(",")[0]
    victim = wait_for("a task that has begun", lambda: next(
        (task for task, state in states().items() if state == "RUNNING" and task.startswith(f"{array}_")
         and os.path.exists(f"{folder}/a study/shards/{task.split('_')[1]}.sqlite")), None))
    run(["scontrol", "requeue", victim])
    print(f"task {victim} was killed and requeued")
    wait_for("the end", lambda: not states(), 900)
    print(f"with Slurm: {time.time() - start:.0f} s; polling and queues make short jobs look slow")
    expected, found = rows(f"{folder}/whole.sqlite"), rows(f"{folder}/a study/mtlbench.sqlite")
    for table, those in expected.items():
        if those != found[table]:
            sys.exit(f"{table}: {len(those)} rows without Slurm and {len(found[table])} with it differ")
    if not os.path.exists(f"{folder}/a study/report-smoke.html"):
        sys.exit("there is no report")
    shares = [len(rows(f"{folder}/a study/shards/{task}.sqlite")["run"]) for task in range(4)]
    print(f"{sum(len(those) for those in expected.values())} rows of {len(expected)} tables are the same; "
          f"runs of the shards: {shares}")


main(sys.argv[1])
