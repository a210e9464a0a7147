"""Language tags: find the voice or the words for a language, however a user or a system writes it.

Systems and programs write one language in many ways: `de`, `de-DE`, `de_DE.UTF-8`, `DEU`. The tags are those of
BCP 47 in lower case; the old codes are those that its registry of subtags calls deprecated, and the collective ones
stand for the language that most people mean by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_SAME = _pairs(
    "iw=he in=id ji=yi jw=jv mo=ro no=nb nn=nb sh=sr zh=cmn tl=fil fil=tl "
    "eng=en deu=de ger=de fra=fr fre=fr spa=es ita=it nld=nl dut=nl por=pt swe=sv dan=da nor=nb nob=nb nno=nb fin=fi "
    "pol=pl ces=cs cze=cs rus=ru ukr=uk tur=tr zho=cmn chi=cmn jpn=ja kor=ko ell=el gre=el hun=hu heb=he"
)
"""Other codes of a language, by the code people write: old ones, collective ones, and those of three letters."""

_REGIONS = _pairs(
    "es-ar=es-419 es-bo=es-419 es-cl=es-419 es-co=es-419 es-cr=es-419 es-cu=es-419 es-do=es-419 es-ec=es-419 "
    "es-gt=es-419 es-hn=es-419 es-mx=es-419 es-ni=es-419 es-pa=es-419 es-pe=es-419 es-pr=es-419 es-py=es-419 "
    "es-sv=es-419 es-us=es-419 es-uy=es-419 es-ve=es-419 en-ca=en-us en-ph=en-us zh-hk=yue zh-mo=yue"
)
"""Regions whose speech is closer to another region's than to the language's default."""


def tags(written: str) -> tuple[str, ...]:
    """Return the tags that a language may be found under, best first.

    Case, underscores, and a locale's suffixes (`.UTF-8`, `@euro`) make no difference. After the tag of the region
    comes that of the language.
    """
    whole = written.partition(".")[0].partition("@")[0].replace("_", "-").casefold().strip(" -")
    parts = whole.split("-")
    shorter = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = []
    for tag in shorter:
        found += [tag, *([_REGIONS[tag]] if tag in _REGIONS else [])]
    same = _SAME.get(parts[0])
    if same:
        found += ["-".join([same, *tag.split("-")[1:]]) for tag in shorter]
    return tuple(dict.fromkeys(tag for tag in found if tag))


def best_tag(written: str, known: Iterable[str]) -> str | None:
    """Return the best of the `known` tags for the language as it was written, or None.

    A language that is known only as a regional variety, such as `chr-us`, is found under that.
    """
    available = sorted(known)
    for tag in tags(written):
        if tag in available:
            return tag
    for tag in tags(written):
        for longer in available:
            if longer.startswith(f"{tag}-"):
                return longer
    return None
