"""A session in a terminal, seen and heard: when each change came to the eye and when to the ear."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.e2e.pulse import onsets
from tests.e2e.terminal import ROOT, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.pulse import Pulse

SOUNDS = ("go", "rest")
_KIND = re.compile(r"^ ?(WORK|REST)\b", re.MULTILINE)


def routine(rounds: int, seconds: float) -> str:
    """Return a routine that changes between work and rest, and of which nothing is heard but the changes."""
    return (
        "name: Changes\nprepare: 1s\ncountdown: 0\nsteps:\n"
        f"  - block: Main\n    rounds: {rounds}\n    steps:\n"
        f"      - exercise: Plank\n        time: {seconds}s\n      - rest: {seconds}s\n"
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """All in milliseconds: the plan, what was heard from the first sound on, and how far the eye was behind the ear.

    `behind` has an entry a change; it is negative where the screen changed before the sound was heard.
    """

    planned: tuple[float, ...]
    heard: tuple[float, ...]
    behind: tuple[float, ...]

    @property
    def off(self) -> list[float]:
        """How far each sound was off the plan, the first one being right."""
        first = self.planned[0]
        return [heard - planned + first for heard, planned in zip(self.heard, self.planned, strict=True)]


def run(
    pulse: Pulse, file: Path, *, watch: bool = True, meanwhile: Callable[[Terminal], None] = lambda _: None
) -> Changes:
    """Run the routine in `file` to its end; `meanwhile` is called with the terminal as soon as it has begun.

    Without `watch` nobody looks at the screen, and `behind` is empty.
    """
    shown: list[tuple[str, float]] = []

    def see(screen: str, came_s: float) -> None:
        kind = _KIND.search(screen)
        if kind and (not shown or shown[-1][0] != kind.group()):
            shown.append((kind.group(), came_s))

    told = subprocess.run(
        [sys.executable, "-m", "coach", "show", str(file), "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    plan = [each for each in json.loads(told.stdout)["signals"] if each.get("sound") in SOUNDS]
    recording = pulse.record()
    with Terminal("run", file, **pulse.environment) as terminal:
        terminal.on_news = see if watch else None
        terminal.wait_for("GET READY")
        meanwhile(terminal)
        terminal.wait_for("Finished")
    # The finish is behind the plan's changes, and several tones of it may be heard one by one.
    heard_s = [recording.clock_s(at) for at, _ in onsets(recording.stop())][: len(plan)]
    assert len(heard_s) == len(plan), f"{len(heard_s)} of {len(plan)} changes were heard"
    assert not watch or len(shown) == len(plan), f"{len(shown)} of {len(plan)} changes were seen"
    return Changes(
        tuple(float(each["at_ms"]) for each in plan),
        tuple((each - heard_s[0]) * 1000 for each in heard_s),
        tuple((seen - heard) * 1000 for (_, seen), heard in zip(shown, heard_s, strict=watch)),
    )
