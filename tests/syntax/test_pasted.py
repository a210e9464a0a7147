"""What comes along with pasted text: fences are read through, what only looks right is named, and text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.config import settings_file
from coach.routine.language.quick import read_quick
from coach.routine.language.reader import read_exercise, read_routine
from coach.syntax.lookalikes import called, complaint, meant, plain

TABLE = Path(__file__).with_name("pasted_files.txt")
LEGS = "name: Legs\nsteps:\n  - exercise: Squat\n    reps: 12\n  - 30s plank\n"


def told(text):
    return [str(problem) for problem in read_routine(text.encode(), "f", "f").problems]


def indented(text, by):
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "text",
    [
        f"```yaml\n{LEGS}```\n",
        f"```\n{LEGS}```",
        f"~~~\n{LEGS}~~~\n",
        f"````yml title=legs.yaml\n{LEGS}````\n",
        f"Sure! Here is your routine: enjoy.\n\n```yaml\n{LEGS}```\n\n**Tip**: warm up.\n- drink\n",
        f"Here it is:\r\n```yaml\r\n{LEGS}```\r\n".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"\ufeff```yaml\n{LEGS}```\n",
        f"```yaml\n{LEGS}",
        f"{LEGS}```\nHave fun!\n",
        "1. Save this:\n\n" + indented(f"```yaml\n{LEGS}```", 3),
        f"```bash\ncoach check legs.yaml\n```\n\n```yaml\n{LEGS}```\n\n```bash\ncoach run legs\n```\n",
    ],
)  # fmt: skip
def test_a_fence_is_read_through(text):
    read = read_routine(text.encode(), "f", "f")
    assert read.problems == ()
    assert [step.exercise for step in read.value.steps] == ["Squat", "plank"]


@pytest.mark.parametrize("text", [f"{LEGS}---\n", f"---\n{LEGS}---\n", f"---\n{LEGS}...\n---\n\n"])
def test_dashes_that_only_end_a_file_do_no_harm(text):
    assert told(text) == []


def test_places_in_a_fence_are_those_of_the_file():
    assert told(f"Here:\n\n```yaml\n{LEGS.replace('reps', 'rep')}```\n") == [
        'f:7:5: unknown key "rep": did you mean "reps"?'
    ]
    read = read_routine(f"Here:\n\n```yaml\n{LEGS}```\n", "f", "f")
    assert [step.place.line for step in read.value.steps] == [6, 8]


def test_of_two_routines_in_fences_neither_is_chosen():
    text = f"```yaml\n{LEGS}```\nor\n```yaml\n{LEGS}```\n"
    assert told(text) == ["f:10:1: there are two files in fences here, from lines 2 and 10: keep one of them"]


@pytest.mark.parametrize("marks", ["```", "~~~"])
def test_a_fence_in_a_description_is_part_of_it(marks):
    text = f"name: A\ndescription: |\n  Do\n  {marks}\n  this\n  {marks}\n  often\nsteps:\n  - 30s a\n"
    for whole in (text, f"```yaml\n{text}```\nBye\n"):
        assert read_routine(whole, "f", "f").value.description == f"Do\n{marks}\nthis\n{marks}\noften"


SPACE = "this is a no-break space, not a space"
UNSEEN = "this is a zero-width space, which is invisible: delete it"
COLON = 'this is a full-width colon, not ":": write "reps:"'
CURLY = "this is a curly quote, not a straight one"
TEXT = 'this is text, not a key with a value: delete it, or start the line with "#"'


def mark(name):
    return f'this is {name}, not a list dash: start the line with "- "'


def cases():
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), TABLE.read_text(encoding="utf-8"))
    for part in text.split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        source, _, messages = rest.partition("...\n")
        yield pytest.param(source, messages.strip().splitlines(), id=title)


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_what_only_looks_right_is_named_at_its_place(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_the_pure_loader_gives_the_same_answers(text, expected, monkeypatch):
    monkeypatch.delattr("yaml.CBaseLoader")
    assert told(text) == expected


def test_a_step_that_took_in_the_next_one_is_answered():
    assert [each.split(": ", 1)[1] for each in told("name: A\nsteps:\n  - 30s a\n    \u2022 20s b\n")] == [
        'this step contains "- 20s b": start each step on its own line with "- ", with the dashes aligned',
        mark("a bullet"),
    ]


TEXTS = """\
name: \u201cLegs \u2013 hard\u201d, 8\u201312 min\uff1aeasy
summary: Three things
  \u2022 one
  \u2013 two\uff1athree
description: |
  \u2022 a
  reps\uff1a12
  \u00a0 \u200bHere is it:
  ```
  8x\uff0820s run\uff09
tags: [\u201cfoo\u201d, \u2022]
steps:
  - exercise: \u201cSquat\u201d\u00a0low
    reps: 12\u00a0
    cue: \u2013 breathe \u2022 go \u201cnow\u201d \uff11\uff12
    note: * low
    load: 10\u201312 kg
  - 30s \u6df1\u8e72\uff0c\u7a84\u8ddd
  - 30s runner\u2019s lunge \u2013 slow
  - 30s \u5e73\u677f\uff1a\u6536\u7d27
  - max \u201crest pose\u201d
  - wait \u2022 Breathe
  - 40\u202fs cat\u2013cow
"""


def test_in_a_title_a_cue_or_a_description_every_character_is_text():
    good = TEXTS.replace("    note: * low\n", "")
    assert told(good) == []
    assert told(TEXTS.replace("* low", "a").replace("reps: 12", "rep: 12")) == [
        'f:14:5: unknown key "rep": did you mean "reps"?'
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("\uff11\uff12 squats", ['1: this is a full-width digit, not "1"']),
        ("1\u200b2 squats", [f"2: {UNSEEN}"]),
        ("8\u0445(20s \u043f\u0440\u0438\u0441\u0435\u0434)", ['2: this is a Cyrillic letter, not "x"']),
        ("1\uff1a30 plank", ['2: this is a full-width colon, not ":"']),
        ("12\uff0fside lunge", ['3: this is a full-width slash, not "/"']),
        ("20s a\u300110s b", ['6: this is an ideographic comma, not ","']),
        ("12 squat @3\u20131-1-0", ['12: this is an en dash, not "-"']),
        ("30s \u201cplank, left\u201d", [f"5: {CURLY}", f"17: {CURLY}"]),
        ("\u201c30s plank\u201d", [f"1: {CURLY}", f"11: {CURLY}"]),
        ("\u2022 30s plank", ['1: a step cannot start with "\u2022": delete it']),
        ("- 30s plank", ['1: a step cannot start with "-": delete it']),
        ("12\u200b squats", []),
        ("30s \u201crest pose\u201d", []),
        ("30s plank\u00a0hold", []),
        ("30s \u6df1\u8e72\uff0c\u7a84\u8ddd", []),
        ("max push\u2011ups", []),
    ],
)  # fmt: skip
def test_on_one_line_what_changes_its_meaning_is_named(line, expected):
    assert [str(each) for each in read_quick(line).problems] == [f"quick:1:{each}" for each in expected]


def test_exercise_files_and_settings_are_answered_alike(tmp_path):
    read = read_exercise("name: Lunge\nreps\uff1a12\n", "e", "e")
    assert [str(each) for each in read.problems] == [f"e:2:5: {COLON}"]
    assert read_exercise("```yaml\nname: Lunge\n```\n", "e", "e").value.name == "Lunge"
    file = tmp_path / "config.yaml"
    file.write_text("volume\uff1a50\nmute:\u00a0yes\nsounds: \u201csoft\u201d\n", encoding="utf-8")
    settings_, problems = settings_file.load(file)
    assert [(each.line, each.column, each.message) for each in problems] == [
        (1, 7, 'this is a full-width colon, not ":": write "volume:"'),
        (2, 6, SPACE),
        (3, 9, f"{CURLY}: write soft"),
    ]
    assert settings_.sound.volume == 0.5


def test_every_look_alike_has_a_name_and_a_sentence():
    for code in range(0x80, 0x10000):
        if (look := meant(chr(code))) is not None:
            assert look.isascii()
            assert len(called(chr(code))) > 4
            assert complaint(chr(code)).startswith("this is ")


@given(
    st.text(st.sampled_from("\u00a0\u200b\uff1a\uff11\u201c\u201d\u2022\u2013*-`~>:1 \nax\u3000[\uff08"), max_size=40)
)
def test_any_of_them_anywhere_is_read_or_answered(odd):
    for text in (odd, LEGS + odd, odd + LEGS, LEGS.replace("12", odd), LEGS.replace("30s", odd)):
        read = read_routine(text, "f", "f")
        assert (read.value is None) == bool(read.problems)
        assert all(problem.line <= text.count("\n") + 2 for problem in read.problems)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(LEGS.splitlines()), min_size=1, max_size=6).map("\n".join))
def test_what_can_be_read_means_the_same_as_before(text):
    assert plain(text) == text
