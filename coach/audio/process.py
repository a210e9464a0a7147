"""The sound process: `python -P -m coach.audio.process`, driven by lines on stdin, answering on stdout.

It is a separate process so that nothing the screen does can move a sound and nothing a sound library does can end a
workout. It waits for a missing device. It repairs nothing: it reports any other fault once and ends, and the session
starts another process. The end of stdin ends it at once, so it never outlives a session.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from pathlib import Path
from queue import Full, Queue
from typing import IO, TYPE_CHECKING, Any, NoReturn

from coach.audio import bank, protocol
from coach.audio.engine import Engine
from coach.audio.outputs import NoOutputError, open_output

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from coach.audio.outputs import Output
    from coach.audio.voice.phrases import Phrases
    from coach.audio.voice.synthesiser import Synthesiser

SILENT_NS = 900_000_000
"""A device that makes no request for this long is gone: longer than a sink is suspended for a moment, and short enough
to report it within a second."""
FIRST_NS = 3_000_000_000
"""How long the first requests may take: a fresh PulseAudio stream stalls for up to 1.8 s after its first one."""
LOOK_NS = 400_000_000
"""How often to check whether a device was asked for."""
LOOK_AGAIN_S = 0.2
LOOKS = 150
"""How many times a missing device is looked for, at half a millisecond each. Then a new process takes over, so that
nothing a library holds on to can pile up."""
MARGIN_MS = 10
"""How long a plan takes from the key in the session to the engine."""


class SoundProcess:
    """Carries out requests with an engine under a lock, and reports what happened.

    All that it needs of the system is passed in, so that tests need neither pipes nor time.

    Args:
        say: Sends a message; must not wait.
        leave: Ends the process with an exit code.
        clock_ns: The clock of the plans.
        make_output: Opens an output by name.
        make_voice: Returns a synthesiser for a language; espeak-ng unless given.
        spawn: Runs a function on another thread.
        after: Runs a function on another thread, some seconds later.
    """

    def __init__(
        self,
        *,
        say: Callable[[dict[str, Any]], None],
        leave: Callable[[int], None],
        clock_ns: Callable[[], int] = time.perf_counter_ns,
        make_output: Callable[[str], Output] = open_output,
        make_voice: Callable[[str], Synthesiser] | None = None,
        spawn: Callable[[Callable[[], None]], None],
        after: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._say = say
        self._leave = leave
        self._clock_ns = clock_ns
        self._make_output = make_output
        self._make_voice = make_voice
        self._spawn = spawn
        self._after = after
        self._lock = threading.Lock()
        self._engine = Engine({}, bank.RATE)
        self._output: Output | None = None
        self._phrases: Phrases | None = None
        self._texts: list[str] = []
        self._problems: tuple[str, ...] = ()
        self._sign_of_life_ns: int | None = None
        """When the device made its last request; None while there is no device."""
        self._opened = False
        self._ready = False
        self._ending = False

    @property
    def volume(self) -> float:
        """The level, 0.0 to 1.0, whether muted or not."""
        return self._engine.mixer.volume

    def hello(self) -> None:
        """Report the clock of this process."""
        self._report(protocol.Hello(self._clock_ns()))

    def take(self, line: bytes) -> None:
        """Carry out the request on a line, if there is one."""
        match protocol.parse_request(line):
            case protocol.Open() as wanted if not self._opened:
                self._opened = True
                self._sign_of_life_ns = self._clock_ns()
                with self._lock:
                    self._engine.mixer.set_level(volume=wanted.volume, mute=wanted.mute)
                self._spawn(lambda: self._open(wanted, LOOKS))
            case protocol.Plan() as plan:
                with self._lock:
                    self._engine.plan(plan)
                self._expect(plan)
            case protocol.Clear():
                with self._lock:
                    self._engine.clear()
            case protocol.Volume(volume):
                with self._lock:
                    self._engine.mixer.set_level(volume=volume)
            case protocol.Mute(mute):
                with self._lock:
                    self._engine.mixer.set_level(mute=mute)
            case protocol.Play(sound):
                with self._lock:
                    self._engine.play(sound)
            case protocol.Exit(drain_ms):
                self._quit(drain_ms)
            case protocol.Open() | None:
                pass  # open already, or nothing that this version knows

    def _quit(self, drain_ms: int) -> None:
        """End once what is sounding has been heard. What would take over `drain_ms` is faded: a cut would click."""
        self._ending = True
        with self._lock:
            engine = self._engine
            engine.forget()
            if engine.mixer.ringing * 1000 > drain_ms * engine.rate:
                engine.mixer.stop()
            rest_s = engine.mixer.ringing / engine.rate
        if self._output is not None:
            # From the next request to the ear.
            rest_s += (self._output.heard_after_ms + self._output.period_ms) / 1000
        self._after(max(0.0, rest_s), lambda: self._leave(0))

    def _open(self, wanted: protocol.Open, tries: int) -> None:
        """Open the device and start its requests; load the sounds at its rate while they settle."""
        self._sign_of_life_ns = self._clock_ns()
        try:
            output = self._make_output(wanted.output)
            with self._lock:
                self._engine.open(
                    output.rate.hz,
                    heard_after_ns=output.heard_after_ms * 1_000_000,
                    latency_ns=wanted.latency_ms * 1_000_000,
                )
            self._output = output
            output.start(self)
            self._load(wanted, output)
        except NoOutputError as error:
            if error.final or tries == 0:
                self._give_up(str(error), final=error.final)
                return
            self._output = self._sign_of_life_ns = None
            if tries == LOOKS:
                self._report(protocol.Trouble(str(error)))
            self._after(LOOK_AGAIN_S, lambda: self._open(wanted, tries - 1))
        except Exception as error:  # noqa: BLE001 - a sound library may raise anything; the session must hear of it
            self._give_up(f"Sound failed ({type(error).__name__}: {error}).")

    def _load(self, wanted: protocol.Open, output: Output) -> None:
        """Load sounds and voice at the rate of `output`."""
        folders = [Path(folder) for folder in wanted.folders]
        sounds, problems = bank.load_theme(wanted.theme, folders, output.rate.hz, output.convert)
        if wanted.voice:
            problems += self._open_voice(wanted.language, output.rate.hz)
        with self._lock:
            self._engine.sounds = sounds
            self._problems = problems

    def _open_voice(self, language: str, rate: int) -> tuple[str, ...]:
        """Start to make phrases, and return what is wrong; without a voice there are only sounds."""
        from coach.audio.voice.espeak import Espeak  # both only with the voice on
        from coach.audio.voice.phrases import open_phrases

        phrases, problems = open_phrases(language, self._spawn, self._make_voice or Espeak, rate=rate)
        if phrases is not None:
            with self._lock:
                self._phrases, self._engine.phrase = phrases, phrases.get
            phrases.want(self._texts)
        return problems

    def _expect(self, plan: protocol.Plan) -> None:
        """Make the phrases of a plan that are still to come."""
        self._texts = plan.texts(self._clock_ns())
        if self._phrases is not None:
            self._phrases.want(self._texts)

    def fill(self, frames: int) -> memoryview:
        """Return the next block, at a request of the device."""
        with self._lock:
            now_ns = self._sign_of_life_ns = self._clock_ns()
            block = self._engine.fill(frames, now_ns)
        self._report_new()
        return block

    def starts(self, frames: int) -> list[tuple[int, array[int]]]:
        """Return the sounds that begin next, for a device that does not take blocks."""
        with self._lock:
            now_ns = self._sign_of_life_ns = self._clock_ns()
            begun = self._engine.starts(frames, now_ns)
        self._report_new()
        return begun

    def failed(self, words: str) -> None:
        """End the process, because the output has failed."""
        self._give_up(words)

    def _report_new(self) -> None:
        """Report what has happened up to this request: that the sound is ready, and the signals that have begun."""
        engine, output = self._engine, self._output
        if not self._ready and engine.line.anchored and engine.sounds and output is not None:
            self._ready = True
            lead_ms = output.heard_after_ms + output.period_ms + MARGIN_MS + engine.latency_ns // 1_000_000
            ready = protocol.Ready(
                output.name,
                output.device,
                lead_ms,
                problems=self._problems,
                why=output.why,
                rate=output.rate.hz,
                resampler=output.rate.resampler,
                rate_why=output.rate.why,
            )
            self._report(ready)
        if engine.started:
            for started in engine.started:
                self._report(started)
            engine.started.clear()

    def watch(self) -> int:
        """Give up when the device has made no request for too long; return in how many nanoseconds to check again."""
        # Read once: other threads set it.
        sign_of_life_ns = self._sign_of_life_ns
        if sign_of_life_ns is None or self._ending:
            return LOOK_NS
        silent_ns = self._clock_ns() - sign_of_life_ns
        left_ns = (SILENT_NS if self._ready else FIRST_NS) - silent_ns
        if left_ns < 0:
            self._give_up("The sound device has stopped." if self._ready else "The sound device does not answer.")
        return min(left_ns + 1, SILENT_NS)

    def _report(self, news: protocol.News) -> None:
        self._say(news.message())

    def _give_up(self, words: str, *, final: bool = False) -> None:
        self._report(protocol.Trouble(words, final=final))
        self._leave(1)


class MessageWriter:
    """Writes messages on its own thread: a session that does not read must not hold up a sound."""

    def __init__(self, file: IO[bytes], leave: Callable[[int], None]) -> None:
        self._file = file
        self._leave = leave
        self._queue: Queue[bytes | threading.Event] = Queue(maxsize=512)
        threading.Thread(target=self._run, name="writer", daemon=True).start()

    def say(self, message: dict[str, Any]) -> None:
        """Queue a message, or drop it when the queue is full because nobody reads."""
        try:
            self._queue.put_nowait(protocol.pack(message))
        except Full:
            return

    def flush(self, timeout_s: float) -> None:
        """Wait until all has been written, at most `timeout_s`."""
        done = threading.Event()
        try:
            self._queue.put(done, timeout=timeout_s)
        except Full:
            return
        done.wait(timeout_s)

    def _run(self) -> None:
        while True:
            entry = self._queue.get()
            if isinstance(entry, threading.Event):
                entry.set()
                continue
            try:
                self._file.write(entry)
                self._file.flush()
            except OSError:
                self._leave(0)


def bound_log() -> None:
    """Empty the log behind stderr once a sound library has filled it."""
    try:
        state = os.fstat(2)
        if stat.S_ISREG(state.st_mode) and state.st_size > protocol.LOG_BYTES:
            os.ftruncate(2, 0)
    except OSError:
        return


def _later(delay_s: float, do: Callable[[], None]) -> None:
    timer = threading.Timer(delay_s, do)
    timer.daemon = True
    timer.start()


def main() -> NoReturn:
    """Serve until stdin ends."""
    # miniaudio imports numpy where it is installed: 50 ms and 20 MB for nothing that is used here.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    writer: MessageWriter

    def leave(code: int) -> None:
        # Not sys.exit: when a sound server hangs, closing its device would hang, too.
        if code:
            writer.flush(0.2)
        os._exit(code)

    writer = MessageWriter(sys.stdout.buffer, leave=os._exit)
    host = SoundProcess(
        say=writer.say,
        leave=leave,
        spawn=lambda do: threading.Thread(target=do, name="beside", daemon=True).start(),
        after=_later,
    )
    host.hello()
    threading.Thread(target=_watch, args=(host,), name="watch", daemon=True).start()
    while line := sys.stdin.buffer.readline(protocol.LONGEST_MESSAGE):
        host.take(line)
    os._exit(0)


def _watch(host: SoundProcess) -> NoReturn:
    while True:
        time.sleep(host.watch() / 1e9)
        bound_log()


if __name__ == "__main__":
    main()
