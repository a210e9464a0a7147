"""Pictures of movements on a terminal: a storyboard of the phases, and a live preview of a figure's file."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.doctor import described
from coach.cli.output import draw_picture
from coach.drawing.cells import escaped
from coach.figure import motion
from coach.figure.picture import Album, Room, pens
from coach.system.terminal import WIPED
from coach.text.clean import cell_len, draws_wide, legible, wrapped
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coach.drawing.cells import Depth, Pens, Rgb
    from coach.figure.model import Figure
    from coach.problems import Problem
    from coach.routine.model import Exercise

_WIDE, _HIGH = 18, 9
_GAP = 2
_LARGE = Room(44, 22)
_MOST_CAPTION_LINES = 3
_LOOK_MS = 250
"""How often the preview checks the file."""
_FRAME_MS = 125
THEME_COLOURS: Mapping[str, tuple[Rgb, Rgb, Rgb]] = {
    "dark": ((13, 17, 23), (63, 221, 136), (230, 237, 243)),
    "light": ((251, 251, 248), (8, 96, 48), (20, 24, 29)),
    "high-contrast": ((0, 0, 0), (0, 255, 127), (255, 255, 255)),
}
"""Background, limbs and text by theme, as on the screens; copied, because loading those is slow."""


@frozen
class Sketch:
    """A storyboard: a figure, and the words under each picture."""

    figure: Figure
    captions: tuple[str, ...]


def sketch(figure: Figure, exercise: Exercise | None) -> Sketch:
    """Return a storyboard with its words: the cues of the phases, or without phases the names of the poses."""
    names = motion.storyboard(figure)
    phases = exercise.phases if exercise else ()
    if figure.phases and len(phases) == len(names):
        return Sketch(figure, tuple(f"{number} {phase.cue}".strip() for number, phase in enumerate(phases, 1)))
    return Sketch(figure, tuple(name.replace("_", " ").replace("-", " ") for name in names))


def pens_for(environment: Mapping[str, str], encoding: str, theme: str = "dark") -> Pens:
    """Return the colours and characters that a terminal in this environment can draw."""
    terminal = described(environment, is_terminal=True, size=None, encoding=encoding)
    depth: Depth = "full" if terminal.colours > 256 else "256" if terminal.colours == 256 else "16"
    if terminal.no_color or not terminal.colours:
        depth = "none"
    ground, limb, text = THEME_COLOURS.get(theme, THEME_COLOURS["dark"])
    return pens(ground, limb, text, depth=depth, halves=not draws_wide(environment), blocks=terminal.unicode)


def storyboard_lines(shown: Sketch, width: int, with_pens: Pens) -> Iterator[str]:
    """Yield the lines of a storyboard, at most `width` cells wide: rows of pictures with their words below."""
    album = Album(shown.figure, Room(_WIDE, _HIGH), with_pens)
    names = motion.storyboard(shown.figure)
    a_row = max(1, (width + _GAP) // (_WIDE + _GAP))
    for first in range(0, len(names), a_row):
        some = names[first : first + a_row]
        pictures = [album.at(motion.Stance(name, name, close=True)) for name in some]
        for row in zip(*pictures, strict=True):
            yield (" " * _GAP).join(map(escaped, row))
        captions = shown.captions[first : first + a_row]
        blocks = [wrapped(legible(caption), _WIDE)[:_MOST_CAPTION_LINES] for caption in captions]
        for number in range(max(map(len, blocks))):
            parts = [block[number] if number < len(block) else "" for block in blocks]
            yield (" " * _GAP).join(part + " " * (_WIDE - cell_len(part)) for part in parts).rstrip()
        yield ""


def show(shown: Sketch, theme: str) -> None:
    """Write a storyboard to stdout, a terminal."""
    width = shutil.get_terminal_size().columns
    with_pens = pens_for(os.environ, sys.stdout.encoding or "ascii", theme)
    draw_picture("".join(f"{line}\n" for line in ("", *storyboard_lines(shown, width, with_pens))))


@frozen
class Draft:
    """The state of a figure's file: its sketch, or None while the file has problems."""

    title: str
    shown: Sketch | None
    problems: tuple[Problem, ...]


def watch(load: Callable[[], Draft], stamp: Callable[[], object], theme: str, *, still: bool = False) -> None:
    """Show a moving figure and follow its files, until Ctrl-C.

    Args:
        load: Reads the file.
        stamp: Returns a value that changes when the file does; then it is read again.
        theme: The name of the theme.
        still: Whether the figure steps from pose to pose.
    """
    with_pens = pens_for(os.environ, sys.stdout.encoding or "ascii", theme)
    draw_picture("\x1b[?1049h\x1b[?25l")
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that `kill`, too, restores the terminal
    try:
        _follow(load, stamp, with_pens, still=still)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        draw_picture(f"{WIPED}\x1b[?25h\x1b[?1049l")
        sys.stdout.flush()


def _follow(load: Callable[[], Draft], stamp: Callable[[], object], with_pens: Pens, *, still: bool) -> None:
    seen: object = None
    last: list[str] = []
    album: Album | None = None
    draft = Draft("", None, ())
    film: tuple[motion.Stance, ...] = ()
    began = looked = -10.0
    while True:
        now = time.monotonic()
        if now - looked >= _LOOK_MS / 1000:
            looked, found = now, stamp()
            if found != seen:
                seen, draft, began = found, load(), now
                film = motion.preview_frames(draft.shown.figure, still=still) if draft.shown else ()
        size = shutil.get_terminal_size()
        room = Room(min(_LARGE.columns, size.columns), max(4, min(_LARGE.rows, size.lines - 8)))
        if draft.shown and (album is None or album.figure is not draft.shown.figure or album.room != room):
            album = Album(draft.shown.figure, room, with_pens)
        picture: list[str] = []
        if album is not None and draft.shown:
            moment = film[int((now - began) * 1000 / _FRAME_MS) % len(film)]
            picture = [escaped(row) for row in album.at(moment)]
            picture.append(_place(moment))
        page = page_of(draft, picture, size.columns, size.lines)
        _paint(page, last)
        last = page
        time.sleep(_FRAME_MS / 1000)


def _place(moment: motion.Stance) -> str:
    """Return the words below the picture: the pose, or the two poses it is between."""
    if moment.origin == moment.target:
        return legible(moment.target)
    return legible(f"{moment.origin} > {moment.target}")


def page_of(draft: Draft, picture: Sequence[str], width: int, height: int) -> list[str]:
    """Return the lines of the preview: a title, the picture, and the problems."""
    found: list[str] = []
    for problem in draft.problems:  # the title shows the folder
        found += wrapped(legible(str(replace(problem, file=Path(problem.file).name))), width - 1)
    state = found or ["No problems found."]
    page = [legible(draft.title)[: width - 1], *picture, "", *state]
    return page[: max(1, height - 1)]


def _paint(page: Sequence[str], before: Sequence[str]) -> None:
    """Write the lines that have changed."""
    parts = [
        f"\x1b[{number + 1};1H{line}\x1b[K"
        for number, line in enumerate(page)
        if number >= len(before) or before[number] != line
    ]
    if len(page) != len(before):
        parts.append(f"\x1b[{len(page) + 1};1H\x1b[J")
    if parts:
        draw_picture("".join(parts))
        sys.stdout.flush()


def figure_words(figure: Figure) -> Iterable[str]:
    """Return a figure in words, for a pipe: its poses in order."""
    order = " > ".join(name.replace("_", " ") for name in motion.storyboard(figure))
    return (f"{figure.id}, seen from the {figure.view}", f"  {order}")
