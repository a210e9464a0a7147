"""`coach page`: write a routine as one HTML file for the phone."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files, complete_routines
from coach.cli.shared import (
    STANDARD_OUTPUT,
    file_to_write,
    find_routine,
    open_library,
    random_seed,
    settings_of_user,
    unroll,
)
from coach.problems import OK, USAGE, BrokenFile, CoachError
from coach.text.clean import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.figure.shelf import Figures
    from coach.routine.library.library import Library
    from coach.routine.model import Routine
    from coach.settings import Settings
    from coach.timeline.model import Timeline


_INDEX = "index.html"


@click.command("page")
@click.argument("name", metavar="NAME|FILE|-", required=False, shell_complete=complete_routines)
@click.option("-o", "--output", "target", metavar="FILE|FOLDER", shell_complete=complete_files, help="Where to write.")
@click.option("--all", "every", is_flag=True, help="Write a page for each routine, and an index, into a folder.")
@click.option("--serve", is_flag=True, help="Show the page to a phone on the same network, until Ctrl-C.")
@click.option("--host", metavar="ADDRESS", help="With --serve: the address of this computer to use.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="With --serve: the port to use.")
@click.option("--force", is_flag=True, help="Replace files that exist.")
def make_page(
    name: str | None, target: str | None, every: bool, serve: bool, host: str | None, port: int, force: bool
) -> int:
    """Write the routine NAME as one HTML file that runs in any browser, without coach or a network."""
    if (name is None) != every:
        raise CoachError("name one routine, as in `coach page runner-legs`, or write `--all`", exit_code=USAGE)
    if serve and target:
        raise CoachError("`--serve` writes no file: remove `-o`, or remove `--serve`", exit_code=USAGE)
    if (host or port) and not serve:
        raise CoachError("`--host` and `--port` need `--serve`", exit_code=USAGE)
    library = open_library()
    maker = PageMaker(library, settings_of_user())
    if serve:
        return _serve(maker.pages() if name is None else {"": maker.page(find_routine(library, name))}, host, port)
    if name is None:
        return _write_all(maker, target, force=force)
    routine = find_routine(library, name)
    if target == STANDARD_OUTPUT:
        click.echo(maker.page(routine), nl=False)
        return OK
    path = file_to_write(target or f"{routine.id}.html", "legs.html", force=force)
    _write({path: maker.page(routine)})
    click.echo(f"{shown(routine.name)} written to {shown(path)}.", err=True)
    return OK


def _write_all(maker: PageMaker, target: str | None, *, force: bool) -> int:
    if not target or target == STANDARD_OUTPUT:
        raise CoachError("choose a folder: `coach page --all -o FOLDER`", exit_code=USAGE)
    folder = Path(target)
    if folder.exists() and not folder.is_dir():
        raise CoachError(f"{shown(folder)} is not a folder: choose another name")
    pages = maker.pages()
    files = {folder / (name or _INDEX): text for name, text in pages.items()}
    taken = next((path for path in files if path.exists()), None)
    if taken and not force:
        raise CoachError(f"{shown(taken)} exists: add `--force` to replace it, or choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    _write(files)
    click.echo(f"{len(files) - 1} routines written to {shown(folder)}: open {_INDEX} there.", err=True)
    return OK


def _serve(pages: Mapping[str, str], host: str | None, port: int) -> int:
    import segno  # nothing else needs it

    from coach.page.serve import PageServer, own_address

    try:
        server = PageServer(pages, host or own_address(), port)
    # A text that can be no address at all is a type error to Python.
    except (OSError, TypeError, ValueError) as error:
        where = f"{shown(host or own_address())}, port {port or 'any'}"
        why = getattr(error, "strerror", None) or "this computer does not have that address"
        raise CoachError(f"cannot serve at {where} ({why}): choose another with `--host` or `--port`") from None
    with server:
        segno.make(server.address, error="l").terminal(sys.stdout, compact=True, border=2)
        click.echo(f"{server.address}\nOpen this on a phone on the same network. Press Ctrl-C to stop.")
        click.echo("The phone's screen may turn off: browsers keep it on only for a saved file.")
        with suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.2)
    return OK


class PageMaker:
    """Makes pages of routines; sounds and figures are loaded once for all of them."""

    def __init__(self, library: Library, settings: Settings) -> None:
        from coach.figure.shelf import Figures

        self._library = library
        self._settings = settings
        self._figures: Figures = Figures(library)
        self._sounds: dict[str, Mapping[str, Sequence[int]]] = {}

    def pages(self) -> dict[str, str]:
        """Return the page of every routine by its file name, and under "" an index.

        Broken files are reported and left out.
        """
        from coach.page.document import index_page
        from coach.timeline.wording import total_length

        pages: dict[str, str] = {}
        rows = []
        for entry in self._library.entries():
            try:
                routine = self._library.routine(entry.id)
                name = f"{routine.id}.html"
                pages[name] = self.page(routine)
            except BrokenFile as error:
                for problem in error.problems:
                    click.echo(f"coach: {problem}", err=True)
                continue
            rows.append((name, routine.name, total_length(unroll(self._library, routine)), routine.summary or ""))
        return {"": index_page(rows), **pages}

    def timeline(self, routine: Routine) -> Timeline:
        """Return the session of a routine; shuffled steps get a new order for each page."""
        timeline = unroll(self._library, routine)
        return timeline if timeline.seed is None else unroll(self._library, routine, random_seed())

    def page(self, routine: Routine) -> str:
        """Return the page of a routine."""
        from coach.figure.cast import Cast
        from coach.page.content import page_content
        from coach.page.document import page_html

        catalogue = self._library.catalogue(routine)
        timeline = self.timeline(routine)
        cast = Cast(timeline, self._figures, lambda name: catalogue.find(name)[0])
        sounds = self._theme(timeline.sounds or self._settings.sound.theme)
        return page_html(page_content(timeline, self._settings, cast, sounds, routine.summary or ""))

    def _theme(self, theme: str) -> Mapping[str, Sequence[int]]:
        if theme not in self._sounds:
            from coach.audio.bank import load_theme
            from coach.page.packed import SOUND_RATE
            from coach.system import paths

            self._sounds[theme], problems = load_theme(theme, paths.both("sounds"), SOUND_RATE)
            for problem in problems:
                click.echo(f"coach: {problem}", err=True)
        return self._sounds[theme]


def _write(files: Mapping[Path, str]) -> None:
    from coach.system.storage import write_text

    for path, text in files.items():
        write_text(path, text)
