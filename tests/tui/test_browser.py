"""The pictures of the docs as a browser shows them: each cell is read back from a screenshot."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from tests.tui.drawing import BAR, BLOCKS, CELL_HEIGHT, CELL_WIDTH, EDGE, Frame, cells, drawn, film
from tests.tui.film import CHOOSER, FILE, LARGEST
from tests.tui.pictures import pictured

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
README = FILE.parent.parent / "README.md"
SAME = 24
"""How far apart two colours may be that are meant to be one, in steps of 255, red, green and blue added."""


def screenshot(folder, picture, size):
    """Return the pixels of an SVG as Chromium draws it, row by row."""
    (folder / "picture.svg").write_text(picture, encoding="utf-8")
    return page_shot(folder, '<img src="picture.svg" style="display: block">', size)


def page_shot(folder, content, size):
    """Return the pixels of a page as Chromium draws it, row by row."""
    # A page sets the margin to nothing, which a bare SVG in a window does not have everywhere.
    page = f'<!doctype html><meta charset="utf-8"><body style="margin: 0">{content}'
    (folder / "page.html").write_text(page, encoding="utf-8")
    width, height = size
    place = (f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height + 200}")
    shot = folder / "shot.png"
    command = (CHROMIUM, *FLAGS, *place, f"--screenshot={shot}", (folder / "page.html").as_uri())
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return np.asarray(Image.open(shot).convert("RGB")).astype(int)


def colour(name):
    return np.array([int(name[at : at + 2], 16) for at in (1, 3, 5)])


def is_all(pixels, name):
    return (np.abs(pixels - colour(name)).sum(axis=2) <= SAME).all()


def wrong_cells(rows, pixels):
    """Return what a browser draws otherwise than the terminal: the place and the text of each cell."""
    wrong = []
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            left, top = EDGE + x * CELL_WIDTH, BAR + y * CELL_HEIGHT
            # Letters may lean over the edge of their cell by a pixel or two.
            inside = pixels[top + 2 : top + CELL_HEIGHT - 1, left + 2 : left + CELL_WIDTH - 2]
            if cell.text in BLOCKS:
                begin, up, end, down = BLOCKS[cell.text]
                across = slice(round(left + begin * CELL_WIDTH), round(left + end * CELL_WIDTH))
                covered = pixels[round(top + up * CELL_HEIGHT) : round(top + down * CELL_HEIGHT), across]
                is_right = is_all(covered, cell.ink)
            elif cell.text == " " or cell.ink == cell.ground:
                is_right = "underline" in cell.looks or is_all(inside, cell.ground)
            elif cell.text:
                is_right = not is_all(pixels[top : top + CELL_HEIGHT, left : left + CELL_WIDTH], cell.ground)
            else:
                is_right = True
            if not is_right:
                wrong.append((y, x, cell.text))
    return wrong


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("name", ["choose", "session-work"])
async def test_a_browser_draws_every_cell(name, tmp_path):
    async with pictured(name, (120, 40)) as rig:
        rows, picture = cells(rig), drawn(rig)
    size = (120 * CELL_WIDTH + 2 * EDGE, 40 * CELL_HEIGHT + BAR + EDGE)
    assert wrong_cells(rows, screenshot(tmp_path, picture, size)) == []


SEEK = """<script>
for (const svg of document.querySelectorAll("svg")) {
  svg.style.display = "block"
  for (const animation of svg.getAnimations({subtree: true})) {
    animation.pause()
    animation.currentTime = svg.parentElement.dataset.ms
  }
}
</script>"""
"""Stops each moving picture of a page at the moment that is written beside it."""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
async def test_a_browser_draws_every_frame_of_a_film(tmp_path):
    async with pictured("session-work", (80, 24)) as rig:
        frames = [Frame(cells(rig), 1000)]
        await rig.advance(1500)
        frames.append(Frame(cells(rig), 500))
    moving = film(frames, poster=1)
    content = "".join(f'<div data-ms="{ms}">{moving}</div>' for ms in (990, 1010))
    height = 24 * CELL_HEIGHT + BAR + EDGE
    pixels = page_shot(tmp_path, content + SEEK, (80 * CELL_WIDTH + 2 * EDGE, 2 * height))
    assert frames[0].rows != frames[1].rows
    assert [wrong_cells(frame.rows, pixels[at * height :]) for at, frame in enumerate(frames)] == [[], []]


def test_the_film_of_readme_is_small_enough_for_a_page():
    assert FILE.stat().st_size < LARGEST
    assert f"]({FILE.relative_to(README.parent).as_posix()})" in README.read_text(encoding="utf-8").split("```")[0]


def test_the_pictures_of_readme_are_those_of_shipped_routines():
    pictures = re.findall(r"!\[[^]]*\]\((.*?)\)", README.read_text(encoding="utf-8"))
    assert {README.parent / name for name in pictures} == {FILE, CHOOSER}
