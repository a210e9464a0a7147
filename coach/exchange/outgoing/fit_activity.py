"""A recorded session as a FIT activity, for training sites.

Each visit to an interval is a lap. In sports other than running and riding it is also a set, with its reps and weight.
One record per second shows the sites that the clock ran. Heart rate and calories are unknown, so they are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.exchange.outgoing.fit_codes import exercise_code
from coach.exchange.outgoing.fit_file import EPOCH_S, FitMessage, enum, fit_file, string, uint8, uint16, uint32
from coach.exchange.outgoing.fit_workout import DEVELOPMENT, FIT_SPORTS, file_id, serial_number
from coach.exchange.outgoing.workout import MOVING, Exported, Losses, is_on_foot
from coach.problems import CoachError
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coach.exchange.outgoing.fit_file import FitField
    from coach.exchange.outgoing.workout import Sport
    from coach.history.past import Past, PastVisit

_SESSION, _LAP, _RECORD, _EVENT, _DEVICE, _ACTIVITY, _SET = 18, 19, 20, 21, 23, 34, 225
_ACTIVITY_FILE = 4
_TIMER, _SESSION_EVENT, _LAP_EVENT, _ACTIVITY_EVENT = 0, 8, 9, 26
_START, _STOP, _STOP_ALL = 0, 1, 4
_BY_HAND, _BY_TIME, _BY_DISTANCE = 0, 1, 2
_UNKNOWN_EXERCISE = 65534
_LATEST = 2**32 - 2
"""The last second that FIT knows, in 2126."""
MOST_RECORDS = 20_000
"""Longer sessions have a record every few seconds."""
_WEIGHT = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*(kg|lb)")
_KG_PER_LB = 0.45359237


@frozen
class _Dated:
    """A message and the moment it belongs to; `rank` orders messages of one second."""

    at_s: int
    rank: int
    message: FitMessage


def export_activity(session: Past, visits: Sequence[PastVisit], sport: Sport | None = None) -> Exported:
    """Return a session of the history as a FIT activity.

    Args:
        session: The session.
        visits: What was done in it, in any order.
        sport: The sport that the person chose; None guesses it.

    Raises:
        CoachError: it can still be resumed, or nothing of it ran.
    """
    if session.state == "unfinished":
        raise CoachError(f"{session.name} can still be resumed: finish or save it with `coach resume` first")
    ran = sorted((visit for visit in visits if visit.active_ms > 0), key=lambda visit: visit.entered_ms)
    if not ran:
        raise CoachError(f"nothing of {session.name} ran, so there is no activity to export")
    activity = _Activity(session, ran, sport or _likely_sport(ran))
    losses = Losses(f"{session.name}, {session.started:%Y-%m-%d %H:%M}", "FIT")
    if session.feeling:
        losses.add("how the session felt")
    if session.note:
        losses.add("your note")
    if any(visit.paused_ms for visit in ran):
        losses.add("when a pause began: it stands at the end of its interval")
    if session.score.rounds is not None:
        losses.add("the rounds of an AMRAP")
    return Exported(fit_file(activity.messages()), losses.problems())


def _likely_sport(visits: Sequence[PastVisit]) -> Sport:
    work = [visit for visit in visits if visit.kind == "work"]
    moving = sum(visit.active_ms for visit in work if visit.distance_mm is not None or is_on_foot(visit.title))
    if moving * 2 > sum(visit.active_ms for visit in work):
        return "run"
    return "strength" if any(visit.reps for visit in work) else "cardio"


class _Activity:
    """The messages of one activity, which share the moment it began."""

    def __init__(self, session: Past, visits: Sequence[PastVisit], sport: Sport) -> None:
        self._session = session
        self._visits = visits
        self._sport = sport
        self._began_s = int(session.started.timestamp()) - EPOCH_S

    def messages(self) -> Iterator[FitMessage]:
        """Yield the file: what it is, then everything in order of time, then its sums."""
        serial = serial_number(self._session.id.encode())
        yield FitMessage(0, file_id(_ACTIVITY_FILE, serial, self._began_s + EPOCH_S))
        device = (uint8(0, 0), uint16(2, DEVELOPMENT), uint16(4, 1), string(27, "coach"))
        yield FitMessage(_DEVICE, (self._time(253, self._visits[0].entered_ms), *device))
        dated = [*self._timer(), *self._records(), *self._laps()]
        yield from (entry.message for entry in sorted(dated, key=lambda entry: (entry.at_s, entry.rank)))
        yield from self._sums()

    def _at(self, ms: int) -> int:
        """Return a moment of the session's clock in FIT's seconds."""
        return min(max(0, self._began_s + ms // 1000), _LATEST)

    def _time(self, number: int, ms: int) -> FitField:
        return uint32(number, self._at(ms))

    @property
    def _first_ms(self) -> int:
        return self._visits[0].entered_ms

    @property
    def _last_ms(self) -> int:
        return max(visit.left_ms for visit in self._visits)

    def _event(self, ms: int, kind: int, rank: int) -> _Dated:
        return _Dated(self._at(ms), rank, FitMessage(_EVENT, (self._time(253, ms), enum(0, _TIMER), enum(1, kind))))

    def _timer(self) -> Iterator[_Dated]:
        """Yield the starts and stops of the clock."""
        yield self._event(self._first_ms, _START, 0)
        for visit in self._visits:
            if visit.paused_ms >= 1000:
                yield self._event(visit.left_ms - visit.paused_ms, _STOP, 4)
                yield self._event(visit.left_ms, _START, 0)
        yield self._event(self._last_ms, _STOP_ALL, 5)

    def _records(self) -> Iterator[_Dated]:
        step_s = 1 + sum(visit.active_ms for visit in self._visits) // 1000 // MOST_RECORDS
        last = -1
        for visit in self._visits:
            begins, ends = self._at(visit.entered_ms), self._at(visit.left_ms - visit.paused_ms)
            for second in range(max(begins, last + 1), ends + 1, step_s):
                last = second
                yield _Dated(second, 1, FitMessage(_RECORD, (uint32(253, second),)))

    def _laps(self) -> Iterator[_Dated]:
        """Yield a lap for each visit, and a set where the sport has sets."""
        for number, visit in enumerate(self._visits):
            ends = self._at(visit.left_ms)
            if self._sport not in MOVING:
                yield _Dated(ends, 2, FitMessage(_SET, self._set(number, visit)))
            yield _Dated(ends, 3, FitMessage(_LAP, self._lap(number, visit)))

    def _set(self, number: int, visit: PastVisit) -> tuple[FitField, ...]:
        is_work = visit.kind == "work"
        fields = [
            self._time(254, visit.left_ms),
            uint32(0, visit.active_ms),
            uint8(5, 1 if is_work else 0),
            self._time(6, visit.entered_ms),
            uint16(10, number),
        ]
        if not is_work:
            return tuple(fields)
        if visit.reps is not None:
            fields.append(uint16(3, visit.reps))
        if visit.load and (weight := _WEIGHT.search(visit.load)):
            kg = float(weight[1]) * (_KG_PER_LB if weight[2] == "lb" else 1)
            fields.append(uint16(4, round(kg * 16)))
        code = exercise_code(visit.exercise, visit.title)
        fields.append(uint16(7, code[0] if code else _UNKNOWN_EXERCISE))
        if code:
            fields.append(uint16(8, code[1]))
        return tuple(fields)

    def _lap(self, number: int, visit: PastVisit) -> tuple[FitField, ...]:
        trigger = _BY_DISTANCE if visit.distance_mm else _BY_TIME if visit.ending == "clock" else _BY_HAND
        return (
            uint16(254, number),
            self._time(253, visit.left_ms),
            self._time(2, visit.entered_ms),
            *_times((visit,)),
            *((uint32(9, visit.distance_mm // 10),) if visit.distance_mm else ()),
            enum(0, _LAP_EVENT),
            enum(1, _STOP),
            enum(23, 0 if visit.kind == "work" else 1),
            enum(24, trigger),
        )

    def _sums(self) -> Iterator[FitMessage]:
        ends = self._time(253, self._last_ms)
        elapsed, timer = _times(self._visits)
        far_mm = sum(visit.distance_mm or 0 for visit in self._visits)
        sport, sub_sport = FIT_SPORTS[self._sport]
        yield FitMessage(
            _SESSION,
            (
                uint16(254, 0),
                ends,
                self._time(2, self._first_ms),
                elapsed,
                timer,
                *((uint32(9, far_mm // 10),) if far_mm else ()),
                enum(5, sport),
                enum(6, sub_sport),
                uint16(25, 0),
                uint16(26, len(self._visits)),
                enum(0, _SESSION_EVENT),
                enum(1, _STOP),
                enum(28, 0),
            ),
        )
        offset = self._session.started.utcoffset()
        local_ms = self._last_ms + (round(offset.total_seconds()) * 1000 if offset else 0)
        yield FitMessage(
            _ACTIVITY,
            (
                ends,
                uint32(0, timer.value if isinstance(timer.value, int) else 0),
                uint16(1, 1),
                enum(2, 0),
                enum(3, _ACTIVITY_EVENT),
                enum(4, _STOP),
                self._time(5, local_ms),
            ),
        )


def _times(visits: Iterable[PastVisit]) -> tuple[FitField, FitField]:
    """Return how long visits lasted with their pauses, and without, in milliseconds."""
    active_ms = paused_ms = 0
    for visit in visits:
        active_ms += visit.active_ms
        paused_ms += visit.paused_ms
    return uint32(7, active_ms + paused_ms), uint32(8, active_ms)
