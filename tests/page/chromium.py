"""Pages in a real browser: Debian's Chromium, driven through its own protocol, with nothing but the page."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from coach.cli.shared import open_library, unroll
from coach.cli.web import PageMaker
from coach.routine.language.reader import read_routine
from coach.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from coach.timeline.model import Timeline

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}


def skip_without_browser() -> None:
    """Leave a test out where there is no Chromium."""
    if CHROMIUM is None:
        pytest.skip("install Chromium to try pages in it (Debian: apt install chromium)")


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser without a window."""
    skip_without_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield launched
        finally:
            launched.close()


def made(
    folder: Path, text: str | None = None, name: str = "", settings: Settings | None = None
) -> tuple[Path, Timeline]:
    """Write the page of a shipped routine, or of one that is written in `text`; return its file and its timeline."""
    library = open_library()
    routine = library.routine(name) if text is None else read_routine(text, "tried.yaml", "tried").value
    assert routine is not None
    file = folder / f"{routine.id}.html"
    file.write_text(PageMaker(library, settings or Settings()).page(routine), encoding="utf-8")
    return file, unroll(library, routine)


def opened(page: Page, file: Path) -> Page:
    """Open a page and wait until it can be used."""
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached")
    return page
