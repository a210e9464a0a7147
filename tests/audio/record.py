"""Records what `test_traces.py` replays: requests of real servers on one side, the sound that was heard on the other.

Run with `python -m tests.audio.record [NAME…]` on a computer that does nothing else. A trace holds the requests as
(frames before, microseconds after the first) and, for clicks at every `step` frames, when each was heard, in
microseconds on the same clock. A click that was not heard is null.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from array import array
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.beeping import Case, Other, Stage
from tests.e2e.pulse import PipeWire, onsets

FOLDER = Path(__file__).with_name("traces")
CLICKS_A_SECOND = 4
CLICK = 200
"""Frames."""
NEAR_S = 0.1
"""How far from where it was to be, at most, a click is taken for that one."""
COMES_AND_GOES = (Other(7, 15, 48_000, 5), Other(18, 25, 44_100, 40))


@dataclass(frozen=True)
class Wanted:
    """A trace: the condition, and the rate that is asked for, 0 for the device's own."""

    case: Case
    asked: int = 0
    seconds: float = 30


WANTED = {
    "pulse-44": Wanted(Case("", 0.5)),
    "pulse-44-coach-first": Wanted(Case("", 0.5, recorder_first=False)),
    "pulse-44-others": Wanted(Case("", 1.0, others=COMES_AND_GOES)),
    "pulse-44-others-again": Wanted(Case("", 1.0, others=COMES_AND_GOES)),
    "pulse-44-music": Wanted(Case("", 0.5, music=True)),
    "pulse-48-others": Wanted(Case("", 1.0, rate=48_000, others=COMES_AND_GOES)),
    "pulse-44-resampled": Wanted(Case("", 1.0), asked=48_000),
    "pulse-44-busy": Wanted(Case("", 1.0, busy=3)),
    "pipewire-44": Wanted(Case("", 0.5, server=PipeWire)),
    "pipewire-48": Wanted(Case("", 0.5, rate=48_000, server=PipeWire)),
}


def play(asked: int, seconds: float) -> None:
    """Click through the sound library alone, and print the requests."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    import miniaudio

    requests: list[tuple[int, int]] = []
    stream = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=asked,
        buffersize_msec=80,
        callback_periods=1,
        backends=[miniaudio.Backend.PULSEAUDIO],
    )
    rate = stream._device.sampleRate
    step = rate // CLICKS_A_SECOND
    one = array("h", [12_000] * CLICK + [0] * (step - CLICK)) * 3

    def blocks():
        position, frames = 0, (yield b"")
        while True:
            requests.append((position, time.perf_counter_ns()))
            offset = position % step
            position += frames
            frames = yield memoryview(one)[offset : offset + frames].cast("B")

    generator = blocks()
    next(generator)
    print("ready", flush=True)
    sys.stdin.readline()
    stream.start(generator)
    print(time.perf_counter_ns(), flush=True)
    time.sleep(seconds + 2)
    print(json.dumps({"rate": rate, "step": step, "requests": requests}), flush=True)


def heard_us(onsets_s: list[float], step_s: float, clicks: int) -> list[float | None]:
    """Give each click the moment at which it was heard, in seconds: the next one is where it is to be, or near."""
    found: list[float | None] = [None] * clicks
    place = 0
    for before, at in zip([onsets_s[0], *onsets_s], onsets_s, strict=False):
        away = (at - before) / step_s
        place += round(away)
        if abs(away - round(away)) * step_s <= NEAR_S and place < clicks:
            found[place] = at
    return found


def record(wanted: Wanted) -> str:
    """Return a trace."""
    with tempfile.TemporaryDirectory() as name, Stage(wanted.case, Path(name)) as stage:
        command = [sys.executable, "-m", "tests.audio.record", "--play", str(wanted.asked), str(wanted.seconds)]
        beeper = stage.beeper(command, 1000 // CLICKS_A_SECOND)
        beeper.begin()
        stage.disturb(wanted.seconds)
        assert beeper.process.stdout is not None
        assert beeper.recording is not None
        made = json.loads(beeper.process.stdout.readline())
        samples = beeper.recording.stop()
        moments = [beeper.recording.clock_s(at) for at, _ in onsets(samples, beeper.recording.rate)]
    rate, step, requests = made["rate"], made["step"], made["requests"]
    (_, began_ns), *_ = requests
    clicks = heard_us(moments, step / rate, requests[-1][0] // step + 1)
    head = json.dumps({"rate": rate, "step": step})
    asks = ", ".join(f"[{frame}, {round((clock - began_ns) / 1000)}]" for frame, clock in requests)
    heard = json.dumps([None if at is None else round(at * 1e6 - began_ns / 1000) for at in clicks])
    return f'{head[:-1]},\n"requests": [{asks}],\n"heard": {heard}}}\n'


def main() -> None:
    """Record what is named, or all."""
    if sys.argv[1:2] == ["--play"]:
        play(int(sys.argv[2]), float(sys.argv[3]))
        return
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or WANTED:
        (FOLDER / f"{name}.json").write_text(record(WANTED[name]))
        print(name, (FOLDER / f"{name}.json").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
