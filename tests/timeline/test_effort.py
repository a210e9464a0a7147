"""How hard work should feel: the innermost effort counts, and everything that shows an interval can show it."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Dose, Exercise, Include, Routine, Time, Until, Work
from coach.session.state import State
from coach.session.view import view
from coach.settings import SoundSettings
from coach.timeline.as_json import as_values
from coach.timeline.compile.compile import compile_routine
from coach.timeline.lint import lint
from coach.timeline.outline import outline_text
from coach.timeline.phrases import WORDS
from coach.timeline.wording import effort_words
from tests.builders import Shelf, compiled, counted, rest, routine, timed
from tests.timeline.test_lint import Near

SPRINT = Exercise("sprint", "Sprint", effort="all-out", dose=Dose(Time(5_000)))


def efforts(*steps, catalogue=None):
    timeline = compiled(*steps, prepare_ms=0, **({"catalogue": catalogue} if catalogue else {}))
    return [interval.effort for interval in timeline.intervals if interval.kind == "work"]


def block(*steps, **more):
    return Block(tuple(steps), **more)


A, B = timed("A", 5), timed("B", 5, effort="hard")
SHELF = Shelf(SPRINT)
DAY = Shelf(SPRINT)
DAY.routines["day"] = (Routine("day", "Day", (A, B, Work("Sprint"))), SHELF)


@pytest.mark.parametrize(
    ("steps", "catalogue", "expected"),
    [
        ([A, B], None, [None, "hard"]),
        ([block(A, B, effort="easy")], None, ["easy", "hard"]),
        ([block(A, block(A, B), block(A, effort="all-out"), effort="easy"), A], None,
         ["easy", "easy", "hard", "all-out", None]),
        ([Work("Sprint"), Work("Sprint", effort="hard")], SHELF, ["all-out", "hard"]),
        ([block(Work("Sprint"), effort="easy")], SHELF, ["easy"]),
        ([timed("A", 5, sides="each", sets=2, effort="easy")], None, ["easy"] * 4),
        ([block(A, effort="hard", sides="each", rounds=2)], None, ["hard"] * 4),
        ([block(A, effort="hard", sides="alternate", rounds=2)], None, ["hard"] * 2),
        ([block(A, effort="hard", time_ms=10_000)], None, ["hard"] * 2),
        ([block(counted("Row", 5), effort="hard", time_ms=60_000)], None, ["hard"]),
        ([block(counted("Row", 5), effort="hard", until=Until("done"))], None, ["hard"]),
        ([block(counted("Row", 5, effort="easy"), block(counted("Dip", 5), counted("Row", 5)), every_ms=60_000,
                effort="hard")], None, ["easy", "hard"]),
        ([Include("day"), block(Include("day"), effort="easy")], DAY,
         [None, "hard", "all-out", "easy", "hard", "easy"]),
    ],
)  # fmt: skip
def test_the_innermost_counts(steps, catalogue, expected):
    assert efforts(*steps, catalogue=catalogue) == expected


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([block(B, rest(5), B, effort="easy")], 'no step takes "effort: easy" from this block'),
        ([block(block(B), block(A, effort="hard"), effort="easy")], 'no step takes "effort: easy" from this block'),
        ([block(A, B, effort="easy")], None),
        ([block(Include("day"), effort="easy")], None),
        ([block(B, effort="easy", time_ms=60_000)], None),
        ([block(counted("Row", 5, effort="easy"), counted("Dip", 5), time_ms=60_000)],
         '"effort" on "Row" has no effect here, because the clock does not run step by step: remove it, or'),
    ],
)  # fmt: skip
def test_an_effort_that_says_nothing_is_a_warning(steps, message):
    made = routine(*steps)
    said = [problem.message for problem in lint(made, DAY, Near(), compile_routine(made, DAY))]
    if message is None:
        assert not any("effort" in words for words in said)
    else:
        assert any(words.startswith(message) for words in said)


def test_all_that_shows_an_interval_shows_it():
    timeline = compiled(timed("Run", 20, effort="all-out"), rest(10), timed("Hard", 5, effort="hard"), prepare_ms=0)
    assert [interval["effort"] for interval in as_values(timeline, SoundSettings())["intervals"]] == [
        "all-out", None, "hard",
    ]  # fmt: skip
    assert [line.split("  ")[0] for line in outline_text(timeline)[2:]] == ["Run: 0:20, all out", "Rest", "Hard: 0:05"]
    assert [view(State(timeline, index=index), 0).effort for index in range(3)] == ["all-out", "hard", "hard"]


@pytest.mark.parametrize(
    ("effort", "title", "expected"),
    [
        (None, "Run", ""),
        ("easy", "Run", "easy"),
        ("easy", "Easy run", ""),
        ("all-out", "All out", ""),
        ("all-out", "All-out sprint", ""),
        ("hard", "Harder", "hard"),
    ],
)
def test_a_title_that_says_it_says_it_once(effort, title, expected):
    assert effort_words(effort, title) == expected


@pytest.mark.parametrize("language", WORDS)
def test_every_effort_has_a_word_in_every_language(language):
    words = WORDS[language]
    assert len({words.effort(effort) for effort in ("easy", "moderate", "hard", "all-out")}) == 4
