"""Makes the sound themes that ship with the program: `python sounds/make.py` writes one folder of WAVs a theme.

A theme is a table of notes, so a sound is changed by changing its numbers here. Only the standard library and sums
of sines are used, and nothing is random: the files come out the same, byte for byte, on every run. All sounds of a
theme are made equally loud to the ear, because a person who turns the volume up for a soft `rest` must not be hit by a
loud `go`.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from dataclasses import dataclass, replace
from pathlib import Path

from coach.timeline.signals import FREQUENT_SOUNDS, sound_files

RATE = 48_000
ATTACK_MS = 2
"""A raised cosine this long: no click, and short enough not to smear the moment of the sound."""
LOUDNESS_DB = -14.5
"""A-weighted RMS of the loudest 50 ms of each sound, in dB below full scale."""
SOFTER_DB = 6.0
"""How much softer the sounds are that come many times a minute."""
PEAK_DB = -3.0
"""No sample goes over this; the mixer halves it again, so that sounds can meet."""
WINDOW_MS = 50
"""The ear's own time of integration, about. A shorter sound is measured with silence after it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One tone: when it starts in the sound, how long it lasts (release included), and its pitch.

    `to_hz` makes it glide. `decay_ms` lets it die away like something struck (the time to fall by 8.7 dB); without it
    the tone stands until its release. `level` is its strength beside the other notes of the sound.
    """

    start_ms: int
    length_ms: int
    hz: float
    to_hz: float | None = None
    decay_ms: float | None = None
    release_ms: int = 12
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: the strength of fundamental and harmonics, the notes of each sound, and which are made softer."""

    harmonics: tuple[float, ...]
    sounds: dict[str, tuple[Note, ...]]
    softer: frozenset[str]


PHASE_HZ = (330, 370, 415, 494, 554, 659, 740, 831, 988)
"""E major pentatonic, rising: any two numbers in a row are told apart, and no two sound wrong together."""
PHASES = tuple(f"phase-{number}" for number in range(1, len(PHASE_HZ) + 1))

CLASSIC = Theme(
    # The fundamental and three harmonics: a phone-sized speaker that cannot play 440 Hz still plays 880 and 1320.
    harmonics=(1.0, 0.42, 0.24, 0.12),
    sounds={
        "count": (Note(0, 90, 880),),
        "go": (Note(0, 400, 1760, release_ms=60),),
        "rest": (Note(0, 190, 660, release_ms=20), Note(180, 260, 440, release_ms=60)),
        "switch": (
            Note(0, 130, 659),
            Note(125, 130, 988),
            Note(250, 210, 659, release_ms=50),
        ),
        "round": (
            Note(0, 170, 1047),
            Note(165, 170, 784),
            Note(330, 320, 523, release_ms=80),
        ),
        "rep": (Note(0, 60, 1175),),
        "last": (Note(0, 60, 1175), Note(120, 60, 1175)),
        **{name: (Note(0, 70, hz, decay_ms=45, release_ms=15),) for name, hz in zip(PHASES, PHASE_HZ, strict=True)},
        "cue": (Note(0, 60, 620, decay_ms=30, release_ms=20), Note(110, 60, 620, decay_ms=30, release_ms=20)),
        "half": (Note(0, 70, 740), Note(130, 90, 740, release_ms=20)),
        "tick": (Note(0, 25, 1500, decay_ms=9, release_ms=9),),
        "wait": (Note(0, 150, 523), Note(150, 260, 587, to_hz=988, release_ms=40)),
        "finish": (
            Note(0, 240, 523, release_ms=30),
            Note(200, 240, 659, release_ms=30),
            Note(400, 800, 784, decay_ms=420, release_ms=120),
            Note(400, 800, 1047, decay_ms=420, release_ms=120, level=0.6),
        ),
    },
    softer=frozenset(name for name in sound_files() if name.partition("-")[0] in FREQUENT_SOUNDS),
)


def _on(harmonics: tuple[float, ...], *, decay: float, longest_ms: float, release: float) -> Theme:
    """Return the tunes of classic on another instrument, so that nobody has to learn what they mean anew.

    A struck note dies away in `decay` of its length, `longest_ms` at most, and its release takes `release` of it.
    """
    return Theme(
        harmonics=harmonics,
        sounds={
            name: tuple(
                replace(
                    note,
                    decay_ms=min(decay * note.length_ms, note.decay_ms or longest_ms, longest_ms),
                    release_ms=max(9, round(release * note.length_ms)),
                )
                for note in notes
            )
            for name, notes in CLASSIC.sounds.items()
        },
        softer=CLASSIC.softer,
    )


# Almost a sine that fades over half of its length: round, like a flute, and nothing in it is sharp.
SOFT = _on((1.0, 0.14, 0.05, 0.025), decay=1.6, longest_ms=500, release=0.5)
# A wooden bar is cut so that two octaves over its tone rings loudly, and it is over almost at once.
WOOD = _on((1.0, 0.1, 0.06, 0.4), decay=0.4, longest_ms=45, release=0.2)

THEMES = {"classic": CLASSIC, "soft": SOFT, "wood": WOOD}


def a_weight(hz: float) -> float:
    """Return how strongly the ear hears `hz` beside 1 kHz, as a factor (the A curve of IEC 61672)."""
    square = hz * hz
    top = 12194.0**2 * square * square
    bottom = (square + 20.6**2) * math.sqrt((square + 107.7**2) * (square + 737.9**2)) * (square + 12194.0**2)
    return 1.2589 * top / bottom


def _envelope(note: Note, at: int, length: int) -> float:
    """Return the strength of `note` at frame `at` of `length`: attack, body, release."""
    attack, release = ATTACK_MS * RATE // 1000, note.release_ms * RATE // 1000
    strength = 1.0 if note.decay_ms is None else math.exp(-at * 1000 / RATE / note.decay_ms)
    if at < attack:
        strength *= 0.5 - 0.5 * math.cos(math.pi * (at + 1) / attack)
    if at > length - release:
        strength *= 0.5 - 0.5 * math.cos(math.pi * (length - at) / release)
    return strength * note.level


def _synthesise(notes: tuple[Note, ...], harmonics: tuple[float, ...], *, weighted: bool) -> list[float]:
    """Return the sum of the notes; when `weighted`, each partial as strong as the ear hears it."""
    total = max(note.start_ms + note.length_ms for note in notes) * RATE // 1000
    sound = [0.0] * total
    for note in notes:
        first, length = note.start_ms * RATE // 1000, note.length_ms * RATE // 1000
        phase = 0.0
        for at in range(length):
            hz = note.hz if note.to_hz is None else note.hz + (note.to_hz - note.hz) * at / length
            value = sum(
                strength * (a_weight(hz * number) if weighted else 1.0) * math.sin(phase * number)
                for number, strength in enumerate(harmonics, 1)
            )
            sound[first + at] += value * _envelope(note, at, length)
            phase += 2 * math.pi * hz / RATE
    return sound


def loudness(sound: list[float]) -> float:
    """Return the RMS of the loudest 50 ms; what is shorter is taken with silence after it."""
    window = WINDOW_MS * RATE // 1000
    squares = [value * value for value in sound] + [0.0] * max(0, window - len(sound))
    running = loudest = sum(squares[:window])
    for at in range(window, len(squares)):
        running += squares[at] - squares[at - window]
        loudest = max(loudest, running)
    return math.sqrt(max(0.0, loudest) / window)


def samples(theme: Theme, name: str) -> array[int]:
    """Return the 16-bit samples of one sound of `theme`."""
    notes = theme.sounds[name]
    aim = 10 ** ((LOUDNESS_DB - (SOFTER_DB if name in theme.softer else 0.0)) / 20)
    gain = aim / loudness(_synthesise(notes, theme.harmonics, weighted=True))
    sound = _synthesise(notes, theme.harmonics, weighted=False)
    peak = gain * max(abs(value) for value in sound)
    if peak > 10 ** (PEAK_DB / 20):
        raise ValueError(f"{name}: {20 * math.log10(peak):.1f} dB is over the peak of {PEAK_DB} dB")
    return array("h", [round(value * gain * 32767) for value in sound])


def write(folder: Path) -> list[Path]:
    """Write each theme into `folder`/THEME/NAME.wav and return the files."""
    written = []
    for theme_name, theme in THEMES.items():
        (folder / theme_name).mkdir(parents=True, exist_ok=True)
        for name in theme.sounds:
            values = samples(theme, name)
            if sys.byteorder == "big":
                values.byteswap()
            path = folder / theme_name / f"{name}.wav"
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(values.tobytes())
            written.append(path)
    return written


if __name__ == "__main__":
    for made in write(Path(__file__).parent):
        print(made)
