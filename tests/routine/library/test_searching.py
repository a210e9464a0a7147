"""Searching what ships: what people type finds what they mean."""

from __future__ import annotations

import pytest

from coach.routine.library.library import Library
from coach.routine.library.searching import ALSO_CALLED, searchable
from coach.text.search import SearchIndex


@pytest.fixture(scope="module")
def found():
    library = Library(user=None)
    entries = [entry for entry in library.entries() if entry.routine]
    index = SearchIndex([searchable(each.routine, library.catalogue(each.routine)) for each in entries], ALSO_CALLED)

    def find(query):
        hits = index.find(query)
        return [entries[number].id for number in hits.found], [entries[number].id for number in hits.near]

    return find


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("calf", "heel-drops"),
        ("calves", "heel-drops"),
        ("achilles", "heel-drops"),
        ("achiles", "heel-drops"),
        ("core", "hip-engine"),
        ("abs", "hip-engine"),
        ("sprint", "ten-twenty-thirty"),
        ("sprints", "ten-twenty-thirty"),
        ("heel circle", "foot-complex"),
        ("lunges", "lunge-six-phases"),
        ("lugne", "lunge-six-phases"),
        ("tabata", "tabata"),
        ("hip flexors", "hip-engine"),
        ("butt", "hip-engine"),
        ("runing", "walk-run-1"),
        ("jogging", "walk-run-1"),
        ("beginner mat", "runner-legs"),
        ("stretching", "form-and-stretch"),
        ("hamstring", "nordic-lower"),
        ("no equipment", "norwegian-4x4"),
    ],
)
def test_it_finds_what_is_meant(found, query, expected):
    assert expected in found(query)[0]


def test_a_name_comes_first(found):
    assert found("tabata")[0][0] == "tabata"
    assert found("seven minutes")[0][0] == "seven-minute"


def test_near_ones_are_offered(found):
    nothing, near = found("wall pilates")
    assert nothing == []
    assert near
