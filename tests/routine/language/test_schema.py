"""The schema agrees with the reader: what is whole passes, what has the wrong shape does not, by check-jsonschema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from coach import cli
from coach.plan.schema import plan_schema_text
from coach.routine.language import schema
from coach.routine.language.fields import EXERCISE_KEYS, ROUTINE_KEYS, STEP_TABLES
from coach.routine.language.prompt import prompt_page
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.library import template
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from tests.routine.language.test_bad_files import cases

ROOT = Path(__file__).parents[3]
DRAFT_07 = {
    *("$schema", "$ref", "title", "description", "type", "properties", "required", "additionalProperties", "items"),
    *("definitions", "enum", "const", "examples", "minimum", "maximum", "minLength", "maxLength", "pattern", "anyOf"),
    *("allOf", "oneOf", "not", "if", "then", "else", "minItems", "maxItems", "uniqueItems", "minProperties", "default"),
    *("maxProperties", "patternProperties", "propertyNames", "format", "exclusiveMinimum", "exclusiveMaximum"),
}
SHAPE = re.compile(
    r"unknown key|is none of|is no key of|needs \"|cannot stand beside|is a step|this is a list|steps are a list|"
    r"a list cannot stand here|an exercise has keys|a routine file begins|there are no steps"
)


@pytest.fixture
def failing(tmp_path):
    """Return which of some texts do not pass, by their names."""

    def check(texts, kind="routine"):
        target = tmp_path / "schema.json"
        target.write_text(plan_schema_text() if kind == "plan" else schema.schema_text(kind), encoding="utf-8")
        files = {}
        for number, (name, text) in enumerate(texts.items()):
            file = tmp_path / f"{number}.yaml"
            file.write_text(text, encoding="utf-8")
            files[str(file)] = name
        arguments = ["--schemafile", str(target), "-o", "json", "-v", *files]
        result = CliRunner().invoke(check_jsonschema, arguments)
        data = json.loads(result.stdout)
        wrong = {
            each["filename"]: each.get("message", "")
            for each in [*data.get("errors", ()), *data.get("parse_errors", ())]
        }
        return {files[name]: message for name, message in wrong.items()}

    return check


def examples(text, kind="yaml"):
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def docs():
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return {
        f"{file.name}-{number}": example
        for file in files
        for number, example in enumerate(examples(file.read_text(encoding="utf-8")))
    }


def keys_of(part):
    """Yield every keyword of a schema; names of properties are no keywords."""
    if isinstance(part, list):
        for each in part:
            yield from keys_of(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield key
            if key in ("properties", "definitions", "patternProperties"):
                for each in value.values():
                    yield from keys_of(each)
            elif key not in ("examples", "enum", "const", "default"):
                yield from keys_of(value)


@pytest.mark.parametrize("kind", ["routine", "exercise"])
def test_the_schema_is_one_and_has_only_what_draft_07_has(tmp_path, kind):
    file = tmp_path / "schema.json"
    file.write_text(schema.schema_text(kind), encoding="utf-8")
    assert CliRunner().invoke(check_jsonschema, ["--check-metaschema", str(file)]).exit_code == 0
    assert set(keys_of(schema.json_schema(kind))) <= DRAFT_07


def test_every_key_is_there_with_words_and_an_example_that_passes(failing):
    document = schema.json_schema("routine")
    parts = {"": (ROUTINE_KEYS, document), "e": (EXERCISE_KEYS, schema.json_schema("exercise"))}
    parts |= {kind: (table, document["definitions"][f"step-{kind}"]) for kind, table in STEP_TABLES.items()}
    for table, part in parts.values():
        assert list(part["properties"]) == list(table.fields)
        assert all(piece["description"] and piece["examples"] for piece in part["properties"].values())
    texts = {}
    for kind, (_, part) in parts.items():
        for key, piece in part["properties"].items():
            whole = {name: part["properties"][name]["examples"][0] for name in part["required"]}
            whole |= {key: piece["examples"][0]}
            texts[f"{kind} {key}"] = json.dumps(whole if kind in ("", "e") else {"name": "N", "steps": [whole]})
    assert failing({name: text for name, text in texts.items() if name[0] != "e" or name.startswith("exercise ")}) == {}
    assert failing({name: text for name, text in texts.items() if name.startswith("e ")}, "exercise") == {}


@pytest.mark.parametrize("kind", ["routine", "exercise"])
def test_what_ships_and_what_is_new_passes(failing, kind):
    folder = paths.shipped("routines")
    files = folder.glob("exercises/*.yaml") if kind == "exercise" else folder.glob("*.yaml")
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    assert len(texts) >= 3
    assert failing(texts | {"template": template.new_file_text("A: b", kind)}, kind) == {}


def test_every_example_in_the_docs_passes(failing):
    routines = {name: text for name, text in docs().items() if not re.search("^(weeks|turns):", text, re.MULTILINE)}
    assert len(routines) >= 15
    assert failing(routines) == {}
    plans = {name: text for name, text in docs().items() if name not in routines}
    assert len(plans) >= 3
    assert failing(plans, "plan") == {}


def test_the_docs_list_every_key():
    text = (ROOT / "docs" / "routine-files.md").read_text(encoding="utf-8")
    rows = [set(re.findall(r"`(\w+)`", row)) for row in text.partition("## All keys")[2].splitlines() if row[:1] == "|"]
    listed = [keys for keys in rows if len(keys) > 1]
    tables = [ROUTINE_KEYS, STEP_TABLES["exercise"], STEP_TABLES["block"], EXERCISE_KEYS]
    assert [keys | {"exercise", "block"} for keys in listed] == [
        {*table.fields, "exercise", "block"} for table in tables
    ]


def test_every_exercise_in_the_docs_passes_and_reads(failing):
    found = examples((ROOT / "docs" / "routine-files.md").read_text(encoding="utf-8"), "yaml exercise")
    assert found
    assert failing({text[:30]: text for text in found}, "exercise") == {}
    assert [read_exercise(text, "e.yaml", "e").problems for text in found] == [()] * len(found)


@pytest.mark.parametrize(
    "text",
    [
        "name: 2026\nsteps: [{rest: 90}, {exercise: x, reps: '12', load: 40}, {exercise: y, time: 1.5}]\n",
        "name: N\nsteps:\n  - block:\n    steps: [{exercise: a, time: 90}]\n",
        "name: N\nsteps: [30s plank, max push-ups, {3x30s plank: elbows in}, {4:00 hard: {2:00: Hold}}]\n",
        "name: N\nprepare: 0\nrest: 1:30\nsteps: [{wait: 5}]\n",
    ],
)
def test_what_is_text_to_the_reader_may_look_like_a_number(failing, text):
    assert failing({"": text}) == {}


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "name: N\n",
        "steps: [{rest: 5s}]\n",
        "name: N\nsteps: []\n",
        "name: N\nstep: [{rest: 5s}]\n",
        "name: N\nlevel: easy\nsteps: [{rest: 5s}]\n",
        "name: N\ncountdown: 11\nsteps: [{rest: 5s}]\n",
        "name: N\ntags: legs\nsteps: [{rest: 5s}]\n",
        "name: N\nsteps: [{exercise: a, rep: 5}]\n",
        "name: N\nsteps: [{exercise: a, sides: both}]\n",
        "name: N\nsteps: [{rest: 5s, wait: x}]\n",
        "name: N\nsteps: [{repss: 5}]\n",
        "name: N\nsteps: [{block: a}]\n",
        "name: N\nsteps: [{block: a, steps: [{exercis: a}]}]\n",
        "name: N\nsteps: [{rest: 5s}]\nexercises: {a: {}}\n",
        "name: N\nsteps: [[a]]\n",
    ],
)
def test_what_has_the_wrong_shape_does_not_pass(failing, text):
    assert failing({"": text})
    assert read_routine(text, "f", "f").problems


def test_bad_files_of_the_wrong_shape_do_not_pass(failing):
    bad = {case.id: case.values for case in cases()}
    shaped = {
        name: text for name, (text, sentences) in bad.items() if all(SHAPE.search(sentence) for sentence in sentences)
    }
    wrong = failing(shaped)
    assert sorted(set(shaped) - set(wrong)) == []
    assert len(wrong) >= 25


def test_the_command_prints_it(capsys):
    assert cli.run_command(["schema"]) == 0
    assert capsys.readouterr().out == schema.schema_text("routine")
    assert cli.run_command(["schema", "exercise"]) == 0
    assert capsys.readouterr().out == schema.schema_text("exercise")


def test_the_page_for_a_language_model_has_every_key_and_its_examples_are_routines(capsys, failing):
    assert cli.run_command(["schema", "--prompt"]) == 0
    text = capsys.readouterr().out
    assert text == prompt_page()
    for table in (ROUTINE_KEYS, *STEP_TABLES.values()):
        assert all(f"- `{key}`: " in text for key in table.fields)
    found = examples(text)
    assert len(found) >= 4
    assert failing({example[:40]: example for example in found}) == {}
    for example in found:
        read = read_routine(example, "f.yaml", "f")
        assert read.problems == ()
        assert compile_routine(read.value, Library().catalogue(read.value)).intervals
        answer = f"Sure: here is your routine.\n\n```yaml\n{example}```\n\n- Have fun!\n"
        assert read_routine(answer, "f.yaml", "f").value.steps[0].place.line > read.value.steps[0].place.line


@pytest.mark.parametrize(
    ("name", "text"),
    [*docs().items(), *((f"page-{at}", example) for at, example in enumerate(examples(prompt_page())))],
)
def test_an_example_has_neither_problems_nor_warnings(name, text, tmp_path, capsys):
    file = tmp_path / f"{name.lower().replace('.', '-')}.yaml"
    file.write_text(text, encoding="utf-8")
    assert cli.run_command(["check", str(file)]) == 0
    assert capsys.readouterr().out == ""
