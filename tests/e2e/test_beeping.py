"""What is promised of beeps, heard on real servers: each case of `beeping.py` once, for some seconds."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from tests.e2e.beeping import CASES, Heard, against_plan, run
from tests.e2e.lateness import stalled_s, watched
from tests.e2e.pulse import missing_tools, skip_without

pytestmark = [pytest.mark.heard, pytest.mark.load]

SECONDS = 7
SPACING_MS = 250


@pytest.fixture(scope="module")
def quiet_runs(tmp_path_factory):
    """All cases with no load of their own, side by side: each has a server to itself."""
    folders = {
        case: tmp_path_factory.mktemp("beeps") for case in CASES if not (case.busy or missing_tools(case.server))
    }
    with watched(), ThreadPoolExecutor(len(folders) or 1) as pool:
        runs = {
            case: pool.submit(run, case, folder, seconds=SECONDS, spacing_ms=SPACING_MS)
            for case, folder in folders.items()
        }
        wait(runs.values())
        stalled_ms = 1000 * stalled_s()
    return runs, stalled_ms


@pytest.mark.parametrize("case", [case for case in CASES if not case.busy], ids=lambda case: case.name)
def test_every_beep_is_as_late_as_the_first(case, quiet_runs):
    skip_without(case.server)
    runs, stalled_ms = quiet_runs
    heard = runs[case].result()
    if (heard.missing, heard.extra) != (0, 0) or heard.worst > case.bar_ms:
        # Others had the cores or the disk meanwhile, and the server may have been held up.
        assert heard.worst <= stalled_ms, heard
        assert_even(heard, case, broken=4)


@pytest.mark.parametrize("case", [case for case in CASES if case.busy], ids=lambda case: case.name)
def test_on_a_busy_computer_beeps_are_even_from_one_gap_to_the_next(case, tmp_path):
    skip_without(case.server)
    assert_even(run(case, tmp_path, seconds=SECONDS, spacing_ms=SPACING_MS), case)


def assert_even(heard, case, *, broken=0):
    """Hold that coach makes no more of a server's gaps than the server: it loses sound, a beep at a time.

    A gap within a beep breaks it in two, of which so many may be heard.
    """
    assert heard.extra <= broken, heard
    assert heard.missing <= 4, heard
    assert heard.worst_in_a_stretch <= case.bar_ms, heard
    assert len(heard.stretches) <= heard.planned // 4, heard


@pytest.mark.parametrize(
    ("at_ms", "worst", "missing", "extra"),
    [
        ([50, 300, 550, 800], 0, 0, 0),
        ([50, 300.4, 549, 800], 1, 0, 0),
        ([50, 300, 800], 0, 1, 0),
        ([50, 300, 310, 550, 800, 1050], 0, 0, 2),
        ([], float("inf"), 4, 0),
    ],
)
def test_the_judge_sees_what_is_late_missing_and_too_much(at_ms, worst, missing, extra):
    heard = against_plan(at_ms, 4, 250)
    assert (heard.worst, heard.missing, heard.extra) == (pytest.approx(worst), missing, extra)


def test_the_judge_knows_gaps_from_wandering():
    gaps = Heard({0: 0.0, 1: 0.2, 2: 15.0, 3: 15.3, 4: 15.1, 5: 0.0}, 6, 0)
    assert [len(each) for each in gaps.stretches] == [2, 3, 1]
    assert gaps.worst_in_a_stretch == pytest.approx(0.3)
    wanders = Heard({place: 0.4 * place for place in range(6)}, 6, 0)
    assert wanders.worst_in_a_stretch == pytest.approx(2.0)
