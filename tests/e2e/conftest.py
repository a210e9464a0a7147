"""Everybody has been here before, and nobody else's work on the machine makes these tests late."""

import os
from contextlib import nullcontext, suppress

import pytest

from coach.session.notices import Confirmed
from coach.system import paths
from tests.e2e.lateness import watched


@pytest.fixture(autouse=True)
def _no_first_run(_no_machine):
    """Confirm the notices of a first run, but for tests that are about them."""
    confirmed = Confirmed(paths.data() / "confirmed.txt")
    confirmed.confirm(confirmed.missing(None))


def _looks_at_a_clock(request):
    return any(request.node.get_closest_marker(each) for each in ("heard", "clock"))


@pytest.fixture(autouse=True, scope="module")
def _before_all_others(request):
    """Let tests that look at a clock, and all they start, run before whatever else the machine does.

    Not every system allows it, and not every user. A sound server, a recorder and a terminal that wait for a core would
    be measured in place of the program. Tests with a load of
    their own are left as they are: beside it the system would not even switch.
    """
    shares = request.node.get_closest_marker("load") or not _looks_at_a_clock(request)
    if shares or not hasattr(os, "sched_setscheduler"):
        yield
        return
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    yield
    with suppress(OSError):
        os.sched_setscheduler(0, *before)


@pytest.fixture(autouse=True)
def _lateness(request):
    """Measure how late the machine lets anybody be, for the bounds of tests that look at a clock."""
    with watched() if _looks_at_a_clock(request) else nullcontext():
        yield
