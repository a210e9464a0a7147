"""What a session's screen says beside the session itself: badges, and what the keys do just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.actions import footer, hint, key_names
from coach.tui.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.session.runner import Runner
    from coach.session.view import View
    from coach.tui.actions import Chosen, Keys


def badges(runner: Runner) -> Iterator[str]:
    """Yield what stands as long as it holds."""
    if runner.state.locked:
        yield "LOCKED"
    if runner.speed != 1:
        yield f"REHEARSAL {runner.speed:g}x"
    if runner.muted:
        yield "MUTED"
    if runner.trouble:
        yield f"NO SOUND: {safe(runner.trouble)}"


def standing(runner: Runner, chosen: Chosen) -> str:
    """Return why the session stands still, where the person did not say so, and what they may do beside going on."""
    if not runner.paused_because:
        return ""
    keys = key_names("session", chosen)
    return f"{runner.paused_because} {keys['pause']} goes on, {keys['restart']} starts this part again."


def session_keys(runner: Runner, view: View) -> Keys:
    """Return what the row of keys shows now."""
    state = runner.state
    if view.asking:
        return footer("question")
    if view.locked:
        return (hint("session.lock", "unlock"), hint("session.leave"))
    labels = {"session.pause": "go on"} if view.mode == "paused" else {}
    if runner.muted:
        labels["session.mute"] = "unmute"
    hidden = set()
    if not (state.interval.open or state.interval.frame is not None):
        hidden.add("session.done")
    if not view.can_undo:
        hidden.add("session.undo")
    keys = footer("session", labels, frozenset(hidden))
    count = state.count
    if count is None or not (count.past or state.interval.open):
        return keys
    # Reps are mended now or never, so these come before the keys that are always there.
    at = next((number for number, each in enumerate(keys, 1) if each.action.name == "quit"), len(keys))
    return (*keys[:at], hint("session.more-reps", "+1 rep"), hint("session.fewer-reps", "-1 rep"), *keys[at:])
