"""The notices that the user has read and confirmed, so that each is shown once.

They are kept in a small text file, one per line: the subject, and a hash of the text, so that a changed text is shown
again. Deleting a line brings its notice back. If the file cannot be read or written, what was confirmed is remembered
until the program ends, and shown again after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach import safety
from coach.problems import CoachError
from coach.routine.library.files import read_kept
from coach.system import paths
from coach.system.storage import write_text
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coach.timeline.model import Timeline

CONFIRMED_FILE = "confirmed.txt"
_HEAD = "# Notices you have confirmed. Delete a line to see that notice again."


@frozen
class Notice:
    """A text to read once: `about` is "safety", "routine ID" or "exercise ID", `text` has paragraphs."""

    about: str
    title: str
    text: str

    @property
    def line(self) -> str:
        """The line that records that it is confirmed."""
        import hashlib  # takes 2 ms, so only where there are notices

        return f"{self.about} {hashlib.sha256(self.text.encode()).hexdigest()[:32]}"


def notices_for(timeline: Timeline | None) -> tuple[Notice, ...]:
    """Return what to read before `timeline`, or before one is chosen (None): the safety facts come first."""
    first = Notice("safety", safety.TITLE, safety.facts_text())
    if timeline is None or not timeline.notices:
        return (first,)
    return (first, Notice(f"routine {timeline.id}", timeline.name, "\n\n".join(timeline.notices)))


class Confirmed:
    """The notices that were confirmed, kept in `file`; None is the file in the user's data folder."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._here: set[str] = set()

    def missing(self, timeline: Timeline | None) -> tuple[Notice, ...]:
        """Return the notices for `timeline` that are not confirmed yet; None stands for choosing one."""
        return self.unread(notices_for(timeline))

    def unread(self, notices: Iterable[Notice]) -> tuple[Notice, ...]:
        """Return those of `notices` that are not confirmed yet."""
        known = self._here | set(self._read())
        return tuple(notice for notice in notices if notice.line not in known)

    def confirm(self, notices: Iterable[Notice]) -> str:
        """Remember that `notices` were read: in the file or, if it cannot be written, until the program ends.

        Returns:
            Why the file could not be written, in a sentence, or an empty text. To be asked again is better than to
            have no session.
        """
        lines = [notice.line for notice in notices]
        self._here.update(lines)
        kept = self._read()
        new = [line for line in lines if line not in kept]
        if not new:
            return ""
        try:
            write_text(self._path, "\n".join([_HEAD, *kept, *new, ""]))
        except (CoachError, OSError) as error:
            return f"This could not be saved, so you will see it again next time: {error}."
        return ""

    @property
    def _path(self) -> Path:
        """The file.

        Raises:
            CoachError: there is no home folder to have it in.
        """
        return self._file or paths.data() / CONFIRMED_FILE

    def _read(self) -> list[str]:
        try:
            text = read_kept(self._path).decode("utf-8", "replace")
        except CoachError:
            return []
        return [entry for line in text.splitlines() if (entry := line.strip()) and not entry.startswith("#")]
