"""Zwift's workouts, as Zwift writes them and as others do."""

from __future__ import annotations

import pytest

from tests.exchange.incoming.rig import intervals_of, lost_of, only, read, reads_as_itself, steps_of


def zwo(*blocks, head="<name>Legs</name>", sport="bike"):
    inside = "\n".join(blocks)
    return f"<workout_file>\n{head}\n<sportType>{sport}</sportType>\n<workout>\n{inside}\n</workout>\n</workout_file>"


def work(name, time, effort=None, load=None, **more):
    keys = {"time": time, **more, "load": load, "effort": effort}
    return [f"  - exercise: {name}", *(f"    {key}: {value}" for key, value in keys.items() if value)]


CASES = {
    "a warm-up rises": (
        '<Warmup Duration="600" PowerLow="0.25" PowerHigh="0.75" pace="0"/>',
        work("Warm-up", "10:00", "easy", '"25 to 75 % FTP"'),
    ),
    "a cool-down falls, whatever the file says": (
        '<Cooldown Duration="300" PowerLow="0.4" PowerHigh="0.7"/>',
        work("Cool-down", "5:00", "easy", '"70 to 40 % FTP"'),
    ),
    "a ramp": (
        '<Ramp Duration="60" PowerLow="0.9" PowerHigh="1.3"/>',
        work("Ramp", "60s", "all-out", '"90 to 130 % FTP"'),
    ),
    "a steady block": (
        '<SteadyState Duration="1200" Power="0.95" Cadence="90"/>',
        work("Ride hard", "20:00", "hard", '"95 % FTP"', cadence=90),
    ),
    "a misspelt element in another case": (
        '<solidstate duration="1200" power="0.80"/>',
        work("Ride steady", "20:00", "moderate", '"80 % FTP"'),
    ),
    "a range of power and of cadence": (
        '<SteadyState Duration="60" PowerLow="0.85" PowerHigh="0.95" CadenceLow="80" CadenceHigh="90"/>',
        work("Ride steady", "60s", "moderate", '"85 to 95 % FTP"', cadence=85),
    ),
    "a free ride": ('<FreeRide Duration="600" FlatRoad="1"/>', ["  - 10:00 Free ride"]),
    "a maximal effort": ('<MaxEffort Duration="20"/>', work("Ride all out", "20s", "all-out")),
    "no power": ('<SteadyState Duration="20"/>', ["  - 20s Ride"]),
    "half a second": ('<FreeRide Duration="20.5"/>', ["  - 20.5s Free ride"]),
}


@pytest.mark.parametrize(("block", "expected"), CASES.values(), ids=CASES)
def test_a_block_of_a_workout(block, expected):
    assert steps_of(zwo(block)) == expected
    assert lost_of(zwo(block)) == []
    assert reads_as_itself(only(zwo(block)))


def ready(seconds, words, tag="FreeRide", more=""):
    power = 'PowerLow="0.4" PowerHigh="0.6"' if tag == "Warmup" else ""
    return f'<{tag} Duration="{seconds}" {power}><textevent timeoffset="0" message="{words}"/>{more}</{tag}>'


HARD = '<SteadyState Duration="60" Power="0.95"/>'


@pytest.mark.parametrize(
    ("blocks", "prepare_ms", "steps"),
    [
        ([ready(10, "Get ready"), HARD], 10_000, 1),
        ([ready(90, "get ready: Put the fan on"), HARD], 90_000, 1),
        ([ready(5, "Prepare", "SteadyState"), HARD], 5_000, 1),
        ([HARD], 10_000, 1),
        ([HARD, ready(20, "Get ready")], 10_000, 2),
        # These are work: the only block, a ramp that nobody wants to stand still in, a text that says more.
        ([ready(20, "Get ready")], 10_000, 1),
        ([ready(600, "Get ready", "Warmup"), HARD], 10_000, 2),
        ([ready(60, "Get ready for the hill"), HARD], 10_000, 2),
        ([ready(60, "Get ready", more='<textevent timeoffset="50" message="Now"/>'), HARD], 10_000, 2),
    ],
)
def test_a_first_block_that_is_a_get_ready_is_the_get_ready(blocks, prepare_ms, steps):
    routine = only(zwo(*blocks))
    assert (routine.prepare_ms, len(routine.steps)) == (prepare_ms, steps)


def test_intervals_are_a_block_of_rounds():
    block = (
        '<IntervalsT Repeat="5" OnDuration="180" OffDuration="120" OnPower="1.1" OffPower="0.5" '
        'Cadence="100" CadenceResting="80"/>'
    )
    assert steps_of(zwo(block)) == [
        *("  - block:", "    rounds: 5", "    steps:", "      - exercise: Ride hard", "        time: 3:00"),
        *("        cadence: 100", '        load: "110 % FTP"', "        effort: hard", "      - exercise: Ride easy"),
        *("        time: 2:00", "        cadence: 80", '        load: "50 % FTP"', "        effort: easy"),
    ]
    assert intervals_of(zwo(block))[1:3] == ["work Ride hard 180s", "work Ride easy 120s"]


def test_texts_are_cues_at_their_moments():
    texts = (
        '<textevent timeoffset="0" message="Off we go"/><TextEvent TimeOffset="30" mssage="Hold on"/>'
        '<textevent timeoffset="30" message="Breathe"/><textevent timeoffset="99" message="Too late"/>'
    )
    source = zwo(f'<FreeRide Duration="60">\n{texts}</FreeRide>')
    assert steps_of(source) == ["  - 60s Free ride: {0s: Off we go, 30s: Hold on Breathe}"]
    assert lost_of(source) == ["6: a text after the end of its block is left out"]


def test_one_text_at_the_start_is_the_cue():
    source = zwo('<FreeRide Duration="60"><textevent timeoffset="0" message="Off we go"/></FreeRide>')
    assert steps_of(source) == ["  - 60s Free ride: Off we go"]


def test_repeats_with_texts_are_written_one_by_one():
    texts = '<textevent timeoffset="5" message="First"/><textevent timeoffset="35" message="Second"/>'
    block = f'<IntervalsT Repeat="2" OnDuration="20" OffDuration="10" OnPower="1.3" OffPower="0.5">{texts}</IntervalsT>'
    steps = only(zwo(block)).steps
    assert [(step.exercise, [(at.offset_ms, at.text) for at in step.cue or ()]) for step in steps] == [
        ("Ride all out", [(5000, "First")]),
        ("Ride easy", []),
        ("Ride all out", [(5000, "Second")]),
        ("Ride easy", []),
    ]


def test_a_run_by_distance():
    head = "<name>Track</name><durationType>distance</durationType>"
    texts = '<textevent distoffset="50" message="Go"/><textevent timeoffset="5" message="On"/>'
    source = zwo(f'<SteadyState Duration="400" Power="1.05">\n{texts}</SteadyState>', head=head, sport="RUN")
    assert steps_of(source) == [
        *("  - exercise: Run hard", "    distance: 400 m", '    load: "105 % threshold pace"', "    effort: hard"),
    ]
    assert [line.split(": ", 1)[1] for line in lost_of(source)] == [
        "a text at a distance is left out: cues stand at times",
        "a text during a distance is left out: how long that takes is not known",
    ]


def test_the_head_of_a_workout():
    head = (
        "<author>Ann</author><n>Sweet spot</n><description>Two blocks.\n\n  Stay seated.</description>"
        '<tags><tag name="FTP Builder"/><tag name=""/></tags>'
    )
    routine = only(zwo('<FreeRide Duration="60"/>', head=head))
    assert (routine.name, routine.source, routine.tags) == ("Sweet spot", "Ann, for Zwift", ("ftp-builder", "cycling"))
    assert routine.description == "Two blocks.\n\n  Stay seated."


def test_a_workout_without_a_name_has_that_of_its_file():
    assert only(zwo('<FreeRide Duration="60"/>', head=""), "sweet-spot").name == "sweet-spot"


def test_a_file_in_latin_1_is_read():
    assert only(zwo('<FreeRide Duration="60"/>', head="<name>Übung</name>").encode("latin-1")).name == "Übung"


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("<Jump/>", "the block <jump> is not known and is left out"),
        ('<SteadyState Power="1"/>', "a block without a duration is left out: <steadystate>"),
        ('<IntervalsT Repeat="3"/>', "intervals without a duration or without repeats are left out"),
        ('<IntervalsT Repeat="0" OnDuration="5"/>', "intervals without a duration or without repeats are left out"),
        ('<textevent timeoffset="0" message="Hi"/>', "a text outside a block is left out"),
    ],
)
def test_what_cannot_be_carried_is_listed(block, sentence):
    source = zwo('<FreeRide Duration="60"/>', block)
    assert lost_of(source) == [f"6: {sentence}"]
    assert steps_of(source) == ["  - 60s Free ride"]


def test_other_xml_is_no_workout():
    with pytest.raises(Exception, match="nothing to import"):
        read("<?xml version='1.0'?><gpx/>")
