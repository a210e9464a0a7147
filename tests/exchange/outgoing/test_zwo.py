"""Zwift workouts, as an XML reader sees them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.outgoing.icu import export_icu
from coach.exchange.outgoing.zwo import export_zwo
from coach.problems import CoachError
from coach.routine.model import Distance, Dose, Pace, Work
from coach.timeline.compile.compile import compile_routine
from tests.builders import Shelf, counted, rest, timed
from tests.exchange.incoming.rig import only
from tests.exchange.outgoing.shipped import lost, shipped_workouts, workout

RUNS = [name for name, made in shipped_workouts().items() if made.sport == "run"]


def read(made):
    return ET.fromstring(export_zwo(made, 0).data)  # noqa: S314 - our own file


def elements(*steps, sport="run", **more):
    return list(read(workout(*steps, sport=sport, **more)).find("workout"))


@pytest.mark.parametrize("name", RUNS)
def test_every_run_that_ships_has_its_steps_and_its_length(name):
    made = shipped_workouts()[name]
    root = read(made)
    assert [root.findtext(tag) for tag in ("name", "sportType")] == [made.name, "run"]
    steps = list(root.find("workout"))
    assert [step.find("textevent").get("message").split(":")[0] for step in steps] == [
        step.name.split(":")[0] for step in made.steps
    ]
    assert sum(int(step.get("Duration")) for step in steps) * 1000 == made.timeline.duration_ms


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("export", [export_zwo, export_icu])
def test_what_is_imported_again_is_as_long_and_has_one_get_ready(name, export):
    made = shipped_workouts()[name]
    again = only(export(made, 0).data)
    assert again.prepare_ms == made.timeline.intervals[0].duration_ms
    timeline = compile_routine(again, Shelf())
    assert timeline.duration_ms == made.timeline.duration_ms
    assert [interval.kind for interval in timeline.intervals].count("prepare") == 1


def test_there_are_runs_among_those_that_ship():
    assert {"norwegian-4x4", "billat-30-30", "strides", "walk-run-1", "return-to-running-1"} <= set(RUNS)
    assert not {"runner-legs", "tabata", "hopping-1", "run-warm-up", "hips-in-turn"} & set(RUNS)


def test_efforts_are_shares_of_the_threshold_and_rests_are_easy():
    steps = elements(timed("A", 60, effort="easy"), rest(30), timed("B", 20, effort="all-out"), timed("C", 5))
    assert [(step.tag, step.get("Power"), step.get("Duration")) for step in steps] == [
        ("SteadyState", "0.65", "60"),
        ("SteadyState", "0.50", "30"),
        ("SteadyState", "1.20", "20"),
        ("FreeRide", None, "5"),
    ]


def test_a_ride_is_on_a_bike_and_has_a_cadence():
    root = read(workout(timed("Spin", 60, cadence=95, effort="easy"), sport="ride"))
    assert root.findtext("sportType") == "bike"
    assert root.find("workout")[0].get("Cadence") == "95"


def test_what_has_no_time_gets_an_estimate_and_is_listed():
    made = workout(
        Work("Run", Dose(Distance(400_000), pace=Pace(300_000, Distance(1_000, "km")))),
        counted("Squat", 5),
        timed("Hop", 1, cadence=133),
        sport="run",
    )
    assert [step.get("Duration") for step in read(made).find("workout")] == ["120", "20", "1"]
    assert lost(export_zwo(made, 0))[:3] == [
        "Zwift does not carry distances: the time they most likely take stands there (Run)",
        "Zwift does not carry a pace, except in words (Run)",
        "Zwift does not carry work without a time: an estimate stands there (Squat)",
    ]


@pytest.mark.parametrize("name", ["runner-legs", "tabata"])
def test_other_sports_are_refused_with_a_way_out(name):
    with pytest.raises(CoachError, match=r"Zwift knows runs and rides, and .* looks like .*: write `--sport run`"):
        read(shipped_workouts()[name])


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_name_is_good_xml(name):
    [step] = elements(timed(name, 5))
    allowed = "".join(
        char if (char >= " " and char not in "\ufffe\uffff") or char in "\t\n\r" else "?" for char in name_line(name)
    )
    assert step.find("textevent").get("message") == " ".join(allowed.split())


def name_line(name):
    """Return a name as a step has it: in one line."""
    return " ".join(name.split())


def test_names_with_signs_of_xml_come_back_as_they_are():
    [step] = elements(timed('A <b> & "c"', 5))
    assert step.find("textevent").get("message") == 'A <b> & "c"'
