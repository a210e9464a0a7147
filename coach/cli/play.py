"""Commands that run a session, on screens or as lines of text."""

from __future__ import annotations

import math
import os
import sys
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from coach.cli.completing import routines
from coach.cli.find import find_routine, keep_loudness, open_library, random_seed, settings_of_user, unroll
from coach.problems import OK, CoachError

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.library import Library
    from coach.session.means import MakePlayer, Means
    from coach.timeline.model import Timeline

F = TypeVar("F", bound="Callable[..., Any]")

OUTPUTS = ("auto", "miniaudio", "simpleaudio", "bell", "null")
FASTEST = 1000.0
LONGEST_S = 86_400.0


class Number(click.FloatRange):
    """A number within bounds; "nan" is none, though it is neither too small nor too large."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's own
        """Return the number, or fail in words."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number to count with.", param, ctx)
        return number


class SessionOptions(TypedDict):
    """What a session can be told on the command line."""

    output: str
    mute: bool
    voice: bool | None
    speed: float
    plain: bool
    open_seconds: float


def session_options(command: F) -> F:
    """Add the options that every command has that can run a session."""
    options = (
        click.option("--output", type=click.Choice(OUTPUTS), default="auto", help="Where sound goes."),
        click.option("--mute", is_flag=True, help="Start without sound; m brings it back."),
        click.option("--voice/--no-voice", default=None, help="Say names and cues aloud, or do not."),
        click.option(
            "--speed",
            type=Number(0.1, FASTEST),
            default=1.0,
            metavar="N",
            help="Rehearse, N times as fast.",
        ),
        click.option("--plain", is_flag=True, help="Lines of text instead of screens."),
        click.option(
            "--open-seconds",
            type=Number(0.0, LONGEST_S),
            default=30.0,
            metavar="S",
            help="Without anybody to press a key, open work lasts this long.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def choose(options: SessionOptions) -> int:
    """Let the person choose a routine and run it, until they leave."""
    if options["plain"] or not has_terminal():
        raise CoachError("choosing needs a terminal: `coach list` shows the routines, `coach run NAME` starts one")
    return _screens(open_library(), None, 0, options)


@click.command("run")
@click.argument("name", metavar="NAME|FILE|-", shell_complete=routines)
@click.option("--from", "first", type=click.IntRange(min=1), default=1, metavar="K", help="Start at interval K.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Deal a shuffled routine as it was with seed N.")
@session_options
def run_routine(name: str, first: int, seed: int | None, **options: Unpack[SessionOptions]) -> int:
    """Run the routine NAME, a FILE, or what is read from -."""
    library = open_library()
    timeline = unroll(library, find_routine(library, name), random_seed() if seed is None else seed)
    if timeline.seed is not None:
        click.echo(f"coach: shuffled; `--seed {timeline.seed}` deals it the same way again", err=True)
    count = len(timeline.intervals)
    if first > count:
        raise CoachError(f"{timeline.name} has {count} intervals: `--from {count}` is the last")
    return start(library, timeline, first - 1, options)


def start(library: Library, timeline: Timeline, first: int, options: SessionOptions) -> int:
    """Run the session of `timeline` from interval `first` on, on screens where there is a terminal."""
    if options["plain"] or not has_terminal():
        return _plain(timeline, first, options)
    return _screens(library, timeline, first, options)


def has_terminal() -> bool:
    """Return whether there is a terminal to show screens on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _means(options: SessionOptions) -> Means:
    """Return what sessions are run with: the sound that was asked for, or a theme that a routine asks for."""
    from dataclasses import replace  # noqa: PLC0415 - only sessions need these, not `coach list`

    from coach.audio.player import Player  # noqa: PLC0415
    from coach.session.awake import KeepAwake  # noqa: PLC0415
    from coach.session.means import Means  # noqa: PLC0415

    settings = settings_of_user()
    sound = settings.sound
    voice = sound.voice if options["voice"] is None else options["voice"]
    settings = replace(settings, sound=replace(sound, mute=options["mute"] or sound.mute, voice=voice))

    def player_for(timeline: Timeline) -> MakePlayer:
        sound = replace(settings.sound, theme=timeline.sounds or settings.sound.theme)
        return lambda on_event: Player(sound, output=options["output"], on_event=on_event)

    return Means(player_for, settings, speed=options["speed"], awake=KeepAwake(), keep=keep_loudness)


def _plain(timeline: Timeline, first: int, options: SessionOptions) -> int:
    from coach.session.plain import PlainSession  # noqa: PLC0415 - not for screens

    means = _means(options)
    PlainSession(timeline, means, open_seconds=options["open_seconds"]).run(first)
    return OK


def _screens(library: Library, timeline: Timeline | None, first: int, options: SessionOptions) -> int:
    from coach.tui.app import CoachApp  # noqa: PLC0415 - 200 ms that no other command has to pay

    app = CoachApp(
        library,
        _means(options),
        timeline=timeline,
        first_index=first,
        # Without colours the terminal's own are the readable ones.
        ansi_color=True if os.environ.get("NO_COLOR") else None,
    )
    app.run()
    return app.return_code or OK
