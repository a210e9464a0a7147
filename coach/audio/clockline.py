"""Work out when each frame of sound is due: the device's frames against the computer's clock.

A device counts frames with its own crystal, up to a few hundred millionths off, and asks for more of them in requests.
A request shows the earliest time at which its frames can leave. Other programs, a resampler and the server's own blocks
move requests by many milliseconds while no sample moves, and a busy computer makes them late. So the line follows only
changes that last and could be a crystal's: requests may jump or ramp, and the line stays where it is.

The line lies at the lower edge of the requests, because they can be late but hardly early. The constants were chosen
with recordings of PulseAudio and PipeWire that have both the requests and the sound that was heard.

Times are in nanoseconds, positions in frames. Nothing here knows the time.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SECOND = 1_000_000_000
MS = 1_000_000

STEADY_REQUESTS = 5
STEADY_NS = 300 * MS
STEADY_SPREAD_NS = 30 * MS
"""A device runs steadily after this many requests, over this long, this close to each other."""
PATIENCE_REQUESTS = 60
"""A device that is not steady after this many requests will not get better."""

BLOCK_NS = 4 * SECOND
"""The earliest request of a block represents it: even on the busiest computer one in this long is on time."""
SLIP_NS = 2_500_000
"""Blocks further apart than this do not differ because of a crystal: 600 millionths."""
ALIKE_BLOCKS_NS = 1_500_000
"""After a slip, blocks this close to each other show that it is over: slightly more than the worst crystal makes."""
POINTS = 15
"""How many blocks the drift is computed from."""
PROOF_POINTS = 4
DEADBAND_NS = 500_000
"""A smaller error is not corrected: nobody hears half a millisecond, and every correction is a risk."""
SURE = 3.0
"""How many standard errors from zero an error or slope must be to be believed."""
STEEPEST = 300e-6
"""The worst crystal: a steeper slope is not the device's."""
STEP_NS = 2 * MS
"""The largest correction after one block."""
SLIDE = 1e-3
"""How fast a correction is applied: 1 ms per second is too little to hear between two ticks."""

FAR_NS = 25 * MS
"""A request this far off the line is ignored; several in a row on one side are a gap."""
FAR_IN_A_ROW = 5
QUEUE_NS = 150 * MS
"""No queue is longer. A later request finds it empty, so the sound has moved, too."""

CALM_NS = 500_000
SPIKE_NS = 5_500_000
WATCH = 10
DIP_NS = 2 * MS
ALIKE_NS = 400_000
PEAK_NS = 3_500_000
TALL_NS = 15 * MS
FEW_ALIKE = 2
"""A queue that runs dry for a moment: after `STEADY_REQUESTS` within `CALM_NS` of the line one comes later than
`SPIKE_NS`, and of the next `WATCH` nearly all are within `ALIKE_NS` of each other, more than `DIP_NS` after the line
and `PEAK_NS` before the late one. On a busy computer requests scatter; then it is enough that the earliest
`FEW_ALIKE` are, behind one that is `TALL_NS` later. Requests that move alone have no such peak."""


@dataclass(slots=True)
class ClockLine:
    """The clock of each frame. Call `saw` with every request, in order.

    The clock of a frame is when the request that starts with it comes, or would come.
    """

    rate: int
    """The device's nominal rate, in frames per second."""
    anchored: bool = False
    """Whether the line can be used; once true it stays true."""
    _level: float = 0.0
    """The clock of frame 0 by this line."""
    _aim: float = 0.0
    """Where the level slides to."""
    _slip: float = 0.0
    """How much later than the line the requests come, although the sound has not moved."""
    _clock: int = 0
    _first: list[tuple[float, int]] = field(default_factory=list)
    """Requests so far, while there is no line: the clock that frame 0 has by each, and its own clock."""
    _has_begun: bool = False
    _block: float | None = None
    """The earliest request of the block under way, as the clock that frame 0 has by it."""
    _block_from: int = 0
    _before: tuple[float, float] | None = None
    """The block before: the clock of its middle, and its earliest request."""
    _points: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=POINTS))
    """Blocks since the last slip: the clock of the middle, and where they would have the level."""
    _slope: float = 0.0
    _slipping: int = 0
    """How many blocks still have to pass before a slip can be over."""
    _sets_level: bool = False
    """Whether the next block says where the level is, as after a gap."""
    _far: list[float] = field(default_factory=list)
    _fresh: int = 0
    """How many of the next requests may still pull the line back after a dry queue."""
    _calm: int = 0
    _watch: list[float] | None = None

    def clock_at(self, frame: int) -> int:
        """Return the clock of `frame`."""
        return round(self._level + frame * SECOND / self.rate)

    def frame_at(self, clock_ns: int) -> int:
        """Return the frame whose clock is nearest to `clock_ns`."""
        return round((clock_ns - self._level) * self.rate / SECOND)

    def saw(self, frame: int, clock_ns: int) -> None:
        """Record that the device asked at `clock_ns` for frames from `frame` on."""
        origin = clock_ns - frame * SECOND / self.rate
        if not self.anchored:
            self._settle(origin, clock_ns)
            return
        self._slide(clock_ns)
        if clock_ns >= self._block_from + BLOCK_NS:
            self._end_block(clock_ns)
        late = origin - self._level - self._slip
        if late > QUEUE_NS:
            self._move(late, clock_ns)
            self._fresh = STEADY_REQUESTS
        elif self._fresh:
            # The first requests after a gap refill the queue in a burst; the earliest shows the new position.
            self._fresh -= 1
            if late < 0 or not self._fresh:
                self._move(min(late, 0.0), clock_ns)
        elif abs(late) > FAR_NS:
            self._missed(late, clock_ns)
        else:
            self._far.clear()
            self._block = origin if self._block is None else min(self._block, origin)
        self._look_for_a_dip(late, clock_ns)

    def _settle(self, origin: float, clock_ns: int) -> None:
        """Anchor the line once the last requests agree, or when waiting longer would not help."""
        if not self._has_begun:
            # A fresh stream asks once and then stalls.
            self._has_begun = True
            return
        self._first.append((origin, clock_ns))
        steady = self._steady()
        long = clock_ns - self._first[-len(steady)][1] >= STEADY_NS
        if len(self._first) >= PATIENCE_REQUESTS:
            steady = sorted(origin for origin, _ in self._first)
        elif len(steady) < STEADY_REQUESTS or not long:
            return
        self._level = self._aim = steady[1]
        self._clock = self._block_from = clock_ns
        self._block = steady[0]
        self._first.clear()
        self.anchored = True

    def _steady(self) -> list[float]:
        """Return the origins of the last requests that agree, earliest first."""
        agreeing: list[float] = []
        for origin, _ in reversed(self._first):
            if agreeing and max(origin, agreeing[-1]) - min(origin, agreeing[0]) > STEADY_SPREAD_NS:
                break
            insort(agreeing, origin)
        return agreeing

    def _slide(self, clock_ns: int) -> None:
        """Apply the pending correction, gradually."""
        most = max(0, clock_ns - self._clock) * SLIDE
        self._level += max(-most, min(most, self._aim - self._level))
        self._clock = clock_ns

    def _missed(self, late: float, clock_ns: int) -> None:
        """Note a request far off the line; when several on one side agree, the sound has moved."""
        if self._far and (self._far[-1] > 0) != (late > 0):
            self._far.clear()
        self._far.append(late)
        newest = self._far[-3:]
        # Requests that are still catching up do not count yet.
        if len(self._far) >= FAR_IN_A_ROW and max(newest) - min(newest) <= STEADY_SPREAD_NS:
            self._move(min(newest), clock_ns)

    def _look_for_a_dip(self, late: float, clock_ns: int) -> None:
        """Detect that the queue ran dry for a moment too short to count as far."""
        if self._watch is not None:
            self._watch.append(late)
            if len(self._watch) > WATCH:
                peak, *rest = self._watch
                self._watch = None
                rest.sort()
                alike = sum(other - rest[0] <= ALIKE_NS for other in rest)
                over = peak - rest[1]
                if rest[1] > DIP_NS and (
                    (over >= PEAK_NS and alike >= WATCH - 2) or (over >= TALL_NS and alike >= FEW_ALIKE)
                ):
                    self._move(rest[1], clock_ns)
        elif late > SPIKE_NS and self._calm >= STEADY_REQUESTS:
            self._watch = [late]
        self._calm = self._calm + 1 if abs(late) <= CALM_NS else 0

    def _move(self, by: float, clock_ns: int) -> None:
        """Move the line at once, and forget the blocks so far."""
        self._level += by
        self._aim = self._level
        self._points.clear()
        self._far.clear()
        self._slope, self._slipping, self._before = 0.0, 0, None
        self._block, self._block_from, self._sets_level = None, clock_ns, True
        self._watch, self._calm = None, 0

    def _end_block(self, clock_ns: int) -> None:
        """Evaluate the block that has passed, and begin the next."""
        earliest, middle = self._block, (self._block_from + clock_ns) / 2
        self._block, self._block_from = None, clock_ns
        if earliest is None:
            return
        before, self._before = self._before, (middle, earliest)
        if before is None:
            if self._sets_level:
                self._level = self._aim = earliest - self._slip
            else:
                self._slip = earliest - self._level
            self._sets_level = False
            self._points.append((middle, earliest - self._slip))
            return
        change = abs(earliest - before[1] - self._slope * (middle - before[0]))
        if self._slipping:
            self._slipping -= 1
            if change <= ALIKE_BLOCKS_NS and not self._slipping:
                self._slipped((earliest + before[1]) / 2 - self._aim)
                self._points.append((middle, earliest - self._slip))
            elif not self._slipping:
                self._slipping = 1
        elif change > SLIP_NS:
            self._points.clear()
            self._slope, self._slipping = 0.0, 2
        else:
            self._points.append((middle, earliest - self._slip))
            self._correct(clock_ns)

    def _slipped(self, slip: float) -> None:
        """Set how much later than the line requests come from now on."""
        self._slip = slip
        if abs(slip) > FAR_NS:
            self._level += slip
            self._aim, self._slip = self._level, 0.0

    def _correct(self, clock_ns: int) -> None:
        """Aim the level at the line through the last blocks, if the error is significant."""
        if len(self._points) < PROOF_POINTS:
            return
        self._slope, level, doubt = _fitted(self._points, clock_ns)
        error = level - self._level
        if abs(error) > max(DEADBAND_NS, SURE * doubt):
            self._aim = self._level + max(-STEP_NS, min(STEP_NS, error))


def _fitted(points: Sequence[tuple[float, float]], at: float) -> tuple[float, float, float]:
    """Fit a line; return its slope (0 unless significant), its value at `at`, and the standard error of that."""
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    variance = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points) / (count - 2)
    if abs(slope) > SURE * sqrt(variance / spread) and abs(slope) <= STEEPEST:
        distance = at - mean_x
        return slope, mean_y + slope * distance, sqrt(variance * (1 / count + distance**2 / spread))
    variance = sum((y - mean_y) ** 2 for _, y in points) / (count - 1)
    return 0.0, mean_y, sqrt(variance / count)
