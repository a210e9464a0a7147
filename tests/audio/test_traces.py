"""The clock line on what real servers did: recorded requests are replayed, and held against the recorded sound.

`python -m tests.audio.record` makes the traces anew.
"""

import json
from pathlib import Path

import pytest

from coach.audio.clockline import ClockLine

FOLDER = Path(__file__).with_name("traces")
MS = 1_000_000
GAP_MS = 1.0
"""The sound has moved: the queue ran dry."""
FOLLOWED_S = 1.0
"""How long the line may take to follow it."""
BARS_MS = {"pulse-44-busy": 1.0}
BAR_MS = 0.5


def replay(name):
    """Return for each click since the line is there how far it is off and how far the sound has moved, in ms.

    A third number is the second of the click.
    """
    trace = json.loads((FOLDER / f"{name}.json").read_text())
    rate, step = trace["rate"], trace["step"]
    clicks = iter([(place * step, at) for place, at in enumerate(trace["heard"]) if at is not None])
    frame, heard = next(clicks)
    line, found = ClockLine(rate), []
    nexts = [first for first, _ in trace["requests"][1:]]
    for (first, clock_us), end in zip(trace["requests"], nexts, strict=False):
        line.saw(first, clock_us * 1000)
        while frame is not None and frame < end:
            if line.anchored:
                found.append(
                    (line.clock_at(frame) / MS - heard / 1000, heard / 1000 - frame * 1000 / rate, frame / rate)
                )
            frame, heard = next(clicks, (None, None))
    return found


def names():
    return sorted(each.stem for each in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", names())
def test_the_line_stays_with_the_sound(name):
    found = replay(name)
    assert len(found) > 25
    first, *_ = found[0]
    followed_s = 0.0
    for (off, moved, at_s), (_, before, _) in zip(found, [found[0], *found], strict=False):
        if abs(moved - before) > GAP_MS:
            followed_s = at_s + FOLLOWED_S
        assert at_s < followed_s or abs(off - first) <= BARS_MS.get(name, BAR_MS), (name, at_s, off - first)


def test_the_traces_hold_what_is_hard():
    """Requests wander by many milliseconds while the sound stays where it is; else the replay would say nothing."""
    wanders = {}
    for name in names():
        trace = json.loads((FOLDER / f"{name}.json").read_text())
        origins = [clock_us / 1000 - frame * 1000 / trace["rate"] for frame, clock_us in trace["requests"][5:]]
        wanders[name] = max(origins) - min(origins)
    assert wanders["pulse-44-resampled"] > 15
    assert wanders["pulse-44-others"] > 15
    assert wanders["pipewire-48"] > 5
    assert wanders["pulse-44"] < 10


def test_traces_stay_small():
    assert sum(each.stat().st_size for each in FOLDER.iterdir()) < 100_000
