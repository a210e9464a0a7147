"""What people write for a language, and what it is found under."""

from __future__ import annotations

import pytest

from coach.text.languages import best_tag, tags


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("de", ("de",)),
        (" de_DE.UTF-8@euro ", ("de-de", "de")),
        ("zh-Hant-TW", ("zh-hant-tw", "zh-hant", "zh", "cmn-hant-tw", "cmn-hant", "cmn")),
        ("zh-HK", ("zh-hk", "yue", "zh", "cmn-hk", "cmn")),
        ("iw", ("iw", "he")),
        ("no", ("no", "nb")),
        ("in_ID", ("in-id", "in", "id-id", "id")),
        ("es_MX", ("es-mx", "es-419", "es")),
        ("", ()),
        ("_", ()),
    ],
)
def test_the_tags_of_what_is_written(written, expected):
    assert tags(written) == expected


@pytest.mark.parametrize(
    ("written", "known", "expected"),
    [
        ("de-AT", ("de", "de-at"), "de-at"),
        ("de-AT", ("de", "en"), "de"),
        ("fr", ("fr-be", "fr-ch"), "fr-be"),
        ("chr", ("chr-us-x",), "chr-us-x"),
        ("fr", ("frr", "en"), None),
        ("", ("de",), None),
    ],
)
def test_the_best_of_those_there_are(written, known, expected):
    assert best_tag(written, known) == expected
