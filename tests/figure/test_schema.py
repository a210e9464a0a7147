"""The schema of figure files agrees with the reader, by check-jsonschema."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from coach.figure import keys, schema
from coach.figure.reader import read_figure
from coach.syntax.parse import parse
from coach.syntax.report import Report
from coach.syntax.tree import Keys

ROOT = Path(__file__).parent.parent.parent
WRONG_SHAPES = [
    "poses: {tall: {knee: 30}}",
    "poses: [tall, low]",
    "view: above\nposes: {tall: {arms: 5}}",
    "view: side",
    "poses: {tall: {legs: [1, 2, 3, 4, 5]}}",
    "poses: {tall: {arms: 5}}\nobjects: [{kind: sofa}]",
    "poses: {tall: {arms: 5}}\nwindow: [0, 1]",
]


@pytest.fixture
def passes(tmp_path):
    target = tmp_path / "schema.json"
    target.write_text(schema.figure_schema_text(), encoding="utf-8")

    def check(*files):
        return CliRunner().invoke(check_jsonschema, ["--schemafile", str(target), *map(str, files)]).exit_code == 0

    return check


def test_every_shipped_figure_passes(passes):
    assert passes(*(ROOT / "routines" / "figures").glob("*.yaml"))


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_what_has_the_wrong_shape_is_refused_by_both(text, passes, tmp_path):
    file = tmp_path / "f.yaml"
    file.write_text(text, encoding="utf-8")
    assert read_figure(text, "f.yaml", "f").problems
    assert not passes(file)


TABLES = [keys.FIGURE_KEYS, keys.POSE_KEYS, keys.THING_KEYS, keys.TRACE_KEYS]


@pytest.mark.parametrize("field", [field for table in TABLES for field in table.fields.values()], ids=lambda f: f.key)
def test_every_example_can_be_read(field):
    tree = parse(f"{field.key}: {field.example}", Report(""))
    assert isinstance(tree, Keys)
    report = Report("")
    assert field.parse(tree.value[0][1], report) is not None
    assert report.problems == ()
    assert field.words.endswith(".")
