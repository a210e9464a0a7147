"""Rows of styled text on a widget: the one place where a role becomes a colour."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from coach.text.rows import in_ascii
from coach.tui.base import coach_of
from coach.tui.themes import COLOURS_256, FEW_COLOURS, LEAST, LEAST_EDGE, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.widget import Widget

    from coach.drawing.cells import CellRow, Colour, Depth, Pens, Rgb
    from coach.text.rows import Row

    _Widget = Widget
else:
    _Widget = object

TONES = ("prepare", "work", "rest", "wait", "paused")

# Role: colour of the text, colour of a ground of its own, further attributes.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "text": ("text", "", ""),
    "strong": ("text", "", "bold"),
    "dim": ("dim", "", ""),
    "cue": ("text", "", "bold"),
    "prompt": ("wait", "", "bold"),
    "now": ("text", "", "bold underline"),
    "track": ("dim", "", ""),
    "head": ("text", "text", ""),
    "present": ("text", "", "bold"),
    "alert": ("ink", "alert", "bold"),
    "alert-text": ("alert", "", "bold"),
    "cursor": ("ink", "rest", "bold"),
    "heading": ("rest", "", "bold"),
    "line": ("line", "", ""),
    "cover": ("text", "", "bold"),
    "chip": ("text", "raised", ""),
    "chip-on": ("ink", "rest", "bold"),
    "chip-hover": ("ink", "rest", ""),
    **{tone: (tone, "", "bold") for tone in TONES},
    **{f"{tone}-band": ("ink", tone, "bold") for tone in TONES},
    **{f"{tone}-name": ("ink", tone, "") for tone in TONES},
    # What is over of a bar: the colour of the kind, dimmed.
    **{f"{tone}-past": (tone, "", "") for tone in TONES},
    # Shades of a calendar; its marks differ without colour, too.
    "level0": ("dim", "", ""),
    "level1": ("text", "", ""),
    "level2": ("rest", "", "bold"),
    **dict.fromkeys(("level3", "level4"), ("work", "", "bold")),
    "cue-fill": ("text", "text", ""),
    # Marks in the colour of their own ground: a plain bar to the eye, and still there where colours are not.
    **{f"{tone}-fill": (tone, tone, "") for tone in TONES},
}

_HEAT = "heat"
SHADES = (0.2, 0.3, 0.5, 0.74, 1.0)
"""How much of its colour each level of the heat map has, on the ground: a level without training is grey."""
SHADES_256 = {
    "dark": ("#303030", "#005f00", "#008700", "#00af5f", "#5fd787"),
    "light": ("#eeeeee", "#afd7af", "#87af87", "#5f875f", "#005f00"),
}
"""The levels with 256 colours, on a dark and a light ground: the nearest of those to a blend is often a grey."""

TINT = 0.16
"""How much of a moment's colour its ground takes, as long as every text stays readable on it."""


EFFORT_SHADES: Mapping[str, tuple[str, float]] = {
    "easy": ("ground", 0.5),
    "moderate": ("ground", 0.28),
    "hard": ("ground", 0.0),
    "all-out": ("text", 0.5),
}
"""How far the colour of work goes towards that of the ground or of text, by how hard the work should feel."""
DIMMED = 0.6
"""How much of every colour is ground while something lies over the picture."""
PAST = 0.65
"""How much of a bar's colour is ground where it is over."""
COVERING = ("paused", "alert", "cover")
"""Roles of what lies over the rest."""

DEPTHS: Mapping[str, Depth] = {"truecolor": "full", "256": "256", "standard": "16", "windows": "16"}
"""What Rich calls the colours that a terminal has, as depths of a drawing."""


class Painter:
    """Turns rows into strips in the theme's colours, looking each style up once.

    The colours come straight from the theme and not through a style sheet: two dozen rules a widget would cost more
    than a tenth of the time to the first frame.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}
        self._inks: dict[tuple[Colour, Colour], Style] = {}
        self._pens: dict[str, Pens] = {}
        self._blank = Strip.blank(0)
        self._mood = ""
        self._flash = False
        self._dim = False

    def forget(self) -> None:
        """Forget the styles, because the theme or the ground changed."""
        self._styles.clear()
        self._inks.clear()
        self._pens.clear()
        self._blank = Strip.blank(0)

    def feel(self, mood: str, *, flash: bool = False, dim: bool = False) -> bool:
        """Paint on the ground of a tone from now on; return whether that is new.

        With a `flash` all is painted as an alert; with `dim` it makes way for what lies over it.
        """
        if (mood, flash, dim) == (self._mood, self._flash, self._dim):
            return False
        self._mood, self._flash, self._dim = mood, flash, dim
        self.forget()
        return True

    def blank(self, width: int) -> Strip:
        """Return an empty row; most rows of a short list are the same one."""
        if self._blank.cell_length != width:
            self._blank = Strip.blank(width, self._style("text"))
        return self._blank

    def strip(self, row: Row) -> Strip:
        """Return a row as what the terminal gets."""
        return Strip(self.segments(row))

    def segments(self, row: Row) -> list[Segment]:
        """Return the pieces of a row, for a strip made of several."""
        text_of = in_ascii if coach_of(self._widget).is_coarse else str
        return [Segment(text_of(span.text), self._style(span.role)) for span in row.spans if span.text]

    def strip_of(self, row: Row, width: int) -> Strip:
        """Return a row of any length as exactly `width` cells."""
        strip = self.strip(row)
        return strip if strip.cell_length == width else strip.adjust_cell_length(width, self._style("text"))

    def cells(self, row: CellRow, width: int = 0) -> Strip:
        """Return a row of a drawing as what the terminal gets; with a `width`, as exactly so many cells."""
        strip = Strip(self.drawn(row))
        return strip.adjust_cell_length(width, self._style("text")) if width else strip

    def drawn(self, row: CellRow) -> list[Segment]:
        """Return the pieces of a row of a drawing, for a strip made of several."""
        return [Segment(run.text, self._coloured(run.ink, run.ground)) for run in row]

    def figure_pens(self) -> Pens:
        """Return what figures are drawn with on the present ground."""
        if "figure" not in self._pens:
            from coach.figure.picture import pens  # the first picture of a session does without

            ground, text, limb = self._rgb("ground"), self._rgb("text"), self._rgb(self._tone)
            self._pens["figure"] = pens(ground, limb, text, depth=self._depth, halves=not self._is_coarse)
        return self._pens["figure"]

    def letter_pens(self, ink: str) -> Pens:
        """Return what large letters are drawn with: in the colour of `text`, or with the ink "tone" in the moment's."""
        if ink not in self._pens:
            from coach.drawing.cells import Pens  # the chooser draws nothing

            colours = (self._rgb("ground"), self._rgb(self._tone if ink == "tone" else "text"))
            self._pens[ink] = Pens(colours, (), self._depth, not self._is_coarse)
        return self._pens[ink]

    @property
    def _tone(self) -> str:
        return self._mood if self._mood in TONES else "work"

    @property
    def _is_coarse(self) -> bool:
        return coach_of(self._widget).is_coarse

    @property
    def _depth(self) -> Depth:
        app = self._widget.app
        return "none" if app.no_color else DEPTHS.get(app.console.color_system or "", "none")

    @property
    def _blends(self) -> bool:
        return self._depth in ("full", "256")

    def _rgb(self, colour: str) -> Rgb:
        """Return a colour as it is painted now: the ground with its tint, others dimmed while something lies over."""
        variables = self._widget.app.theme_variables
        under = self._style("text").bgcolor
        is_plain = under is None or under.is_default or self._widget.app.no_color
        ground = Color.parse(variables["coach-ground"] if is_plain or under is None else under.get_truecolor().hex)
        if colour == "ground":
            return ground.rgb
        found = Color.parse(variables["coach-ink" if self._flash else f"coach-{colour}"])
        return (found.blend(ground, DIMMED) if self._dim and self._blends else found).rgb

    def _coloured(self, ink: Colour, ground: Colour) -> Style:
        style = self._inks.get((ink, ground))
        if style is None:
            made = Style(color=_asked_for(ink), bgcolor=_asked_for(ground))
            # Blank cells with a ground have no colour of letters: it would be written to the terminal for nothing.
            # Without a ground they stand on the page's; the terminal's own may be white below a dark theme.
            is_blank = ink is None and ground is not None and self._blends
            base = Style() if is_blank else self._style("text")
            style = self._inks[ink, ground] = base + made
        return style

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self._made(role)
        return style

    def _made(self, role: str) -> Style:
        if role.startswith(_HEAT):
            return self._heat(role.removeprefix(_HEAT))
        role, _, effort = role.partition("@")
        colour, ground, attributes = _LOOKS[role]
        variables = self._widget.app.theme_variables
        style = self._widget.rich_style + Style.parse(attributes)
        if self._widget.app.no_color:
            # Work is the whole panel in reverse, a flash turns all of it over, and a band is the reverse of its panel.
            return style + Style(reverse=bool(ground) ^ (self._mood == "work" and not self._dim) ^ self._flash)
        if self._flash and not role.endswith("-fill"):
            # A flash is for the corner of the eye: nothing but one colour.
            return style + Style(color=variables["coach-ink"], bgcolor=variables["coach-alert"])
        if effort and self._blends:
            tone = self._shaded(variables[f"coach-{ground or colour}"], effort, is_band=not role.endswith("-fill"))
            variables = {**variables, f"coach-{ground or colour}": tone}
        return style + self._painted(role, colour, ground, variables)

    def _shaded(self, tone: str, effort: str, *, is_band: bool) -> str:
        """Return a tone as strong as the effort it stands for; the words on a band stay readable."""
        variables = self._widget.app.theme_variables
        towards, share = EFFORT_SHADES[effort]
        least = LEAST if is_band else LEAST_EDGE
        on_it = Color.parse(variables["coach-ink" if is_band else "coach-ground"])
        for step in range(10, 0, -1):
            shade = Color.parse(tone).blend(Color.parse(variables[f"coach-{towards}"]), share * step / 10)
            if contrast(on_it, shade) >= least:
                return shade.hex
        return tone

    def _painted(self, role: str, colour: str, ground: str, variables: dict[str, str]) -> Style:
        """Return the colours of a role; `colour` and `ground` are those of the table."""
        tinted = self._tinted(variables) if self._mood in TONES else Style()
        if role.endswith("-past") and self._blends:
            colour = ground = self._faded(variables[f"coach-{colour}"], PAST).hex
            return Style(color=colour, bgcolor=ground)
        ink = variables[f"coach-{colour}"]
        if self._dim and self._blends and not role.startswith(COVERING):
            ink = self._faded(ink, DIMMED).hex if not ground else ink
            if ground:
                under = self._faded(variables[f"coach-{ground}"], DIMMED).hex
                return Style(color=under if colour == ground else ink, bgcolor=under)
        if not ground:
            return Style(color=ink) + tinted
        # xterm shows bold black as grey, which is hard to read on a band.
        few = self._widget.app.console.color_system in FEW_COLOURS
        return Style(color=ink, bgcolor=variables[f"coach-{ground}"], bold=False if few else None)

    def _faded(self, colour: str, share: float) -> Color:
        """Return a colour with a share of the ground's in it."""
        variables = self._widget.app.theme_variables
        under = (self._tinted(variables) if self._mood in TONES else Style()).bgcolor
        ground = under.get_truecolor().hex if under else variables["coach-ground"]
        return Color.parse(colour).blend(Color.parse(ground), share)

    def _heat(self, levels: str) -> Style:
        """Return the look of a cell of the heat map: the upper half in its first level, the lower in its second."""
        variables = self._widget.app.theme_variables
        app = self._widget.app
        table = SHADES_256["dark" if app.current_theme.dark else "light"]
        has_256 = app.console.color_system == COLOURS_256
        upper, *lower = (table[int(level)] if has_256 else shade(variables, int(level)) for level in levels)
        style = self._widget.rich_style + Style(color=upper)
        return style + Style(bgcolor=lower[0]) if lower else style

    def _tinted(self, variables: dict[str, str]) -> Style:
        """Return the ground in a touch of the mood's colour, where the terminal has shades that are dark enough."""
        if self._widget.app.console.color_system in (*FEW_COLOURS, COLOURS_256):
            return Style()
        tone = variables[f"coach-{self._mood}"]
        others = tuple(variables[f"coach-{name}"] for name in ("text", "dim", "wait", "alert"))
        return Style(bgcolor=tinted(variables["coach-ground"], tone, (tone, *others)))


def _asked_for(colour: Colour) -> RichColor | None:
    """Return a colour of a drawing as Rich's; the first sixteen by the table that Rich finds the nearest of them in."""
    if colour is None:
        return None
    if isinstance(colour, tuple):
        return RichColor.from_rgb(*colour)
    from coach.drawing.cells import SIXTEEN  # the chooser draws nothing

    return RichColor.from_rgb(*SIXTEEN[colour]) if colour < len(SIXTEEN) else RichColor.from_ansi(colour)


def shade(variables: dict[str, str], level: int) -> str:
    """Return the colour of a day in the heat map at `level`, 0 to 4."""
    ground, to = variables["coach-ground"], variables["coach-work" if level else "coach-dim"]
    return Color.parse(ground).blend(Color.parse(to), SHADES[level]).hex


class Painted(_Widget):
    """Mixin for a widget of rows: owns their painter, and keeps its colours up to date."""

    def __init__(self) -> None:
        super().__init__()
        self._painter = Painter(self)

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._painter.forget()


@lru_cache(maxsize=64)
def tinted(ground: str, tone: str, texts: tuple[str, ...]) -> str:
    """Return `ground` with as much of `tone` in it as leaves all `texts` readable on it."""
    for share in (TINT, TINT * 3 / 4, TINT / 2, TINT / 4):
        blended = Color.parse(ground).blend(Color.parse(tone), share)
        if all(contrast(Color.parse(text), blended) >= LEAST for text in texts):
            return blended.hex
    return ground
