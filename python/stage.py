"""Lays out an installation of mtlbench: `python3 python/stage.py PROGRAM PREFIX`.

Below PREFIX come the program, the suites that it knows by name with their data, a man page, and completions for
bash, zsh and fish.
"""

import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def output(program, *words):
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def version(program):
    return output(program, "--version").strip()


def stage(program, prefix):
    """Puts everything below a folder."""
    def place(path, text):
        path = os.path.join(prefix, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    binary = os.path.join(prefix, "bin/mtlbench")
    os.makedirs(os.path.dirname(binary), exist_ok=True)
    shutil.copy(program, binary + ".part")
    os.chmod(binary + ".part", 0o755)
    os.replace(binary + ".part", binary)
    # The suites as they are committed, without what runs left beside them.
    shutil.copytree(os.path.join(ROOT, "suites"), os.path.join(prefix, "share/mtlbench/suites"),
                    dirs_exist_ok=True, ignore=shutil.ignore_patterns("results", "*.sqlite*"))
    for shell, path in [
        ("bash", "share/bash-completion/completions/mtlbench"),
        ("zsh", "share/zsh/site-functions/_mtlbench"),
        ("fish", "share/fish/vendor_completions.d/mtlbench.fish"),
    ]:
        place(path, output(program, "--generate-completion-script", shell))
    place("share/man/man1/mtlbench.1", manual(program))


def manual(program):
    """The man page, from the help that ArgumentParser dumps."""
    command = json.loads(output(program, "--experimental-dump-help"))["command"]
    lines = [f'.TH MTLBENCH 1 "" "mtlbench {version(program)}"', ".SH NAME",
             f"mtlbench \\- {roff(command['abstract'])}", ".SH DESCRIPTION", roff(command.get("discussion", ""))]
    lines += [".SH COMMANDS"]
    for sub in command["subcommands"]:
        if sub["commandName"] != "help" and sub.get("shouldDisplay", True):
            lines += section(sub)
    lines += [".SH EXIT STATUS", "0: done; 1: failed; 64: wrong usage; 65: a suite or data file is wrong; 130: interrupted.",
              ".SH SEE ALSO", ".BR gnuplot (1)"]
    return "\n".join(line for line in lines if line) + "\n"


def section(command):
    words = ["mtlbench", command["commandName"]]
    arguments = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    words += [f"<{a['valueName']}>" for a in arguments if a["kind"] == "positional"]
    lines = [f'.SS "{roff(" ".join(words))}"', roff(command["abstract"]), ".PP", roff(command.get("discussion", ""))]
    for argument in arguments:
        name = " ".join(
            ("--" if n["kind"].startswith("long") and n["kind"] != "longWithSingleDash" else "-") + n["name"]
            for n in argument.get("names", [])
        ) or f"<{argument['valueName']}>"
        if name in ("--help -h", "-h --help", "--version"):
            continue
        if argument["kind"] == "option":
            name += f" <{argument['valueName']}>"
        default = f" (default: {argument['defaultValue']})" if argument.get("defaultValue") else ""
        lines += [".TP", f".B {roff(name)}", roff(argument.get("abstract", "") + default)]
    return lines


def roff(text):
    """A text with what roff would take for commands escaped."""
    text = text.replace("\\", "\\\\").replace("-", "\\-")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.splitlines())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    stage(sys.argv[1], sys.argv[2])
