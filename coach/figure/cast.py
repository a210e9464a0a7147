"""Decide which figure a session shows at a moment, and what it does."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from coach.figure import motion
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.figure.model import Figure
    from coach.figure.motion import Stance
    from coach.figure.shelf import Figures
    from coach.routine.model import Exercise
    from coach.timeline.model import Interval, Timeline


@frozen
class Appearance:
    """A figure at one moment of a session.

    `index` is the interval it belongs to: the present one, or the work that comes next. `stays_until_ms` is the time
    spent in the present interval up to which the picture does not change: now while it moves, None for the rest of it.
    """

    figure: Figure
    moment: Stance
    index: int
    stays_until_ms: int | None


class Cast:
    """The figures of one session.

    Args:
        timeline: the session.
        figures: where figures are found.
        find: returns the exercise of a name that an interval has, None when it is only a title.
    """

    def __init__(self, timeline: Timeline, figures: Figures, find: Callable[[str], Exercise | None]) -> None:
        self._timeline = timeline
        self._figures = figures
        self._find = find
        self._found: dict[tuple[str, str | None], Figure | None] = {}

    def follow(self, timeline: Timeline) -> None:
        """Take the session as it has become, after the user changed the length of a part or was done early."""
        if timeline is not self._timeline:
            self._timeline = timeline
            self.__dict__.pop("_other_ways", None)

    @cached_property
    def _other_ways(self) -> frozenset[int]:
        return motion.other_ways(self._timeline.intervals)

    def figure(self, index: int) -> Figure | None:
        """Return the figure of the interval at `index`; None when it has none, or several things to do."""
        interval = self._timeline.intervals[index]
        if interval.kind != "work" or len(interval.items) > 1:
            return None
        key = (interval.exercise or interval.title, interval.direction)
        if key not in self._found:
            exercise = self._find(interval.exercise) if interval.exercise else None
            self._found[key] = self._figures.of(exercise, interval.title, interval.direction)
        return self._found[key]

    def at(self, index: int, elapsed_ms: int, *, still: bool = False) -> Appearance | None:
        """Return what is shown `elapsed_ms` into the interval at `index`; None when there is no figure to show.

        With `still` the figure steps from pose to pose, and shows its first pose before the work begins. A figure with
        a close-up shows it during the work, and its whole body before.
        """
        preview = motion.preview_at(self._timeline, index, elapsed_ms)
        figure = self.figure(preview.index) if preview else None
        if preview is None or figure is None:
            return None
        interval = self._timeline.intervals[preview.index]
        if preview.index != index and (still or preview.elapsed_ms is None):
            begins = None if still else preview.changes_at_ms
            return Appearance(figure, motion.first_moment(figure, interval), preview.index, begins)
        in_it = preview.elapsed_ms or 0
        moment = motion.at(figure, interval, in_it, other=self._goes_the_other_way(figure, preview.index), still=still)
        if preview.index == index:  # before the work, the whole body shows how to stand
            moment = replace(moment, close=figure.closeup is not None)
        until = moment.stays_until_ms
        return Appearance(figure, moment, preview.index, None if until is None else until - in_it + elapsed_ms)

    def _goes_the_other_way(self, figure: Figure, index: int) -> bool:
        """Return whether `figure` goes its other way in the interval at `index`."""
        interval = self._timeline.intervals[index]
        if figure.by_the_clock and interval.direction is not None:
            return motion.is_anticlockwise(interval.direction) != (interval.side == "left")
        return index in self._other_ways

    def story(self, shown: Appearance) -> tuple[str, ...]:
        """Return the pose that each phase ends in; empty for a figure without phases."""
        if not shown.figure.phases:
            return ()
        return motion.storyboard(shown.figure, other=self._goes_the_other_way(shown.figure, shown.index))

    def interval(self, shown: Appearance) -> Interval:
        """Return the interval that a figure belongs to."""
        return self._timeline.intervals[shown.index]
