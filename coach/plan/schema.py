"""The JSON Schema of plan files, made from the table of keys, so that editors can complete and check them."""

from __future__ import annotations

import json
from typing import Any

from coach.plan.keys import ENTRY_KEYS, PLAN_KEYS
from coach.routine.language.schema import DRAFT, of_table

_LINE = {"type": "string", "minLength": 1, "examples": ["walk-run-1", "3x walk-run-1"]}


def plan_schema() -> dict[str, Any]:
    """Return the schema."""
    order = {"oneOf": [{"required": ["weeks"]}, {"required": ["turns"]}]}
    words = "A session: a routine by its id or name, the same one several times as 3x walk-run-1, or keys."
    entry = {"description": words, "anyOf": [_LINE, of_table(ENTRY_KEYS)]}
    return {
        "$schema": DRAFT,
        "title": "A coach plan file",
        **of_table(PLAN_KEYS),
        **order,
        "definitions": {"entry": entry},
    }


def plan_schema_text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"
