"""The judges of sounds and clocks, on made-up figures."""

import pytest

from tests.e2e import lateness


@pytest.fixture
def machine(monkeypatch):
    """Return a function that says how late a machine let a test be, in milliseconds."""

    def make(*, late, stalled):
        monkeypatch.setattr(lateness, "slack_s", lambda: late / 1000)
        monkeypatch.setattr(lateness, "stalled_s", lambda: stalled / 1000)

    return make


STEADY = [0.0, 0.4, 0.2, 0.9]
GAP = [0.0, 0.4, 0.2, 0.9, 40.0, 40.2, 40.1, 40.9]
TWO_GAPS = [*GAP, 3.0, 3.3, 3.2, 3.1]


@pytest.mark.parametrize(
    ("off_ms", "late", "stalled", "holds"),
    [
        (STEADY, 0, 0, True),
        (GAP, 0, 0, False),
        (GAP, 0, 30, False),
        (GAP, 0, 60, True),
        (GAP, 45, 0, True),
        (TWO_GAPS, 0, 60, True),
        # Jumps at every other sound are no queue that ran dry.
        ([0.0, 0.1, 40.0, 40.1, 0.0, 0.1, 40.0, 40.1], 0, 1000, False),
        # It wanders: no gap explains that.
        ([0.5 * place for place in range(12)], 0, 1000, False),
    ],
)
def test_only_gaps_that_the_machine_explains_are_forgiven(machine, off_ms, late, stalled, holds):
    machine(late=late, stalled=stalled)
    if holds:
        lateness.assert_steady(off_ms, 1.0)
    else:
        with pytest.raises(AssertionError):
            lateness.assert_steady(off_ms, 1.0)


@pytest.mark.parametrize(
    ("sounds", "stalled", "whole"),
    [
        ([(0, 50), (190, 50)], 1000, [(0, 50), (190, 50)]),
        # A silence of 20 ms within a sound.
        ([(0, 30), (50, 20), (190, 50)], 0, [(0, 30), (50, 20), (190, 50)]),
        ([(0, 30), (50, 20), (190, 50)], 25, [(0, 70), (190, 50)]),
        # A sound too many, where the next may begin.
        ([(0, 50), (160, 50), (380, 50)], 1000, [(0, 50), (160, 50), (380, 50)]),
    ],
)
def test_a_sound_cut_in_two_is_one_where_the_machine_explains_it(machine, sounds, stalled, whole):
    machine(late=0, stalled=stalled)
    assert lateness.joined(sounds, 190, rate=1000) == whole


def test_a_test_is_charged_only_with_its_own_waiting(tmp_path, monkeypatch):
    monkeypatch.setattr(lateness, "PRESSURE", tmp_path)
    assert lateness.waited_s() == 0.0
    (tmp_path / "cpu").write_text("some avg10=0.00 avg60=0.00 avg300=0.00 total=2000000\nfull total=9\n")
    (tmp_path / "io").write_text("some avg10=0.00 avg60=0.00 avg300=0.00 total=500000\n")
    assert lateness.waited_s() == 2.5
    with lateness.watched():
        (tmp_path / "cpu").write_text("some avg10=0.00 avg60=0.00 avg300=0.00 total=2250000\n")
        assert lateness.stalled_s() == 0.25
