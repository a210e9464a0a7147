"""What people write for a language, and the tags it may be found under.

Systems and programs write one language in many ways: `de`, `de-DE`, `de_DE.UTF-8`, `DEU`. The tags are those of
BCP 47 in lower case; the old codes are those that its registry of subtags calls deprecated, and the collective ones
stand for the language that most people mean by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def _pairs(text: str) -> dict[str, str]:
    return dict(each.split("=") for each in text.split())


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
"""Where a region speaks more like another one than like the language without a region."""


def tags(written: str) -> tuple[str, ...]:
    """Return the tags that a language may be found under, best first.

    Case, underscores, and what a locale says after the language (`.UTF-8`, `@euro`) make no difference. Without a
    voice or words for the region, those of the language will do.
    """
    whole = written.partition(".")[0].partition("@")[0].replace("_", "-").casefold().strip(" -")
    parts = whole.split("-")
    shorter = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = []
    for each in shorter:
        found += [each, *([_REGIONS[each]] if each in _REGIONS else [])]
    same = _SAME.get(parts[0])
    if same:
        found += ["-".join([same, *each.split("-")[1:]]) for each in shorter]
    return tuple(dict.fromkeys(each for each in found if each))


def best_tag(written: str, known: Iterable[str]) -> str | None:
    """Return which of the `known` tags the language is found under, or None where it is none of them.

    A language that is known only as a variety of its own, such as `chr-us`, is found under that.
    """
    there = sorted(known)
    for each in tags(written):
        if each in there:
            return each
    for each in tags(written):
        for longer in there:
            if longer.startswith(f"{each}-"):
                return longer
    return None
