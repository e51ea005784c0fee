"""Packs a program that needs nothing installed: `python3 python/package.py PROGRAM FOLDER`.

Into FOLDER come a tar.gz, which is unpacked anywhere, and a wheel, which holds the same beside the Python
package. Without a PROGRAM (`python3 python/package.py - FOLDER`) the wheel is of the Python package alone.
"""

import base64
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import stage

HERE = os.path.dirname(os.path.abspath(__file__))


def main(program, folder):
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        if program == "-":
            with open(os.path.join(HERE, "pyproject.toml"), encoding="utf-8") as file:
                version = re.search(r'^version = "(.*)"', file.read(), re.M).group(1)
            tag, prefix = "py3-none-any", None
        else:
            version = stage.version(program)
            name = f"mtlbench-{version}-linux-{platform.machine()}"
            prefix = os.path.join(temporary, name)
            stage.stage(program, prefix)
            binary = os.path.join(prefix, "bin/mtlbench")
            subprocess.run(["strip", "--strip-all", binary], check=True)
            for file in ["LICENSE", "README.md"]:
                shutil.copy(os.path.join(stage.ROOT, file), prefix)
            with tarfile.open(os.path.join(folder, name + ".tar.gz"), "w:gz") as tar:
                tar.add(prefix, name)
            tag = f"py3-none-manylinux_{glibc(binary)}_{platform.machine()}"
        path = os.path.join(folder, f"mtlbench-{version}-{tag}.whl")
        wheel(path, version, tag, prefix)
    for name in sorted(os.listdir(folder)):
        if name.startswith(f"mtlbench-{version}"):
            print(f"{os.path.join(folder, name)}: {os.path.getsize(os.path.join(folder, name)) / 1e6:.1f} MB")


def glibc(binary):
    """The least glibc that the program starts with, as the tag of a wheel spells it."""
    text = subprocess.run(["objdump", "-T", binary], check=True, capture_output=True, text=True).stdout
    found = {tuple(map(int, v)) for v in re.findall(r"GLIBC_(\d+)\.(\d+)", text)}
    return "{}_{}".format(*max(found))


def wheel(path, version, tag, prefix):
    """Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/"""
    data, info = f"mtlbench-{version}.data", f"mtlbench-{version}.dist-info"
    files = [(f"mtlbench/{name}", os.path.join(HERE, "mtlbench", name))
             for name in sorted(os.listdir(os.path.join(HERE, "mtlbench"))) if name.endswith((".py", ".typed"))]
    if prefix:
        files.append((f"{data}/scripts/mtlbench", os.path.join(prefix, "bin/mtlbench")))
        share = os.path.join(prefix, "share")
        for folder, _, names in sorted(os.walk(share)):
            for name in sorted(names):
                source = os.path.join(folder, name)
                files.append((f"{data}/data/{os.path.relpath(source, prefix)}", source))
    texts = [
        (f"{info}/METADATA", f"Metadata-Version: 2.1\nName: mtlbench\nVersion: {version}\n"
         "Summary: Compares multi-task-learning weighting methods so that the answer can be believed\n"
         "Requires-Python: >=3.9\n"),
        (f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: mtlbench\nRoot-Is-Purelib: {str(prefix is None).lower()}\n"
         f"Tag: {tag}\n"),
    ]
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        def add(name, content, mode=0o644):
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(content)}")

        for name, source in files:
            with open(source, "rb") as file:
                add(name, file.read(), 0o755 if "/scripts/" in name else 0o644)
        for name, text in texts:
            add(name, text.encode())
        record.append(f"{info}/RECORD,,")
        archive.writestr(f"{info}/RECORD", "\n".join(record) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
