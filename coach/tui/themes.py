"""The colours of the themes, for each number of colours that a terminal may have.

Tests check the contrasts: at least 4.5 to 1 for text on its ground, and 3 to 1 for a frame or a bar.
"""

from __future__ import annotations

from dataclasses import asdict

from textual.color import Color
from textual.theme import Theme

from coach.values import frozen

LEAST = 4.5
"""The least contrast of text, by WCAG 2.2, 1.4.3."""
LEAST_EDGE = 3.0
"""The least contrast of a frame or a bar, by WCAG 2.2, 1.4.11."""
FEW_COLOURS = frozenset(("standard", "windows"))
"""What Rich calls terminals with sixteen colours."""
COLOURS_256 = "256"
"""What Rich calls terminals with 256 colours."""
CONTENT_WIDTH = 160
"""The most columns that the content of a screen takes. On a wider window it is centred."""


@frozen
class Palette:
    """The colours of one theme, as hex.

    `line` is for frames and scrollbars, `ink` for the text on a coloured band; the kinds are also the bands.
    """

    ground: str
    raised: str
    text: str
    dim: str
    line: str
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

    def edges(self) -> list[tuple[str, str]]:
        """Return every (frame or bar, ground) that a screen shows."""
        kinds = (self.prepare, self.work, self.rest, self.wait, self.paused, self.alert)
        return [(colour, ground) for colour in (self.line, *kinds) for ground in (self.ground, self.raised)]


PALETTES = {
    "dark": Palette(
        ground="#0d1117",
        raised="#1b222c",
        text="#e6edf3",
        dim="#9fb0c0",
        line="#64727f",
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
        line="#7a8590",
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
        line="#b8b8b8",
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

# These are in the table of 256 colours exactly. Its darkest colours are far apart, so grounds come from its greys: a
# tint of a dark ground would be brought to a strong red or blue.
PALETTES_256 = {
    "dark": Palette(
        ground="#121212",
        raised="#262626",
        text="#eeeeee",
        dim="#b2b2b2",
        line="#767676",
        ink="#121212",
        prepare="#ffd75f",
        work="#5fd787",
        rest="#5fafff",
        wait="#d7afff",
        paused="#ffaf5f",
        alert="#ff8787",
    ),
    "light": Palette(
        ground="#ffffff",
        raised="#eeeeee",
        text="#1c1c1c",
        dim="#4e4e4e",
        line="#808080",
        ink="#ffffff",
        prepare="#875f00",
        work="#005f00",
        rest="#005faf",
        wait="#5f00af",
        paused="#87005f",
        alert="#af0000",
    ),
    "high-contrast": Palette(
        ground="#000000",
        raised="#000000",
        text="#ffffff",
        dim="#e4e4e4",
        line="#bcbcbc",
        ink="#000000",
        prepare="#ffd700",
        work="#00ff87",
        rest="#87d7ff",
        wait="#ffafff",
        paused="#ffaf5f",
        alert="#ff8787",
    ),
}

# With sixteen colours each is the nearest of a table that every terminal paints in its own way. These are in the table
# exactly, differ from each other, and are such as stay readable in the usual variants of it: on white that leaves out
# green, yellow and cyan.
_FEW_ON_BLACK = Palette(
    ground="#000000",
    raised="#000000",
    text="#ffffff",
    dim="#aaaaaa",
    line="#aaaaaa",
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
    line="#555555",
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

    def readable(colour: Color, least: float = LEAST) -> str:
        return _moved(colour, end, grounds, least).hex

    text = readable(own("foreground"))
    return Palette(
        ground=grounds[0].hex,
        raised=grounds[1].hex,
        text=text,
        dim=readable(Color.parse(text).blend(grounds[0], 0.35)),
        line=readable(Color.parse(text).blend(grounds[0], 0.6), LEAST_EDGE),
        ink=grounds[0].hex,
        prepare=readable(own("warning")),
        work=readable(own("success")),
        rest=readable(own("primary")),
        wait=readable(own("secondary").blend(own("error"), 0.3)),
        paused=readable(own("warning").blend(own("error"), 0.5)),
        alert=readable(own("error")),
    )


def _moved(colour: Color, end: Color, grounds: list[Color], least: float) -> Color:
    """Return `colour`, moved towards `end` until its contrast with all `grounds` is at least `least`."""
    for step in range(21):
        moved = colour.blend(end, step / 20)
        if all(contrast(moved, ground) >= least for ground in grounds):
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


def theme(name: str, colour_system: str | None = None) -> Theme:
    """Return the palette called `name` as a theme for the app, in the colours that Rich's `colour_system` has."""
    few, some = colour_system in FEW_COLOURS, colour_system == COLOURS_256
    colours = (FEW_PALETTES if few else PALETTES_256 if some else PALETTES)[name]
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
            "scrollbar": colours.line,
            "scrollbar-hover": colours.text,
            "scrollbar-active": colours.text,
            "scrollbar-background": colours.ground,
            "scrollbar-background-hover": colours.ground,
            "scrollbar-background-active": colours.ground,
            "input-cursor-background": colours.text,
            "input-cursor-foreground": colours.ground,
        },
    )
