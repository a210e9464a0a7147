from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from tests.figure import gallery

FILES = gallery.files()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_gallery_is_as_the_figures_are(path):
    """Changed on purpose? `python -m tests.figure.gallery` makes it anew; look at it in a browser."""
    assert path.read_text(encoding="utf-8") == FILES[path]


def test_there_is_no_picture_too_many():
    assert set(gallery.PICTURES.iterdir()) == {path for path in FILES if path.suffix == ".svg"}


def test_a_figure_with_a_closeup_is_shown_in_it():
    assert 'viewBox="-22 -42 62 48"' in FILES[gallery.PICTURES / "toe-yoga.svg"]


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".svg"], ids=lambda path: path.stem)
def test_a_picture_is_small_and_its_paths_are_built_alike(path):
    assert len(FILES[path]) < 13_000
    root = ET.fromstring(FILES[path])  # noqa: S314 - our own text
    for animation in root.iter("{http://www.w3.org/2000/svg}animate"):
        values = animation.get("values").split(";")
        assert len({re.sub(r"-?[0-9]+", "", value) for value in values}) == 1
        times = [float(time) for time in animation.get("keyTimes").split(";")]
        assert len(times) == len(values)
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0, 1)
        assert values[0] == values[-1]
