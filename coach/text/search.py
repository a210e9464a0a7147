"""Find texts by words: by beginnings, stems and synonyms, and in spite of small typos.

Pure. It knows nothing about the subject of the texts; the caller supplies the synonyms.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WEIGHTS = (16, 8, 4, 2, 1)
"""What a word counts in each part of a text, the most telling part first."""
LEAST_ALIKE = 0.78
"""How alike a mistyped word and a known one are at least, as `difflib` measures it (1: the same)."""
SHORTEST_TYPO = 4
"""Letters from which on a word is long enough to guess what was meant."""
MOST_NEAR = 6
"""Texts offered when none has all the words."""
_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(bb|dd|gg|mm|nn|pp|rr|tt)$")


@frozen
class Searchable:
    """A text in parts, the most telling first, each as `prepared` returns it."""

    parts: tuple[str, ...]


@frozen
class Hits:
    """What a search found: numbers of texts, the best first.

    `meant` are the words that were searched for instead of mistyped ones. Where no text has all the words, `near` are
    those that have some of them.
    """

    found: tuple[int, ...]
    meant: tuple[str, ...] = ()
    near: tuple[int, ...] = ()


def terms(text: str) -> list[str]:
    """Return the words of `text`, without case and accents; a hyphen separates words."""
    folded = text.casefold()
    if not folded.isascii():
        from unicodedata import combining, normalize  # 1 ms that plain text need not pay

        folded = "".join(char for char in normalize("NFKD", folded) if not combining(char))
    return _WORD.findall(folded)


def stem(word: str) -> str:
    """Return the stem of an English word, roughly: the same for "calf" and "calves", "run", "runs" and "running"."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for ending, instead in (("lves", "lf"), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = _DOUBLED.sub(lambda pair: pair[0][0], word[: -len(ending)])
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def prepared(*texts: str) -> str:
    """Return texts as one part of a `Searchable`: each word with its stem, and a space around each."""
    found = dict.fromkeys(word for text in texts for each in terms(text) for word in (each, stem(each)))
    return f" {' '.join(found)} "


class SearchIndex:
    """Texts that can be searched.

    Args:
        texts: what to search.
        alike: what else a word is called. Such words count less than the word itself.
    """

    def __init__(self, texts: Sequence[Searchable], alike: Mapping[str, Sequence[str]] | None = None) -> None:
        self._texts = texts
        self._alike = {stem(word): others for word, others in (alike or {}).items()}

    @cached_property
    def _wholes(self) -> list[str]:
        """Each text's parts as one: most texts do not have a word, and one look says so."""
        return ["".join(text.parts) for text in self._texts]

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        """Every word of the texts, in order, so that the same typo always means the same."""
        return tuple(sorted(set().union(*map(str.split, self._wholes))))

    def find(self, query: str) -> Hits:
        """Return the texts that have every word of `query`, the best first.

        A word that no text has is taken for the nearest one that some have. Without words every text is found.
        """
        wanted = terms(query)
        if not wanted:
            return Hits(tuple(range(len(self._texts))))
        scores = [self._scores(word) for word in wanted]
        if found := _with_all(scores):
            return Hits(found)
        corrected = [word if score else self._meant(word) for word, score in zip(wanted, scores, strict=True)]
        if corrected != wanted:
            scores = [self._scores(word) if word else {} for word in corrected]
            if found := _with_all(scores):
                meant = tuple(new for new, old in zip(corrected, wanted, strict=True) if new != old)
                return Hits(found, meant)
        return Hits((), (), _with_most(scores)[:MOST_NEAR])

    def _scores(self, word: str) -> dict[int, float]:
        """Return how well each text that has `word` fits it."""
        root = stem(word)
        forms = [(f" {word} ", 1.2), (f" {word}", 1.0)]
        if root != word:
            forms.append((f" {root} ", 1.0))
        forms += [(f" {stem(each)} ", 0.4) for each in self._alike.get(root, ())]
        found: dict[int, float] = {}
        for number, whole in enumerate(self._wholes):
            if any(form in whole for form, _ in forms):
                parts = self._texts[number].parts
                found[number] = max(weight * _fit(part, forms) for weight, part in zip(WEIGHTS, parts, strict=False))
        return found

    def _meant(self, word: str) -> str:
        """Return the known word that `word` is probably a typo of, or an empty text."""
        if len(word) < SHORTEST_TYPO:
            return ""
        from difflib import SequenceMatcher  # 2 ms that only mistakes need to pay

        matcher = SequenceMatcher(b=word, autojunk=False)
        best, most = "", LEAST_ALIKE
        for known in self._vocabulary:
            if abs(len(known) - len(word)) > 2 or len(known) < SHORTEST_TYPO:
                continue
            matcher.set_seq1(known)
            if (
                matcher.real_quick_ratio() >= most
                and matcher.quick_ratio() >= most
                and (fits := matcher.ratio()) > most
            ):
                best, most = known, fits
        return best


def _fit(part: str, forms: Iterable[tuple[str, float]]) -> float:
    return next((share for form, share in forms if form in part), 0.0)


def _with_all(scores: Sequence[Mapping[int, float]]) -> tuple[int, ...]:
    """Return the texts that every word is in, the best first; of equals the order stays."""
    first, *others = scores
    totals = {
        number: score + sum(other[number] for other in others)
        for number, score in first.items()
        if all(number in other for other in others)
    }
    return tuple(sorted(totals, key=lambda number: -totals[number]))


def _with_most(scores: Sequence[Mapping[int, float]]) -> tuple[int, ...]:
    """Return the texts that any word is in, those with the most words first."""
    fits: dict[int, tuple[int, float]] = {}
    for of_word in scores:
        for number, score in of_word.items():
            count, total = fits.get(number, (0, 0.0))
            fits[number] = count + 1, total + score
    return tuple(sorted(fits, key=lambda number: (-fits[number][0], -fits[number][1], number)))
