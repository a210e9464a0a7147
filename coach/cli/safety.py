"""`coach safety`, and the notices before a session that runs on lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach.problems import OK

if TYPE_CHECKING:
    from coach.session.notices import Confirmed
    from coach.timeline.model import Timeline

_WIDTH = 80
_QUESTION = "Press Enter when you have read this: "


@click.command("safety")
def show_safety() -> int:
    """Show when to ask a doctor first, and when to stop."""
    from coach import safety

    click.echo("\n".join(notice_lines(safety.TITLE, safety.facts_text())))
    return OK


def notice_lines(title: str, text: str) -> list[str]:
    """Return a notice as lines for a terminal or a pipe."""
    from coach.text.clean import wrapped

    paragraphs = [wrapped(each, _WIDTH) for each in text.split("\n\n")]
    return [*wrapped(title, _WIDTH), *(line for each in paragraphs for line in ("", *each))]


def show_notices(confirmed: Confirmed, timeline: Timeline) -> None:
    """Print what has to be read before `timeline` is done, and on a terminal wait until a person confirms it.

    Without a terminal nobody can, so nobody is waited for, and it is printed again the next time.
    """
    from coach.text.clean import legible  # `coach safety` needs none

    notices = confirmed.missing(timeline)
    if not notices:
        return
    for notice in notices:
        click.echo("\n".join(legible(line) for line in [*notice_lines(notice.title, notice.text), ""]))
    if sys.stdin.isatty() and sys.stdout.isatty():
        click.echo(_QUESTION, nl=False)
        if sys.stdin.readline():
            if trouble := confirmed.confirm(notices):
                click.echo(f"coach: {legible(trouble)}", err=True)
        else:
            click.echo()
