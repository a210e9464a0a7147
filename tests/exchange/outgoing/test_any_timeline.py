"""Any timeline in every format: nothing is refused without a reason, and no step is lost."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from coach.cli.shared import SPORT_CHOICES
from coach.exchange.outgoing.fit_workout import export_fit
from coach.exchange.outgoing.icu import export_icu
from coach.exchange.outgoing.table import export_csv
from coach.exchange.outgoing.workout import SPORTS, workout_of
from coach.exchange.outgoing.zwo import export_zwo
from tests.builders import routine, timed, timelines
from tests.exchange.outgoing.shipped import MADE_S, messages
from tests.exchange.outgoing.test_fit_workout import LENGTH, LENGTH_KIND, TIME, unroll
from tests.exchange.outgoing.test_icu import unroll as unroll_lines


@settings(max_examples=50, deadline=None)
@given(timelines)
def test_every_format_has_every_step(timeline):
    made = workout_of(routine(timed("Plank", 5)), timeline, "run")
    steps = unroll(messages(export_fit(made, MADE_S).data, "workout_step"))
    assert [step[LENGTH] for step in steps if step[LENGTH_KIND] == TIME] == [
        step.ms for step in made.steps if step.ms is not None
    ]
    assert len(steps) == len(made.steps)
    assert len(unroll_lines(export_icu(made, MADE_S).data.decode())) == len(made.steps)
    assert len(list(csv.DictReader(io.StringIO(export_csv(made, MADE_S).data.decode())))) == len(made.steps)
    parts = ET.fromstring(export_zwo(made, MADE_S).data).find("workout")  # noqa: S314 - our own file
    assert [int(part.get("Duration")) for part in parts] == [
        max(1, (step.likely_ms + 500) // 1000) for step in made.steps
    ]


def test_the_sports_of_the_commands_are_those_of_the_formats():
    assert SPORT_CHOICES == SPORTS
