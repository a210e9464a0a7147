"""A session on a fake clock, with a pretend player: what was heard is known to the millisecond."""

from __future__ import annotations

from coach.session.machine import next_due_ms, step
from coach.session.state import Heard, Left, Message, Options, Over, Silence, SoundPlan, Start, State, Tick, Undone


class Simulation:
    """Runs the machine through commands at times.

    `heard` lists (reading of the clock, sound); `places` lists (interval, offset in it, sound) without count-ins.
    """

    def __init__(self, timeline, *, lead_ms=0, queue_ms=0, **options) -> None:
        self.state = State(timeline, Options(lead_ms=lead_ms, **options))
        self.queue_ms = queue_ms
        self.now = 0
        self.plan = []
        self.heard = []
        self.places = []
        self.visits = []
        self.effects = []
        self.over = None

    @property
    def notices(self):
        """The sentences that were shown."""
        return [each.text for each in self.effects if isinstance(each, Message)]

    def start(self, index=0):
        return self.do(Start(index))

    def do(self, command):
        """Carry out a command now, and keep what it had for effects."""
        self.state, effects = step(self.state, command, self.now)
        self.effects += effects
        for effect in effects:
            match effect:
                case SoundPlan(signals=signals):
                    begun = set(self.heard)
                    self.plan = [each for each in signals if each not in begun]
                case Silence():
                    self.plan = []
                case Left(visit=visit):
                    self.visits.append(visit)
                case Undone(visits=visits):
                    assert visits <= len(self.visits)
                    del self.visits[len(self.visits) - visits :]
                case Over(at_ms=at_ms, complete=complete):
                    self.over = (at_ms, complete)
        if self.state.mode != "over":
            self.over = None  # its end may have been taken back
        return self

    def advance(self, ms):
        """Let time pass, waking when the machine wants to."""
        end = self.now + ms
        while True:
            due = next_due_ms(self.state)
            until = end if due is None or due > end else max(due, self.now)
            self._play(until)
            self.now = until
            self.do(Tick())
            if until == end:
                self._play(until)
                return self

    def _play(self, until):
        """Lay every planned signal up to the queue's length ahead, as the sound process does."""
        while self.plan and self.plan[0][0] <= until + self.queue_ms:
            at_ms, sound = self.plan.pop(0)
            self.heard.append((at_ms, sound))
            self._note_place(at_ms, sound)
            self.now = max(self.now, min(until, at_ms - self.queue_ms))
            self.do(Heard(at_ms))

    def _note_place(self, at_ms, sound):
        if self.state.mode == "count_in" and at_ms <= self.state.reached_ms:
            return
        base, index = self.state.origin_ms, self.state.index
        intervals = self.state.timeline.intervals
        while intervals[index].limit_ms is not None and at_ms - base >= intervals[index].limit_ms and sound != "finish":
            base += intervals[index].limit_ms
            index += 1
        self.places.append((index, at_ms - base, sound))
