"""Workouts as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from coach.exchange.outgoing.table import TABLE_COLUMNS, export_csv
from coach.routine.model import Distance, Dose, Work
from tests.builders import counted, pause, timed
from tests.exchange.outgoing.shipped import shipped_workouts, workout


def rows(made):
    return list(csv.DictReader(io.StringIO(export_csv(made, 0).data.decode())))


@pytest.mark.parametrize("name", shipped_workouts())
def test_every_routine_that_ships_has_a_row_for_each_interval(name):
    made = shipped_workouts()[name]
    found = rows(made)
    assert [row["name"] for row in found] == [interval.title for interval in made.timeline.intervals]
    assert round(sum(float(row["seconds"] or 0) for row in found) * 1000) == made.timeline.duration_ms
    assert [row["number"] for row in found] == [str(number) for number in range(1, len(found) + 1)]


def test_a_row_has_what_an_interval_has():
    made = workout(
        counted("Lunge", 6, sides="each", load="8 kg", rest=pause(5)),
        Work("Run", Dose(Distance(400_500))),
        timed("=1+1", 3),
    )
    first, *_, run, formula = rows(made)
    assert list(first) == list(TABLE_COLUMNS)
    assert [first[name] for name in ("kind", "name", "side", "seconds", "open", "reps", "load")] == [
        *("work", "Lunge", "left", "", "yes", "6", "8 kg"),
    ]
    assert run["distance_m"] == "400.5"
    assert formula["name"] == "'=1+1"


@pytest.mark.parametrize("first", "=+-@")
def test_no_cell_is_a_formula(first):
    assert rows(workout(timed(f"{first}cmd", 3)))[0]["name"] == f"'{first}cmd"
