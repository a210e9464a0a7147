"""Shared by commands: find a routine, compile it, check a file to write, and load the user's settings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.output import remember
from coach.problems import BrokenFile, CoachError

if TYPE_CHECKING:
    from datetime import datetime

    from coach.plan.ready import ReadySession, SessionWish
    from coach.problems import Problem
    from coach.routine.library.library import Library
    from coach.routine.model import Exercise, Routine
    from coach.settings import Settings
    from coach.syntax.report import Read
    from coach.timeline.fit import Fitted
    from coach.timeline.model import Timeline


STANDARD_INPUT = STANDARD_OUTPUT = "-"
"""The name for them in place of a file's."""
SPORT_CHOICES = ("run", "ride", "strength", "cardio", "hiit", "mobility")
"""What `--sport` may be: the sports of `coach.exchange.outgoing.workout`, which most commands do not import."""


def open_library() -> Library:
    """Return the library of this machine; nothing is read yet."""
    from coach.routine.library.library import Library  # `coach --version` needs none

    return Library()


def find_routine(library: Library, name: str) -> Routine:
    """Return the routine called `name`, at that path, or on standard input for `-`.

    Raises:
        CoachError: there is none.
        BrokenFile: its file has problems.
    """
    if name != STANDARD_INPUT:
        try:
            return library.routine(name)
        except CoachError as error:
            hint = import_hint(name)
            raise BrokenFile((hint,)) if hint else error from None
    read = read_input()
    if read.value is None:
        raise BrokenFile(read.problems)
    return read.value


def find_exercise(library: Library, name: str) -> Exercise | None:
    """Return the exercise called `name`, or None.

    Raises:
        BrokenFile: its file has problems.
    """
    from coach.routine.model import Routine, Work

    catalogue = library.catalogue(Routine("exercise", name, (Work(name),), prepare_ms=0))
    if problems := catalogue.broken(name):
        raise BrokenFile(problems)
    return catalogue.find(name)[0]


def read_input() -> Read[Routine]:
    """Read a routine from standard input, up to the size of a file; its warnings are among the problems."""
    from dataclasses import replace

    from coach.routine.language.reader import read_routine
    from coach.syntax.decode import LARGEST
    from coach.syntax.report import Read

    source = sys.stdin.buffer.read(LARGEST + 1)
    remember("standard input", source.decode("utf-8", "replace"))
    read = read_routine(source, "standard input", "routine")
    if read.value is None and (hint := _hint_for(source, "standard input", "FILE")):
        return Read(None, (hint,))
    return replace(read, problems=tuple(sorted((*read.problems, *read.warnings))), warnings=())


def import_hint(file: str | Path) -> Problem | None:
    """Return the problem of a file that is another program's, with the command that imports it; None for others."""
    import shlex

    from coach.exchange.incoming.document import LARGEST_FOREIGN  # only for a file that is no routine
    from coach.routine.library.files import read_file
    from coach.text.clean import shown

    try:
        if not Path(file).is_file():  # a pipe could not be read twice
            return None
        data = read_file(file, LARGEST_FOREIGN)
    except (CoachError, OSError, ValueError):
        return None
    return _hint_for(data, shown(file), shlex.quote(shown(file)))


def _hint_for(data: bytes, file: str, argument: str) -> Problem | None:
    from coach.exchange.incoming.reading import recognised
    from coach.problems import Problem

    found = recognised(data)
    if found is None:
        return None
    return Problem(file, 0, 0, f"this is {found.article} {found.name} file: import it with `coach import {argument}`")


def unroll(library: Library, routine: Routine, seed: int = 0) -> Timeline:
    """Return the timeline of `routine`; `seed` decides the order of shuffled steps.

    Raises:
        BrokenFile: the routine has problems that compiling finds.
    """
    from coach.timeline.compile.compile import compile_routine  # `coach check` of a broken file needs none

    return compile_routine(routine, library.catalogue(routine), seed=seed)


def get_ready(library: Library, routine: Routine, wish: SessionWish) -> Timeline:
    """Return the timeline of a session at today's targets, cut to fit, and show why and what on stderr.

    Raises:
        BrokenFile: the routine has problems.
        CoachError: the history cannot be read, or nothing of the routine fits into the time.
    """
    from dataclasses import replace

    from coach.plan.ready import ready
    from coach.text.clean import legible

    today, catalogue = local_now().date(), library.catalogue(routine)
    session = ready(routine, catalogue, today, wish)
    if session.fitted is not None and not session.fitted.fits and wish.limit_ms is not None:
        other = ready(routine, catalogue, today, replace(wish, warm_up=False))
        session = _without_warm_up(session.fitted, other, routine, library, wish.limit_ms)
    lines = (*((session.fitted.sentence,) if session.fitted else ()), *session.why)
    for words in lines:
        click.echo(f"coach: {legible(words)}", err=True)
    return session.timeline


def _without_warm_up(
    shortest: Fitted, other: ReadySession, routine: Routine, library: Library, limit_ms: int
) -> ReadySession:
    """Return the session without its warm-up when the person agrees.

    Raises:
        CoachError: it is too long without it, too, or nobody agrees; the sentence names routines that fit.
    """
    from coach.timeline.wording import total

    if other.fitted is not None and other.fitted.fits and sys.stdin.isatty() and sys.stderr.isatty():
        words = f"The shortest is {total(shortest.ms)}. Leave out the warm-up: {other.fitted.sentence}?"
        if click.confirm(words, default=False, err=True):
            return other
    fitting = _routines_that_fit(library, routine, limit_ms)
    cure = f": {', '.join(fitting)} would fit" if fitting else ""
    raise CoachError(f"{routine.name} does not fit into {total(limit_ms)}, the shortest is {total(shortest.ms)}{cure}")


def _routines_that_fit(library: Library, routine: Routine, limit_ms: int, most: int = 3) -> list[str]:
    """Return the ids of routines that fit as they are, those with a tag in common first, then the longest."""
    from coach.plan.ready import rep_paces
    from coach.timeline.estimate import session_ms

    found, rep_ms = [], rep_paces()
    for entry in library.entries():
        if entry.routine is None or entry.id == routine.id:
            continue
        try:
            ms = session_ms(unroll(library, entry.routine), rep_ms)
        except BrokenFile:
            continue
        if ms <= limit_ms:
            found.append((-len(set(entry.routine.tags) & set(routine.tags)), -ms, entry.id))
    return [id_ for _, _, id_ in sorted(found)[:most]]


def local_now() -> datetime:
    """Return the time of day where the person is, with its offset from UTC."""
    from datetime import datetime  # most commands need none

    return datetime.now().astimezone()


def random_seed() -> int:
    """Return a random seed, short enough to be typed again."""
    import random  # 5 ms that only sessions need to pay

    return random.randrange(1_000_000)  # noqa: S311 - a deck of exercises, no secret


def file_to_write(name: str, example: str, *, force: bool) -> Path:
    """Return the path `name`, to be written; `example` is a name for messages, and `force` allows to replace a file.

    Raises:
        CoachError: it is no file, it exists already, or its folder does not.
    """
    path = Path(name)
    if path.exists() and not path.is_file():
        raise CoachError(f"{path} is not a file: write a file name, such as `{example}`")
    if path.exists() and not force:
        raise CoachError(f"{path} already exists: write `--force` to replace it, or use another name")
    if not path.parent.is_dir():
        raise CoachError(f"there is no folder {path.parent}: create it first, or use another name")
    return path


def settings_of_user() -> Settings:
    """Return the user's settings, and show the file's problems on stderr."""
    settings, problems = load_settings()
    for problem in problems:
        click.echo(f"coach: {problem}", err=True)
    return settings


def load_settings() -> tuple[Settings, tuple[Problem, ...]]:
    """Return the user's settings and all problems of their file, including unknown actions and keys."""
    from coach.settings import Settings
    from coach.system import paths  # `coach list` needs none

    try:
        paths.settings_file().stat()
    except (FileNotFoundError, paths.NoHome):
        return Settings(), ()
    except OSError:  # a folder without access: reading the file will report it
        pass
    from coach.config import settings_file  # most people have none, and without it screens come sooner

    settings, problems = settings_file.load()
    if settings.keys:
        from coach.text.clean import shown  # few people choose keys
        from coach.tui.keymap import checked_keys

        problems = tuple(sorted((*problems, *checked_keys(settings.keys, shown(paths.settings_file()))[1])))
    return settings, problems


def hooks_folder() -> Path | None:
    """Return the folder in which hooks run, that of the settings file; None for a user without one."""
    from coach.system import paths

    try:
        return paths.config()
    except paths.NoHome:
        return None


def keep_loudness(volume: float, *, muted: bool) -> str:
    """Write volume and mute into the user's settings, and return a sentence that confirms it or says why not."""
    from coach.config import settings_file  # only when asked for

    try:
        settings_file.keep({"volume": str(round(volume * 100)), "mute": "yes" if muted else "no"})
    except CoachError as error:
        return str(error)
    return f"Saved for next time: volume {round(volume * 100)} %{', muted' if muted else ''}."
