"""The tree that a file is read into: texts, lists and mappings that know their place.

It stands alone because the key tables and the YAML reader both build on it. Lines and columns count from 1.
"""

from __future__ import annotations

from typing import TypeAlias

from coach.values import frozen


@frozen
class Text:
    """A scalar, always as text."""

    value: str
    line: int
    column: int
    end: tuple[int, int]
    """Line and column after the last character."""
    plain: bool = True
    """False for a quoted text or a block of text."""


@frozen
class Listing:
    """A list of nodes."""

    value: tuple[Node, ...]
    line: int
    column: int
    end: tuple[int, int]
    flow: bool = False
    """Whether it was written in brackets."""


@frozen
class Keys:
    """A mapping: pairs of a key, which is always text and never repeated, and its value."""

    value: tuple[tuple[Text, Node], ...]
    line: int
    column: int
    end: tuple[int, int]


Node: TypeAlias = Text | Listing | Keys
