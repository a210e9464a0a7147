"""Frames: the panels that screens are made of, and the dialog in the middle of one.

A widget becomes a panel by `framed`. Where a window is too small for frames, the screen's style sheet takes the border
away: `MyScreen.-low .panel { border: none; padding: 0; }`. It stands alone because every screen shares it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.containers import Container, Vertical
from textual.content import Content

from coach.text.clean import safe
from coach.tui.themes import CONTENT_WIDTH

if TYPE_CHECKING:
    from textual.widget import Widget

    W = TypeVar("W", bound=Widget)

PANELS = """
CoachApp .panel {
    border: $coach-border $coach-line; padding: 0 0 0 1;
    border-title-color: $coach-text; border-title-style: bold; border-title-background: transparent;
    border-subtitle-color: $coach-dim;
}
CoachApp .panel:focus, CoachApp .panel:focus-within { border: $coach-border $coach-rest; }
CoachApp RowList.panel { padding: 0; }
"""
"""The look of panels, for the app's style sheet. A page in a panel has a cell of padding, and the scrollbar another."""


def framed(widget: W, title: str = "", subtitle: str = "") -> W:
    """Return `widget` as a panel: with a rounded frame, a title above it and a subtitle below it."""
    widget.add_class("panel")
    entitle(widget, title, subtitle)
    return widget


def entitle(widget: Widget, title: str, subtitle: str = "") -> None:
    """Set the texts in the frame of a panel. They may come from a file: they are neither markup nor control."""
    widget.border_title = Content(safe(title)) if title else None
    widget.border_subtitle = Content(safe(subtitle)) if subtitle else None


class Page(Container):
    """What a screen shows above its keys. On a very wide window it is centred."""

    DEFAULT_CSS = f"Page {{ width: 100%; max-width: {CONTENT_WIDTH}; height: 1fr; }}"


class Dialog(Vertical):
    """A framed box in the middle of a modal screen, as high as what is in it.

    Put a `Sheet` or fields in it, and the `KeyBar` last.
    """

    DEFAULT_CSS = """
    Dialog {
        width: 100%; max-width: 68; height: auto; max-height: 100%; padding: 1 2 0 2;
        background: $coach-raised; border: $coach-border $coach-rest;
        border-title-color: $coach-text; border-title-style: bold; border-title-background: transparent;
        scrollbar-size-vertical: 0;
    }
    Dialog > Sheet { height: auto; scrollbar-background: $coach-raised; }
    Dialog > KeyBar { margin-top: 1; }
    """

    def __init__(self, *children: Widget, title: str = "") -> None:
        super().__init__(*children)
        entitle(self, title)
