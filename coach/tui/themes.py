"""What the colours are. Every text stands on its ground with a contrast of 4.5 to 1 at least; a test holds us to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as hex. `ink` is the text on a coloured band; the kinds are also the bands."""

    ground: str
    raised: str
    text: str
    dim: str
    ink: str
    prepare: str
    work: str
    rest: str
    wait: str
    paused: str
    alert: str

    def variables(self) -> dict[str, str]:
        """Return the colours as the variables that style sheets use."""
        return {f"coach-{name}": colour for name, colour in asdict(self).items()}

    def pairs(self) -> list[tuple[str, str]]:
        """Return every (text, ground) that a screen shows."""
        kinds = (self.prepare, self.work, self.rest, self.wait, self.paused, self.alert)
        plain = [(each, self.ground) for each in (self.text, self.dim, *kinds)]
        raised = [(each, self.raised) for each in (self.text, self.dim, *kinds)]
        return [*plain, *raised, *((self.ink, each) for each in kinds)]


PALETTES = {
    "dark": Palette(
        ground="#0d1117",
        raised="#1b222c",
        text="#e6edf3",
        dim="#9fb0c0",
        ink="#0d1117",
        prepare="#ffc44d",
        work="#3fdd88",
        rest="#62b0ff",
        wait="#cf9dff",
        paused="#ff9a62",
        alert="#ff7b7b",
    ),
    "light": Palette(
        ground="#fbfbf8",
        raised="#e9ecef",
        text="#14181d",
        dim="#4a545f",
        ink="#ffffff",
        prepare="#7d4b00",
        work="#086030",
        rest="#0a4fa0",
        wait="#6328ab",
        paused="#9c3600",
        alert="#a8101b",
    ),
    "high-contrast": Palette(
        ground="#000000",
        raised="#000000",
        text="#ffffff",
        dim="#e0e0e0",
        ink="#000000",
        prepare="#ffdd00",
        work="#00ff7f",
        rest="#7cd0ff",
        wait="#f0b8ff",
        paused="#ffab66",
        alert="#ff9090",
    ),
}
DEFAULT = "dark"


def theme(name: str) -> Theme:
    """Return the palette called `name` as a theme for the app."""
    colours = PALETTES[name]
    return Theme(
        name=name,
        primary=colours.rest,
        accent=colours.work,
        warning=colours.prepare,
        error=colours.alert,
        success=colours.work,
        foreground=colours.text,
        background=colours.ground,
        surface=colours.ground,
        panel=colours.raised,
        dark=name != "light",
        variables={
            **colours.variables(),
            "scrollbar": colours.dim,
            "scrollbar-hover": colours.text,
            "scrollbar-active": colours.text,
            "scrollbar-background": colours.raised,
            "scrollbar-background-hover": colours.raised,
            "scrollbar-background-active": colours.raised,
            "input-cursor-background": colours.text,
            "input-cursor-foreground": colours.ground,
        },
    )
