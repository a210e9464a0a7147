"""What holds for every format: it is known by content, and what it gives is a routine without problems."""

from __future__ import annotations

import pytest

from coach.exchange.incoming.reading import FORMATS, read_foreign, recognised
from coach.problems import CoachError
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from tests.exchange.incoming.rig import read, reads_as_itself
from tests.exchange.incoming.samples import SAMPLES
from tests.exchange.incoming.test_timers import exercise, workout


def test_there_is_a_sample_of_every_format():
    assert list(SAMPLES) == [found.name for found in FORMATS]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_known_by_its_content_as_one_format_only(name):
    assert recognised(SAMPLES[name]).name == name


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_is_a_routine_without_problems(name):
    for routine in read(SAMPLES[name]).routines:
        assert reads_as_itself(routine)
        assert compile_routine(routine, Library().catalogue(routine)).intervals


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_is_cut_off_is_answered_in_a_sentence(name):
    data = SAMPLES[name]
    answers = []
    for end in range(0, len(data), max(1, len(data) // 25)):
        try:
            read_foreign(data[:end], "file", "file")
        except CoachError as error:
            answers.append(str(error))
    assert answers
    assert all(answer.startswith("file") for answer in answers)


def test_a_file_with_more_steps_than_anybody_has_is_refused_before_they_are_written():
    with pytest.raises(CoachError, match="more than 20000 steps"):
        read("- 1m 50%\n" * 20_001)


def test_a_file_with_more_timers_than_anybody_has_is_refused():
    with pytest.raises(CoachError, match="more than 500 timers"):
        read({"workouts": [workout((1, exercise("A", 1)))] * 501})
