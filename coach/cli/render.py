"""`coach render`: write a whole session to a sound file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files, complete_routines, complete_sound_themes
from coach.cli.run import LONGEST_OPEN_S
from coach.cli.shared import STANDARD_OUTPUT, file_to_write, find_routine, open_library, settings_of_user, unroll
from coach.problems import OK, CoachError, did_you_mean
from coach.values import frozen

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from pathlib import Path

    from coach.settings import SoundSettings
    from coach.timeline.model import Timeline
    from coach.timeline.signals import Signal
    from coach.timeline.speech import Say


@frozen
class _Wave:
    """A WAV file that is not written yet."""

    parts: Iterable[bytes | memoryview]
    """Its bytes."""
    seconds: int
    """How long it plays."""


@click.command("render")
@click.argument("name", metavar="NAME|FILE|-", shell_complete=complete_routines)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="WAV",
    shell_complete=complete_files,
    help="The file to write, or - for standard output; NAME.wav by default.",
)
@click.option(
    "--open-seconds",
    type=click.IntRange(0, LONGEST_OPEN_S),
    metavar="N",
    help="How long open work and waits last, because nobody presses a key.",
)
@click.option(
    "--theme",
    metavar="NAME",
    shell_complete=complete_sound_themes,
    help="Sound theme, instead of the routine's or yours.",
)
@click.option(
    "--volume", type=click.IntRange(0, 100), default=100, metavar="N", help="Volume in per cent; 100 by default."
)
@click.option("--voice/--no-voice", default=None, help="Speak names and cues aloud, or not.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def render_routine(
    name: str,
    target: str | None,
    open_seconds: int | None,
    theme: str | None,
    volume: int,
    voice: bool | None,
    force: bool,
) -> int:
    """Write the session of the routine NAME to a WAV file, with a marker at each interval."""
    from dataclasses import replace

    library = open_library()
    timeline = unroll(library, find_routine(library, name))
    unknown = sum(interval.length_ms is None for interval in timeline.intervals)
    if unknown and open_seconds is None:
        from coach.timeline.wording import number_of

        raise CoachError(
            f"{timeline.name} has {number_of(unknown, 'interval')} that only a key ends: "
            "add `--open-seconds 30` to give each one 30 seconds"
        )
    path = _target(target or f"{timeline.id}.wav", force=force)
    sound = settings_of_user().sound
    sound = replace(
        sound,
        theme=_theme(theme) if theme else timeline.sounds or sound.theme,
        volume=volume / 100,
        voice=sound.voice if voice is None else voice,
    )
    wave = _render(timeline, sound, (open_seconds or 0) * 1000)
    _write(wave, path)
    from coach.timeline.wording import clock

    where = "standard output" if path is None else str(path)
    click.echo(f"{timeline.name}: {clock(wave.seconds)} written to {where}.", err=True)
    return OK


def _target(target: str, *, force: bool) -> Path | None:
    """Return the file to write, or None for standard output.

    Raises:
        CoachError: writing there would do harm.
    """
    if target == STANDARD_OUTPUT:
        if sys.stdout.isatty():
            raise CoachError("a terminal cannot show sound: write `-o FILE.wav`, or send `-o -` into a pipe")
        return None
    return file_to_write(target, "session.wav", force=force)


def _theme(name: str) -> str:
    from coach.audio import bank
    from coach.system import paths

    known = bank.themes(paths.both("sounds"))
    if name not in known:
        near = did_you_mean(name, known) or f": choose from {', '.join(known)}"
        raise CoachError(f'there is no sound theme "{name}"{near}')
    return name


def _render(timeline: Timeline, sound: SoundSettings, open_ms: int) -> _Wave:
    from coach.audio import bank, render
    from coach.system import paths
    from coach.timeline.schedule import interval_times, scheduled
    from coach.timeline.wording import label

    sounds, problems = bank.load_theme(sound.theme, paths.both("sounds"))
    _warn(problems)
    entries = list(scheduled(timeline, sound, open_ms))
    laid = render.place_sounds(entries, sounds, _phrases(sound, (entry for _, entry in entries)), bank.RATE)
    laid_out = interval_times(timeline, open_ms)
    frames = render.total_frames(laid, laid_out[-1].end_ms * bank.RATE // 1000)
    labels = [
        (span.start_ms * bank.RATE // 1000, f"{number} {label(timeline.intervals[span.index])}")
        for number, span in enumerate(laid_out, 1)
    ]
    try:
        head = render.wav_header(bank.RATE, frames, labels)
    except render.TooLongError as error:
        raise CoachError(f"{timeline.name} is too long for a WAV file: {error}") from None
    return _Wave(_parts(head, render.mix(laid, frames, bank.RATE, sound.volume)), frames // bank.RATE)


def _parts(head: bytes, blocks: Iterable[memoryview]) -> Iterable[bytes | memoryview]:
    yield head
    yield from blocks


def _phrases(sound: SoundSettings, entries: Iterable[Signal | Say]) -> dict[str, array[int]]:
    """Return the samples of every phrase among `entries`; without a voice, warn and return none."""
    if not sound.voice:
        return {}
    from coach.audio.voice.espeak import Espeak
    from coach.audio.voice.phrases import make_phrase
    from coach.audio.voice.synthesiser import VoiceError
    from coach.timeline.speech import Say

    try:
        voice = Espeak(sound.language)
    except VoiceError as error:
        _warn([str(error)])
        return {}
    _warn([voice.problem] if voice.problem else ())
    texts = dict.fromkeys(entry.text for entry in entries if isinstance(entry, Say))
    return {text: make_phrase(voice, text) for text in texts}


def _write(wave: _Wave, path: Path | None) -> None:
    if path is not None:
        from coach.system.storage import write_parts

        write_parts(path, wave.parts)
        return
    for part in wave.parts:
        sys.stdout.buffer.write(part)


def _warn(problems: Iterable[str]) -> None:
    for problem in problems:
        click.echo(f"coach: {problem}", err=True)
