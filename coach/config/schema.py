"""The JSON Schema of the settings file, made from its tables of keys, so that editors can complete and check it.

It stands alone because reading the settings needs no schema.
"""

from __future__ import annotations

import json
from typing import Any

from coach.config.hook_keys import HOOK_TABLE
from coach.config.settings_file import TABLE
from coach.routine.language.schema import DRAFT, of_table


def settings_schema() -> dict[str, Any]:
    """Return the schema."""
    return {
        "$schema": DRAFT,
        "title": "A coach settings file",
        **of_table(TABLE),
        "definitions": {"hooks": of_table(HOOK_TABLE)},
    }


def settings_schema_text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(settings_schema(), ensure_ascii=False, indent=2) + "\n"
