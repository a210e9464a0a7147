"""The peers: other timers for the terminal, in an environment of their own.

`python -m benchmarks.peers` installs them into `.cache/peers` and says what is there; the other benchmarks do the same
when they first need them. Delete the folder to have them installed anew.
"""

from __future__ import annotations

import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / ".cache" / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to be measured beside ours.

    `arguments` make it count for ten minutes; `shows` is in its first frame, mostly a piece of a large digit. `kind`
    says what it draws with, since that is what most of its cost comes from.
    """

    package: str
    command: str
    arguments: tuple[str, ...]
    shows: str
    kind: str


PEERS = (
    Peer("termdown", "termdown", ("10m",), "88", "curses"),
    Peer("countdown-cli", "countdown", ("10m",), "\u2588\u2588", "plain escapes"),
    Peer("breathe-cli", "breathe", (), "pause", "plain escapes"),
)


def installed() -> tuple[dict[str, Path], dict[str, str]]:
    """Return the programs of the peers by package, and for those that cannot be had the reason; installs what lacks."""
    programs, reasons = {}, {}
    python = FOLDER / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    for peer in PEERS:
        program = FOLDER / "bin" / peer.command
        if not program.exists():
            made = subprocess.run(
                [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", peer.package],
                capture_output=True,
                text=True,
                check=False,
            )
            if made.returncode or not program.exists():
                last = (made.stderr.strip().splitlines() or ["it has no such program"])[-1]
                reasons[peer.package] = f"cannot be installed: {last[:120]}"
                continue
        programs[peer.package] = program
    return programs, reasons


def version_of(package: str) -> str:
    """Return which version of a peer is installed."""
    told = subprocess.run(
        [str(FOLDER / "bin" / "python"), "-c", f"from importlib.metadata import version; print(version({package!r}))"],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "unknown version"


if __name__ == "__main__":
    there, missing = installed()
    for name, where in there.items():
        print(f"{name} {version_of(name)}: {where}")
    for name, why in missing.items():
        print(f"{name}: {why}")
