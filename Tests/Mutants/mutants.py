#!/usr/bin/env python3
"""Breaks one rule at a time and demands that a test fails.

Every mutant is a change of one place in Sources: its name, the rule it breaks in words, the file, the
text that stands there (once), the text to put there, and the filter of the tests that must fail. The
list is in mutants.txt beside this file.

    python3 Tests/Mutants/mutants.py                  all of them, an hour or two
    python3 Tests/Mutants/mutants.py --only holm flip some of them, by name
    python3 Tests/Mutants/mutants.py --list           names and rules
    python3 Tests/Mutants/mutants.py --check          whether each text stands where it should, once

One line for each mutant: killed, SURVIVED, or NO BUILD where the change did not compile, which is no
kill. The exit status is 1 if one survived or did not build. The mutants stand in a copy of the sources
below .build, whose manifest has one test target at a time, so that a change is built for the tests that
must fail alone; the working tree is only read.
"""
import argparse
import collections
import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mutants.txt")
TREE = os.path.join(ROOT, ".build", "mutants")
TEST_TARGET = re.compile(r'    \.testTarget\((?:name: "(\w+)".*\),|\n      name: "(\w+)",\n(?:.*\n)*?    \),)\n')
BUILD_SECONDS = 1800
TEST_SECONDS = 600

Mutant = collections.namedtuple("Mutant", "name rule file old new tests")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def mutants():
    """The list: blocks of `name: rule`, `file`, `tests` and the two texts, of one line or more."""
    found = []
    for block in read(LIST).split("\n=== ")[1:]:
        head, _, rest = block.partition("\n")
        name, _, rule = head.partition(": ")
        where, _, rest = rest.partition("\n")
        file, _, tests = where.partition(" | ")
        old, _, new = rest.partition("\n--->\n")
        new = new.rstrip("\n")
        found.append(Mutant(name, rule, file, old, new, tests))
    return found


def fault(mutant):
    """Why a mutant cannot be made; None where it can."""
    path = os.path.join(ROOT, mutant.file)
    if not os.path.isfile(path):
        return "no file " + mutant.file
    count = read(path).count(mutant.old)
    if not mutant.old or count != 1:
        return "its text stands %d times in %s" % (count, mutant.file)
    if mutant.old == mutant.new or not mutant.tests:
        return "it changes nothing, or names no tests"
    return None


def run(command, seconds):
    """Exit status and output; None for a command that was stopped because it took too long."""
    process = subprocess.Popen(
        command,
        cwd=TREE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return None, process.communicate()[0]
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def put(file, text):
    """Writes a file of the copy where its text is another, so that nothing is built without need."""
    path = os.path.join(TREE, file)
    if not os.path.isfile(path) or read(path) != text:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, text)


def copied():
    """Brings the copy up to the working tree, and takes from it what is no longer there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    files = {file for file in listed.stdout.split("\0") if os.path.isfile(os.path.join(ROOT, file))}
    for file in files - {"Package.swift"}:
        source, path = os.path.join(ROOT, file), os.path.join(TREE, file)
        if not (os.path.isfile(path) and filecmp.cmp(source, path, shallow=False)):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            shutil.copy(source, path)
    for folder in ("Sources", "Tests"):
        for where, _, names in os.walk(os.path.join(TREE, folder)):
            for name in names:
                path = os.path.join(where, name)
                if os.path.relpath(path, TREE) not in files:
                    os.remove(path)


def targets(tests):
    """The test targets that a filter names, in the order of the manifest."""
    found = TEST_TARGET.findall(read(os.path.join(ROOT, "Package.swift")))
    return [name for name in map("".join, found) if re.search(r"\b%s\b" % name, tests)]


def manifest(tests):
    """The manifest without the test targets that a filter does not name."""
    wanted = targets(tests)
    return TEST_TARGET.sub(
        lambda found: found.group(0) if "".join(found.groups("")) in wanted else "",
        read(os.path.join(ROOT, "Package.swift")),
    )


def build():
    return run(["swift", "build", "--product", "mtlbenchPackageTests"], BUILD_SECONDS)


def failures(output):
    """The tests that recorded an issue, the first three by name."""
    names = []
    for line in output.splitlines():
        failed = re.search(r"✘ Test (.+?)(?: with \d+ test cases?)? failed after", line)
        if failed and failed[1] not in names and not failed[1].startswith("run"):
            names.append(failed[1])
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def tried(mutant):
    """How a mutant fares: a word, and what to say beside it."""
    original = read(os.path.join(ROOT, mutant.file))
    put("Package.swift", manifest(mutant.tests))
    try:
        put(mutant.file, original.replace(mutant.old, mutant.new))
        status, output = build()
        if status != 0:
            errors = [line for line in output.splitlines() if "error:" in line]
            return "NO BUILD", errors[0] if errors else "the build took too long"
        command = ["swift", "test", "--skip-build", "--filter", mutant.tests]
        status, output = run(command, TEST_SECONDS)
        if status is None:
            return "killed", "a test did not end"
        if status != 0:
            return "killed", failures(output) or "the tests ended before their end"
        if "Test run with 0 tests" in output or "No matching test" in output:
            return "SURVIVED", "no test is named " + mutant.tests
        return "SURVIVED", mutant.rule
    finally:
        put(mutant.file, original)


def main():
    parser = argparse.ArgumentParser(description="Break one rule at a time; a test must fail.")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these mutants alone")
    parser.add_argument("--list", action="store_true", help="names and rules")
    parser.add_argument("--check", action="store_true", help="only look whether each can be made")
    options = parser.parse_args()
    chosen = mutants()
    names = [mutant.name for mutant in chosen]
    if len(set(names)) < len(names):
        sys.exit("two mutants of one name")
    if options.only:
        unknown = [name for name in options.only if name not in names]
        if unknown:
            sys.exit("no mutant " + ", ".join(unknown))
        chosen = [mutant for mutant in chosen if mutant.name in options.only]
    if options.list:
        for mutant in chosen:
            print("%-28s %s" % (mutant.name, mutant.rule))
        return 0
    faults = [(mutant, fault(mutant)) for mutant in chosen]
    for mutant, reason in faults:
        if reason:
            print("%s: %s" % (mutant.name, reason))
    if any(reason for _, reason in faults):
        return 1
    if options.check:
        print("%d mutants can be made" % len(chosen))
        return 0

    def stop(number, frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    copied()
    counts = collections.Counter()
    try:
        for mutant in sorted(chosen, key=lambda mutant: targets(mutant.tests)):
            start = time.monotonic()
            word, detail = tried(mutant)
            counts[word] += 1
            seconds = time.monotonic() - start
            line = "%-8s %-28s %4.0f s  %s" % (word, mutant.name, seconds, detail)
            print(line, flush=True)
            if not sys.stdout.isatty():
                print(line, file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped")
    print(
        "%d mutants: %d killed, %d survived, %d did not build"
        % (len(chosen), counts["killed"], counts["SURVIVED"], counts["NO BUILD"])
    )
    return 0 if counts["killed"] == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
