"""The page as a file: inert, whole and small."""

import base64
import json
import re
import zlib
from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.page.document import index_page, inert_json, page_html
from coach.page.packed import packed, packed_sound
from coach.tui.themes import PALETTES
from tests.page.chromium import made

HOSTILE = "</script><img src=x onerror=alert(1)>\u2028\u2029&amp;<!--"


def unpacked(text):
    return zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_json_in_a_page_is_text_and_says_the_same(value):
    text = inert_json(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


@given(st.lists(st.integers(-32768, 32767)))
def test_a_sound_comes_out_as_it_went_in(samples):
    data = unpacked(packed_sound(samples))
    low, high = data[: len(samples)], data[len(samples) :]
    value, heard = 0, []
    for one, other in zip(low, high, strict=True):
        value = (value + one + 256 * other) % 0x10000
        heard.append(value - 0x10000 if value > 0x7FFF else value)
    assert heard == samples


def test_packed_values_are_json():
    assert json.loads(unpacked(packed([1, "ä", None]))) == [1, "ä", None]


def policy_of(text):
    return re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]


@pytest.mark.parametrize("name", ["Legs", HOSTILE])
def test_only_the_pages_own_script_and_style_may_run(name):
    text = page_html({"name": name})
    policy = policy_of(text)
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(sha256(inside[0].encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "onerror=alert(1)>" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", text.split('id="content"')[0])


def test_the_colours_are_those_of_the_terminal():
    """So they have the contrast that is tested there."""
    style = (files("coach.page") / "assets" / "page.css").read_text(encoding="utf-8")
    for theme, block in zip(("dark", "light"), re.findall(r":root \{(.*?)\}", style, re.DOTALL), strict=True):
        found = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))
        palette = PALETTES[theme]
        names = ("ground", "raised", "text", "dim", "ink", "prepare", "work", "rest", "wait", "paused", "alert")
        assert {name: found[name] for name in names} == {name: getattr(palette, name) for name in names}


def test_the_largest_page_that_ships_is_small(tmp_path):
    file, _ = made(tmp_path, "hip-engine")
    assert file.stat().st_size < 300_000


def test_an_index_shows_hostile_names_as_text():
    text = index_page([("a.html", HOSTILE, "5:00", HOSTILE)])
    assert "<img" not in text
    assert "&lt;/script&gt;" in text
