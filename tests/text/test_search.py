"""Search by words: beginnings, stems, other words, typos and near texts, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.text.search import Searchable, SearchIndex, prepared, stem, terms

TEXTS = (
    ("Heel drops", "feet rehab", "calves, Achilles tendons", "Slow drops off a step.", ""),
    ("Runner's legs", "strength running", "thighs", "Lunge in six phases.", "Stand by a wall."),
    ("Plank ladder", "strength", "trunk", "Longer each time.", "Stay off the score."),
    ("\u00dcber Stuhl", "strength", "", "", ""),
)
INDEX = SearchIndex(
    [Searchable(tuple(map(prepared, text))) for text in TEXTS], {"core": ("trunk",), "jog": ("running",)}
)
HEELS, LEGS, PLANK, CHAIR = range(4)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", (HEELS, LEGS, PLANK, CHAIR)),
        ("  ", (HEELS, LEGS, PLANK, CHAIR)),
        ("heel", (HEELS,)),
        ("HEEL DROP", (HEELS,)),
        ("calf", (HEELS,)),
        ("calves", (HEELS,)),
        ("achilles", (HEELS,)),
        ("achil", (HEELS,)),
        ("run", (LEGS,)),
        ("runs", (LEGS,)),
        ("lunges", (LEGS,)),
        ("core", (PLANK,)),
        ("jogging", (LEGS,)),
        ("strength", (LEGS, PLANK, CHAIR)),
        ("strength wall", (LEGS,)),
        ("uber", (CHAIR,)),
        ("\u00fcber stuhl", (CHAIR,)),
        ("step", (HEELS,)),
        ("off", (HEELS, PLANK)),
        ("drop-heel", (HEELS,)),
    ],
)
def test_a_word_is_found_by_its_beginning_its_stem_and_what_it_is_called_too(query, found):
    assert INDEX.find(query).found == found


def test_what_is_named_after_a_word_comes_before_what_mentions_it():
    texts = [("Squat", "", "", "", "for the plank"), ("Hold", "plank", "", "", ""), ("Plank", "", "", "", "")]
    index = SearchIndex([Searchable(tuple(map(prepared, text))) for text in texts])
    assert index.find("plank").found == (2, 1, 0)


@pytest.mark.parametrize(
    ("query", "found", "meant"),
    [
        ("achiles", (HEELS,), ("achilles",)),
        ("lugne", (LEGS,), ("lunge",)),
        ("plnak", (PLANK,), ("plank",)),
        ("strenght wall", (LEGS,), ("strength",)),
        ("thihgs runing", (LEGS,), ("thighs",)),
    ],
)
def test_a_small_typo_is_understood_and_said(query, found, meant):
    hits = INDEX.find(query)
    assert (hits.found, hits.meant) == (found, meant)


@pytest.mark.parametrize(
    ("query", "near"),
    [("heel pilates", (HEELS,)), ("lunge plank wall", (LEGS, PLANK)), ("xyzzy", ()), ("xyz", ())],
)
def test_where_nothing_has_all_words_what_has_some_is_near(query, near):
    hits = INDEX.find(query)
    assert (hits.found, hits.near) == ((), near)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("calf", "calves"),
        ("run", "running"),
        ("lunge", "lunges"),
        ("lunge", "lunging"),
        ("squat", "squats"),
        ("stretch", "stretches"),
        ("body", "bodies"),
        ("press", "presses"),
        ("hop", "hopped"),
        ("sprint", "sprinting"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("calf", "call"), ("hip", "hips"[:2]), ("press", "pres"), ("bus", "but")])
def test_other_words_have_others(one, other):
    assert stem(one) != stem(other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_found_by_any_of_its_words(text, query):
    index = SearchIndex([Searchable((prepared(text),))])
    for word in terms(text):
        assert index.find(word).found == (0,)
    index.find(query)
