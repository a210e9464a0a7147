"""Ids of routines and exercises: which names are ids, and how to make an id from any name.

It stands apart from the model because a list of files needs ids and nothing else of the model.
"""

from __future__ import annotations

import re
from typing import Literal

FileKind = Literal["routine", "exercise"]

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
"""An id is the stem of its file."""


def id_of(name: str) -> str:
    """Return the id for a name: "Runner's legs" is runners-legs; empty when it has no letter a to z and no digit."""
    if not name.isascii():
        from unicodedata import normalize  # 1 ms that plain text need not pay

        name = normalize("NFKD", name.replace("ß", "ss"))
    plain = re.sub("['\u2019\u0300-\u036f]", "", name.lower())
    return "-".join(re.findall("[a-z0-9]+", plain))
