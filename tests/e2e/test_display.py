"""The truth of the display: what a real terminal shows, when it comes, and how much is written for it."""

from __future__ import annotations

import os
import re
import time
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pytest

from coach.drawing.cells import Pens, cell_rows
from coach.figure import motion
from coach.figure.picture import Room, pens, pose_rows
from coach.figure.shelf import Figures
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.session.machine import step
from coach.session.state import Start, State
from coach.session.view import view
from coach.timeline.compile.compile import compile_routine
from coach.tui.stage.layout import arrange
from coach.tui.stage.lettering import Drawing, drawn, letter_sizes
from coach.tui.stage.scene import Scene
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
PHASES_MS = [(4_000, 1), (5_500, 2), (8_000, 1), (9_500, 2)]


INK = " \u2580\u2584\u2588"
PLAIN = Pens(((0, 0, 0), (255, 255, 255)), depth="none")


@cache
def shapes():
    """Return every number up to a minute at every size, as the rows of cells it is drawn with, without its edges."""
    found = {}
    for size in letter_sizes(digits=True)[1:16]:
        for number, more in product(range(1, 61), (0, 1)):  # with a row more, the number begins in the middle of a cell
            drawing = Drawing((str(number),), size, size.width(str(number)), more - (-size.capital // 2), left=True)
            found[_cropped(["".join(run.text for run in row) for row in cell_rows(drawn(drawing), PLAIN)])] = number
    return found


def _cropped(rows):
    """Return rows without the blank cells around what is drawn."""
    rows = [row for row in rows if row.strip()]
    first = min((len(row) - len(row.lstrip()) for row in rows), default=0)
    return tuple(row[first:].rstrip() for row in rows)


def _blocks(screen):
    """Yield the rows of what is drawn below the band, each group of rows that stand together."""
    rows = []
    for line in [*screen.splitlines()[2:], ""]:
        if line.strip() and not line.strip(INK):
            rows.append(line)
        elif rows:
            yield rows
            rows = []


def number_on(screen):
    """Return the number in large letters on the screen, or None where it is not whole.

    The terminal has no colours, so that all that is drawn is block characters, and shows no figure.
    """
    return shapes().get(_cropped(next(_blocks(screen), [])))


def phase_on(screen):
    """Return the number beside the words of a phase, or None."""
    rows = [*_blocks(screen), [], []][1]
    wide = max(map(len, rows), default=0)
    blank = [all(row[x : x + 1] in (" ", "") for row in rows) for x in range(wide)]
    first = next((x for x, empty in enumerate(blank) if not empty), 0)
    end = next((x for x in range(first, wide) if all(blank[x : x + 2])), wide)
    return shapes().get(_cropped([row[first:end] for row in rows]))


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
    environment = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "COACH_TOLD": str(tmp_path / "told"), "NO_COLOR": "1"}
    Path(os.environ["COACH_HOME"]).mkdir(parents=True, exist_ok=True)
    (Path(os.environ["COACH_HOME"]) / "config.yaml").write_text("figure: off\n", encoding="utf-8")
    numbers, phases = [], []

    def see(screen, came_s):
        number = number_on(screen)
        if number is not None and (not numbers or numbers[-1][0] != number):
            numbers.append((number, came_s))
        phase = phase_on(screen)
        if phase in (1, 2) and "rep " in screen and (not phases or phases[-1][0] != phase):
            phases.append((phase, came_s))

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
    assert [each for each, _ in phases] == [each for _, each in PHASES_MS]
    hold_the_plan([at for _, at in phases], [at for at, _ in PHASES_MS], origins_s[0])


def hold_the_plan(shown_s, planned_ms, origin_s):
    """Hold that everything came at its moment, or soon after."""
    late = [1000 * (at - origin_s) - wanted for at, wanted in zip(shown_s, planned_ms, strict=True)]
    assert min(late) >= -1, late
    assert max(late) <= LATE_MS + 1000 * slack_s(), late


def test_nothing_is_written_while_nothing_changes(routine):
    with Terminal("run", routine, "--output", "null", "--from", "3") as terminal:
        terminal.wait_for("REST")
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
            left = re.search(r"0:(\d\d) left", screen)
            if left and (not changes or changes[-1][0] != int(left[1])):
                changes.append((int(left[1]), came_s, len(terminal.raw)))

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


POSES = """\
name: Poses
prepare: 0
steps:
  - exercise: lunge
    reps: 1
    phases: [2s Stand, 3s Reach, 2s Knee, 2s Hands, 2s Float, 2s Finish]
"""
PHASES_S = (2, 3, 2, 2, 2, 2)
POSE_LATE_MS = 130
"""How much later than the phase's plan its pose may be reached."""


def held_pose(name):
    """Return how a pose of the lunge looks without colours, as large as the session shows it."""
    library = Library()
    figure = Figures(library).called("lunge")
    timeline = compile_routine(
        read_routine(POSES, "poses.yaml", "poses").value, library.catalogue(library.routine("tabata"))
    )
    scene = Scene(view(step(State(timeline), Start(), 0)[0], 0), has_figure=True, story=motion.storyboard(figure))
    slot = arrange(scene, 80, 23).figure
    with_pens = pens(*PLAIN.colours, (255, 255, 255), depth="none")
    rows = pose_rows(figure, figure.poses[name], Room(slot.columns, slot.rows), with_pens)
    return tuple("".join(run.text for run in row).strip() for row in rows)


def test_a_pose_is_reached_before_its_phase_ends(tmp_path):
    file = tmp_path / "poses.yaml"
    file.write_text(POSES, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "COACH_TOLD": str(tmp_path / "told"), "NO_COLOR": "1"}
    poses = {name: held_pose(name) for name in ("tall", "reach", "knee", "hands", "float")}
    seen = []

    def see(screen, came_s):
        rows = [line[1:40].strip() for line in screen.splitlines()]
        for name, shape in poses.items():
            inked = [row for row in shape if row]
            if any(rows[y : y + len(inked)] == inked for y in range(len(rows))) and (not seen or seen[-1][0] != name):
                seen.append((name, came_s))

    with Terminal("run", file, "--output", "null", **environment) as terminal:
        terminal.on_news = see
        terminal.wait_for("Finished")
    origin_s = int((tmp_path / "told").read_text().split()[0]) / 1e9
    names = ("tall", "reach", "knee", "hands", "float", "tall")
    assert [name for name, _ in seen[:6]] == [*names]
    ends = [sum(PHASES_S[: number + 1]) for number in range(6)]
    begins = [0, *ends[:-1]]
    for (name, came_s), begin, end in zip(seen[1:6], begins[1:], ends[1:], strict=True):
        assert begin <= came_s - origin_s <= end + (POSE_LATE_MS / 1000) + slack_s(), name
