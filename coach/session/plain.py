"""A session as lines of text: for pipes, screen readers, and terminals that can do no more.

Each change is one line, without a ticking clock. Commands are lines, too: an empty one means done or, in a pause,
resume; the first letters of pause, next, back, again, round, undo and quit stand for those. A line that would end the
session early is asked about first. `t 8` cuts what is left to eight minutes.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol, TextIO

from coach.history.tally import reckon
from coach.plan.ready import paces_for
from coach.session.glossary import KEY_WORDS
from coach.session.runner import IN_THE_SHELL, Runner
from coach.session.state import Back, CountRound, Done, Next, Pause, Quit, Restart, Resume, Undo
from coach.session.view import rounds_done
from coach.system.shutdown import handling
from coach.timeline.wording import (
    amount,
    at_most,
    clock,
    condition,
    countdown_seconds,
    effort_words,
    items_line,
    label,
    set_and_rounds,
    total_length,
)

if TYPE_CHECKING:
    from coach.session.place import Resumed
    from coach.session.setup import SessionSetup
    from coach.session.state import Command
    from coach.timeline.model import Interval, Timeline

_BY_LETTER: dict[str, tuple[str, Command]] = {
    "p": ("pause", Pause()),
    "n": ("next", Next()),
    "b": ("back", Back()),
    "a": ("restart", Restart()),
    "r": ("round", CountRound()),
    "u": ("undo", Undo()),
    "q": ("quit", Quit()),
}
LINE_COMMANDS: dict[str, Command] = {letter: command for letter, (_, command) in _BY_LETTER.items()}
_HOW_TO = "i"
"""The letter that shows how the exercise is done; it is no command of the session."""
_SHORTEN = re.compile(r"t\s*(\d{1,3})?(?:\s*m(?:in)?)?")
"""The line that cuts what is left of the session, to five minutes or to as many as it says."""
_NAMES = {letter: name for letter, (name, _) in _BY_LETTER.items()} | {_HOW_TO: "how-to", "t": "shorten"}
_LETTERS = ", ".join(f"{letter} {KEY_WORDS[name]}" for letter, name in _NAMES.items())
HELP = f"Enter: {KEY_WORDS['done']}, or {KEY_WORDS['resume']}. {_LETTERS}, each with Enter."
QUESTION = "End now? Your progress is saved. y end, Enter keep going."
_YES = ("y", "yes", "q")
"""What ends the session after the question; a second q does, too."""
HOW_TO_RESUME = "Press Enter to resume, or a to start this part again."
OPEN_SECONDS = 30.0
"""How long an open interval lasts when the input has ended, so that nobody can say that it is done."""

RING_OUT_S = 1.5
"""How long the sound stays open after the end, for the finish, which takes about 1.2 s."""


class Inbox(Protocol):
    """A source of lines. `at_end` means that no more will come."""

    at_end: bool

    def wake(self) -> None:
        """End the waiting; may be called from any thread."""

    def wait(self, timeout_s: float | None) -> str | None:
        """Return the next line, or None after `timeout_s` seconds or when woken."""


class LineReader:
    """Reads lines on a thread of its own, because there is no portable way to wait for a line and a clock at once."""

    def __init__(self, source: TextIO) -> None:
        self.at_end = False
        self._source = source
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def wake(self) -> None:
        """Let `wait` return."""
        self._lines.put(None)

    def wait(self, timeout_s: float | None) -> str | None:
        """Return the next line, or None after `timeout_s` seconds or when woken."""
        try:
            return self._lines.get(timeout=timeout_s)
        except Empty:
            return None

    def _read(self) -> None:
        try:
            for line in self._source:
                self._lines.put(line)
        except (OSError, ValueError):
            pass  # An input that is closed or cannot be read is at its end.
        self.at_end = True
        self.wake()


class PlainSession:
    """Runs one session on lines of text. Only the inbox ever waits.

    Args:
        timeline: What to do.
        setup: Player, settings, clock and journal.
        open_seconds: How long an open interval lasts once the input has ended.
        out: Where lines are written; standard output unless given.
        inbox: Where commands come from; standard input unless given.
        resumed: A session that was cut off, to continue with.
    """

    def __init__(
        self,
        timeline: Timeline,
        setup: SessionSetup,
        *,
        open_seconds: float = OPEN_SECONDS,
        out: TextIO | None = None,
        inbox: Inbox | None = None,
        resumed: Resumed | None = None,
    ) -> None:
        self._planned = timeline
        self._out = out or sys.stdout
        self._inbox: Inbox = inbox or LineReader(sys.stdin)
        self._open_ms = int(open_seconds * 1000)
        self._said: tuple[int, str] | None = None
        self._rounds = 0
        self._trouble: str | None = None
        self._where = str(resumed.place["where"]) if resumed else ""
        self._suspending = False
        self._asked_about: Command | None = None
        """What would end the session, while the question waits for its answer."""
        self.left_with: int | None = None
        """The exit code, when a signal of the system ended the session."""
        self.runner = Runner(timeline, setup, host=self, resumed=resumed)

    def run(self, first_index: int = 0) -> bool:
        """Run to the end, and return whether the session was completed."""
        timeline = self.runner.state.timeline
        self._say(f"{timeline.name}, {total_length(timeline, paces_for(timeline))}. {HELP}")
        if self._where:
            self._say(f"You were at: {self._where}. Paused. {HOW_TO_RESUME}")
        self.runner.open(first_index)
        try:
            with handling(lambda *_: self._suspend_soon(), "SIGTSTP"):
                while not self.runner.is_over and self.left_with is None:
                    self._wait()
        except KeyboardInterrupt:
            self.runner.do(Quit())
            raise
        finally:
            self.runner.close(drain_s=RING_OUT_S if self.runner.state.complete else 0.0)
        return self.runner.state.complete

    def leave(self, code: int) -> None:
        """Leave soon with an exit code; called from a signal handler. The session can be resumed."""
        self.left_with = code
        self._inbox.wake()

    def changed(self) -> None:
        """Print the rounds, the phase and the cue if they are new, and why there is no sound."""
        if self.runner.trouble != self._trouble:
            self._trouble = self.runner.trouble
            self._say(f"No sound: {self._trouble}" if self._trouble else "Sound is back.")
        state = self.runner.state
        if state.rounds != self._rounds:
            self._rounds = state.rounds
            self._say(f"  {'. '.join(part for part in (rounds_done(state), state.next_round) if part)}")
        if state.mode != "running":
            return
        line = _phase_line(state.interval, state.elapsed_ms(self.runner.now_ms), state.timeline, state.index)
        if line and (state.index, line) != self._said:
            self._said = (state.index, line)
            self._say(line)

    def entered(self, index: int) -> None:
        """Say which interval has begun."""
        self._said = None
        self._rounds = 0
        intervals = self.runner.state.timeline.intervals
        self._say(_interval_line(intervals[index], is_last=index == len(intervals) - 1))

    def notice(self, text: str) -> None:
        """Print a sentence, and how to resume when it is the reason for a pause."""
        self._say(f"{text} Paused. {HOW_TO_RESUME}" if text == self.runner.paused_because else text)

    def stand_in(self, sound: str) -> None:  # noqa: ARG002 - one bell for every sound
        """Ring the bell where there is one."""
        if self._out.isatty():
            self._out.write("\a")
            self._out.flush()

    def over(self, *, complete: bool) -> None:
        """Print how the session ended."""
        from coach.history.report.text import length, outcome_words, score_words  # not before the end

        reckoning = reckon(self._planned, self.runner.visits, reached_end=complete, left_out=self.runner.state.left_out)
        score = score_words(reckoning.outcome.score)
        lines = [f"Score: {score}"] if score else []
        self._say(". ".join([*lines, f"{outcome_words(reckoning.outcome)}: {length(reckoning.active_ms)} done."]))

    def poke(self) -> None:
        """Wake the loop."""
        self._inbox.wake()

    def _wait(self) -> None:
        """Sleep until something is due or a line comes, and act on it."""
        line = self._inbox.wait(self._patience_s())
        if self._suspending:
            self._suspend()
        if line is not None:
            self._obey(line.strip().casefold())
        self.runner.wake()
        if self._inbox.at_end and self._asked_about is not None:
            self._answer("y")  # nobody is left to answer
        if self._inbox.at_end and self.runner.state.mode == "paused":
            self.runner.do(Resume())  # nobody is left to press Enter
        if self._done_by_itself and self._open_left_ms() <= 0:
            self.runner.do(Done())

    @property
    def _done_by_itself(self) -> bool:
        """Whether open work is running and nobody is there to end it."""
        state = self.runner.state
        return self._inbox.at_end and state.mode == "running" and state.interval.open

    def _patience_s(self) -> float | None:
        due = self.runner.next_wake_s()
        if self._done_by_itself:
            left_s = max(0.0, self._open_left_ms() / 1000 / self.runner.speed)
            due = left_s if due is None else min(due, left_s)
        return due

    def _open_left_ms(self) -> int:
        planned = self.runner.state.interval.planned_ms
        return (self._open_ms if planned is None else planned) - self.runner.state.elapsed_ms(self.runner.now_ms)

    def _suspend_soon(self) -> None:
        self._suspending = True
        self._inbox.wake()

    def _suspend(self) -> None:
        """Pause, and give the terminal back to the shell until `fg`."""
        self._suspending = False
        self.runner.stand_still(IN_THE_SHELL)
        os.kill(os.getpid(), signal.SIGSTOP)
        self.notice(IN_THE_SHELL)

    def _how_to(self) -> None:
        """Print how the exercise of this interval, or of the next work, is done."""
        from coach.timeline.instructions import exercise_ids, exercises_of, instruction_lines, work_at

        state = self.runner.state
        work = work_at(state.timeline, state.index)
        known = exercises_of(self._planned)
        found = [known[id_] for id_ in exercise_ids((work,) if work else ()) if id_ in known]
        for line in [line for exercise in found for line in instruction_lines(exercise)]:
            self._say(line)
        if not found:
            self._say("There is no page on this exercise.")

    def _obey(self, line: str) -> None:
        if self._asked_about is not None:
            self._answer(line)
        elif line == _HOW_TO:
            self._how_to()
        elif asked := _SHORTEN.fullmatch(line):
            from coach.session.less_time import USUAL_MINUTES  # few sessions are cut

            self.runner.cut_to(int(asked[1] or USUAL_MINUTES) * 60_000)
        elif line == "":
            self.runner.do(Resume() if self.runner.state.mode == "paused" else Done())
        elif command := LINE_COMMANDS.get(line):
            if self._would_end(command):
                self._asked_about = command
                self._say(QUESTION)
                return
            self.runner.do(command)
            if line == "p" and self.runner.state.mode == "paused":
                self._say("Paused. Press Enter to resume.")
        else:
            self._say(HELP)

    def _would_end(self, command: Command) -> bool:
        """Return whether `command` ends the session: lines have no summary that could take it back."""
        state = self.runner.state
        is_last = state.index == len(state.timeline.intervals) - 1
        return isinstance(command, Quit) or (isinstance(command, Next) and is_last)

    def _answer(self, line: str) -> None:
        """End the session if the answer to the question is yes; any other line keeps it going."""
        command, self._asked_about = self._asked_about, None
        if line in _YES and command is not None:
            self.runner.do(command)
        else:
            self._say("Keep going.")

    def _say(self, line: str) -> None:
        print(line, file=self._out, flush=True)


def _phase_line(interval: Interval, elapsed_ms: int, timeline: Timeline, index: int) -> str:
    """Return rep and phase at a moment within an interval, or the current timed cue; empty where there is none."""
    position = timeline.at(index, elapsed_ms)
    phase = position.phase
    if phase is None or (phase.phases == 1 and not interval.reps and not phase.cue):
        standing = [cue.cue for cue in interval.cues if cue.offset_ms <= elapsed_ms]
        return f"  {standing[-1]}" if standing else ""
    of = f" of {interval.reps}" if interval.reps else ""
    side = f", {phase.side}" if interval.side == "alternate" else ""
    number = f"{phase.phase}/{phase.phases}" if phase.phases > 1 else ""
    step = " ".join(part for part in (number, phase.cue) if part)
    return f"  {', '.join(part for part in (f'rep {position.rep}{of}{side}', step) if part)}"


def _interval_line(interval: Interval, *, is_last: bool) -> str:
    """Return an interval in one line: what to do, how much, and whether Enter ends it."""
    words = []
    if interval.load:
        words.append(interval.load)
    if effort := effort_words(interval.effort, interval.title):
        words.append(effort)
    words += set_and_rounds(interval)
    if interval.duration_ms is not None and interval.reps is not None:
        words.append(clock(countdown_seconds(interval.duration_ms)))
    if interval.planned_ms is not None:
        words.append(f"planned {clock(countdown_seconds(interval.planned_ms))}")
    if interval.items:
        words.append(items_line(interval.items))
    if condition(interval) != amount(interval):
        words.append(condition(interval))
    words += [at_most(interval), interval.cue or ""]
    if interval.open:
        is_between = interval.kind == "wait" and not is_last
        words.append("Press Enter when ready" if is_between else "Press Enter when done")
    kind = "" if interval.kind == "work" else f"{interval.kind}: "
    title = label(interval) if interval.kind == "wait" else f"{label(interval)}, {amount(interval)}"
    return f"{kind}{'. '.join(word for word in (title, *words) if word)}"
