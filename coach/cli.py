"""The commands. Each imports what it needs when it runs, so that `coach list` does not pay for a user interface.

Data goes to stdout (problems of files are data), talk to stderr. Exit codes: 0 fine, 1 problems found, 2 usage or no
such file, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from coach import __version__
from coach.problems import FOUND_PROBLEMS, INTERRUPTED, OK, BrokenFile, CoachError

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.audio.events import Event, PlayerLike
    from coach.problems import Problem
    from coach.routine.library import Library
    from coach.routine.model import Routine
    from coach.settings import Settings
    from coach.timeline.model import Timeline

F = TypeVar("F", bound="Callable[..., Any]")

OUTPUTS = ("auto", "miniaudio", "simpleaudio", "bell", "null")
FASTEST = 1000.0


class SessionOptions(TypedDict):
    """What a session can be told on the command line."""

    output: str
    mute: bool
    speed: float
    plain: bool
    open_seconds: float


def main() -> None:
    """Run the command line, and leave with its exit code."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever is wrong is said in one sentence."""
    try:
        code = commands.main(arguments, prog_name="coach", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CoachError as error:
        _tell(error)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read us has gone, as `head` does; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code if isinstance(code, int) else OK


def _tell(error: CoachError) -> None:
    """Say what is wrong: problems of files are data, everything else is talk."""
    if isinstance(error, BrokenFile):
        click.echo(error)
    else:
        click.echo(f"coach: {error}", err=True)


def session_options(command: F) -> F:
    """Add the options that every command has that can run a session."""
    options = (
        click.option("--output", type=click.Choice(OUTPUTS), default="auto", help="Where sound goes."),
        click.option("--mute", is_flag=True, help="Start without sound; m brings it back."),
        click.option(
            "--speed",
            type=click.FloatRange(0.1, FASTEST),
            default=1.0,
            metavar="N",
            help="Rehearse, N times as fast.",
        ),
        click.option("--plain", is_flag=True, help="Lines of text instead of screens."),
        click.option(
            "--open-seconds",
            type=click.FloatRange(0.0),
            default=30.0,
            metavar="S",
            help="Without anybody to press a key, open work lasts this long.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coach")
@session_options
@click.pass_context
def commands(context: click.Context, /, **options: Unpack[SessionOptions]) -> int | None:
    """Walk through a workout with large cues and exact beeps. Without a command, choose a routine."""
    if context.invoked_subcommand is not None:
        return None
    if options["plain"] or not has_terminal():
        msg = "choosing needs a terminal: `coach list` shows the routines, `coach run NAME` starts one"
        raise CoachError(msg)
    return _screens(None, 0, options)


@commands.command("run")
@click.argument("name", metavar="NAME|FILE|-")
@click.option("--from", "first", type=click.IntRange(min=1), default=1, metavar="K", help="Start at interval K.")
@session_options
def run_routine(name: str, first: int, **options: Unpack[SessionOptions]) -> int:
    """Run the routine NAME, a FILE, or what is read from -."""
    library = _library()
    timeline = _timeline(library, _routine(library, name))
    count = len(timeline.intervals)
    if first > count:
        raise CoachError(f"{timeline.name} has {count} intervals: `--from {count}` is the last")
    if options["plain"] or not has_terminal():
        return _plain(timeline, first - 1, options)
    return _screens(timeline, first - 1, options, library)


@commands.command("list")
def list_routines() -> int:
    """List the routines there are, with their total times."""
    library = _library()
    rows = []
    for entry in library.entries():
        if entry.routine is None:
            rows.append((entry.id, "broken", str(entry.problems[0])))
            continue
        try:
            timeline = _timeline(library, entry.routine)
        except BrokenFile as error:
            rows.append((entry.id, "broken", str(error.problems[0])))
            continue
        rows.append((entry.id, _total(timeline), entry.routine.name + (" (yours)" if entry.origin == "user" else "")))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for identifier, total, name in rows:
        click.echo(f"{identifier:<{widths[0]}}  {total:>{widths[1]}}  {name}")
    return OK


@commands.command("show")
@click.argument("name", metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="The whole timeline with its signals, for other programs.")
def show_routine(name: str, as_json: bool) -> int:  # noqa: FBT001 - click passes a flag by name
    """Show the routine NAME: its outline and total time."""
    library = _library()
    routine = _routine(library, name)
    timeline = _timeline(library, routine)
    if as_json:
        import json  # noqa: PLC0415 - only here

        from coach.timeline.document import document  # noqa: PLC0415 - only here

        click.echo(json.dumps(document(timeline, _settings(mute=False).sound), ensure_ascii=False, indent=1))
    else:
        from coach.timeline.outline import text  # noqa: PLC0415 - only here

        click.echo("\n".join(text(timeline, routine.summary or "")))
    return OK


@commands.command("check")
@click.argument("files", nargs=-1, metavar="FILE...")
def check_files(files: tuple[str, ...]) -> int:
    """Check routine and exercise files, and say everything that is to be mended. Without FILE, check your own."""
    library = _library()
    problems = sorted({problem for file in files or _own_files(library) for problem in _problems(library, file)})
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo("No problems found.", err=True)
    return FOUND_PROBLEMS if problems else OK


def _own_files(library: Library) -> list[str]:
    """Return the user's own routine and exercise files."""
    own = [str(entry.path) for entry in library.entries() if entry.origin == "user"]
    return own + [str(path) for path in library.own_exercises()]


def _problems(library: Library, file: str) -> tuple[Problem, ...]:
    routine, problems = library.problems_of(file)
    if routine is None or problems:
        return problems
    try:
        _timeline(library, routine)
    except BrokenFile as error:
        return error.problems
    return ()


@commands.command("paths")
def show_paths() -> int:
    """Show where things live."""
    from coach import paths  # noqa: PLC0415 - only here

    rows = {
        "settings": paths.settings_file(),
        "your routines": paths.user("routines"),
        "your sounds": paths.user("sounds"),
        "shipped routines": paths.shipped("routines"),
        "shipped sounds": paths.shipped("sounds"),
        "logs": paths.logs(),
    }
    for name, path in rows.items():
        click.echo(f"{name:<17} {path}")
    return OK


def has_terminal() -> bool:
    """Return whether there is a terminal to show screens on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _library() -> Library:
    from coach.routine.library import Library  # noqa: PLC0415 - `coach --version` needs none

    return Library()


def _routine(library: Library, name: str) -> Routine:
    if name != "-":
        return library.routine(name)
    from coach.routine.reader import read_routine  # noqa: PLC0415 - only here

    read = read_routine(sys.stdin.buffer.read(), "standard input", "routine")
    if read.value is None:
        raise BrokenFile(read.problems)
    return read.value


def _timeline(library: Library, routine: Routine) -> Timeline:
    from coach.timeline.compile import compile_routine  # noqa: PLC0415 - `coach check` of a broken file needs none

    return compile_routine(routine, library.catalogue(routine))


def _total(timeline: Timeline) -> str:
    from coach.timeline.words import total  # noqa: PLC0415 - as above

    return total(timeline.duration_ms, has_open=timeline.last_open >= 0)


def _settings(*, mute: bool) -> Settings:
    from coach.settings import Settings, SoundSettings  # noqa: PLC0415 - as above

    return Settings(sound=SoundSettings(mute=mute))


def _player_maker(
    settings: Settings, output: str, theme: str | None
) -> Callable[[Callable[[Event], None]], PlayerLike]:
    from dataclasses import replace  # noqa: PLC0415 - only sessions need this

    from coach.audio.player import Player  # noqa: PLC0415 - as above

    sound = replace(settings.sound, theme=theme) if theme else settings.sound
    return lambda on_event: Player(sound, output=output, on_event=on_event)


def _plain(timeline: Timeline, first: int, options: SessionOptions) -> int:
    from coach.session.plain import PlainSession  # noqa: PLC0415 - only here

    settings = _settings(mute=options["mute"])
    PlainSession(
        timeline,
        settings,
        make_player=_player_maker(settings, options["output"], timeline.sounds),
        speed=options["speed"],
        open_seconds=options["open_seconds"],
    ).run(first)
    return OK


def _screens(timeline: Timeline | None, first: int, options: SessionOptions, library: Library | None = None) -> int:
    raise NotImplementedError


if __name__ == "__main__":
    main()
