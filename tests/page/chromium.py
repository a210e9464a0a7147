"""Pages in a real browser: Debian's Chromium, driven through its own protocol, with nothing but the page."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from coach.cli.shared import open_library, unroll
from coach.cli.web import PageMaker
from coach.figure.cast import Cast
from coach.figure.shelf import Figures
from coach.page.content import page_content
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
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield launched
        finally:
            launched.close()


def made(folder: Path, name: str) -> tuple[Path, Timeline]:
    """Write the page of a shipped routine; return its file and its timeline."""
    library = open_library()
    routine = library.routine(name)
    file = folder / f"{routine.id}.html"
    file.write_text(PageMaker(library, Settings()).page(routine), encoding="utf-8")
    return file, unroll(library, routine)


def content_of(text: str | None = None, *, name: str = "") -> tuple[dict[str, Any], Timeline]:
    """Return the content of a page, without sounds and figures, and its timeline."""
    library = open_library()
    routine = library.routine(name) if text is None else read_routine(text, "tried.yaml", "tried").value
    assert routine is not None
    timeline = unroll(library, routine)
    nobody = Cast(timeline, Figures(library), lambda _: None)
    nobody.figure = lambda _: None  # type: ignore[method-assign]
    return page_content(timeline, Settings(), nobody, {}), timeline


def opened(tab: Page, file: Path) -> Page:
    """Open a page and wait until it can be used."""
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-ready=true]", state="attached")
    return tab
