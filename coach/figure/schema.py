"""The JSON Schema of figure files, made from the tables of keys, so that editors can complete and check them."""

from __future__ import annotations

import json
from typing import Any

from coach.figure.keys import FIGURE_KEYS, POSE_KEYS, THING_KEYS, TRACE_KEYS
from coach.routine.language.schema import DRAFT, of_table


def document() -> dict[str, Any]:
    """Return the schema."""
    return {
        "$schema": DRAFT,
        "title": "A figure file of coach",
        **of_table(FIGURE_KEYS),
        "definitions": {
            "pose": {"anyOf": [of_table(POSE_KEYS), {"type": "null"}]},
            "object": of_table(THING_KEYS),
            "trace": of_table(TRACE_KEYS),
        },
    }


def figure_schema_text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"
