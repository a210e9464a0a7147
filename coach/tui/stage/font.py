"""Large letters out of block characters: one small font, drawn at any size.

A letter is five pixels high. At scale k a pixel is k cells wide and k half cells high, which is about square.
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
_INK = {(False, False): " ", (True, False): "\u2580", (False, True): "\u2584", (True, True): "\u2588"}
_HIGH = 5


def can_draw(text: str) -> bool:
    """Return whether the font has every character of `text`."""
    return all(letter in _GLYPHS for letter in _letters(text))


def _letters(text: str) -> str:
    return text.translate(_SAME).upper()


@lru_cache(maxsize=4096)
def width(text: str, scale: int) -> int:
    """Return how many cells wide `text` is at `scale`."""
    letters = _letters(text)
    return scale * (sum(len(_GLYPHS[letter][0]) for letter in letters) + max(0, len(letters) - 1))


def height(scale: int, lines: int = 1) -> int:
    """Return how many rows `lines` lines take at `scale`, the space between them included."""
    return -(-_HIGH * scale // 2) + (lines - 1) * pitch(scale)


def pitch(scale: int) -> int:
    """Return how many rows lie between the tops of two lines."""
    return _HIGH * scale // 2 + 1


@lru_cache(maxsize=256)
def draw(text: str, scale: int) -> tuple[str, ...]:
    """Return the rows of `text` at `scale`, all of the same width."""
    pixels = ["".join(f"{_GLYPHS[letter][y]}." for letter in _letters(text))[:-1] for y in range(_HIGH)]
    rows = []
    for row in range(height(scale)):
        top, bottom = 2 * row // scale, (2 * row + 1) // scale
        below = pixels[bottom] if bottom < _HIGH else "." * len(pixels[top])
        rows.append(
            "".join(_INK[upper == "#", lower == "#"] * scale for upper, lower in zip(pixels[top], below, strict=True))
        )
    return tuple(rows)


@lru_cache(maxsize=256)
def large_lines(text: str, scale: int, cells: int) -> tuple[str, ...] | None:
    """Return `text` in lines that fit into `cells` at `scale`, or None when a word is too long."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, scale) <= cells:
            line = joined
        elif width(word, scale) > cells:
            return None
        else:
            lines.append(line)
            line = word
    return (*lines, line)
