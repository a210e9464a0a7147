"""The session's side of the sound: send the plan to the sound process, and report which sounds have begun.

Nothing here waits, and no device makes it raise. When the process ends, `Link` starts another and sends it the rest of
the plan.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coach.audio import protocol
from coach.audio.protocol import BELL_ASKED_FOR, Begun, Hello, Ready, Started, Trouble
from coach.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coach.audio.protocol import Event, Request
    from coach.settings import SoundSettings

PROCESS_COMMAND = (sys.executable, "-P", "-m", "coach.audio.process")
DELAYS_S = (0.2, 0.5, 1, 1, 1, 1, 2, 5, 10, 15)
"""Delays from each end of the process to the next start; the last one repeats. A computer without a sound card must not
spend a workout looking for one: each attempt costs a tenth of a second of a core."""
LOST_DELAYS_S = (0, 0.2, 0.5, *(1,) * 60, 5)
"""The same once there has been sound, which mostly comes back: at once when only the process has died. A fresh
PulseAudio stream takes 2.3 s to start, so with more than a second between attempts sound would return more than 4 s
after its server."""


class Link:
    """Keeps a sound process running.

    Args:
        on_message: Gets each message of the process, on a thread of the link; must not wait for long.
        on_end: Gets its exit code, on the same thread, and returns whether to start another.
        command: What to start.
        on_spawn: Is called just before each start.
    """

    def __init__(
        self,
        on_message: Callable[[dict[str, Any]], None],
        on_end: Callable[[int], bool],
        *,
        command: Sequence[str] = PROCESS_COMMAND,
        on_spawn: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_message = on_message
        self._on_end = on_end
        self._on_spawn = on_spawn
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._outbox: deque[bytes] = deque(maxlen=512)
        self._wake = threading.Condition()
        self._closing = threading.Event()
        self._failures = 0
        self._delays_s: tuple[float, ...] = DELAYS_S
        self._keeper = threading.Thread(target=self._keep, name="sound-keeper", daemon=True)
        self._writer = threading.Thread(target=self._write, name="sound-writer", daemon=True)

    @property
    def child(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last; None before the first."""
        return self._child

    @property
    def delays_s(self) -> tuple[float, ...]:
        """The delays in force, from each end of the process to the next start."""
        return self._delays_s

    @property
    def is_alive(self) -> bool:
        """Whether a thread of the link is running."""
        return self._keeper.is_alive() or self._writer.is_alive()

    def start(self) -> None:
        """Start the process; returns at once."""
        self._keeper.start()
        self._writer.start()

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message for the running process; without one it is lost."""
        with self._wake:
            self._outbox.append(protocol.pack(message))
            self._wake.notify()

    def settled(self) -> None:
        """Note that the process works, so that the delays start from the beginning after its next end."""
        self._failures = 0
        self._delays_s = LOST_DELAYS_S

    def close(self, wait_s: float) -> None:
        """End the process, after waiting `wait_s` seconds for it to end by itself."""
        self._closing.set()
        child = self._child
        if child is not None:
            if wait_s > 0:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(wait_s)
            child.kill()
        with self._wake:
            self._wake.notify()
        for thread in (self._keeper, self._writer):
            if thread.ident is not None:
                thread.join(1.0)

    def _keep(self) -> None:
        while not self._closing.is_set():
            code = self._run_once()
            if self._closing.is_set() or not self._on_end(code):
                return
            self._closing.wait(self._delays_s[min(self._failures, len(self._delays_s) - 1)])
            self._failures += 1

    def _run_once(self) -> int:
        """Start a process, read its messages until it ends, and return its exit code."""
        with self._wake:
            self._outbox.clear()
        self._on_spawn()
        try:
            child = _spawn(self._command)
        except OSError:
            return 127
        self._child = child
        if self._closing.is_set():
            child.kill()
        for line in child.stdout or ():
            if message := protocol.unpack(line):
                self._on_message(message)
        child.kill()
        code = child.wait()
        for pipe in filter(None, (child.stdout, child.stdin)):
            with contextlib.suppress(OSError):
                pipe.close()
        return code

    def _write(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._outbox or self._closing.is_set())
                if not self._outbox:
                    return
                line = self._outbox.popleft()
            child = self._child
            if child is not None and child.stdin is not None:
                # The reading thread notices when the process has died.
                with contextlib.suppress(OSError, ValueError):
                    child.stdin.write(line)
                    child.stdin.flush()


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the process in its own session, so that Ctrl-C and hang-ups reach only this program."""
    environment = dict(os.environ)
    root = Path(__file__).parent.parent.parent
    if root.name not in {"site-packages", "dist-packages"}:
        # -P keeps the working directory out of the import path, and a checkout would not be found.
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), known)))
    detached = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with _log() as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            start_new_session=os.name == "posix",
            creationflags=detached,
        )


@contextlib.contextmanager
def _log() -> Iterator[IO[bytes] | int]:
    """Open the log of what sound libraries print, or yield DEVNULL where none can be written."""
    try:
        path = paths.logs() / "sound.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two sessions may share the log; appending keeps them from overwriting each other.
        file = path.open("ab")
    except (OSError, paths.NoHome):
        yield subprocess.DEVNULL
        return
    with file:
        if file.tell() > protocol.LOG_BYTES:
            with contextlib.suppress(OSError):
                file.truncate(0)
        yield file


KEPT_PLANS = 8
"""How many plans are remembered: the report of a sound may come after its plan was replaced."""
EXIT_GRACE_S = 0.5
"""How long the process may take to end after the last sound."""


@dataclass(slots=True)
class _Plan:
    """A plan that was sent, and which of its signals have begun."""

    number: int
    origin_ns: int
    signals: tuple[tuple[int, str], ...]
    rate: float
    begun: set[int] = field(default_factory=set)

    def request(self, shift_ns: int) -> protocol.Plan:
        """Return the plan as it is sent; a signal that has begun keeps its place, empty."""
        signals = tuple(None if at in self.begun else signal for at, signal in enumerate(self.signals))
        return protocol.Plan(self.number, self.origin_ns + shift_ns, signals, self.rate)


class Player:
    """Plays plans through a process of its own.

    Args:
        sound: Theme, volume, latency and voice.
        output: Which output to open. With "bell" no process is started and the event is Trouble, because the terminal
            bell stands in; with "null" the event is Ready and all is silent.
        on_event: Gets events, on a thread of the player.
        clock_ns: The clock of the plans' origins.
        command: What starts the process.
    """

    def __init__(
        self,
        sound: SoundSettings,
        *,
        output: str = "auto",
        on_event: Callable[[Event], None],
        clock_ns: Callable[[], int] = time.perf_counter_ns,
        command: Sequence[str] = PROCESS_COMMAND,
    ) -> None:
        self._sound = sound
        self._output = output
        self._on_event = on_event
        self._clock_ns = clock_ns
        self._lock = threading.Lock()
        self._volume, self._mute = sound.volume, sound.mute
        self._number = 0
        self._plans: dict[int, _Plan] = {}
        self._current: _Plan | None = None
        self._greeted = False
        self._closed = False
        self._final = False
        self._said: str | None = None
        self._spawned_ns = 0
        self._shift_ns = 0
        self._link = Link(self._hear, self._ended, command=command, on_spawn=self._spawning)
        self._has_process = output not in {"bell", "null"}

    def start(self) -> None:
        """Start the process and return at once."""
        if self._has_process:
            self._link.start()
            return
        event: Event = Ready("null", "no device", 0, why="You chose silence.")
        if self._output == "bell":
            event = BELL_ASKED_FOR
        threading.Thread(target=self._on_event, args=(event,), name="sound-event", daemon=True).start()

    def plan(self, origin_ns: int, signals: Sequence[tuple[int, str]], rate: float = 1.0) -> None:
        """Replace all that has not begun: each signal is due at `origin_ns` + its milliseconds / `rate`."""
        with self._lock:
            self._number += 1
            self._current = _Plan(self._number, origin_ns, tuple(signals), rate)
            self._plans[self._number] = self._current
            self._plans.pop(self._number - KEPT_PLANS, None)
            self._send(self._current.request(self._shift_ns))

    def clear(self) -> None:
        """Forget all that has not begun; what is sounding may end."""
        with self._lock:
            self._number += 1
            self._current = None
            self._send(protocol.Clear(self._number))

    def set_volume(self, volume: float) -> None:
        """Set the level, 0.0 to 1.0."""
        with self._lock:
            self._volume = min(1.0, max(0.0, volume))
            self._send(protocol.Volume(self._volume))

    def set_mute(self, *, mute: bool) -> None:
        """Silence everything, or no longer."""
        with self._lock:
            self._mute = mute
            self._send(protocol.Mute(mute))

    def play(self, sound: str) -> None:
        """Play one sound now; without a device it is lost."""
        with self._lock:
            self._send(protocol.Play(sound))

    def close(self, *, drain_s: float = 0.0) -> None:
        """End all sound and the process, and wait for at most `drain_s` seconds for what is still sounding.

        What sounds longer is faded, which takes a quarter of a second.
        """
        with self._lock:
            if self._closed:
                return
            waits = self._greeted
            self._send(protocol.Exit(round(drain_s * 1000)))
            self._closed = True
        if self._has_process:
            self._link.close(drain_s + EXIT_GRACE_S if waits else 0.0)

    def _send(self, request: Request) -> None:
        """Send a request to a process that has said hello; one that has not gets everything once it does."""
        if self._greeted and not self._closed:
            self._link.send(request.message())

    def _spawning(self) -> None:
        self._spawned_ns = self._clock_ns()

    def _hear(self, message: dict[str, Any]) -> None:
        """Handle a message of the process, on the link's thread."""
        match protocol.parse_news(message):
            case Hello(clock_ns):
                self._greet(clock_ns)
            case Ready() as ready:
                self._said = None
                self._link.settled()
                self._emit(ready)
            case Started() as started:
                self._begun(started)
            case Trouble(words, final):
                self._final = final
                self._trouble(words)
            case None:
                pass  # from another version

    def _greet(self, clock_ns: int) -> None:
        """Send a new process everything, in its own clock."""
        with self._lock:
            now_ns = self._clock_ns()
            # Where the two do not read the same clock, the plan's origin is sent in the process's.
            self._shift_ns = 0 if self._spawned_ns <= clock_ns <= now_ns else clock_ns - now_ns
            self._greeted = True
            self._send(self._opening())
            if self._current is not None:
                self._send(self._current.request(self._shift_ns))

    def _opening(self) -> protocol.Open:
        return protocol.Open(
            output=self._output,
            theme=self._sound.theme,
            folders=tuple(map(str, paths.both("sounds"))),
            volume=self._volume,
            mute=self._mute,
            latency_ms=self._sound.latency_ms,
            voice=self._sound.voice,
            language=self._sound.language,
        )

    def _begun(self, started: Started) -> None:
        """Report a signal by its moment, and remember that it has begun."""
        index = started.index
        with self._lock:
            plan = self._plans.get(started.plan)
            if plan is None or not 0 <= index < len(plan.signals):
                return
            plan.begun.add(index)
            at_ms, sound = plan.signals[index]
            if self._current is not None and self._current is not plan:
                self._note_in(self._current, plan, index)
        self._emit(Begun(at_ms, sound, started.late_us))

    @staticmethod
    def _note_in(current: _Plan, plan: _Plan, index: int) -> None:
        """Mark in the current plan what began under an earlier one with the same origin."""
        if (current.origin_ns, current.rate) == (plan.origin_ns, plan.rate) and plan.signals[index] in current.signals:
            current.begun.add(current.signals.index(plan.signals[index]))

    def _ended(self, code: int) -> bool:
        """Report that the process has ended; return whether to start another."""
        with self._lock:
            self._greeted = False
            if self._closed:
                return False
        if self._said is None:
            self._trouble(f"The sound process ended unexpectedly ({_reason(code)}); restarting it.")
        return not self._final

    def _trouble(self, words: str) -> None:
        """Report trouble, but not the same words twice in a row."""
        if words != self._said:
            self._said = words
            self._emit(Trouble(words, final=self._final))

    def _emit(self, event: Event) -> None:
        if not self._closed:
            self._on_event(event)


def _reason(code: int) -> str:
    """Return an exit code in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
