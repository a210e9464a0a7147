"""Write texts as YAML scalars the way people do: plain where YAML allows it, otherwise in quotes.

It stands apart from `parse`, so that code that only writes does not load the parser.
"""

from __future__ import annotations

import json
import re

from coach.syntax.decode import FORBIDDEN

_PLAIN = re.compile(r"[^\W_](?:(?:[\w'&(),./@+ -]|:(?=[^\s,\]}]))*[\w')(.])?")
_IN_BRACKETS = re.compile(r"[^\W_](?:[\w'&()./@+ -]*[\w')(.])?")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_LETTER = re.compile(r"[^\W\d_]")


def scalar(words: str, *, within_brackets: bool = False) -> str:
    """Return a text as a YAML scalar on one line, in quotes if it needs them.

    White space becomes single spaces, and so do the characters that no file may have.

    Args:
        words: The text.
        within_brackets: Whether it stands in a list or mapping on one line, where a comma would end it.
    """
    line = " ".join(FORBIDDEN.sub(" ", words).split())
    plain = _IN_BRACKETS if within_brackets else _PLAIN
    if plain.fullmatch(line) and line.casefold() not in _WORDS and _LETTER.search(line):
        return line
    return json.dumps(line, ensure_ascii=False)
