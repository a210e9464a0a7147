"""The user's own files: templates that are whole, copies to the letter, names that YAML takes as they are."""

from __future__ import annotations

import re

import pytest
import yaml

from coach.routine.ids import id_of
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.library import template, user_files
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine

READERS = {"routine": read_routine, "exercise": read_exercise}
NAMES = [
    *("Legs", "Runner's legs", "no", "Yes", "null", "12", "1:30", "- a", "a: b", "a #b", '"quoted"', "'x", "[a]"),
    *(
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "|",
        "> x",
        "a\\b",
        "Übung für die Füße",
        "漢字",
        "a\nb",
        "x\x07y",
        "trailing:",
    ),
    *(
        "a, b",
        "? a",
        "a - b",
        "-",
        "~",
        "`a`",
        "2024-01-01",
        "a\u2028b",
        "\u202eabc",
        "(8 swings)",
        "3x12 squat @3-1-1-0",
    ),
]


@pytest.mark.parametrize("kind", ["routine", "exercise"])
@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_whole_whatever_its_name(name, kind):
    text = template.new_file_text(name, kind)
    read = READERS[kind](text, "f.yaml", "f")
    assert read.problems == ()
    assert read.value.name == " ".join("".join(char if char.isprintable() else " " for char in name).split())
    assert isinstance(yaml.safe_load(text)["name"], str)


@pytest.mark.parametrize("kind", ["routine", "exercise"])
def test_a_template_with_every_comment_taken_away_is_whole_too(kind):
    head, _, rest = template.new_file_text("Legs", kind).partition("name:")
    keys = re.sub(r"^( *)# ( *- .*|.*:.*)$", r"\1\2", rest, flags=re.MULTILINE)
    read = READERS[kind](f"{head}name:{keys}", "f.yaml", "f")
    assert read.problems == ()
    assert keys.count("#") < rest.count("#")
    assert head.count("#") == 2


def test_the_template_of_a_routine_can_be_run():
    read = read_routine(template.new_file_text("Legs", "routine"), "f.yaml", "f")
    assert compile_routine(read.value, Library().catalogue(read.value)).intervals[-1].kind == "work"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Runner's legs", "runners-legs"),
        ("Runner\u2019s  LEGS!", "runners-legs"),
        ("Übung für die Füße", "ubung-fur-die-fusse"),
        ("Día 1", "dia-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("漢字", ""),
        ("", ""),
        ("x" * 90, "x" * 90),
        ("--", ""),
        ("a_b", "a-b"),
    ],
)
def test_the_id_for_a_name(name, id_):
    assert id_of(name) == id_


@pytest.mark.parametrize(
    ("spec", "steps"),
    [
        ("30s plank", ["30s plank"]),
        ("8x(20s high knees, 10s rest), 60s rest", ["8x(20s high knees, 10s rest)", "60s rest"]),
        ('30s "a, (b", max push-ups: slow', ['30s "a, (b"', "max push-ups: slow"]),
        ("2x(3x(a, b), c), d", ["2x(3x(a, b), c)", "d"]),
    ],
)
def test_a_line_parts_into_steps(spec, steps):
    assert template.quick_steps(spec) == steps
    data = yaml.safe_load(template.quick_text("My: line", spec))
    assert data == {"name": "My: line", "steps": steps}


def test_a_file_has_the_beginning_of_a_long_name(library):
    assert user_files.free_id(library(), "Long legs " * 20) == "long-legs-" * 5 + "long-legs"


@pytest.fixture
def library(tmp_path):
    (tmp_path / "shipped" / "exercises").mkdir(parents=True)
    return lambda: Library(tmp_path / "shipped", tmp_path / "user")


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("name: Legs\n", "name: Legs 2\n"),
        ("name: Legs   # mine\n", "name: Legs 2   # mine\n"),
        ("name: 'Legs'\n", "name: 'Legs 2'\n"),
        ('name: "Legs"\r\n', 'name: "Legs 2"\r\n'),
        ("\ufeff# c\nname: Legs\n", "\ufeff# c\nname: Legs 2\n"),
        ("{name: Legs, steps: [{rest: 1s}]}\n", "{name: Legs 2, steps: [{rest: 1s}]}\n"),
        ("name: |\n  Legs\n", "name: |\n  Legs\n"),
        ("nam: Legs\n", "nam: Legs\n"),
        ("name: [\n", "name: [\n"),
        ("", ""),
    ],
)
def test_a_copy_is_the_file_to_the_letter_but_for_its_number(library, tmp_path, name, copied):
    file = tmp_path / "shipped" / "legs.yaml"
    file.write_bytes(name.encode())
    target = user_files.duplicate(library(), library().entry("legs"))
    assert target == tmp_path / "user" / "legs-2.yaml"
    assert target.read_bytes() == copied.encode()
    assert file.read_bytes() == name.encode()


def test_a_copy_of_what_is_no_text_is_made_too(library, tmp_path):
    (tmp_path / "shipped" / "legs.yaml").write_bytes(b"\xff\xfe")
    assert user_files.duplicate(library(), library().entry("legs")).read_bytes() == b"\xff\xfe"


def test_copies_are_counted_and_nothing_is_written_over(library, tmp_path):
    (tmp_path / "shipped" / "legs.yaml").write_text("name: Legs\n", encoding="utf-8")
    stale = library()
    entry = stale.entry("legs")
    names = [user_files.duplicate(stale, entry).name for _ in range(3)]
    assert names == ["legs-2.yaml", "legs-3.yaml", "legs-4.yaml"]
    user_files.duplicate(library(), library().entry("legs-3"))
    assert (tmp_path / "user" / "legs-5.yaml").read_text(encoding="utf-8") == "name: Legs 5\n"


def test_saving_writes_over_nothing_and_renews_the_schema(library, tmp_path):
    folder = tmp_path / "user"
    folder.mkdir()
    (folder / "routine.schema.json").write_text("old", encoding="utf-8")
    user_files.save(library(), "a", "name: A\n")
    assert (folder / "routine.schema.json").read_text(encoding="utf-8").startswith("{")
    with pytest.raises(Exception, match=r"a\.yaml already exists"):
        user_files.save(library(), "a", "name: B\n")
    assert (folder / "a.yaml").read_text(encoding="utf-8") == "name: A\n"
