"""The voice's own words: every language has all of them, and is found however it is written."""

from __future__ import annotations

from dataclasses import fields

import pytest

from coach.timeline.phrases import WORDS, words_for

TAKE_ONE = {"next", "times", "a_side", "ordinal_round", "round", "ordinal_set", "set"}


@pytest.mark.parametrize("language", WORDS)
def test_a_language_has_every_word(language):
    words = WORDS[language]
    for each in fields(words):
        text = getattr(words, each.name)
        if isinstance(text, str):
            assert text.strip()
            assert text.count("{}") == (1 if each.name in TAKE_ONE else 0), each.name
        else:
            count = 4 if each.name == "efforts" else 9
            assert len(text) == len(set(text)) == count or (each.name, text) == ("set_ordinals", ())


@pytest.mark.parametrize("language", WORDS)
def test_every_round_and_set_has_a_phrase_of_its_own(language):
    words = WORDS[language]
    for which in (words.which_round, words.which_set):
        said = [which(number, 12) for number in range(1, 13)]
        assert said[0] == ""
        assert len(set(said)) == 12


def test_the_first_is_not_said_and_late_ones_are_numbers():
    words = WORDS["en"]
    assert [words.which_set(number, 3) for number in (1, 2, 3)] == ["", "Second set", "Last set"]
    assert words.which_round(11, 20) == "Round 11"
    assert words.which_round(1, 1) == ""


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("de", "de"),
        ("DE_de.UTF-8", "de"),
        ("de-AT", "de"),
        ("zh", "cmn"),
        ("zh-Hant-TW", "cmn"),
        ("no", "nb"),
        ("pt_BR", "pt"),
        ("ger", "de"),
        ("en-us", "en"),
        ("tlh", "en"),
        ("", "en"),
        ("_-.@", "en"),
    ],
)
def test_the_words_are_found_however_a_language_is_written(written, language):
    assert words_for(written) is WORDS[language]
