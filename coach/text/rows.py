"""Lines of text in roles, as wide as they may be: what a terminal prints and what a screen shows in colours."""

from __future__ import annotations

from coach.text.clean import cells, wrapped
from coach.values import frozen


@frozen
class Span:
    """A run of text that plays one part; who shows it knows what that looks like."""

    text: str
    role: str = "text"


@frozen
class Line:
    """One line."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The line without its looks."""
        return "".join(each.text for each in self.spans).rstrip()


def line(text: str = "", role: str = "text") -> Line:
    """Return a line of one part."""
    return Line((Span(text, role),))


def cut(text: str, width: int) -> str:
    """Return as much of `text` as `width` cells take, with dots where something is left out."""
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) > width - 3:
            break
        kept += char
    return f"{kept.rstrip()}..." if width >= 4 else ""


def pad(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - cells(text))


def prose(text: str, width: int, role: str = "text", indent: int = 0) -> list[Line]:
    """Return `text` broken between words into lines of at most `width` cells; a longer word is broken where it must."""
    space = " " * indent
    return [line(each, role) for each in wrapped(text, width, space, space)]


def columns(left: str, right: str, width: int, roles: tuple[str, str] = ("text", "dim")) -> list[Line]:
    """Return `left` and, at the end of its row, `right`; in rows of their own where both do not fit."""
    gap = width - cells(left) - cells(right)
    if gap >= 2:
        return [Line((Span(left, roles[0]), Span(" " * gap), Span(right, roles[1])))]
    return [*prose(left, width, roles[0]), *prose(right, width, roles[1], indent=2)]
