"""Favourites, deleted files, and a routine from one line: what the user does is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coach.problems import CoachError
from coach.routine.library.favourites import Favourites, favourites_file, read_favourites, write_favourites
from coach.routine.library.one_line import Intervals, routine_of_line
from coach.routine.library.trash import TRASH_TIME, bring_back, throw_away, trash_folder

NOW = datetime(2026, 3, 14, 18, 30, tzinfo=UTC)
IDS = {"legs", "tabata", "arms"}


def test_a_favourite_is_added_and_taken_away():
    one = Favourites().toggled("legs", "Legs", IDS)
    assert one.includes("legs", "Legs", IDS)
    assert not one.includes("arms", "Arms", IDS)
    assert one.toggled("legs", "Legs", IDS) == Favourites()


def test_a_favourite_survives_another_name_and_another_file_name():
    one = Favourites((("legs", "Legs"),))
    assert one.includes("legs", "Longer legs", IDS)
    assert one.renamed("legs", "Longer legs").pairs == (("legs", "Longer legs"),)
    moved = {"legs-of-steel", "tabata"}
    assert one.includes("legs-of-steel", "LEGS", moved)
    assert not one.includes("tabata", "Tabata", moved)
    assert one.toggled("legs-of-steel", "Legs", moved) == Favourites()
    # A copy of the same name is another routine, as long as the first one is there.
    assert not one.includes("legs-2", "Legs", IDS)


def test_favourites_are_kept_in_a_file_of_lines():
    assert read_favourites() == Favourites()
    kept = Favourites((("legs", "Legs: long\tand \u00fcber"), ("tabata", "Tabata")))
    write_favourites(kept)
    assert favourites_file().read_text(encoding="utf-8") == "legs\tLegs: long and \u00fcber\ntabata\tTabata\n"
    assert read_favourites().includes("legs", "", IDS)


@pytest.mark.parametrize("text", ["", "\n\n", "legs", "legs\tLegs\tmore\n", "\t\n"])
def test_any_file_of_favourites_can_be_read(text):
    favourites_file().parent.mkdir(parents=True, exist_ok=True)
    favourites_file().write_text(text, encoding="utf-8")
    assert read_favourites().includes("legs", "Legs", IDS) == text.startswith("legs")


def test_a_deleted_file_comes_back_as_it_was(tmp_path):
    file = tmp_path / "legs.yaml"
    file.write_bytes(b"name: Legs\r\n\xff")
    trashed = throw_away(file, NOW)
    assert not file.exists()
    assert trashed.kept == trash_folder() / "20260314-183000-legs.yaml"
    assert bring_back(trashed) == file
    assert file.read_bytes() == b"name: Legs\r\n\xff"


def test_two_files_of_one_name_deleted_in_one_second_are_both_kept(tmp_path):
    kept = []
    for text in ("one", "two"):
        (tmp_path / "legs.yaml").write_text(text, encoding="utf-8")
        kept.append(throw_away(tmp_path / "legs.yaml", NOW))
    assert [each.kept.read_text(encoding="utf-8") for each in kept] == ["one", "two"]


def test_a_file_that_took_the_place_is_not_replaced(tmp_path):
    file = tmp_path / "legs.yaml"
    file.write_text("old", encoding="utf-8")
    trashed = throw_away(file, NOW)
    file.write_text("new", encoding="utf-8")
    with pytest.raises(CoachError, match="exists again"):
        bring_back(trashed)
    assert (file.read_text(encoding="utf-8"), trashed.kept.read_text(encoding="utf-8")) == ("new", "old")


def test_after_some_weeks_a_deleted_file_is_gone_and_nothing_else(tmp_path):
    files = [tmp_path / f"{name}.yaml" for name in ("old", "young", "now")]
    for file in files:
        file.write_text("x", encoding="utf-8")
    throw_away(files[0], NOW - TRASH_TIME - timedelta(days=1))
    (trash_folder() / "mine.txt").write_text("x", encoding="utf-8")
    throw_away(files[1], NOW - TRASH_TIME + timedelta(days=1))
    throw_away(files[2], NOW)
    names = sorted(each.name.partition("-")[2].partition("-")[2] or each.name for each in trash_folder().iterdir())
    assert names == ["mine.txt", "now.yaml", "young.yaml"]


def test_what_cannot_be_moved_stays_and_is_reported(tmp_path):
    file = tmp_path / "legs.yaml"
    file.write_text("x", encoding="utf-8")
    trash_folder().parent.mkdir(parents=True, exist_ok=True)
    trash_folder().write_text("in the way", encoding="utf-8")
    with pytest.raises(CoachError, match="cannot be moved"):
        throw_away(file, NOW)
    assert file.exists()


@pytest.mark.parametrize(
    ("intervals", "line", "name"),
    [
        (Intervals(), "8x(20s Work, 10s rest)", "8 x 20 s work, 10 s rest"),
        (Intervals(40, 0, 3), "3x(40s Work)", "3 x 40 s work"),
        (Intervals(90, 30, 1), "1x(90s Work, 30s rest)", "1 x 90 s work, 30 s rest"),
    ],
)
def test_three_numbers_are_a_line(intervals, line, name):
    assert (intervals.line, intervals.name) == (line, name)
    assert routine_of_line(line, name).value.name == name


def test_a_line_is_called_after_itself_unless_it_is_long():
    assert routine_of_line("30s plank").value.name == "30s plank"
    assert len(routine_of_line(f"30s {'plank ' * 20}").value.name) == 40
    assert routine_of_line("8x(20s squat").problems
