"""`coach run`, and how every command starts a session: on screens, or as lines of text."""

from __future__ import annotations

import math
import os
import sys
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from coach.cli.completion import complete_routines
from coach.cli.safety import show_notices
from coach.cli.shared import (
    STANDARD_INPUT,
    find_routine,
    get_ready,
    hooks_folder,
    keep_loudness,
    load_settings,
    open_library,
    random_seed,
    settings_of_user,
)
from coach.problems import INTERRUPTED, OK, CoachError
from coach.system import terminal
from coach.text.clean import legible

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.library.library import Library
    from coach.session.place import Resumed
    from coach.session.setup import MakePlayer, SessionSetup
    from coach.settings import Settings
    from coach.timeline.model import Timeline
    from coach.tui.app import CoachApp

F = TypeVar("F", bound="Callable[..., Any]")

OUTPUTS = ("auto", "miniaudio", "simpleaudio", "bell", "null")
_FASTEST = 1000.0
LONGEST_OPEN_S = 24 * 60 * 60
"""The most seconds that open work can be given when nobody can press a key."""


class Number(click.FloatRange):
    """A finite number within bounds; click's own type accepts "nan"."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's own signature
        """Return the number, or fail with a sentence."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class Minutes(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions
    """A time as in a routine file, in milliseconds; a bare number is minutes."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's own signature
        """Return the milliseconds, or fail with a sentence."""
        from coach.routine.language.scalars import Wrong, read_some_time  # few sessions are cut

        try:
            return read_some_time(f"{value}m" if str(value).strip().isdecimal() else str(value))
        except Wrong as wrong:
            self.fail(f"{wrong}.", param, ctx)


class SessionOptions(TypedDict):
    """The options of a session on the command line."""

    output: str
    mute: bool
    voice: bool | None
    speed: float
    plain: bool
    open_seconds: float


def session_options(command: F) -> F:
    """Add the options of every command that can run a session."""
    options = (
        click.option("--output", type=click.Choice(OUTPUTS), default="auto", help="Where to play sound."),
        click.option("--mute", is_flag=True, help="Start without sound; press m to turn it on."),
        click.option("--voice/--no-voice", default=None, help="Speak names and cues aloud, or not."),
        click.option(
            "--speed",
            type=Number(0.1, _FASTEST),
            default=1.0,
            metavar="N",
            help="Rehearse at N times the speed.",
        ),
        click.option("--plain", is_flag=True, help="Show lines of text instead of full screens."),
        click.option(
            "--open-seconds",
            type=Number(0.0, LONGEST_OPEN_S),
            default=30.0,
            metavar="S",
            help="How long open work lasts when nobody can press a key.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def choose(options: SessionOptions) -> int:
    """Open the chooser, and run the routines that the user chooses."""
    if options["plain"] or not take_terminal():
        raise CoachError(
            "the chooser needs a terminal: list the routines with `coach list`, and start one with `coach run NAME`"
        )
    return _open_screens(open_library(), None, 0, options)


@click.command("run")
@click.argument("name", metavar="NAME|FILE|-", shell_complete=complete_routines)
@click.option("--from", "first", type=click.IntRange(min=1), default=1, metavar="K", help="Start at interval K.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Shuffle in the same order as with seed N.")
@click.option("--in", "limit_ms", type=Minutes(), metavar="TIME", help="Shorten it to fit a time such as 12m.")
@click.option("--as-written", is_flag=True, help="Ignore progress: ranges mean their bottom, and nothing grows.")
@session_options
def run_routine(
    name: str, first: int, seed: int | None, limit_ms: int | None, as_written: bool, **options: Unpack[SessionOptions]
) -> int:
    """Run a routine by NAME, from a FILE, or from standard input (-)."""
    library = open_library()
    routine = find_routine(library, name)
    if name == STANDARD_INPUT and (sys.stdout.isatty() or sys.stderr.isatty()):
        terminal.take_keys()  # standard input is at its end and cannot give commands
    from coach.plan.ready import SessionWish  # `coach --help` needs none

    seed = random_seed() if seed is None else seed
    timeline = get_ready(library, routine, SessionWish(seed, as_written=as_written, limit_ms=limit_ms))
    if timeline.seed is not None:
        click.echo(f"coach: shuffled; use `--seed {timeline.seed}` for the same order again", err=True)
    count = len(timeline.intervals)
    if first > count:
        raise CoachError(f"{timeline.name} has {count} intervals: the last is `--from {count}`")
    return start(library, timeline, first - 1, options)


def start(
    library: Library, timeline: Timeline, first: int, options: SessionOptions, resumed: Resumed | None = None
) -> int:
    """Run a session, on screens if there is a terminal, otherwise as lines of text.

    Args:
        library: The routines to choose from after the session.
        timeline: The session's routine.
        first: The index of the interval to start with.
        options: The options of the command line.
        resumed: The interrupted session to continue, which decides where to start.

    Returns:
        The exit code.
    """
    if options["plain"] or not take_terminal():
        return _run_plain(timeline, first, options, resumed)
    return _open_screens(library, timeline, first, options, resumed)


def has_terminal() -> bool:
    """Return whether there is a terminal with a screen and keys."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and terminal.is_in_reach()


def take_terminal() -> bool:
    """Return whether there is a terminal with a screen and keys. If so, make its keys the standard input."""
    return has_terminal() and terminal.take_keys()


def _setup(options: SessionOptions, settings: Settings) -> SessionSetup:
    """Return what sessions are run with: player, settings, notices, journal."""
    from coach.history.db.journal import Journal
    from coach.session.notices import Confirmed  # only sessions need these
    from coach.session.setup import SessionSetup
    from coach.system.hooks import HookRunner
    from coach.system.power import KeepAwake, Sleep
    from coach.system.status import StatusFile

    settings = _with_options(options, settings)
    return SessionSetup(
        _player_for(options, settings),
        settings,
        speed=options["speed"],
        awake=KeepAwake(),
        keep=keep_loudness,
        notices=Confirmed(),
        journal=Journal(),
        hooks=HookRunner(hooks_folder()),
        status=StatusFile(),
        sleep=Sleep(),
    )


def _with_options(options: SessionOptions, settings: Settings) -> Settings:
    """Return `settings` with the environment and the options of the command line applied."""
    from dataclasses import replace  # only sessions need it

    from coach.settings import in_environment

    settings = in_environment(settings, os.environ)
    sound = settings.sound
    voice = sound.voice if options["voice"] is None else options["voice"]
    return replace(settings, sound=replace(sound, mute=options["mute"] or sound.mute, voice=voice))


def _player_for(options: SessionOptions, settings: Settings) -> Callable[[Timeline], MakePlayer]:
    """Return what makes the player of a session, with the sound theme of its routine if that has one."""
    from dataclasses import replace

    def player_for(timeline: Timeline) -> MakePlayer:
        from coach.audio.player import Player

        sound = replace(settings.sound, theme=timeline.sounds or settings.sound.theme)
        return lambda on_event: Player(sound, output=options["output"], on_event=on_event)

    return player_for


def _run_plain(timeline: Timeline, first: int, options: SessionOptions, resumed: Resumed | None) -> int:
    """Run a session as lines of text; afterwards the journal is written, whatever happened. Returns the exit code."""
    from coach.cli.crash import threads_watched
    from coach.session.plain import PlainSession  # not for screens
    from coach.system.shutdown import leaving

    setup = _setup(options, settings_of_user())
    if setup.notices:
        show_notices(setup.notices, timeline)
    session = PlainSession(timeline, setup, open_seconds=options["open_seconds"], resumed=resumed)
    with leaving(session.leave, lambda: _close_journal(setup)), threads_watched():
        try:
            session.run(first)
        except (CoachError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - as in run_command, with a hint to resume the session
            return _report_fault(error, setup, kept=_close_journal(setup))
        finally:
            kept = _close_journal(setup)
            if not kept:
                _warn_unkept(setup)
            _close_doors(setup)
    if session.left_with == INTERRUPTED and kept and session.can_be_resumed:
        click.echo("Interrupted. Resume with `coach resume`, or save what you did with `coach resume --file`.")
    return session.left_with or OK


def _report_fault(error: BaseException, setup: SessionSetup, *, kept: bool) -> int:
    """Report a fault that ended a session or the screens, and return the exit code."""
    from coach.cli.crash import report_fault  # only sessions, and seldom

    is_there = kept and setup.journal is not None and setup.journal.begun
    return report_fault(error, "; your progress is saved: resume with `coach resume`" if is_there else "")


def _close_journal(setup: SessionSetup) -> bool:
    """Write the rest of the journal, and return whether that was possible."""
    return setup.journal is None or setup.journal.close()


def _close_doors(setup: SessionSetup) -> None:
    """Remove the status, let the last hook run, and show what went wrong with any of them."""
    if setup.status is not None:
        setup.status.close()
    if setup.hooks is None:
        return
    setup.hooks.close()
    for trouble in setup.hooks.troubles:
        click.echo(f"coach: {legible(trouble)}; `coach doctor` lists your hooks", err=True)


def _warn_unkept(setup: SessionSetup) -> None:
    """Repeat at the end that the history is incomplete: the message has scrolled away or gone with the screens."""
    if setup.journal:
        click.echo(f"coach: part of this session is missing from your history: {setup.journal.trouble}", err=True)


def _open_screens(
    library: Library, timeline: Timeline | None, first: int, options: SessionOptions, resumed: Resumed | None = None
) -> int:
    """Open the app at a session, or at the chooser without one. Returns the exit code."""
    from dataclasses import replace

    from coach.tui.app import CoachApp  # 200 ms that no other command has to pay

    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one means nothing (no-color.org), but Textual obeys it
    settings, problems = load_settings()
    setup = _setup(options, settings)

    def setup_for(settings: Settings) -> SessionSetup:
        settings = _with_options(options, settings)
        return replace(setup, settings=settings, player_for=_player_for(options, settings))

    app = CoachApp(
        library,
        setup,
        timeline=timeline,
        first_index=first,
        # Without colours the terminal's own are the readable ones.
        ansi_color=True if os.environ.get("NO_COLOR") else None,
        setup_for=setup_for,
        seed=random_seed,
    )
    app.resumed = resumed
    app.warnings = tuple(map(str, problems))
    return _run_screens(app, setup)


def _run_screens(app: CoachApp, setup: SessionSetup) -> int:
    """Run the app; afterwards the terminal is restored and the journal written, whatever happened."""
    from coach.cli.crash import threads_watched
    from coach.system.shutdown import leaving

    restore = terminal.saved_state()

    def save() -> None:
        terminal.leave_screens(has_picture=app.has_picture, window=app.window.leave())
        restore()
        _close_journal(setup)

    with leaving(app.leave, save), threads_watched():
        try:
            app.run()
        except Exception as error:  # noqa: BLE001 - Textual does not catch faults in closing the screens
            app.fault = app.fault or error
        finally:
            kept = _close_journal(setup)
    if not kept:
        _warn_unkept(setup)
    _close_doors(setup)
    if app.fault is not None:
        return _report_fault(app.fault, setup, kept=kept)
    return app.return_code or OK
