"""Keys that the user chose: which count, what is reported about the others, and that the screens follow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.shared import load_settings
from coach.session.glossary import KEY_WORDS
from coach.settings import KeyChoice, Settings
from coach.system import paths
from coach.tui.actions import ACTIONS, TYPING, actions_in, event_key, keymap
from coach.tui.keymap import ALWAYS, NoKey, checked_keys, key_of
from tests.builders import timed
from tests.tui.rig import running, session

BY_ID = {each.id: each for each in ACTIONS}


def choices(**keys):
    return tuple(
        KeyChoice(id_.replace("__", "."), tuple(key.split()), line, 3)
        for line, (id_, key) in enumerate(keys.items(), 1)
    )


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("p", "p"),
        ("P", "P"),
        ("?", "?"),
        ("-", "-"),
        ("+", "+"),
        (",", ","),
        ("é", "é"),
        ("Space", "space"),
        ("return", "enter"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("Del", "delete"),
        ("F2", "f2"),
        ("Ctrl-g", "ctrl+g"),
        ("CTRL+G", "ctrl+g"),
        ("shift-tab", "shift+tab"),
        ("shift+ctrl+up", "ctrl+shift+up"),
    ],
)
def test_a_key_is_named_as_the_screens_name_it_or_as_textual_does(word, key):
    assert key_of(word) == key


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("spcae", 'did you mean "space"?'),
        ("ctrl+1", "only with letters"),
        ("shift+a", 'such as "A"'),
        ("ctrl+shift+a", "too many parts"),
        ("ctrl+i", "cannot tell it from Tab"),
        ("ctrl-", "no such key"),
        ("hyper+x", "no such key"),
        ("\x07", "cannot be typed"),
    ],
)
def test_a_word_that_names_no_key_is_reported_with_advice(word, why):
    with pytest.raises(NoKey) as error:
        key_of(word)
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("wanted", "counts", "sentences"),
    [
        ({"session__pause": "p"}, {"session.pause": "p"}, []),
        ({"session__pause": "p space"}, {"session.pause": "p space"}, []),
        ({"sesion__pause": "p"}, {}, ['1:3 there is no action "sesion.pause": did you mean "session.pause"?']),
        ({"session__pause": "spcae"}, {}, ['1:3 session.pause: "spcae" cannot be used: there is no such key']),
        ({"session__pause": "n"}, {}, ["1:3 session.pause: n is session.next already"]),
        # Two that change places are no clash, in either order; what a refused one keeps may be one again.
        (
            {"session__pause": "n", "session__next": "space"},
            {"session.pause": "n", "session.next": "space"},
            [],
        ),
        (
            {"session__pause": "n", "session__next": "m"},
            {},
            ["1:3 session.pause: n is session.next", "2:3 session.next: m is session.mute"],
        ),
        ({"session__mute": "x", "session__keep": "x"}, {"session.mute": "x"}, ["2:3 session.keep: x is session.mute"]),
        ({"choose__new": "ctrl+p"}, {}, ["1:3 choose.new: Ctrl-p is anywhere.palette already"]),
        ({"choose__new": "ctrl+q"}, {}, ["1:3 choose.new: Ctrl-q is reserved for leaving"]),
        ({"search__clear": "c"}, {}, ['1:3 search.clear: "c" is for typing there']),
        # In another place the same key is free.
        ({"choose__new": "space"}, {"choose.new": "space"}, []),
    ],
)
def test_valid_keys_count_and_the_others_are_reported(wanted, counts, sentences):
    found, problems = checked_keys(choices(**wanted), "config.yaml")
    assert found == counts
    assert len(problems) == len(sentences)
    for problem, words in zip(problems, sentences, strict=True):
        assert f"{problem.line}:{problem.column} {problem.message}".startswith(words)
        assert problem.file == "config.yaml"


@given(st.lists(st.tuples(st.sampled_from(sorted(BY_ID)), st.sampled_from(["n", "x", "space", "f2", "ctrl+q", "q"]))))
def test_no_choice_takes_a_key_away_from_leaving_or_gives_it_two_meanings(pairs):
    chosen, problems = checked_keys([KeyChoice(id_, (key,)) for id_, key in dict(pairs).items()])
    assert len(chosen) + len(problems) == len(dict(pairs))
    for scope in {each.scope for each in ACTIONS}:
        keys = [key for each in actions_in(scope) for key in each.keys_in(chosen)]
        assert len(keys) == len(set(keys))
    for each in ACTIONS:
        kept = [key for key in each.keys.split() if key in ALWAYS]
        assert set(kept) <= set(each.keys_in(chosen))
        assert not (each.scope in TYPING and each.id in chosen and any(len(key) == 1 for key in each.keys_in(chosen)))


def test_the_keymap_has_all_keys_or_none():
    assert keymap({}) == {}
    assert keymap({"choose.settings": ","})["choose.settings"] == "comma"
    assert keymap({"choose.settings": ","}).keys() == BY_ID.keys()
    assert event_key("?") == "question_mark"


async def test_chosen_keys_work_in_a_session_and_stand_at_its_foot():
    settings = Settings(keys=choices(session__next="x", session__pause="p", question__stay="s", question__end="e"))
    async with session(timed("A", 20), timed("B", 20), settings=settings) as rig:
        assert "p pause" in rig.text
        await rig.press("space", "n")
        assert (rig.state.mode, rig.state.index) == ("running", 0)
        await rig.press("p")
        assert rig.state.mode == "paused"
        await rig.press("p", "x")
        assert rig.state.index == 1
        await rig.press("ctrl+q")
        assert "e end" in rig.text
        await rig.press("s")
        assert rig.where == "SessionScreen"
        assert not rig.asking
        await rig.press("question_mark")
        assert re.search("p +Pause or resume", rig.text)
        await rig.press("q", "ctrl+c", "e")
        assert rig.where == "SummaryScreen"


async def test_the_other_answers_stay_when_a_key_behind_the_question_is_changed():
    async with session(timed("A", 20), timed("B", 20), settings=Settings(keys=choices(session__next="x"))) as rig:
        await rig.press("q", "n")
        assert not rig.asking
        assert rig.state.index == 0
        await rig.press("q", "y")
        assert rig.where == "SummaryScreen"


async def test_chosen_keys_work_in_the_chooser():
    settings = Settings(keys=choices(choose__quit="z", choose__help="h f1", choose__history="H"))
    async with running(settings=settings, size=(80, 60)) as rig:
        await rig.press("q")
        assert rig.where == "ChooseScreen"
        assert "h help" in rig.text
        await rig.press("f1")
        assert rig.where == "HelpScreen"
        assert "h F1" in rig.text
        await rig.press("escape", "z")
        assert not rig.app.is_running


def test_problems_of_chosen_keys_name_their_place():
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text("volume: 200\nkeys:\n  session.pause: n\n  session.mute: x\n", encoding="utf-8")
    settings, problems = load_settings()
    assert [each.action for each in settings.keys] == ["session.pause", "session.mute"]
    assert [(each.line, each.column) for each in problems] == [(1, 9), (3, 3)]
    assert "session.next" in problems[1].message


def test_a_key_of_a_session_has_the_same_word_everywhere():
    labels = {action.name: action.label for action in actions_in("session")}
    assert labels | KEY_WORDS == labels | {"resume": "resume"}
