"""The letters as pictures that can be read in a diff: `python -m tests.drawing.alphabets`."""

from __future__ import annotations

from pathlib import Path

from coach.drawing.canvas import Canvas
from coach.drawing.letters import Face, extent, text_width, write

FILE = Path(__file__).with_name("alphabets.txt")
LINES = (
    "ABCDEFGHIJKLM",
    "NOPQRSTUVWXYZ",
    "abcdefghijklm",
    "nopqrstuvwxyzß",
    "0123456789:.,!?",
    "ÄÖÜÅÉÑŞĞŁØÆ",
    "äöüåéñşğłøæœ",
    "ΑΒΓΔΘΛΞΠΣΦΨΩ",
    "αβγδεζηθικλμ",
    "νξοπρςστυφχψωά",
    "БГДЖЗИЙЛПУФЦЧ",
    "ШЩЪЫЬЭЮЯЁЄЇҐ",
    "абвгджзийклмн",
    "опртуфцчшщъыьэюяё",
)
SIZES = (7, 10)
SHADES = " .:-=+*%#"


def drawn(text, face):
    """Return a line of text as rows of signs: how much of each pixel is covered."""
    above, below = extent(text, face)
    canvas = Canvas(text_width(text, face), above + face.capital + below)
    write(canvas, text, face, 0, above)
    rows = [canvas.pixels[row * canvas.width :][: canvas.width] for row in range(canvas.height)]
    return ["".join(SHADES[code & 15] for code in row) for row in rows]


def page():
    parts = []
    for size in SIZES:
        for text in LINES:
            parts += [f"{size} {text}", *(row.rstrip() for row in drawn(text, Face(size))), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
