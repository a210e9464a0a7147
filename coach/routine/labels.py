"""What tells files apart before they are read: the id that a file's name is, and the levels they may have."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["routine", "exercise"]


LEVELS = ("beginner", "intermediate", "advanced")
"""The easiest first."""
ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def id_of(name: str) -> str:
    """Return the id for a name: "Runner's legs" is runners-legs; empty when it has no letter or digit of English."""
    if not name.isascii():
        from unicodedata import normalize  # 1 ms that plain text need not pay

        name = normalize("NFKD", name.replace("ß", "ss"))
    plain = re.sub("['\u2019\u0300-\u036f]", "", name.lower())
    return "-".join(re.findall("[a-z0-9]+", plain))
