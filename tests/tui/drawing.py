"""A screen as an SVG that is small, loads nothing from anywhere, and changes only where the screen does."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.rig import Rig

_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_LINES = re.compile(r'<clipPath id="line-.*?</clipPath>\s*', re.DOTALL)
_RECT = re.compile(r'<rect fill="([^"]*)" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"[^>]*/>')
_RECTS = re.compile(rf"(?:{_RECT.pattern})+")


def drawn(rig: Rig) -> str:
    """Return the screen as a picture, with what Textual's says over and over said once."""
    picture = _FONTS.sub("", rig.app.export_screenshot(title="coach"))
    # The names carry a number made of all that is shown: one letter changed would change each line of the file.
    picture = _LINES.sub("", re.sub(r"terminal-\d+-", "", picture))
    picture = re.sub(r' clip-path="url\(#line-\d+\)"', "", picture)
    picture = picture.replace('xmlns="', 'xml:space="preserve" xmlns="', 1).replace("&#160;", " ")
    picture = picture.replace("    .matrix {", "    rect { shape-rendering: crispEdges }\n    .matrix {", 1)
    return _RECTS.sub(lambda found: "\n".join(_grounds(found[0])), picture).replace("</text><text", "</text>\n<text")


def _grounds(rects: str) -> Iterator[str]:
    """Yield the grounds, those beside each other of one colour as one."""
    each = [found.groups() for found in _RECT.finditer(rects)]
    for (fill, y, height), run in groupby(each, lambda rect: (rect[0], rect[2], rect[4])):
        beside = list(run)
        width = sum(float(rect[3]) for rect in beside)
        yield f'<rect fill="{fill}" x="{beside[0][1]}" y="{y}" width="{width:g}" height="{height}"/>'
