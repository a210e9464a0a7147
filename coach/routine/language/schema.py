"""The JSON Schema (draft-07) of routine and exercise files, made from the tables of keys, for editors.

It accepts every file that the reader accepts and refuses one of the wrong shape. The reader checks more.
"""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from coach.routine.language import fields as f
from coach.syntax.parse import parse
from coach.syntax.report import Report
from coach.syntax.tree import Keys, Listing, Node

if TYPE_CHECKING:
    from coach.routine.ids import FileKind
    from coach.syntax.keys import Field, Schema, Table

DRAFT = "http://json-schema.org/draft-07/schema#"
_QUICK_KEY = r"^\s*([0-9]|[Mm][Aa][Xx]\b)"
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_ONE_OF = tuple(tuple(field.key for field in group) for group in (f.AMOUNTS, f.TIMINGS, f.FRAMES))
"""Groups of keys of which a step has at most one."""
_NOT_BESIDE = (("every", "rest"), ("every", "round_rest"))
_BLOCK_TEXT = "Stand by a wall the first time."


def json_schema(kind: FileKind) -> dict[str, Any]:
    """Return the schema of routine or exercise files."""
    if kind == "exercise":
        return {"$schema": DRAFT, "title": "A coach exercise file", **of_table(f.EXERCISE_KEYS)}
    return {
        "$schema": DRAFT,
        "title": "A coach routine file",
        **of_table(f.ROUTINE_KEYS),
        "definitions": {"step": _step(), "exercise": of_table(f.EXERCISE_KEYS)} | _kinds(),
    }


def schema_text(kind: FileKind) -> str:
    """Return the text of the schema's file."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def _step() -> Schema:
    words = "One step: a line in the quick notation, an exercise's name, or keys."
    quick = {
        "type": "object",
        "description": "A line in the quick notation, with a cue after the colon.",
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {_QUICK_KEY: {"type": ["string", "number", "object"]}},
        "additionalProperties": False,
    }
    line = {"type": "string", "minLength": 1, "examples": ["30s plank", "3x12 squat", "60s rest"]}
    kinds = [{"$ref": f"#/definitions/step-{kind}"} for kind in f.STEP_TABLES]
    return {"description": words, "anyOf": [line, *kinds, quick]}


def _kinds() -> dict[str, Schema]:
    """Return each kind of step; the key that makes it one has to be there."""
    return {f"step-{kind}": of_table(table, kind) for kind, table in f.STEP_TABLES.items()}


def of_table(table: Table, needs: str = "") -> Schema:
    """Return the schema of a mapping with the keys of `table`; `needs` is a key that is also required."""
    required = sorted({needs} - {""} | set(table.required))
    shape: Schema = {
        "type": "object",
        "properties": {key: _piece(field) for key, field in table.fields.items()},
        "required": required,
        "additionalProperties": False,
    }
    pairs = [*(pair for group in _ONE_OF for pair in combinations(group, 2)), *_NOT_BESIDE]
    if beside := [{"required": list(pair)} for pair in pairs if set(pair) <= table.fields.keys()]:
        shape["not"] = {"anyOf": beside}
    return shape


def _piece(field: Field[object]) -> Schema:
    """Return the schema of one key, with its description and its example."""
    piece = _widened(field.schema)
    if field.empty == "":
        piece = {"anyOf": [piece, {"type": "null"}]}
    return {"description": field.words, "examples": [_example(field)], **piece}


def _widened(schema: Schema) -> Schema:
    """Return `schema` as YAML needs it: every scalar is text to the reader, so 12 and "12" are the same."""
    types = schema.get("type")
    kinds = [types] if isinstance(types, str) else list(types) if isinstance(types, list) else []
    wide: Schema = {key: _widened_part(value) for key, value in schema.items()}
    if "string" in kinds:
        wide["type"] = [*(kind for kind in kinds if kind != "integer"), *(["number"] * ("number" not in kinds))]
    elif kinds == ["boolean"]:
        return {"enum": [True, False, "yes", "no", "on", "off"]}
    elif kinds == ["integer"]:
        wide |= {"type": ["integer", "string"], "pattern": r"^\s*[0-9]+\s*$"}
    return wide


def _widened_part(value: object) -> object:
    if isinstance(value, dict):
        return _widened(value)
    if isinstance(value, list):
        return [_widened(part) if isinstance(part, dict) else part for part in value]
    return value


def _example(field: Field[object]) -> object:
    """Return the example of a key as JSON has it."""
    if field.example == "|":
        return _BLOCK_TEXT
    source = f"{field.key}:\n  {field.example}\n" if field.example.startswith("- ") else f"{field.key}: {field.example}"
    tree = parse(source, Report(""))
    if field.schema.get("type") == "boolean":
        return field.example == "true"
    return _plain(tree.value[0][1]) if isinstance(tree, Keys) else field.example


def _plain(node: Node) -> object:
    if isinstance(node, Listing):
        return [_plain(item) for item in node.value]
    if isinstance(node, Keys):
        return {key.value: _plain(value) for key, value in node.value}
    return int(node.value) if node.plain and _WHOLE.fullmatch(node.value) else node.value
