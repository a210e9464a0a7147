"""The tests with other interpreters and other versions of what we stand on.

    python -m tests.matrix                       the lowest versions that pyproject.toml allows
    python -m tests.matrix --locked              the very versions in tests/locked.txt
    python -m tests.matrix --newest              the newest there are
    python -m tests.matrix --python python3.13 [--all] [-- PYTEST ARGUMENTS]

Each set gets an environment of its own in `.cache/matrix`, made anew when it is not there. Without `--all` the tests
that need a terminal or a sound server (`tests/e2e`) are left out. `--lock` writes tests/locked.txt from this
environment.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = Path(__file__).with_name("locked.txt")
FOLDER = ROOT / ".cache" / "matrix"
OURS = ("coach-tui", "pip", "setuptools", "wheel")


def lowest() -> list[str]:
    """Return the requirements of the program, each at the lowest version it allows, and what tests need as it is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # A bound is kept by testing it. What tests need goes with it: the newest of them may want newer libraries.
    needed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [re.sub(r">=", "==", each, count=1) for each in needed]


def locked() -> list[str]:
    """Return every library at the version in the lock."""
    return [line for line in LOCKED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def newest() -> list[str]:
    """Return nothing: pip takes the newest."""
    return []


def lock() -> None:
    """Write the versions of this environment into the lock."""
    found = sorted({(each.metadata["Name"].lower(), each.version) for each in distributions()})
    lines = [f"{name}=={version}\n" for name, version in found if name not in OURS]
    head = "# What the tests passed with; made by `python -m tests.matrix --lock`.\n"
    LOCKED.write_text(head + "".join(lines), encoding="utf-8")


def environment(python: str, name: str, wanted: list[str]) -> Path:
    """Return the interpreter of an environment with the program and what is `wanted`; made when it is not there."""
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.split()[1]
    folder = FOLDER / f"{name}-{version}"
    inside = folder / "bin" / "python"
    if not inside.exists():
        subprocess.run([python, "-m", "venv", folder], check=True)
        pip = [inside, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-e", f"{ROOT}[test]", *wanted], check=True)
    return inside


def main() -> None:
    """Run the tests in each of the sets that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", metavar="PROGRAM")
    parser.add_argument("--locked", dest="wanted", action="store_const", const=locked, default=lowest)
    parser.add_argument("--newest", dest="wanted", action="store_const", const=newest)
    parser.add_argument("--lock", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("pytest", nargs="*")
    given = parser.parse_args()
    if given.lock:
        lock()
        return
    failed = []
    for python in given.python or [sys.executable]:
        inside = environment(python, given.wanted.__name__, given.wanted())
        left_out = [] if given.all else ["--ignore=tests/e2e"]
        command = [inside, "-m", "pytest", "-q", "-p", "no:cacheprovider", *left_out, *given.pytest]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(python)
    sys.exit(f"failed with {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
