"""A bounded run of every target, and every input that once broke one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.edits import edits
from tests.fuzz.targets import CORPUS, TARGETS

EXAMPLES = {"import": 80, "database": 40, "backup": 60, "wav": 60, "protocol": 80}
"""Where one costs more than a millisecond or two; the others get more."""

KEPT = [pytest.param(each, id=f"{each.parent.name}-{each.name}") for each in sorted(CORPUS.glob("*/*"))]


@pytest.mark.parametrize("file", KEPT)
def test_what_once_broke_it(file):
    """A target raises when a promise is broken."""
    TARGETS[file.parent.name].feed(file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_damage_breaks_a_promise(name):
    """As above."""
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


def test_every_folder_of_the_corpus_has_a_target():
    assert {each.name for each in CORPUS.iterdir() if each.is_dir()} <= set(TARGETS)
