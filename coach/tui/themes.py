"""The colours of the themes. Every text has a contrast of at least 4.5 to 1 with its ground, which a test checks."""

from __future__ import annotations

from dataclasses import asdict

from textual.color import Color
from textual.theme import Theme

from coach.values import frozen

LEAST = 4.5
"""The least contrast of text, by WCAG 2.2, 1.4.3."""
FEW_COLOURS = frozenset(("standard", "windows"))
"""What Rich calls terminals with sixteen colours."""


@frozen
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
        plain = [(colour, self.ground) for colour in (self.text, self.dim, *kinds)]
        raised = [(colour, self.raised) for colour in (self.text, self.dim, *kinds)]
        return [*plain, *raised, *((self.ink, kind) for kind in kinds)]


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

# With sixteen colours each is the nearest of a table that every terminal paints in its own way. These are in the table
# exactly, differ from each other, and are such as stay readable in the usual variants of it: on white that leaves out
# green, yellow and cyan.
_FEW_ON_BLACK = Palette(
    ground="#000000",
    raised="#000000",
    text="#ffffff",
    dim="#aaaaaa",
    ink="#000000",
    prepare="#ffff55",
    work="#55ff55",
    rest="#55ffff",
    wait="#ff55ff",
    paused="#aaaaaa",
    alert="#ff5555",
)
_FEW_ON_WHITE = Palette(
    ground="#ffffff",
    raised="#ffffff",
    text="#000000",
    dim="#555555",
    ink="#ffffff",
    prepare="#aa00aa",
    work="#000000",
    rest="#0000aa",
    wait="#555555",
    paused="#aa0000",
    alert="#aa0000",
)
FEW_PALETTES = {"dark": _FEW_ON_BLACK, "light": _FEW_ON_WHITE, "high-contrast": _FEW_ON_BLACK}


def palette_of(foreign: Theme) -> Palette:
    """Return our colours for a theme that is not ours: its own, moved towards its text where they are hard to read."""
    made = foreign.to_color_system().generate()
    ground, raised = Color.parse(made["background"]).rgb, Color.parse(made["surface"]).rgb
    end = Color(255, 255, 255) if foreign.dark else Color(0, 0, 0)
    grounds = [Color(*ground), Color(*raised)]

    def own(name: str) -> Color:
        return Color(*Color.parse(made[name]).rgb)

    def readable(colour: Color) -> str:
        return _moved(colour, end, grounds).hex

    text = readable(own("foreground"))
    return Palette(
        ground=grounds[0].hex,
        raised=grounds[1].hex,
        text=text,
        dim=readable(Color.parse(text).blend(grounds[0], 0.35)),
        ink=grounds[0].hex,
        prepare=readable(own("warning")),
        work=readable(own("success")),
        rest=readable(own("primary")),
        wait=readable(own("secondary").blend(own("error"), 0.3)),
        paused=readable(own("warning").blend(own("error"), 0.5)),
        alert=readable(own("error")),
    )


def _moved(colour: Color, end: Color, grounds: list[Color]) -> Color:
    """Return `colour`, as far towards `end` as it has to be to be read on all `grounds`."""
    for step in range(21):
        moved = colour.blend(end, step / 20)
        if all(contrast(moved, ground) >= LEAST for ground in grounds):
            return moved
    return end


def contrast(one: Color, other: Color) -> float:
    """Return how far two colours stand apart, from 1 to 21, as WCAG 2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme(name: str, *, few: bool = False) -> Theme:
    """Return the palette called `name` as a theme for the app, or for a terminal with few colours."""
    colours = (FEW_PALETTES if few else PALETTES)[name]
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
