"""The truth of the display: what a real terminal shows, when it comes, and how much is written for it."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

from coach.tui.stage import font
from tests.e2e.lateness import slack_s
from tests.e2e.terminal import ROOT, Terminal, wait_until

pytestmark = pytest.mark.clock

SEEN = 5
"""Seconds that are looked at."""
LATE_MS = 50
"""How much later than its moment a change may be seen."""

ROUTINE = """\
name: True
prepare: 4s
steps:
  - exercise: Lunge
    reps: 2
    phases: [1.5s Down, 2.5s Up]
  - rest: 8s
  - exercise: Plank
    time: 3s
"""
SECONDS = [*range(4, 0, -1), *range(8, 0, -1), *range(8, 0, -1), *range(3, 0, -1)]
"""Every number that the countdowns show, in turn."""
STARTS_MS = [0, 4_000, 12_000, 20_000]
CUES_MS = [(4_000, "1 Down"), (5_500, "2 Up"), (8_000, "1 Down"), (9_500, "2 Up")]


def number_on(screen):
    """Return the number in large letters on the screen, read letter by letter, or None where it is not whole."""
    lines = screen.splitlines()
    for scale in range(2, 9):
        height = font.height(scale)
        for top in range(len(lines) - height + 1):
            number = _number_at([line[1:-1] for line in lines[top : top + height]], scale)
            if number is not None:
                return number
    return None


def _number_at(rows, scale):
    rows = [row.ljust(78) for row in rows]
    cells = [any(row[x] != " " for row in rows) for x in range(78)]
    if True not in cells:
        return None
    first, digits = cells.index(True), ""
    drawn = {str(each): font.draw(str(each), scale) for each in range(10)}
    while any(cells[first:]):
        wide = 3 * scale
        found = [
            each
            for each, shape in drawn.items()
            if all(row[first : first + wide] == line for row, line in zip(rows, shape, strict=True))
        ]
        if not found:
            return None
        digits += found[0]
        first += wide + scale
    return int(digits)


HOOK = """\
import os, sys
if "audio" not in " ".join(sys.orig_argv):
    from coach.session import runner
    perform = runner.Runner._perform
    def told(self, effect):
        if isinstance(effect, runner.Entered):
            with open(os.environ["COACH_TOLD"], "a") as file:
                file.write(f"{self._base_ns + effect.at_ms * 1_000_000}\\n")
        perform(self, effect)
    runner.Runner._perform = told
"""
"""Lets the program tell at which reading of the clock, which is the test's own too, each interval began."""


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "true.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


def test_every_second_is_shown_once_and_on_its_moment(routine, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "COACH_TOLD": str(tmp_path / "told")}
    numbers, cues = [], []

    def see(screen, came_s):
        number = number_on(screen)
        if number is not None and (not numbers or numbers[-1][0] != number):
            numbers.append((number, came_s))
        cue = re.search(r"\[(\d [A-Z][a-z]+)\]", screen)
        if cue and (not cues or cues[-1][0] != cue[1]):
            cues.append((cue[1], came_s))

    with Terminal("run", routine, "--output", "null", **environment) as terminal:
        terminal.on_news = see
        terminal.wait_for("Finished")
    origins_s = [int(each) / 1e9 for each in (tmp_path / "told").read_text().split()]
    assert [round(1000 * (each - origins_s[0])) for each in origins_s] == STARTS_MS
    assert [each for each, _ in numbers] == SECONDS
    planned = [
        start + 1000 * second for start, last in zip(STARTS_MS, [4, 8, 8, 3], strict=True) for second in range(last)
    ]
    # The first picture stands before the session begins.
    hold_the_plan([at for _, at in numbers[1:]], planned[1:], origins_s[0])
    assert [each for each, _ in cues] == [each for _, each in CUES_MS]
    hold_the_plan([at for _, at in cues], [at for at, _ in CUES_MS], origins_s[0])


def hold_the_plan(shown_s, planned_ms, origin_s):
    """Hold that everything came at its moment, or soon after."""
    late = [1000 * (at - origin_s) - wanted for at, wanted in zip(shown_s, planned_ms, strict=True)]
    assert min(late) >= -1, late
    assert max(late) <= LATE_MS + 1000 * slack_s(), late


def test_nothing_is_written_while_nothing_changes(routine):
    with Terminal("run", routine, "--output", "null", "--from", "3") as terminal:
        terminal.wait_for("-- REST")
        terminal.send(" ")
        terminal.wait_for("PAUSED")

        def is_still_for(seconds):
            before = len(terminal.raw)
            time.sleep(seconds)
            return len(terminal.raw) == before

        wait_until(lambda: is_still_for(1))
        assert is_still_for(3)


def test_a_second_costs_few_bytes_and_one_picture(tmp_path):
    file = tmp_path / "long.yaml"
    file.write_text("name: Long\nprepare: 0\nsteps: [55s plank]\n", encoding="utf-8")
    came, changes = [], []
    with Terminal("run", file, "--output", "null") as terminal:
        terminal.wait_for("WORK")
        terminal.wait_for("starting", gone=True)

        def see(screen, came_s):
            came.append(came_s)
            number = number_on(screen)
            if number is not None and (not changes or changes[-1][0] != number):
                changes.append((number, came_s, len(terminal.raw)))

        terminal.on_news = see
        wait_until(lambda: len(changes) > SEEN + 1)
        terminal.on_news = None
    # From the first change that was seen as it came.
    (first, began_s, before), (last, ended_s, after) = changes[1], changes[SEEN + 1]
    assert first - last == SEEN
    between = [each for each in came if began_s <= each <= ended_s]
    pictures = sum(later - earlier > 0.1 for earlier, later in pairwise(between))
    assert pictures == SEEN
    assert (after - before) / SEEN < 4_000
