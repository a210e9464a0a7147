"""The tree that a file is read into: texts, lists and mappings that know their place.

It stands alone because the key tables and the YAML reader both build on it. Lines and columns count from 1.
"""

from __future__ import annotations

from typing import TypeAlias

from coach.values import frozen


@frozen
class Text:
    """A scalar. `plain` is False when it was quoted or a block of text; `end` is its (line, column) end."""

    value: str
    line: int
    column: int
    end: tuple[int, int]
    plain: bool = True


@frozen
class Listing:
    """A list of nodes; `flow` says that it was written in brackets."""

    value: tuple[Node, ...]
    line: int
    column: int
    end: tuple[int, int]
    flow: bool = False


@frozen
class Keys:
    """A mapping: pairs of a key, which is always text and never repeated, and its node."""

    value: tuple[tuple[Text, Node], ...]
    line: int
    column: int
    end: tuple[int, int]


Node: TypeAlias = Text | Listing | Keys
