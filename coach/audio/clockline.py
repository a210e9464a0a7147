"""When a frame's turn comes: the device's frames held against the computer's clock.

A device counts frames with a crystal of its own, up to a few hundred millionths off, and asks for more of them at
moments that jitter. Neither is the truth: following every request would move a beep by the jitter, following none would
let it drift away. So a straight line is fitted through the requests of the last minute, and followed slowly.

Times are nanoseconds, positions are frames. Nothing here knows what time it is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SECOND = 1_000_000_000
SPAN_S = 60
"""How many seconds of requests the line is fitted through: 1500 of them, so 10 ms of jitter averages to 0.3 ms."""
DEADBAND_NS = 500_000
"""A line nearer than this is left alone: nobody hears half a millisecond, and every correction is a risk."""
STEP_NS = 1_000_000
"""The most a line moves in a second: five times the worst crystal, and too little to be heard between two ticks."""
OFF_NS = 15_000_000
"""A request this far off the line is not jitter: it is not fitted, and several of them are an underrun."""
OFF_IN_A_ROW = 5
STEADY_REQUESTS = 5
STEADY_NS = 300_000_000
"""So many requests, over so long, within `OFF_NS` of a line of their own make a device that has got going."""
KEPT_REQUESTS = 25
PATIENCE_REQUESTS = 60
"""A device that has asked so often and never was steady is as good as it gets."""
SLOPE_DOUBT = 25.0
"""How little a slope is believed, in square seconds: (1 ms of jitter from second to second / 200 millionths of drift)
squared."""


@dataclass(slots=True)
class ClockLine:
    """The clock of each frame; feed it every request with `saw`, in order.

    The clock of a frame is when the request that starts with it comes, or would come.
    """

    rate: int
    """Frames in a second of the device, in name."""
    anchored: bool = False
    """Whether the line may be used; it stays so once it is."""
    _frame: int = 0
    _clock: float = 0.0
    _shift: float = 0.0
    _first: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=KEPT_REQUESTS))
    _requests: int = 0
    _points: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=SPAN_S))
    """What each of the last seconds comes to: seconds of frames since the anchor, nanoseconds late against it."""
    _second: list[tuple[float, float]] = field(default_factory=list)
    """The requests of the second under way, likewise."""
    _second_end: int = 0
    _off: deque[float] = field(default_factory=lambda: deque(maxlen=OFF_IN_A_ROW))

    def clock_at(self, frame: int) -> int:
        """Return the clock of `frame`."""
        return round(self._clock + self._shift + (frame - self._frame) * SECOND / self.rate)

    def frame_at(self, clock_ns: int) -> int:
        """Return the frame whose clock is nearest to `clock_ns`."""
        return self._frame + round((clock_ns - self._clock - self._shift) * self.rate / SECOND)

    def saw(self, frame: int, clock_ns: int) -> None:
        """Take in that the device asked at `clock_ns` for frames from `frame` on."""
        if not self.anchored:
            self._settle(frame, clock_ns)
            return
        late = clock_ns - self._clock - (frame - self._frame) * SECOND / self.rate
        off = late - self._shift
        if abs(off) > OFF_NS:
            self._missed(off)
            return
        self._off.clear()
        self._second.append(((frame - self._frame) / self.rate, late))
        if clock_ns >= self._second_end:
            self._points.append(_middle(self._second))
            self._correct((frame - self._frame) / self.rate)
            self._second.clear()
            self._second_end = clock_ns + SECOND

    def _settle(self, frame: int, clock_ns: int) -> None:
        """Anchor the line when the last requests lie on one, or when waiting longer would not help."""
        self._requests += 1
        self._first.append((frame, clock_ns))
        steady = self._steady()
        long = (frame - self._first[-len(steady)][0]) * SECOND >= STEADY_NS * self.rate
        if self._requests >= PATIENCE_REQUESTS:
            steady = self._lates()
        elif len(steady) < STEADY_REQUESTS or not long:
            return
        _, middle = _middle([(0.0, late) for late in steady])
        self._frame, self._clock = frame, frame * SECOND / self.rate + middle
        self._second_end = clock_ns + SECOND
        self.anchored = True
        for at, clock in self._first:
            self.saw(at, clock)

    def _lates(self) -> list[float]:
        """Return the clock of frame 0 as each of the last requests has it, newest first."""
        return [clock - at * SECOND / self.rate for at, clock in reversed(self._first)]

    def _steady(self) -> list[float]:
        """Return those of the last requests that agree, newest first."""
        agreeing: list[float] = []
        for late in self._lates():
            if agreeing and max(late, *agreeing) - min(late, *agreeing) > 2 * OFF_NS:
                break
            agreeing.append(late)
        return agreeing

    def _missed(self, off: float) -> None:
        """Count a request far off the line; when several agree on a side, the queue has run dry: anchor anew."""
        if self._off and (self._off[-1] > 0) != (off > 0):
            self._off.clear()
        self._off.append(off)
        if len(self._off) == OFF_IN_A_ROW:
            # The first ones after a gap refill the queue in a burst; the later ones are the new pace.
            self._shift += sorted(list(self._off)[-3:])[1]
            self._off.clear()
            self._points.clear()
            self._second.clear()

    def _correct(self, x: float) -> None:
        """Move the line towards the one fitted through the last minute, taken at `x`."""
        mean_x, mean_y = _mean(self._points)
        spread = sum((at - mean_x) ** 2 for at, _ in self._points)
        slope = sum((at - mean_x) * (late - mean_y) for at, late in self._points) / (spread + SLOPE_DOUBT)
        error = mean_y + slope * (x - mean_x) - self._shift
        if abs(error) > DEADBAND_NS:
            self._shift += max(-STEP_NS, min(STEP_NS, error))


def _middle(requests: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of the half that is neither soonest nor latest: a busy computer is late now and then."""
    quarter = len(requests) // 4
    return _mean(sorted(requests, key=itemgetter(1))[quarter : len(requests) - quarter])


def _mean(points: Collection[tuple[float, float]]) -> tuple[float, float]:
    return sum(at for at, _ in points) / len(points), sum(late for _, late in points) / len(points)
