"""Run the tests with other interpreters and other versions of the libraries.

    python -m tests.matrix                       the lowest versions that pyproject.toml allows
    python -m tests.matrix --locked              the versions in tests/locked.txt
    python -m tests.matrix --newest              the newest versions
    python -m tests.matrix --lock                the newest versions; if the tests pass, they become the lock
    python -m tests.matrix --python python3.13 [--all] [-- PYTEST ARGUMENTS]

Each set has an environment of its own in `.cache/matrix`. The lowest and the locked one are kept until their
requirements change; the newest is built anew each time. Without `--all`, the tests that need a terminal or a sound
server (`tests/e2e`) are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = Path(__file__).with_name("locked.txt")
FOLDER = ROOT / ".cache" / "matrix"
OURS = ("coach-tui", "pip", "setuptools", "wheel")


def lowest() -> list[str]:
    """Return the program's requirements, each at the lowest version it allows, and the tests' own at theirs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # The tests' own go with them: the newest of those may need newer libraries.
    needed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [re.sub(r">=", "==", requirement, count=1) for requirement in needed]


def locked() -> list[str]:
    """Return every library at the version in the lock."""
    return [line for line in LOCKED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def newest() -> list[str]:
    """Return nothing: pip takes the newest."""
    return []


def lock(python: Path) -> None:
    """Write the versions that `python` has installed into the lock."""
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = sorted((package["name"].lower(), package["version"]) for package in json.loads(listed.stdout))
    lines = [f"{name}=={version}\n" for name, version in found if name not in OURS]
    head = "# The versions that the tests passed with; written by `python -m tests.matrix --lock`.\n"
    LOCKED.write_text(head + "".join(lines), encoding="utf-8")


def environment(python: str, name: str, wanted: list[str]) -> Path:
    """Return the interpreter of an environment with the program and the `wanted` requirements, built if need be."""
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.split()[1]
    folder = FOLDER / f"{name}-{version}"
    program = folder / "bin" / "python"
    # Written last, so that an environment whose installation was cut short is built again.
    made_of = folder / "made-of.txt"
    wish = "\n".join([(ROOT / "pyproject.toml").read_text(encoding="utf-8"), *wanted])
    if wanted and made_of.exists() and made_of.read_text(encoding="utf-8") == wish:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([python, "-m", "venv", folder], check=True)
    pip = [program, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "-e", f"{ROOT}[test]", *wanted], check=True)
    made_of.write_text(wish, encoding="utf-8")
    return program


def main() -> None:
    """Run the tests with each interpreter and the set of versions that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", metavar="PROGRAM")
    versions = parser.add_mutually_exclusive_group()
    versions.add_argument("--locked", dest="wanted", action="store_const", const=locked, default=lowest)
    versions.add_argument("--newest", dest="wanted", action="store_const", const=newest)
    versions.add_argument("--lock", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("pytest", nargs="*")
    given = parser.parse_args()
    wanted = newest if given.lock else given.wanted
    pythons = given.python or [sys.executable]
    programs, failed = [], []
    for python in pythons:
        programs.append(environment(python, wanted.__name__, wanted()))
        left_out = [] if given.all else ["--ignore=tests/e2e"]
        command = [programs[-1], "-m", "pytest", "-q", "-p", "no:cacheprovider", *left_out, *given.pytest]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(python)
    if failed:
        sys.exit(f"failed with {', '.join(failed)}")
    if given.lock:
        lock(programs[0])


if __name__ == "__main__":
    main()
