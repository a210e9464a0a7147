"""The chooser and the disk: what changes shows, and files are edited, made and copied. No test waits for a look."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext

import pytest
from textual.app import SuspendNotSupported

from coach.problems import CoachError
from coach.routine.library.files import changed, signature
from coach.routine.library.library import Library
from coach.system import editor
from coach.tui.choices import LOOK_S, WatchedChoices
from tests.tui.rig import running

ROUTINE = "name: {name}\nsteps:\n  - exercise: {exercise}\n    time: 40s\n"


def put(folder, file, name, exercise="Plank"):
    (folder / f"{file}.yaml").write_text(ROUTINE.format(name=name, exercise=exercise), encoding="utf-8")


@pytest.fixture
def folders(tmp_path):
    for name in ("shipped/exercises", "user/exercises"):
        (tmp_path / name).mkdir(parents=True)
    put(tmp_path / "shipped", "arms", "Arms")
    put(tmp_path / "user", "back", "Back")
    put(tmp_path / "user", "legs", "Legs")
    return tmp_path


@pytest.fixture
def edits(monkeypatch):
    """An editor that does as asked; returns the files it was opened with."""
    opened = []

    def make(does=lambda _: None, ends=0):
        def edit(file):
            opened.append(file)
            does(file)
            return ends

        monkeypatch.setattr(editor, "edit", edit)
        monkeypatch.setattr(editor, "chosen_for_you", lambda: None)
        monkeypatch.setattr("coach.tui.app.CoachApp.suspend", lambda _: nullcontext())
        return opened

    make()
    return make


def choosing(folders, **more):
    return running(library=Library(folders / "shipped", folders / "user"), **more)


async def look(rig):
    """Do what the timer does in a moment."""
    rig.screen.look()
    await rig.settle()


def listed(rig):
    return [each.name for each in rig.routines.choices]


def messages(rig):
    """Return what notices say; tests run without showing them."""
    return rig.said


def under_cursor(rig):
    return rig.routines.highlighted.name


def test_a_signature_shows_new_gone_and_different_files(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("a/one.yaml", "a/b/two.YML", "a/.hidden.yaml", "a/notes.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "a" / "dead.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a" / "b" / "round").symlink_to(tmp_path / "a", target_is_directory=True)
    before = signature([tmp_path / "a", tmp_path / "missing"])
    assert {path.rsplit("/", 1)[-1] for path in before} == {"one.yaml", "two.YML", "dead.yaml"}
    assert changed(before, signature([tmp_path / "a"])) == frozenset()
    (tmp_path / "a" / "one.yaml").write_text("xy", encoding="utf-8")
    (tmp_path / "a" / "b" / "two.YML").unlink()
    (tmp_path / "a" / "three.yaml").write_text("x", encoding="utf-8")
    names = {path.rsplit("/", 1)[-1] for path in changed(before, signature([tmp_path / "a"]))}
    assert names >= {"one.yaml", "two.YML", "three.yaml"}


def test_only_what_changed_is_read_again(folders):
    watched = WatchedChoices(Library(folders / "shipped", folders / "user"))
    watched.choices.read(99)
    for choice in watched.choices.choices:
        watched.choices.timeline(choice.key)
    before = {each.key: watched.choices.entry(each.key) for each in watched.choices.choices}
    put(folders / "user", "legs", "Longer legs")
    assert watched.look()
    assert watched.read_on()
    after = {each.key: watched.choices.entry(each.key) for each in watched.choices.choices}
    assert [key for key in before if before[key] is not after[key]] == [str(folders / "user" / "legs.yaml")]
    assert watched.choices.next_without_total() == str(folders / "user" / "legs.yaml")
    assert watched.choices.total(str(folders / "user" / "legs.yaml")) == "0:50"
    assert not watched.look()


def test_an_exercise_file_counts_for_all_routines(folders):
    put(folders / "user", "legs", "Legs", "squat")
    watched = WatchedChoices(Library(folders / "shipped", folders / "user"))
    watched.choices.read(99)
    key = str(folders / "user" / "legs.yaml")
    assert watched.choices.timeline(key).intervals[-1].title == "squat"
    (folders / "user" / "exercises" / "squat.yaml").write_text("name: Deep squat\n", encoding="utf-8")
    assert watched.look()
    assert watched.read_on()
    assert watched.choices.timeline(key).intervals[-1].title == "Deep squat"


def test_a_lot_of_changes_is_read_in_slices(folders):
    watched = WatchedChoices(Library(folders / "shipped", folders / "user"))
    watched.choices.read(99)
    for number in range(40):
        put(folders / "user", f"r{number}", f"R {number}")
    assert watched.look()
    times = iter(range(100))
    slices = 0
    while not watched.read_on(lambda: float(next(times))):
        slices += 1
        assert len(watched.choices.choices) == 3
    assert slices > 3
    assert len(watched.choices.choices) == 43


def test_a_slow_disk_is_looked_at_less_often(folders):
    watched = WatchedChoices(Library(folders / "shipped", folders / "user"))
    assert not watched.look(iter((0.0, 0.004)).__next__)
    assert watched.delay == LOOK_S < 1
    assert not watched.look(iter((0.0, 0.05)).__next__)
    assert watched.delay == 5


async def test_what_is_saved_elsewhere_shows_and_the_cursor_stays(folders):
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("down")
        assert under_cursor(rig) == "Legs"
        put(folders / "user", "aaa", "A new one")
        (folders / "user" / "back.yaml").unlink()
        (folders / "shipped" / "arms.yaml").write_text("name: Arms\nstep: []\n", encoding="utf-8")
        await look(rig)
        assert listed(rig) == ["A new one", "Legs", "Arms"]
        assert under_cursor(rig) == "Legs"
        await rig.press("end")
        assert 'unknown key "step": did you mean "steps"?' in rig.text


async def test_the_preview_follows_the_file(folders):
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("down")
        put(folders / "user", "legs", "Legs", "Wall sit")
        await look(rig)
        assert "Wall sit" in rig.text
        await rig.press("enter")
        assert rig.session.timeline.intervals[-1].title == "Wall sit"


async def test_where_the_routine_under_the_cursor_is_gone_the_cursor_keeps_its_row(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("down")
        (folders / "user" / "back.yaml").unlink()
        await look(rig)
        assert under_cursor(rig) == "Legs"
        shutil.rmtree(folders / "user")
        await look(rig)
        assert (listed(rig), under_cursor(rig)) == (["Arms"], "Arms")


async def test_only_the_chooser_looks_at_the_disk(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        chooser = rig.screen
        assert chooser.looks_again
        await rig.press("enter")
        assert not chooser.looks_again
        put(folders / "user", "aaa", "A new one")
        await rig.begin()
        before = rig.session.timeline
        await rig.end()
        assert rig.screen is chooser
        assert chooser.looks_again
        await rig.settle()
        assert "A new one" in listed(rig)
        assert before.name == "Back"


async def test_a_search_stays_while_files_change(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"legs")
        put(folders / "user", "aaa", "More legs")
        await look(rig)
        assert listed(rig) == ["More legs", "Legs"]
        assert rig.search.has_focus


async def test_e_edits_and_shows_what_came_of_it(folders, edits):
    opened = edits(lambda file: put(file.parent, file.stem, "Legs of steel"))
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("down", "e")
        await rig.settle()
        assert opened == [folders / "user" / "legs.yaml"]
        assert listed(rig) == ["Back", "Legs of steel", "Arms"]
        assert under_cursor(rig) == "Legs of steel"


async def test_e_copies_what_ships(folders, edits):
    opened = edits()
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("end", "e")
        await rig.settle()
        mine = folders / "user" / "arms.yaml"
        assert opened == [mine]
        assert mine.read_bytes() == (folders / "shipped" / "arms.yaml").read_bytes()
        assert rig.routines.highlighted.key == str(mine)
        assert "yours, in place of the one that comes with coach" in rig.text
        assert messages(rig) == ["This is your own copy. It is used in place of the one that comes with coach."]


async def test_a_broken_file_can_be_edited(folders, edits):
    (folders / "user" / "legs.yaml").write_text("name: Legs\nstep: []\n", encoding="utf-8")
    edits(lambda file: put(file.parent, file.stem, "Whole legs"))
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("down", "e")
        await rig.settle()
        assert under_cursor(rig) == "Whole legs"


async def test_d_puts_a_copy_beside_it(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("down", "d")
        await rig.settle()
        assert under_cursor(rig) == "Legs 2"
        await rig.press("d")
        await rig.settle()
        assert under_cursor(rig) == "Legs 3"
        await rig.press("end", "d")
        await rig.settle()
        assert under_cursor(rig) == "Arms 2"
        names = sorted(each.name for each in (folders / "user").glob("*.yaml"))
        assert names == ["arms-2.yaml", "back.yaml", "legs-2.yaml", "legs-3.yaml", "legs.yaml"]


async def test_n_asks_for_a_name_and_opens_what_it_made(folders, edits):
    opened = edits()
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("n")
        assert rig.where == "NamingScreen"
        assert "What is the new routine called?" in rig.text
        await rig.press(*"Legs", "enter")
        assert "already exists" in " ".join(rig.text.split())
        await rig.press("space", *"too", "enter")
        await rig.settle()
        assert rig.where == "ChooseScreen"
        assert opened == [folders / "user" / "legs-too.yaml"]
        assert under_cursor(rig) == "Legs too"
        await rig.press("enter")
        assert rig.where == "SessionScreen"


@pytest.mark.parametrize("key", ["escape", "ctrl+q", "ctrl+c"])
async def test_a_name_need_not_be_given(folders, edits, key):
    opened = edits()
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("n", "e", key)
        assert (rig.where, opened) == ("ChooseScreen", [])
        assert len(listed(rig)) == 3


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_the_question_for_a_name_fits(folders, size):
    async with choosing(folders, size=size) as rig:
        await rig.press("n")
        assert "What is the new routine called?" in rig.text
        assert "Enter save" in rig.text


@pytest.mark.usefixtures("edits")
async def test_a_new_one_ends_a_search_that_would_hide_it(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"legs", "enter")
        await rig.begin()
        await rig.end()
        rig.routines.focus()
        await rig.press("n", *"Zebra", "enter")
        await rig.settle()
        assert under_cursor(rig) == "Zebra"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(CoachError("there is no editor"), "there is no editor"), (None, "The editor ended with an error (3).")],
)
async def test_trouble_with_the_editor_is_reported(folders, edits, error, sentence):
    def fail(_):
        if error:
            raise error

    edits(fail, ends=3)
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("down", "e")
        await rig.pilot.pause()
        assert messages(rig) == [sentence]


async def test_a_terminal_that_cannot_be_handed_over_is_reported(folders, edits, monkeypatch):
    def refuse(_):
        raise SuspendNotSupported

    edits()
    monkeypatch.setattr("coach.tui.app.CoachApp.suspend", refuse)
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("down", "e")
        await rig.pilot.pause()
        assert "cannot be handed over" in messages(rig)[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to the superuser")
async def test_a_folder_that_cannot_be_written_is_reported(folders):
    (folders / "user").chmod(0o500)
    async with choosing(folders, size=(100, 24)) as rig:
        await rig.settle()
        await rig.press("d")
        await rig.pilot.pause()
        assert "cannot be written" in messages(rig)[0]
    (folders / "user").chmod(0o700)


@pytest.mark.parametrize("key", ["e", "d"])
async def test_in_an_empty_library_there_is_nothing_to_edit(tmp_path, edits, key):
    opened = edits()
    async with running(library=Library(tmp_path / "a", tmp_path / "b")) as rig:
        await rig.press(key)
        assert (rig.where, opened) == ("ChooseScreen", [])
