"""Measures `mtlbench merge`: shards of many runs, made from the runs of a database by giving them other identities.

    python3 Tests/Speed/merge.py .build/release/mtlbench results/mtlbench.sqlite 10 100000

The last numbers are shards, and runs in each. Prints a line for each merge, and what a second merge of all costs.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time


def make(path, source, shard, count):
    """A database of `count` runs, those of another one again and again."""
    database = sqlite3.connect(path)
    database.execute("ATTACH ? AS source", [source])
    for (sql,) in database.execute(
            "SELECT sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").fetchall():
        database.execute(sql)
    database.executescript("INSERT INTO grdb_migrations SELECT * FROM source.grdb_migrations")
    for pragma in ["application_id", "user_version"]:
        value = database.execute(f"PRAGMA source.{pragma}").fetchone()[0]
        database.execute(f"PRAGMA main.{pragma} = {value}")
    database.execute("CREATE TEMP TABLE name AS SELECT identity AS old, row_number() OVER (ORDER BY identity) - 1 AS n "
                     "FROM source.run")
    known = database.execute("SELECT COUNT(*) FROM name").fetchone()[0]
    tables = ["run"] + [name for (name,) in database.execute(
        "SELECT DISTINCT m.name FROM main.sqlite_master m, pragma_foreign_key_list(m.name) f "
        "WHERE m.type = 'table' AND f.\"table\" = 'run'")]
    for copy in range(-(-count // known)):
        first = shard * count + copy * known
        database.execute("DROP TABLE IF EXISTS temp.other")
        database.execute("CREATE TEMP TABLE other AS SELECT old, printf('%016x', (n + ?) * 7919) AS new FROM name "
                         "WHERE n < ?", [first, min(known, count - copy * known)])
        database.execute("CREATE UNIQUE INDEX temp.by_old ON other (old)")
        for table in tables:
            columns = [row[1] for row in database.execute(f"PRAGMA source.table_info({table})")]
            listed = ", ".join("o.new" if column == "identity" else f"s.{column}" for column in columns)
            database.execute(f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {listed} FROM source.{table} AS s "
                             "JOIN other AS o ON o.old = s.identity")
    database.commit()
    database.close()


def main(program, source, shards, count):
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        files = [f"{folder}/s{shard}.sqlite" for shard in range(shards)]
        for shard, file in enumerate(files):
            make(file, os.path.abspath(source), shard, count)
        size = sum(os.path.getsize(file) for file in files)
        print(f"{shards} shards of {count} runs, {size / shards / count:.0f} bytes a run")
        for words, inputs in [("first merge", files), ("merged again", files)]:
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
            subprocess.run([program, "merge", *inputs, "--into", f"{folder}/all.sqlite"], check=True,
                           stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{words}: {time.time() - start:.1f} s, {cpu:.1f} s of processor time, "
                  f"{1e6 * cpu / shards / count:.0f} µs a run, peak {after.ru_maxrss // 1024} MB")
        print(f"merged: {os.path.getsize(f'{folder}/all.sqlite') / 1e6:.0f} MB")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
