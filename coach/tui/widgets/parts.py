"""The list of a session's parts: headings for the rounds of blocks, and a row for each interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widget import Widget

from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span, fit, split
from coach.timeline.wording import amount, clock, label
from coach.tui.stage.scene import KIND_SIGNS
from coach.tui.widgets.list import RowList
from coach.tui.widgets.paint import Painted
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

    from coach.timeline.model import BlockRound, Interval, Timeline


@frozen
class PartRow:
    """A row of the list: an interval, or a heading where `index` is None."""

    depth: int
    text: str
    right: str = ""
    kind: str = ""
    index: int | None = None


def parts_of(timeline: Timeline) -> tuple[PartRow, ...]:
    """Return the rows for all of `timeline`."""
    return tuple(_parts(timeline))


def _parts(timeline: Timeline) -> Iterator[PartRow]:
    before: tuple[BlockRound, ...] = ()
    for index, interval in enumerate(timeline.intervals):
        path = tuple(block for block in interval.block if block.name or block.rounds > 1)
        for depth, block in enumerate(path):
            if path[: depth + 1] != before[: depth + 1]:
                yield PartRow(depth, safe(_round(block)))
        before = path
        at = clock(timeline.starts[index] // 1000)
        yield PartRow(len(path), safe(_interval_text(interval)), at, interval.kind, index)


def _round(block: BlockRound) -> str:
    number = f"round {block.round} of {block.rounds}" if block.rounds > 1 else ""
    return ", ".join(fact for fact in (block.name, number) if fact)


def _interval_text(interval: Interval) -> str:
    which = f"set {interval.set} of {interval.sets}" if interval.set and (interval.sets or 1) > 1 else ""
    much = "" if interval.kind == "wait" else amount(interval)
    return ", ".join(fact for fact in (label(interval), much, which) if fact)


def part_row(part: PartRow, width: int, *, now: int, under_cursor: bool) -> Row:
    """Return one row of exactly `width` cells; the interval numbered `now` is marked."""
    if part.index is None:
        text = fit("  " * part.depth + part.text, width - 2)
        return Row((Span(" "), Span(text, "strong"), Span(" " * (width - 1 - cell_len(text)))))
    here = part.index == now
    lead = f"{'now' if here else '':<4}{'  ' * part.depth}{KIND_SIGNS[part.kind]} "
    right = part.right
    text = fit(part.text, width - cell_len(lead) - cell_len(right) - 4)
    gap = " " * max(0, width - cell_len(lead) - cell_len(text) - cell_len(right) - 2)
    if under_cursor:
        return Row(tuple(Span(text, "cursor") for text in (" ", lead, text, gap, right, " ")))
    role = "strong" if here else "dim" if part.index < now else "text"
    return Row((Span(" "), Span(lead, part.kind), Span(text, role), Span(gap), Span(right, "dim"), Span(" ")))


class Title(Painted, Widget):
    """Shows what the list is for, the search, and where the session is."""

    DEFAULT_CSS = "Title { height: 1; background: $coach-raised; }"
    ALLOW_SELECT = False

    typed: reactive[str] = reactive("")
    found: reactive[bool] = reactive(default=True)
    now: reactive[str] = reactive("")

    @property
    def row(self) -> Row:
        """What is shown."""
        words = f"Search: {safe(self.typed)}" if self.typed else "Type to search"
        if not self.found:
            words += " (no matches)"
        return split((Span(words, "strong"),), (Span(safe(self.now)),), self.size.width)

    def render_line(self, y: int) -> Strip:
        """Return the one row."""
        return self._painter.strip_of(self.row, self.size.width)


class PartList(RowList, can_focus=False, inherit_bindings=False):
    """Shows the parts, with the cursor on an interval.

    Args:
        timeline: the session's timeline.
        now: the interval that the session is in, from 0.
        cursor: the interval that the cursor is on first.
    """

    PICKS_AT_ONCE = True  # a part has no preview

    def __init__(self, timeline: Timeline, now: int, cursor: int) -> None:
        self._all = parts_of(timeline)
        self._shown = self._all
        self._now = now
        super().__init__(self._made, is_heading=lambda at: self._shown[at].index is None)
        self.show(len(self._shown), self._row_of(cursor))

    @property
    def picked(self) -> int | None:
        """The interval under the cursor, from 0; None when nothing matches the search."""
        return self._shown[self.cursor].index if self._shown else None

    @property
    def count(self) -> int:
        """How many rows the whole list has."""
        return len(self._all)

    def mark(self, now: int) -> None:
        """Mark where the session is."""
        if now != self._now:
            self._now = now
            self.refresh()

    def narrow(self, typed: str) -> bool:
        """Show the intervals that have every word of `typed`, under their headings; return whether any match."""
        before = self.picked
        words = typed.casefold().split()
        self._shown = tuple(_narrowed(self._all, words)) if words else self._all
        self.show(len(self._shown), 0 if before is None else self._row_of(before))
        return bool(self._shown)

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        return part_row(self._shown[at], width, now=self._now, under_cursor=under_cursor)

    def _row_of(self, index: int) -> int:
        return next((at for at, part in enumerate(self._shown) if part.index == index), 0)


def _narrowed(parts: tuple[PartRow, ...], words: list[str]) -> Iterator[PartRow]:
    """Yield the intervals that have all words in themselves or their headings, each heading once."""
    path: list[PartRow] = []
    shown: list[PartRow] = []
    for part in parts:
        if part.index is None:
            path = [*path[: part.depth], part]
            continue
        path = path[: part.depth]
        text = " ".join(part.text for part in (*path, part)).casefold()
        if all(word in text for word in words):
            yield from (heading for heading in path if heading not in shown)
            shown = [*path]
            yield part
