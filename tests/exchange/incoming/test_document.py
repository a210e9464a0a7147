"""Files are opened by what they contain, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exchange.incoming.document import LARGEST_FOREIGN, Fields, Unimportable, open_document
from coach.exchange.incoming.reading import recognised
from coach.routine.model import Place

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<workout_file><name>&b;</name></workout_file>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<workout_file><name>&e;</name></workout_file>"""


def test_an_object_knows_its_place():
    found = open_document(b'{\n  "a": [{"b": 1},\n    {"b": "two"}]\n}', "x").json
    assert found.place == Place(1, 1)
    assert [item.place for item in found.listed("a")] == [Place(2, 9), Place(3, 5)]
    assert [item.text("b") for item in found.listed("a")] == ["1", "two"]


@pytest.mark.parametrize(
    "data", ['{"a": "Übung"}'.encode(), '\ufeff{"a": "Übung"}'.encode(), '{"a": "Übung"}'.encode("utf-16")]
)
def test_any_encoding_of_a_timer_is_read(data):
    assert open_document(data, "x").json.text("a") == "Übung"


def test_latin_1_is_read_where_the_file_is_not_utf_8():
    assert open_document('{"a": "Übung"}'.encode("latin-1"), "x").json.text("a") == "Übung"


@pytest.mark.parametrize(
    ("data", "title"),
    [(b"""'[{"Title": "Legs"}]'\n""", "Legs"), (rb"""  "[{\"Title\": \"Bob's\"}]" """, "Bob's")],
)
def test_json_printed_by_gsettings_is_read(data, title):
    assert open_document(data, "x").json[0].text("Title") == title


def test_json_inside_a_page_is_read():
    page = b'<script>\nRunloop.defs[\'timer1\'] = {"name": "A"};\n</script>'
    found = open_document(page, "x").json
    assert (found.text("name"), found.place) == ("A", Place(2, 26))


@pytest.mark.parametrize(
    ("data", "sentence", "place"),
    [
        (b'{"a": [1, 2', "this is not JSON: it ends too early, export it again", Place(1, 12)),
        (b'{"a":\n tru}', "this is not JSON: there is a mistake here, export it again", Place(2, 2)),
        (b'{"a": NaN}', "this is not JSON: it has a number that no timer writes", Place()),
        (b'{"a": ' + b"9" * 5000 + b"}", "this is not JSON: it has a number that no timer writes", Place()),
        (b'{"a": 1} and more', "there is more text after the end of the JSON: remove it", Place(1, 9)),
        (b"[" * 100_000, "lists are nested too deeply here: this is not a file that a timer wrote", Place()),
        (b'{"a":' * 100_000, "lists are nested too deeply here: this is not a file that a timer wrote", Place()),
        (b"x" * (LARGEST_FOREIGN + 1), "the file is larger than 8 MiB: export fewer timers at once", Place()),
        (BOMB.encode(), "the file declares XML entities, which no workout needs: remove its DOCTYPE", Place()),
        (EXTERNAL.encode(), "the file declares XML entities, which no workout needs: remove its DOCTYPE", Place()),
        (b"<workout_file>\n<name>", "this is not XML: no element found", Place(2, 7)),
        (b"<workout_file>" * 70, "elements are nested too deeply here: this is no workout", Place(1, 897)),
        (
            b"<?xml version='1.0' encoding='klingon'?><workout_file/>",
            "the file names an encoding that is not known: save it as UTF-8",
            Place(),
        ),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else "",
)
def test_a_broken_file_is_refused_in_a_sentence(data, sentence, place):
    with pytest.raises(Unimportable) as error:
        open_document(data, "x")
    assert (error.value.message, error.value.place) == (sentence, place)


@given(st.binary(max_size=300))
def test_any_bytes_are_opened_or_refused(data):
    assert recognised(data) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=10,
)


@given(json_values)
def test_a_value_of_the_wrong_type_counts_as_absent(value):
    fields = Fields({"a": value}, Place(1, 1))
    assert isinstance(fields.text("a"), str)
    assert isinstance(fields.ms("a"), int)
    assert isinstance(fields.count("a"), int)
    assert isinstance(fields.flag("a"), bool)
    assert isinstance(fields.listed("a"), tuple)
    assert isinstance(fields.texts("a"), tuple)
    assert fields.number("a") is None or abs(fields.number("a")) <= 1e12
