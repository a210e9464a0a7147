"""A bounded run of every target, and every input that once broke one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.problems import Problem
from coach.syntax.report import Read
from tests.fuzz.edits import edits
from tests.fuzz.targets import CORPUS, TARGETS

EXAMPLES = {"import": 80, "database": 40, "backup": 60, "wav": 60, "protocol": 80}
"""Where one costs more than a millisecond or two; the others get more."""

KEPT = [pytest.param(each, id=f"{each.parent.name}-{each.name}") for each in sorted(CORPUS.glob("*/*"))]


@pytest.mark.parametrize("file", KEPT)
def test_what_once_broke_it(file):
    """`feed` asserts what must hold whatever a target is fed, and raises where it does not."""
    TARGETS[file.parent.name].feed(file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_damage_breaks_a_promise(name):
    """Valid input, damaged at random; `feed` asserts, as above."""
    target = TARGETS[name]

    @settings(
        max_examples=EXAMPLES.get(name.split()[0], 150),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(target.seeds), st.lists(edits(target.pieces), max_size=6))
    def damaged(seed, some):
        for each in some:
            seed = each.done(seed)
        target.feed(seed)

    damaged()


def test_a_broken_promise_is_seen(monkeypatch):
    monkeypatch.setattr("tests.fuzz.targets.read_quick", lambda text: Read(None, (Problem("quick", 1, 1, text),)))
    TARGETS["quick"].feed(b"12 squat")
    with pytest.raises(AssertionError):
        TARGETS["quick"].feed(b"12 \x1b[2Jsquat")


def test_every_folder_of_the_corpus_has_a_target():
    assert {each.name for each in CORPUS.iterdir() if each.is_dir()} <= set(TARGETS)
