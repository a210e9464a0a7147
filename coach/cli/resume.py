"""`coach resume`: resume an interrupted session, or save it in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from coach.cli.run import SessionOptions, session_options, start, take_terminal
from coach.cli.shared import open_library
from coach.problems import OK, CoachError

if TYPE_CHECKING:
    from datetime import datetime

    from coach.history.db.unfinished import Unfinished

_FILING = "save it with `coach resume --file`"


@click.command("resume")
@click.option("--file", "files", is_flag=True, help="Save it in your history instead of resuming.")
@session_options
def resume_session(files: bool, **options: Unpack[SessionOptions]) -> int:
    """Resume your last interrupted session, paused where you stopped."""
    from datetime import datetime

    from coach.session import resume

    if options["speed"] != 1:
        raise CoachError("a resumed session keeps its own speed: leave out --speed")
    found = resume.cut_off_sessions()
    if not found:
        raise CoachError("there is no session to resume: start one with `coach`")
    cut, now = found[0], datetime.now().astimezone()
    if files or (cut.is_old(now) and _asks_to_file(cut, now)):
        resume.file_session(cut)
        click.echo(f"Saved: {_summary(cut, now)}.")
        return OK
    if cut.is_old(now):
        raise CoachError(f"{cut.name} was interrupted {cut.ago(now)}, too long ago to resume: {_FILING}")
    try:
        resumed = resume.reopen(cut, now)
    except resume.Taken:
        raise
    except CoachError as error:
        raise CoachError(f"{error}: {_FILING}") from None
    click.echo(f"coach: {_summary(cut, now)}", err=True)
    return start(open_library(), resumed.timeline, 0, options, resumed)


def _asks_to_file(cut: Unfinished, now: datetime) -> bool:
    """Ask, on a terminal, whether to file a session that is too old to resume."""
    words = f"Too long ago to resume: {_summary(cut, now)}. Save it in your history?"
    return take_terminal() and click.confirm(words, default=True, err=True)


def _summary(cut: Unfinished, now: datetime) -> str:
    from coach.timeline.wording import clock

    where = f" at {cut.where}" if cut.where else ""
    return f"{cut.name}, interrupted {cut.ago(now)}{where}, {clock(cut.active_ms // 1000)} done"
