"""The smallest large letters: capitals three pixels wide and five high.

They are for places where no stroke would be crisp and, at even scales, for terminals that need whole cells.
"""

from __future__ import annotations

from functools import lru_cache

_SHAPES = {
    " ": ".. .. .. .. ..",
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# .#.",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#..# #..# #..# #..# .##.",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    ":": ". # . # .",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    "!": "# # # . #",
    "?": "##. ..# .#. ... .#.",
    "'": "# # . . .",
    '"': "#.# #.# ... ... ...",
    "-": "... ... ### ... ...",
    "+": "... .#. ### .#. ...",
    "/": "..# ..# .#. #.. #..",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "%": "#.# ..# .#. #.. #.#",
    "&": ".#.. #.#. .#.. #.#. .#.#",
    ";": ".# .. .# .# #.",
    "=": "... ### ... ### ...",
    "<": "..# .#. #.. .#. ..#",
    ">": "#.. .#. ..# .#. #..",
    "|": "# # # # #",
}
_GLYPHS = {char: tuple(shape.split()) for char, shape in _SHAPES.items()}
_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u00d7": "x"}
)
HIGH = 5
"""The height of every letter in pixels."""


def can_draw(text: str) -> bool:
    """Return whether the font has every character of `text`."""
    return all(letter in _GLYPHS for letter in _letters(text))


def _letters(text: str) -> str:
    return text.translate(_SAME).upper()


@lru_cache(maxsize=4096)
def width(text: str, scale: int = 1) -> int:
    """Return how many cells wide `text` is when a pixel is `scale` cells wide."""
    letters = _letters(text)
    return scale * (sum(len(_GLYPHS[letter][0]) for letter in letters) + max(0, len(letters) - 1))


def pixels(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of `text` as pixels that are inked or not."""
    rows = ("".join(f"{_GLYPHS[letter][y]}." for letter in _letters(text))[:-1] for y in range(HIGH))
    return tuple(tuple(pixel == "#" for pixel in row) for row in rows)
