"""`coach safety`, and the notices before a session on lines of text.

It stands alone so that the command does not import sessions.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach.problems import OK

if TYPE_CHECKING:
    from coach.session.notices import Confirmed
    from coach.timeline.model import Timeline

_WIDTH = 80
_QUESTION = "Press Enter after reading this: "


@click.command("safety")
def show_safety() -> int:
    """Show when to see a doctor first, and when to stop."""
    from coach import safety

    click.echo("\n".join(notice_lines(safety.TITLE, safety.facts_text())))
    return OK


def notice_lines(title: str, text: str) -> list[str]:
    """Return a notice as lines for a terminal or a pipe."""
    from coach.text.clean import wrapped

    paragraphs = [wrapped(paragraph, _WIDTH) for paragraph in text.split("\n\n")]
    return [*wrapped(title, _WIDTH), *(line for paragraph in paragraphs for line in ("", *paragraph))]


def show_notices(confirmed: Confirmed, timeline: Timeline) -> None:
    """Print the notices to read before `timeline`, and on a terminal wait until the user confirms them.

    Without a terminal nobody can confirm them, so they are printed again the next time.
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
