"""Figures in `coach show`: a storyboard under an exercise, a figure by itself, and a live preview of its file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli import storyboard
from coach.cli.output import show_problems, shows_lines
from coach.cli.shared import find_exercise, settings_of_user
from coach.figure.reader import read_figure
from coach.figure.shelf import Figures
from coach.problems import FOUND_PROBLEMS, OK, BrokenFile, CoachError, Problem
from coach.routine.ids import id_of
from coach.routine.library.files import UnreadableFile, kind_of, read_file
from coach.routine.library.library import Library
from coach.settings import in_environment
from coach.syntax.report import Read
from coach.text.clean import shown

if TYPE_CHECKING:
    from coach.figure.model import Figure
    from coach.routine.model import Exercise


def draw_exercise(library: Library, exercise: Exercise) -> None:
    """Draw the phases of an exercise on the terminal, if its figure can be read and the user wants figures."""
    settings = settings_of_user()
    figure = Figures(library).of(exercise) if settings.figure != "off" else None
    if figure is not None:
        storyboard.show(storyboard.sketch(figure, exercise), settings.theme)


def show_figure(library: Library, name: str, *, plain: bool) -> int:
    """Show a figure by its id or the path of its file: as pictures on a terminal, otherwise as poses in words.

    Raises:
        BrokenFile: its file has problems.
        CoachError: there is no such figure.
    """
    read, _, exercise = _read(library, name)
    if read.value is None:
        raise BrokenFile(read.problems)
    if plain or not shows_lines():
        click.echo("\n".join(storyboard.figure_words(read.value)))
    else:
        storyboard.show(storyboard.sketch(read.value, exercise), settings_of_user().theme)
        show_problems(read.warnings)
    return FOUND_PROBLEMS if read.problems else OK


def watch_figure(library: Library, name: str) -> int:
    """Show the figure of an exercise, or a figure, moving, and follow its file until Ctrl-C.

    Raises:
        CoachError: there is no such figure, or no terminal to draw on.
    """
    if not shows_lines():
        raise CoachError("`--watch` needs a terminal: leave it out")
    _, path, _ = _read(library, name)

    def load() -> storyboard.Draft:
        read, _, exercise = _read(Library(), name)
        sketch = storyboard.sketch(read.value, exercise) if read.value else None
        title = f"{shown(path)}    Ctrl-C ends"
        return storyboard.Draft(title, sketch, tuple(sorted((*read.problems, *read.warnings))))

    settings = in_environment(settings_of_user(), os.environ)
    storyboard.watch(load, lambda: _stamp(path), settings.theme, still=settings.figure != "moving")
    return OK


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return a file's time and size, which show a change; None while it does not exist."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def _read(library: Library, name: str) -> tuple[Read[Figure], Path, Exercise | None]:
    """Return the result of reading a figure, its file, and the exercise whose phases it shows, if any.

    Raises:
        CoachError: there is no such figure.
    """
    figures = Figures(library)
    if kind_of(Path(name), library.folders) == "figure":
        path = Path(name)
        id_ = id_of(path.stem) or "figure"
        return _of_file(path, id_), path, _exercise(library, id_)
    exercise = _exercise(library, name)
    id_ = figures.id_for(exercise, name)
    read, found = figures.read(id_), figures.file(id_)
    if read is None or found is None:
        raise figures.unknown(id_ or name)
    return read, found.path, exercise


def _of_file(path: Path, id_: str) -> Read[Figure]:
    try:
        return read_figure(read_file(path), shown(path), id_)
    except UnreadableFile as error:
        if not path.exists():
            raise
        return Read(None, (Problem(shown(path), 0, 0, error.problem),))


def _exercise(library: Library, name: str) -> Exercise | None:
    """Return the exercise called `name`; None if it has problems, too."""
    try:
        return find_exercise(library, name)
    except BrokenFile:
        return None
