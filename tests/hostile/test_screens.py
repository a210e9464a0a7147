"""Every screen on a hostile home: what is drawn is text, without markup, links, actions or orders."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.session.notices import Confirmed, notices_for
from coach.settings import KeyChoice, Settings
from coach.timeline.compile.compile import compile_routine
from coach.tui.actions import ACTIONS
from coach.tui.keymap import checked_keys
from coach.tui.screens.keys import KeysScreen
from coach.tui.screens.notice import NoticeScreen
from coach.tui.screens.problems import ProblemsScreen
from tests.e2e.terminal import PATIENCE_S, Terminal, wait_until
from tests.hostile import shelf
from tests.hostile.corpus import ORDERS, TEXTS, UNFIT, medley
from tests.tui.rig import running

SIZES = ((40, 20), (100, 30))
OURS = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\x1b\](?:10|11|22);[^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: colours asked for, the pointer's shape
    rb"|\x1b[=>78]|\x1b\([B0]"
)
"""What Textual says to a terminal."""
TITLE = re.compile(rb"\x1b\]2;([^\x07]*)\x07")
"""The window's title, whose words must be as clean as the screen's."""


@pytest.fixture
def _home():
    own = Path(os.environ["COACH_HOME"])
    shelf.texts(own)
    shelf.orders(own)
    shelf.names(own)
    Confirmed().confirm(notices_for(None))


def assert_is_text(rig):
    """Everything drawn on the screen is text, in a style of ours, and no wider than the screen."""
    for strip in rig.strips:
        assert strip.cell_length <= rig.app.size.width
        for segment in strip:
            assert not UNFIT.search(segment.text), repr(segment.text)
            assert segment.style is None or segment.style.link is None
            assert segment.style is None or "@click" not in (segment.style.meta or {})


def of_texts():
    """Return a session with every text in each of its places, and its library."""
    routine = read_routine(medley(TEXTS), "medley.yaml", "medley").value
    library = Library()
    return compile_routine(routine, library.catalogue(routine)), library


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("size", SIZES)
async def test_the_chooser_and_its_preview(size):
    async with running(size=size) as rig:
        await rig.settle()
        assert len(rig.screen.choices.choices) > 80
        for _ in rig.screen.choices.choices:
            assert_is_text(rig)
            rig.screen.action_move(1)
            await rig.pilot.pause()
        await rig.press("slash", *"[@click")
        assert_is_text(rig)
        await rig.press("escape", "question_mark")
        assert_is_text(rig)


@pytest.mark.parametrize("size", [(20, 5), *SIZES])
async def test_a_session_and_its_summary(size):
    timeline, library = of_texts()
    async with running(timeline, size=size, library=library) as rig:
        await rig.begin()
        for _ in timeline.intervals:
            rig.session.wake()
            assert_is_text(rig)
            rig.session.action_next()
            await rig.pilot.pause()
        assert rig.where != "SessionScreen"
        assert_is_text(rig)
        await rig.press("down", "question_mark")
        assert_is_text(rig)


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_of_a_sessions_parts(size):
    timeline, library = of_texts()
    async with running(timeline, size=size, library=library) as rig:
        await rig.begin()
        await rig.press("j")
        assert rig.where == "JumpScreen"
        for _ in timeline.intervals:
            rig.screen.action_move(1)
            await rig.pilot.pause()
            assert_is_text(rig)
        await rig.press(*"[red", "u")
        assert_is_text(rig)


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("size", SIZES)
async def test_the_problems_of_a_file(size):
    library = Library()
    broken = [each for each in library.entries() if each.problems]
    assert len(broken) > 30
    async with running(size=size, library=library) as rig:
        for entry in broken:
            rig.app.push_screen(ProblemsScreen(entry, entry.problems))
            await rig.pilot.pause()
            assert_is_text(rig)
            rig.app.pop_screen()


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("size", SIZES)
async def test_what_is_set(size):
    """A settings file, sound themes and a choice of keys that are not what they should be."""
    evil = TEXTS["action"]
    settings = replace(Settings(), theme=evil, sound=replace(Settings().sound, theme=evil, language=evil))
    async with running(size=size, settings=settings) as rig:
        await rig.press("comma")
        assert rig.where == "SettingsScreen"
        for _ in range(30):
            assert_is_text(rig)
            await rig.press("right", "down")


async def test_the_keys_that_were_chosen():
    """Of all the corpus is made of, what may be a key is drawn as one, and what is said of the others is text."""
    session = [each.id for each in ACTIONS if each.scope == "session"]
    words = [*TEXTS.values(), *ORDERS.values(), *sorted({*"".join((*TEXTS.values(), *ORDERS.values()))})]
    async with running(size=SIZES[1]) as rig:
        for first in range(0, len(words), len(session)):
            few = words[first : first + len(session)]
            chosen, _ = checked_keys(KeyChoice(*each) for each in zip(session, ((word,) for word in few), strict=False))
            rig.app.push_screen(KeysScreen(chosen))
            await rig.pilot.pause()
            assert_is_text(rig)
            rig.app.pop_screen()


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("name", ["action", "storm", "zero width", "long word"])
async def test_a_notice_before_a_session(name):
    library = Library()
    routine = library.routine(f"text-{shelf.slug(name)}")
    timeline = compile_routine(routine, library.catalogue(routine))
    screen = NoticeScreen(notices_for(timeline), confirm=bool, leave=bool)
    async with running(size=SIZES[0], library=library) as rig:
        rig.app.push_screen(screen)
        await rig.pilot.pause()
        assert_is_text(rig)


def assert_ours(raw):
    """Nothing but our own orders reached the terminal."""
    # What was still on its way is not held against it.
    left = re.sub(rb"\x1b[^a-zA-Z]*\Z", b"", OURS.sub(b"", TITLE.sub(rb"\1", bytes(raw)))).decode("utf-8", "replace")
    found = sorted({char for char in UNFIT.findall(left) if char not in "\r\x0f\b"})
    assert not found, [left[max(0, at - 30) : at + 30] for at in (left.index(each) for each in found)]
    assert b"\x1b[1337;42H" not in raw
    assert b"\x1b]8;" not in raw
    assert b"\x1b]52;" not in raw


def go_on(terminal, *words):
    """Confirm what has to be read first, until one of `words` is there."""
    until = time.monotonic() + PATIENCE_S
    # An Enter that was on its way may have closed the last screen before anybody looked.
    while not any(each in terminal.text or each.encode() in terminal.raw for each in words):
        assert time.monotonic() < until, terminal.text
        terminal.send("\r")
        time.sleep(0.1)


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("size", SIZES)
def test_what_a_terminal_gets_of_the_chooser(size):
    with Terminal("--output", "null", columns=size[0], lines=size[1]) as terminal:
        terminal.wait_for("/ search", "fix these errors")
        for name in ("action", "storm", "zero width", "marks", "order-title", "a?"):
            terminal.send(f"/{name}")
            # The line of keys names the search, too; the field is in the first line.
            wait_until(lambda name=name: terminal.text.splitlines()[0].strip().startswith(name))
            terminal.send("\x1b")
            wait_until(lambda: terminal.text.splitlines()[0].strip().startswith("/ search"))
            terminal.send("\x1b[B\x1b[B")
        terminal.send("\x1b[F")
        terminal.send("q")
        terminal.wait()
        assert_ours(terminal.raw)
        assert terminal.is_restored


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("name", ["action", "storm", "zero width", "marks"])
@pytest.mark.parametrize("more", [(), ("--plain",)], ids=["screens", "lines"])
def test_what_a_terminal_gets_of_a_session(name, more):
    name = f"text-{shelf.slug(name)}"
    with Terminal("run", name, "--output", "null", "--speed", "100", "--open-seconds", "0", *more) as terminal:
        go_on(terminal, "Finished", "Stopped at")
        assert_ours(terminal.raw)
