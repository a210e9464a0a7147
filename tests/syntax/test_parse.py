from __future__ import annotations

import gc
import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.routine.language.reader import read_exercise, read_routine
from coach.syntax import parse as syntax
from coach.syntax.parse import DEEPEST, MOST_NODES, parse
from coach.syntax.report import MOST_PROBLEMS, Report
from coach.syntax.tree import Keys, Listing, Text

NOT_UTF_8 = "this character is not UTF-8: save the file as UTF-8 in your editor"
GOOD = "name: N\nsteps:\n  - rest: 5s\n"


SLACK_S = 0.02
"""CPU time that measuring itself may cost; work that grows too fast takes a multiple of it."""


def messages(source):
    return [str(problem) for problem in read_routine(source, "f", "f").problems]


def test_every_scalar_stays_text_and_knows_its_place():
    report = Report("f")
    tree = parse("a: 1:30\nb:\n  - 010\n  - 'no'\n", report)
    assert report.problems == ()
    assert tree == Keys(
        (
            (Text("a", 1, 1, (1, 2)), Text("1:30", 1, 4, (1, 8))),
            (
                Text("b", 2, 1, (2, 2)),
                Listing((Text("010", 3, 5, (3, 8)), Text("no", 4, 5, (4, 9), plain=False)), 3, 3, (5, 1)),
            ),
        ),
        1,
        1,
        (5, 1),
    )


def test_an_alias_is_the_node_it_names():
    tree = parse("- &a [x]\n- *a\n", Report("f"))
    assert isinstance(tree, Listing)
    assert tree.value[0] is tree.value[1]


@pytest.mark.parametrize("source", [GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, GOOD.replace("\n", "\r")])
@pytest.mark.parametrize("encode", [str, str.encode])
def test_line_ends_and_byte_order_marks_do_not_matter(source, encode):
    assert read_routine(encode(source), "f", "f") == read_routine(GOOD, "f", "f")
    assert read_routine(encode(source), "f", "f").value is not None


def test_the_marks_of_one_document_are_fine():
    assert messages("---\n" + GOOD + "...\n") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"name: \xff", f"f:1:7: {NOT_UTF_8}"),
        ("name: é\nx: ".encode() + b"\xe9t\xe9", f"f:2:4: {NOT_UTF_8}"),
        ("\ufeffn: ä".encode() + b"\xed\xa0\x80", f"f:1:5: {NOT_UTF_8}"),
        ("name: N".encode("utf-16"), "f: the file is UTF-16: save it as UTF-8"),
        ("name: a\0b", "f:1:8: this is a NUL character: the file is not a text file, or it is damaged"),
        ("name: a\x1bb", "f:1:8: the invisible character U+001B cannot be shown: delete it"),
        ("n: 1\r\nb: \x85", "f:2:4: the invisible character U+0085 cannot be shown: delete it"),
        ("name: \ud800", "f:1:7: the invisible character U+D800 cannot be shown: delete it"),
        ("name: \u2028", "f:1:7: the invisible character U+2028 cannot be shown: delete it"),
        ("name: \u202e", "f:1:7: the invisible character U+202E cannot be shown: delete it"),
        ("name: a\ufeff", "f:1:8: this is a byte-order mark in the middle of the text: delete it"),
        ('name: "a\\eb"', "f:1:7: the invisible character U+001B cannot be shown: delete it"),
        ('name: "a\\0b"', "f:1:7: this is a NUL character: the file is not a text file, or it is damaged"),
        ('"a\\u202eb": c', "f:1:1: the invisible character U+202E cannot be shown: delete it"),
        ("", 'f: the file is empty: start it with "name:" and a name'),
        (b"", 'f: the file is empty: start it with "name:" and a name'),
    ],
)  # fmt: skip
def test_what_is_not_text_is_reported_with_its_place(source, expected):
    assert expected in messages(source)


def test_a_surrogate_made_by_an_escape_does_not_get_through_either_loader(monkeypatch):
    assert messages('name: "\\ud800"')
    monkeypatch.delattr("yaml.CBaseLoader")
    assert "f:1:7: the invisible character U+D800 cannot be shown: delete it" in messages('name: "\\ud800"')
    assert messages('name: "\\Uffffffff"')


@pytest.mark.parametrize(
    "source", ["x" * (1 << 20) + "x", b"x" * 10_000_000, b"\xff" * 10_000_000, "ä" * (1 << 19) + "x"]
)
def test_a_file_over_one_mebibyte_is_not_even_looked_at(source):
    assert messages(source) == ["f: the file is larger than 1 MiB: split it"]


LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 20))
DEEP_ALIAS = "- &a0 [x]\n" + "".join(f"- &a{i} [*a{i - 1}]\n" for i in range(1, 60))


TOO_DEEP = f"lists and blocks are nested more than {DEEPEST} deep here: remove some levels"


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[" * 50_000, f"1:33: {TOO_DEEP}"),
        ("{" * 50_000, f"1:33: {TOO_DEEP}"),
        ("é: [" * 50_000, f"1:65: {TOO_DEEP}"),
        ("{a: " * 50_000, f"1:129: {TOO_DEEP}"),
        ("- " * 50_000, f"1:65: {TOO_DEEP}"),
        ("? " * 50_000, f"1:65: {TOO_DEEP}"),
        ("[\n" * 50_000, f"33:1: {TOO_DEEP}"),
        (DEEP_ALIAS, f"32:9: {TOO_DEEP}"),
        (LAUGHS, f"6:25: the file has more than {MOST_NODES:,} values: make it shorter"),
        ("a: &a [*a]\n", '1:8: "*a" refers to itself: write it out'),
        ("&a {b: {c: *a}}\n", '1:12: "*a" refers to itself: write it out'),
    ],
    ids=[
        *("brackets", "braces", "brackets on one line", "braces with keys", "dashes", "question marks"),
        *("bracket lines", "alias chain", "laughs", "cycle", "map cycle"),
    ],
)  # fmt: skip
def test_bombs_are_answered_before_they_grow(source, expected, pure, monkeypatch):
    if pure:
        monkeypatch.delattr("yaml.CBaseLoader")
    read = []
    events = syntax._events
    monkeypatch.setattr(syntax, "_events", lambda *args: (read.append(each) or each for each in events(*args)))
    assert messages(source) == [f"f:{expected}"]
    assert len(read) < 400  # of tens of thousands in the file, or billions that it stands for


class Shallow(yaml.BaseLoader):
    """A loader with a limit of its own, which it finds while it looks ahead, as newer C loaders do."""

    def fetch_more_tokens(self):
        if self.flow_level >= 60 and self.peek() == "[":
            raise yaml.scanner.ScannerError(
                "while increasing flow level", None, "exceeded depth of nesting", self.get_mark()
            )
        super().fetch_more_tokens()


@pytest.mark.parametrize("before", ["", "name: Ü\nsteps:\n  - "])
def test_a_limit_of_the_loader_is_answered_in_our_words_and_at_our_place(before, monkeypatch):
    answers = [messages(before + "[" * levels) for levels in (50, 50_000)]
    monkeypatch.setattr("yaml.CBaseLoader", Shallow)
    assert [messages(before + "[" * levels) for levels in (50, 50_000)] == answers
    assert answers[1][0].endswith(TOO_DEEP)


def test_a_long_text_used_often_is_counted_at_its_length():
    source = f"name: &a {'a,' * 200_000}\nsteps:\n" + "  - *a\n" * 50
    assert messages(source) == [f"f:4:5: the file has more than {MOST_NODES:,} values: make it shorter"]


def cpu_seconds(work, size):
    """Return the least CPU time of three runs: what other programs take from this one does not count.

    Neither does the garbage collector, which would walk through all that other tests left in this process.
    """
    taken = []
    gc.disable()
    try:
        for _ in range(3):
            began = time.process_time()
            work(size)
            taken.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(taken)


def assert_in_proportion(work):
    """Eight times as much may take 24 times as long; work that grows with the square takes 64 times."""
    assert cpu_seconds(work, 16_000) < 24 * cpu_seconds(work, 2_000) + SLACK_S


@pytest.mark.parametrize(
    "part", ["a, ", "(", ")", ",", '"', '"" ', "1 ", "1x", "@", ":", "a:(", "1-", "12345", "((a),", "\u200b", "\uff08"]
)
def test_a_long_line_takes_time_in_proportion_to_its_length(part):
    assert_in_proportion(lambda size: messages(f"name: N\nsteps:\n  - 1 a{part * size}\n"))


def test_a_tab_in_what_was_written_does_not_get_into_a_message():
    assert messages("0\n;\t:")[0].endswith('put the text in quotes, as in ";: …"')


def test_depth_and_number_are_bounded_exactly():
    def deep(levels):
        return "[" * levels + "x" + "]" * levels

    report = Report("f")
    assert parse(deep(DEEPEST), report) is not None
    assert report.problems == ()
    assert parse(deep(DEEPEST + 1), report) is None
    report = Report("f")
    assert parse("- x\n" * (MOST_NODES - 1), report) is not None
    assert parse("- x\n" * MOST_NODES, report) is None


def test_wrong_keys_take_time_in_proportion_and_end_in_a_word():
    assert_in_proportion(lambda size: messages("".join(f"repz{i}: 1\n" for i in range(size))))
    assert_in_proportion(lambda size: messages("steps:\n  - {" + ", ".join(f"repz{i}: 1" for i in range(size)) + "}\n"))
    found = messages("".join(f"repz{i}: 1\n" for i in range(MOST_PROBLEMS + 1)))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[0] == f"f: more than {MOST_PROBLEMS} problems: fix these first"


UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
TEXTS = st.text(st.sampled_from(list("abn:-[]{}&*!|>'\"#%@,?\\ \t\n\r019sx\ufeff\x85\0")), max_size=60)
KEYS = st.sampled_from(
    [
        "name",
        "steps",
        "exercise",
        "rest",
        "reps",
        "block",
        "phases",
        "tempo",
        "exercises",
        "zz",
        "sides",
        "cue",
        "every",
        "time",
        "until",
        "shuffle",
        "pick",
        "routine",
        "work",
        "10s",
        "-5s",
        "3x12 a",
        "max b",
        "cap",
        "rounds",
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        [
            "12",
            "30s",
            "1:30",
            "max",
            "",
            "3-1-1-0",
            "6s Draw",
            "each",
            "'it'",
            '"\\e"',
            "!x",
            "*a",
            "&a b",
            "3x12 a",
            "2x(20s a",
            "b)",
            "rest 5s",
            "true",
            "0",
            "x #1",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(KEYS, inner, max_size=4).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        )
    ),
    max_leaves=12,
)


def assert_sound(source):
    for reader in (read_routine, read_exercise):
        read = reader(source, "f", "f")
        assert list(read.problems) == sorted(read.problems)
        assert (read.value is None) == bool(read.problems)
        for problem in read.problems:
            assert not UNSAFE.search(problem.message)


@given(st.text() | TEXTS)
def test_any_text_is_read_or_answered(source):
    assert_sound(source)


@given(st.binary())
def test_any_bytes_are_read_or_answered(source):
    assert_sound(source)


@settings(max_examples=300)
@given(st.dictionaries(KEYS, VALUES, max_size=6).map(lambda d: "".join(f"{k}: {v}\n" for k, v in d.items())))
def test_any_wrong_routine_is_read_or_answered(source):
    assert_sound(source)


@given(st.lists(VALUES, min_size=1, max_size=5).map(lambda s: "name: N\nsteps:\n" + "".join(f"  - {v}\n" for v in s)))
def test_any_wrong_steps_are_read_or_answered(source):
    assert_sound(source)
