"""One beep after another at even distances, on a line of its own: what `benchmarks.beeps` starts, stops and hears.

`python -m benchmarks.beeper COUNT SPACING_MS` plays them through the program's own player, and with an interpreter that
has simpleaudio `python benchmarks/beeper.py COUNT SPACING_MS FILE.wav` plays them as that library's manual does. Either
prints `ready`, waits for a line, prints the clock of the first beep in nanoseconds, and plays.
"""

from __future__ import annotations

import sys
import threading
import time

LEAD_NS = 300_000_000
RING_S = 1.0


def _origin() -> int:
    """Say that all is ready, wait to be told, and return the clock of the first beep."""
    print("ready", flush=True)
    sys.stdin.readline()
    origin_ns = time.perf_counter_ns() + LEAD_NS
    print(origin_ns, flush=True)
    return origin_ns


def coach(count: int, spacing_ms: int) -> None:
    """Play through the player, telling it the plan again each second as a session does."""
    from coach.audio.player import Player  # noqa: PLC0415
    from coach.audio.protocol import Event, Ready  # noqa: PLC0415 - the other interpreter has no coach
    from coach.settings import SoundSettings  # noqa: PLC0415

    there = threading.Event()

    def heard(event: Event) -> None:
        if isinstance(event, Ready):
            there.set()

    player = Player(SoundSettings(), on_event=heard)
    player.start()
    assert there.wait(10), "no sound"
    plan = [(at * spacing_ms, "rep") for at in range(count)]
    origin_ns = _origin()
    end_ns = origin_ns + count * spacing_ms * 1_000_000
    while time.perf_counter_ns() < end_ns:
        elapsed_ms = (time.perf_counter_ns() - origin_ns) / 1_000_000
        player.plan(origin_ns, [each for each in plan if elapsed_ms - 1000 <= each[0] <= elapsed_ms + 900_000])
        time.sleep(1)
    player.close(drain_s=RING_S)


def simpleaudio(count: int, spacing_ms: int, file: str) -> None:
    """Wait for each moment and play: the library opens the device for each beep."""
    import simpleaudio as library  # noqa: PLC0415 - only in its own environment

    beep = library.WaveObject.from_wave_file(file)
    origin_ns = _origin()
    for at in range(count):
        time.sleep(max(0.0, (origin_ns + at * spacing_ms * 1_000_000 - time.perf_counter_ns()) / 1e9))
        beep.play()
    time.sleep(RING_S)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 2:
        coach(int(arguments[0]), int(arguments[1]))
    else:
        simpleaudio(int(arguments[0]), int(arguments[1]), arguments[2])
