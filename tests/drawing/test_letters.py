from __future__ import annotations

import string
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.drawing.canvas import FULL, Canvas
from coach.drawing.glyphs import glyph
from coach.drawing.letters import (
    LEAST_CAPITAL,
    PIXELS,
    Face,
    can_write,
    extent,
    letter_strokes,
    lines_within,
    text_width,
    write,
)
from coach.figure.shelf import Figures
from coach.routine.library.library import Library
from tests.drawing import alphabets
from tests.drawing.alphabets import drawn

SIZES = [Face(7), Face(9), Face(10), Face(12), Face(16), Face(24, 1.0, 0.08), Face(44, 1.0, 0.075)]
LATIN = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚț"  # noqa: E501
VIETNAMESE = "ƠơƯượửạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộụủứỳỵỷỹ"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωάέήίόύώΐΰϊϋΆΈΉΊΌΎΏ"
CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґЎўЂђЈјЉљЊњЋћЏџЀѐЌќЃѓ"
SIGNS = ".,:;!?'\"-\u2013\u2014+=/()%&#*\u201c\u201d\u201e\u2018\u2019\u2026\u00d7\u00b0\u00bd[]<>@_\u20ac\u2192"


def test_the_alphabets_are_as_they_were():
    """Changed on purpose? `python -m tests.drawing.alphabets` draws them anew; look at the difference."""
    assert alphabets.page() == alphabets.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [string.ascii_letters + string.digits, LATIN, GREEK, CYRILLIC, SIGNS, VIETNAMESE])
def test_every_character_can_be_written(text):
    assert [character for character in text if not can_write(character)] == []


@pytest.mark.parametrize(
    "text", ["Kniebeuge über Stuhl", "Приседания", "Κάθισμα", "Étirement à genoux", "Przysiad łatwy"]
)
def test_words_of_other_languages_are_letters_too(text):
    assert can_write(text)


@pytest.mark.parametrize("text", ["深蹲", "🏃", "\u0000", "ا"])
def test_what_is_not_there_is_left_to_plain_text(text):
    assert not can_write(text)


@pytest.mark.parametrize("face", SIZES)
def test_digits_are_of_equal_width(face):
    assert len({text_width(digit, face) for digit in string.digits}) == 1
    assert text_width("11:11", face) == text_width("58:36", face)


def test_a_countdown_is_drawn_with_a_pen_of_7_to_8_percent():
    for capital in (24, 36, 44, 60):
        assert 0.06 <= Face(capital, 1.0, 0.075).pen / capital <= 0.09


@pytest.mark.parametrize("face", SIZES)
@pytest.mark.parametrize("letter", "HILTEFnlu1")
def test_stems_and_bars_lie_on_whole_pixels(letter, face):
    rows = drawn(letter, face)
    middle = rows[face.pen : -face.pen]
    columns = {place for row in middle for place, sign in enumerate(row) if sign == "#"}
    solid = [place for place in columns if sum(row[place] == "#" for row in rows) >= face.capital * 0.45]
    assert len(solid) >= face.pen


@pytest.mark.parametrize("face", SIZES)
def test_a_pen_covers_as_many_pixels_as_it_is_wide(face):
    row = drawn("H", face)[face.capital // 4]
    assert row.count("#") == 2 * face.pen
    assert set(row) <= {"#", " "}


def test_small_letters_are_never_blended():
    for capital in range(LEAST_CAPITAL, PIXELS):
        signs = set("".join(row for line in alphabets.LINES for row in drawn(line, Face(capital))))
        assert signs == {" ", "#"}


@pytest.mark.parametrize("face", SIZES[:4])
def test_no_two_letters_or_digits_look_alike(face):
    pictures = {character: drawn(character, face) for character in string.ascii_letters + string.digits}
    alike = [(one, other) for one, other in combinations(pictures, 2) if pictures[one] == pictures[other]]
    assert alike == [("O", "0")]


@pytest.mark.parametrize("face", SIZES)
@pytest.mark.parametrize("text", [LATIN, GREEK, CYRILLIC, SIGNS])
def test_every_letter_stays_in_its_room(text, face):
    for character in text:
        above, below = extent(character, face)
        for stroke in letter_strokes(character, face):
            assert min(stroke.y1, stroke.y2) - stroke.r1 >= -above - 1e-6, character
            assert max(stroke.y1, stroke.y2) + stroke.r1 <= face.capital + below + 1e-6, character
            assert max(stroke.x1, stroke.x2) + stroke.r1 <= text_width(character, face) + face.gap, character
            assert min(stroke.x1, stroke.x2) - stroke.r1 >= -face.gap, character


@pytest.mark.parametrize("face", SIZES)
def test_a_mark_does_not_touch_its_letter(face):
    for character in "äüöéèêñÄÉйё":
        rows = drawn(character, face)
        gaps = [number for number, row in enumerate(rows) if not row.strip()]
        assert gaps, character


def test_words_are_broken_into_lines():
    face = Face(10)
    text = "Hands to the floor, weight in front"
    lines = lines_within(text, face, 60)
    assert " ".join(lines) == text
    assert all(text_width(line, face) <= 60 for line in lines)
    assert all(text_width(f"{one} {two.split()[0]}", face) > 60 for one, two in pairwise(lines))
    assert lines_within("Donaudampfschiff", face, 20) is None


def test_writing_draws_where_it_is_told_and_in_its_ink():
    canvas = Canvas(30, 12)
    write(canvas, "I", Face(10), 7, 1, ink=3)
    inked = {place for place, code in enumerate(canvas.pixels) if code}
    assert inked == {row * 30 + 7 for row in range(1, 11)}
    assert {canvas.pixels[place] for place in inked} == {3 << 4 | FULL}


def test_shipped_texts_can_be_written():
    library = Library(user=None)
    texts = {name for id_ in Figures(library).ids for name in Figures(library).called(id_).poses}
    for entry in library.entries():
        texts.add(entry.routine.name)
        texts |= {exercise.name for exercise in entry.routine.exercises.values()}
    for exercise in library.exercises():
        texts |= {exercise.name, *(phase.cue for phase in exercise.phases)}
    assert [text for text in texts if not can_write(text)] == []


@settings(deadline=None)
@given(st.text(max_size=20), st.sampled_from(SIZES[:4]))
def test_any_text_can_be_tried(text, face):
    assert can_write(text) == all(glyph(character) is not None for character in text)
    assert text_width(text, face) >= 0
    canvas = Canvas(40, 20)
    write(canvas, text, face, 0, 4)
    assert len(canvas.pixels) == 800
