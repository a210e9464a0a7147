"""What a person reads when YAML gives up: our words, whichever loader and version spoke."""

from __future__ import annotations

import inspect
import random
import re
from pathlib import Path

import pytest
import yaml

from coach.routine.language.reader import read_routine
from coach.syntax import yaml_errors
from coach.syntax.keys import NO_HINTS

ROUTINES = Path(__file__).parents[2] / "routines"
C_LOADER = (
    "block sequence entries are not allowed in this context",
    "could not find expected ':'",
    "could not find expected directive name",
    "did not find URI escaped octet",
    "did not find expected '!'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected '-' indicator",
    "did not find expected <document start>",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
    "did not find expected digit or '.' character",
    "did not find expected hexdecimal number",
    "did not find expected key",
    "did not find expected node content",
    "did not find expected version number",
    "exceeded maximum nesting depth",
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected",
    "found an indentation indicator equal to 0",
    "found character that cannot start any token",
    "found duplicate %TAG directive",
    "found duplicate %YAML directive",
    "found extremely long version number",
    "found incompatible YAML document",
    "found invalid Unicode character escape code",
    "found undefined tag handle",
    "found unexpected ':'",
    "found unexpected document indicator",
    "found unexpected end of stream",
    "found unexpected non-alphabetical character",
    "found unknown directive name",
    "found unknown escape character",
    "mapping keys are not allowed in this context",
    "mapping values are not allowed in this context",
)
"""What libyaml can say of a text that is UTF-8 without control characters, and of no tag."""
PURE = sorted(
    set(
        re.findall(
            r'''"((?:expected|found|could|mapping|sequence|duplicate)[^"\n]*)"''',
            inspect.getsource(yaml.scanner) + inspect.getsource(yaml.parser),
        )
    )
)
OF_TAGS = ("tag", "URI", "expected '!'", "expected '>'", "expected ' ', but", "whitespace")


def said(problem, context="while scanning for the next token"):
    mark = yaml.Mark("f", 0, 0, 0, None, None)
    return yaml_errors.explain(yaml.MarkedYAMLError(context, mark, problem, mark), ["- @"], NO_HINTS)[2]


@pytest.mark.parametrize("problem", [*C_LOADER, *PURE])
def test_every_error_of_yaml_has_a_sentence_of_ours(problem):
    of_tag = any(word in problem for word in OF_TAGS)
    words = said(problem, "while scanning a tag") if of_tag else said(problem)
    assert words != yaml_errors._OTHER
    assert problem[-10:] not in words.replace("',' or ']'", "")


def test_an_error_that_nobody_knows_yet_has_a_sentence_too():
    assert said("found a dragon") == "YAML cannot read this: put the text in quotes"


def test_there_are_as_many_as_there_should_be():
    assert len(PURE) > 25


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%YAML 9.1\n---\nname: A\n", f"1:1: {yaml_errors._DIRECTIVE}"),
        ("%YAML 1.1\n%YAML 1.1\n---\n", f"2:1: {yaml_errors._DIRECTIVE}"),
        (f"%YAML {'9' * 5000}.1\n---\n", f"1:1: {yaml_errors._DIRECTIVE}"),
        ("%Legs day\nname: A\n", f"1:1: {yaml_errors._DIRECTIVE}"),
        ("name: |0\n  A\n", ('1:8: text after "|" or ">" must start on the next line: move it '
            "there, or put it in quotes")),
        ("name: > A\n", '1:9: text after "|" or ">" must start on the next line: move it there, or put it in quotes'),
        ("name: 'A\n---\nsteps: b\n", f"1:7: {yaml_errors._NOT_CLOSED}"),
        ("name: 'A\n...\n", f"1:7: {yaml_errors._NOT_CLOSED}"),
        ('name: "é \\q"\n', ("1:10: a backslash in double quotes starts a code: use "
            "single quotes, or write \\\\")),
        ('name: "\\uzz"\n', ("1:8: a backslash in double quotes starts a code: use single "
            "quotes, or write \\\\")),
        ('name: "\\Uffffffff"\n', ("1:8: a backslash in double quotes starts a code: use "
            "single quotes, or write \\\\")),
        ("name: a !!x b\nlevel: !<x\n", f"2:8: {yaml_errors._TAG}"),
        ("name: A\nlevel: ? c\n", '2:8: put text that starts with "?" in quotes'),
        ("name: A\n\tlevel: beginner\n", "2:1: this is a tab: use spaces instead"),
    ],
)  # fmt: skip
def test_both_loaders_are_answered_alike(source, expected, pure, monkeypatch):
    if pure:
        monkeypatch.delattr("yaml.CBaseLoader")
    assert str(read_routine(source, "f", "f").problems[0]) == f"f:{expected}"


PIECES = (
    *("- ", ": ", "\n", "  ", "\t", "[", "]", "{", "}", "&a ", "*a", "*", "&", "!!x ", "!<", "!a!b ", "|\n", "|0\n"),
    *(">9", "'", '"', "#", "---\n", "...\n", "%YAML 1.1\n", "%YAML 2.0\n", "%TAG ! x\n", "%", "? ", "\\x1b", "\\q"),
    *("@", "`", ",", "- - ", "a: b: c", "!<x", "%FOO x", '"\\Uffffffff"', "\n---", "\n..."),
)  # fmt: skip
RAW = re.compile("|".join(re.escape(each) for each in ("while scanning", "while parsing", "stream", "token", "scalar")))


@pytest.mark.parametrize("pure", [False, True])
def test_no_damage_brings_yamls_own_words_to_a_person(pure, monkeypatch):
    if pure:
        monkeypatch.delattr("yaml.CBaseLoader")
    chance = random.Random(12)
    sources = [file.read_text(encoding="utf-8")[:600] for file in sorted(ROUTINES.glob("*.yaml"))[:8]]
    for _ in range(400):
        text = chance.choice(sources)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 4)) :]
        for problem in read_routine(text, "f", "f").problems:
            assert not RAW.search(problem.message), text
            assert problem.message != yaml_errors._OTHER, text
            assert problem.line, text
