"""The settings screen: a change is heard and seen immediately, and saved on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from coach.audio.bank import themes
from coach.audio.protocol import Begun, Ready, Trouble
from coach.config import settings_file
from coach.problems import CoachError
from coach.settings import FIGURE_MOTIONS, THEMES
from coach.system import paths
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, Span, fit, pad, prose
from coach.timeline.model import Timeline
from coach.timeline.phrases import WORDS
from coach.timeline.wording import number_of
from coach.tui.actions import bindings, footer, hint
from coach.tui.base import CoachScreen
from coach.tui.keymap import checked_keys
from coach.tui.pages import bar
from coach.tui.screens.ask import UnsavedScreen
from coach.tui.screens.help import HelpScreen
from coach.tui.screens.keys import KeysScreen
from coach.tui.widgets.frame import Page, entitle, framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.events import Click
    from textual.timer import Timer

    from coach.audio.protocol import Event, PlayerLike

_LANGUAGES = ("en", "en-us", *sorted(set(WORDS) - {"en"}))
"""Those that the voice has words of its own for; the file may name others."""
_TRIED = ((0, "count"), (600, "count"), (1200, "count"), (1800, "go"), (3000, "rep"), (3600, "rest"), (4600, "finish"))
"""What is played to try the sound: milliseconds, and which sound."""
_TRIED_S = 7.0
KEYS, VOLUME = "keys", "volume"
ONLY_IN_THE_FILE = "on"
"""Hooks, which have no place on the screen."""
FLAGS = ("no", "yes")
_OTHERS = "Training"
GROUPS = {
    "Sound": (*("sounds", VOLUME, "mute", "countdown", "halfway", "rep_beeps", "phase_beeps", "metronome", "latency"),),
    "Voice": ("voice", "language", "count_reps", "count_rounds"),
    "Look": ("theme", "figure"),
    _OTHERS: ("count_in",),
    "Keys": (KEYS,),
}
"""The settings in groups, in the order of the screen. Settings that are not named here are among the training."""
_NAME_WIDE = 18
SLIDER = 16
"""Cells of the slider."""
SWITCH_ON, SWITCH_OFF = "\u2500\u2500\u25cf", "\u25cb\u2500\u2500"


def options() -> dict[str, tuple[str, ...]]:
    """Return what each setting can be, as it is written in the file, in the order of the file's page."""
    found = {
        "sounds": themes(paths.both("sounds")),
        "volume": tuple(str(percent) for percent in range(0, 101, 5)),
        "countdown": tuple(map(str, range(11))),
        "latency": tuple(f"{hundredths / 100:g}s" for hundredths in range(0, 51, 2)),
        "language": _LANGUAGES,
        "count_in": tuple(map(str, range(11))),
        "theme": THEMES,
        "figure": FIGURE_MOTIONS,
    }
    return {key: found.get(key, FLAGS) for key in settings_file.TABLE.fields if key not in (KEYS, ONLY_IN_THE_FILE)}


def stepped(value: str, among: tuple[str, ...], by: int) -> str:
    """Return the option before or after `value`; one that is none of them is kept until it is changed."""
    if value in among:
        return among[max(0, min(len(among) - 1, among.index(value) + by))]
    numbers = [text.removesuffix("s") for text in (value, *among)]
    if all(number.replace(".", "", 1).isdigit() for number in numbers):
        here, *others = map(float, numbers)
        ahead = [at for at, number in enumerate(others) if (number - here) * by > 0]
        return among[ahead[0] if by > 0 else ahead[-1]] if ahead else value
    return among[0]


def group_rows() -> list[str]:
    """Return the lines of the list: a heading for each group, as `#Sound`, and the keys of its settings."""
    grouped = {ONLY_IN_THE_FILE, *(key for keys in GROUPS.values() for key in keys)}
    rows: list[str] = []
    for name, keys in GROUPS.items():
        others = [key for key in settings_file.TABLE.fields if key not in grouped] if name == _OTHERS else []
        rows += [f"#{name}", *(key for key in keys if key in settings_file.TABLE.fields), *others]
    return rows


def label_of(key: str) -> str:
    """Return what a setting is called on the screen: its key in the file, in words."""
    return key.replace("_", " ").capitalize()


def setting_row(key: str, value: str, among: tuple[str, ...], width: int, *, changed: bool, under_cursor: bool) -> Row:
    """Return one line of the settings: its name, a switch, slider or choice, and a star where that is not saved.

    Args:
        key: the setting.
        value: what it is, as it is written in the file.
        among: what it can be; empty for a setting that has a screen of its own.
        width: the width of the row, in cells.
        changed: whether the value is not saved.
        under_cursor: whether the row is under the cursor.
    """
    start = f"{MARKER if under_cursor else '  '}{label_of(key):<{_NAME_WIDE - 2}}"
    star = " *" if changed else ""
    value = fit(safe(value), max(4, width - _NAME_WIDE - 5))
    spans: tuple[Span, ...]
    if among == FLAGS:
        is_on = value == FLAGS[1]
        spans = (Span(SWITCH_ON if is_on else SWITCH_OFF, "work" if is_on else "dim"), Span(" on" if is_on else " off"))
    elif key == VOLUME and value.isdigit() and width >= _NAME_WIDE + SLIDER + 8:
        spans = (*bar(min(100, int(value)) / 100, SLIDER, "work"), Span(f" {value} %"))
    elif under_cursor and among:
        spans = (Span(f"{value}  \u25c0 \u25b6"),)
    else:
        spans = (Span(value),)
    row = (Span(start), *spans, Span(star, "work"))
    gap = Span(" " * max(0, width - sum(span.cells for span in row)))
    if under_cursor:
        return Row(tuple(Span(span.text, "cursor") for span in (*row, gap)))
    return Row((*row, gap))


def sample_rows(width: int) -> list[Row]:
    """Return a sample of a theme's colours."""
    bands = (
        ("work", " Work "),
        ("rest", " Rest "),
        ("prepare", " Get ready "),
        ("wait", " Wait "),
        ("paused", " Paused "),
    )
    rows = [Row((Span("A theme is shown at once.", "dim"),)), EMPTY]
    rows += [Row((Span(pad(words, min(24, width)), f"{tone}-band"),)) for tone, words in bands]
    return [*rows, EMPTY, Row((Span("Text, "), Span("a detail, ", "dim"), Span("an alert", "alert-text")))]


class SettingList(RowList, inherit_bindings=False):
    """The settings. A click changes the one that is clicked; on a slider it sets the value."""

    class Pressed(Message):
        """A row was clicked, in column `x`."""

        def __init__(self, x: int) -> None:
            super().__init__()
            self.x = x

    def on_click(self, event: Click) -> None:
        """Go to the row that was clicked; where it is there already, or has a switch or slider, change it."""
        at, offset = self.row_at(event), event.get_content_offset(self)
        if at is not None and offset is not None and (at == self.cursor or offset.x >= _NAME_WIDE):
            self.post_message(self.Pressed(offset.x))  # it arrives once the cursor is there


class SettingsScreen(CoachScreen[None], inherit_bindings=False):
    """Shows the settings of the file, to be changed and saved."""

    BINDINGS = bindings("settings")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
    DEFAULT_CSS = """
    SettingsScreen { background: $coach-ground; align: center top; }
    SettingsScreen Page { max-width: 110; }
    SettingsScreen #both { height: 1fr; }
    SettingsScreen #list { width: 3fr; }
    SettingsScreen #about { width: 2fr; }
    SettingsScreen.-narrow #both { layout: vertical; }
    SettingsScreen.-narrow #list { width: 1fr; height: 1fr; }
    SettingsScreen.-narrow #about { width: 1fr; height: 7; }
    SettingsScreen.-low #about { height: 4; border: none; }
    """

    class Heard(Message):
        """The player that tries the sound has an event."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def __init__(self) -> None:
        super().__init__()
        self._options = options()
        self._rows = tuple(group_rows())
        self._read()
        self._lines = SettingList(self._row, len(self._rows), lambda at: self._rows[at].startswith("#"))
        self._lines.id = "list"
        framed(self._lines, "Settings", self._place)
        self._about = framed(Sheet(self._explained), label_of(self.key))
        self._about.id = "about"
        self._player: PlayerLike | None = None
        self.trial_end: Timer | None = None
        """Ends the trial of the sound."""

    def _read(self) -> None:
        """Take what the file says."""
        settings, problems = settings_file.load()
        self._saved = settings_file.as_texts(settings)
        self._values = dict(self._saved)
        self._saved_keys, wrong = checked_keys(settings.keys)
        self._keys = dict(self._saved_keys)
        try:
            self._place = safe(str(paths.settings_file()))
            self._heading = ""
        except paths.NoHome as error:
            self._place, self._heading = "", f"Not saved anywhere: {error}."
        if problems or wrong:
            self._heading = "Some of your settings file cannot be read. `coach check` shows why."

    def compose(self) -> ComposeResult:
        """Yield the settings, what the one under the cursor means, and the keys."""
        with Page(), Horizontal(id="both"):
            yield self._lines
            yield self._about
        yield KeyBar(footer("settings"))

    def on_mount(self) -> None:
        """Be ready for keys."""
        self._lines.focus()

    def on_unmount(self) -> None:
        """End the sound with the screen."""
        self._hush()

    @property
    def key(self) -> str:
        """The setting under the cursor."""
        return self._rows[self._lines.cursor]

    @property
    def unsaved(self) -> bool:
        """Whether something has changed since the last save."""
        return self._values != self._saved or self._keys != self._saved_keys

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        key = self._rows[at]
        if key.startswith("#"):
            return Row((Span(f" {fit(key[1:], width - 2)}", "heading"),))
        if key == KEYS:
            count = len(self._keys)
            value, changed = f"{count} of your own" if count else "the usual ones", self._keys != self._saved_keys
        else:
            value, changed = self._values[key], self._values[key] != self._saved[key]
        among = self._options.get(key, ())
        return setting_row(key, value, among, width, changed=changed, under_cursor=under_cursor)

    def _explained(self, width: int) -> list[Row]:
        key = self.key
        rows = prose(self._heading, width, "alert-text") if self._heading else []
        rows += prose(safe(settings_file.TABLE.fields[key].words), width)
        if key == KEYS:
            return [*rows, *prose("Enter opens the list of keys.", width, "dim")]
        among = self._options[key]
        if among[0][:1].isdigit():
            rows += prose(f"{among[0]} to {among[-1]}.", width, "dim")
        elif among != FLAGS and key != "theme":
            rows += prose(f"One of {', '.join(map(safe, among))}.", width, "dim")
        return [*rows, EMPTY, *sample_rows(width)] if key == "theme" else rows

    @on(RowList.Highlighted)
    def explain(self) -> None:
        """Say what the setting under the cursor means."""
        entitle(self._about, label_of(self.key))
        self._about.show(self._explained)

    @on(SettingList.Pressed)
    def change_clicked(self, message: SettingList.Pressed) -> None:
        """Change what was clicked, on the slider to where it was clicked."""
        cell = message.x - _NAME_WIDE
        if self.key == VOLUME and 0 <= cell < SLIDER:
            among = self._options[VOLUME]
            self._set(among[round((cell + 0.5) / SLIDER * (len(among) - 1))])
        else:
            self.action_choose()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._lines.move(lines)

    def action_change(self, by: int) -> None:
        """Take the option before or after."""
        if self.key == KEYS:
            return
        among = self._options[self.key]
        self._set(stepped(self._values[self.key], among, by))

    def action_choose(self) -> None:
        """Take the next option, the first after the last; or open the list of keys."""
        if self.key == KEYS:
            self.app.push_screen(KeysScreen(self._keys), self._take_keys)
            return
        among = self._options[self.key]
        following = stepped(self._values[self.key], among, 1)
        self._set(among[0] if following == self._values[self.key] else following)

    def _set(self, value: str) -> None:
        self._values[self.key] = value
        if self.key == "theme":
            self.coach.show_theme(value)
        self._lines.refresh()
        self._about.show(self._explained)

    def _take_keys(self, keys: dict[str, str] | None) -> None:
        if keys is not None:
            self._keys = keys
            self._lines.refresh()

    def action_save(self) -> None:
        """Write what was changed, and only that."""
        if not self.unsaved:
            self.notify("Nothing to save.", markup=False)
        elif file := self._write():
            self.notify(safe(f"Saved in {file}"), markup=False)

    def _write(self) -> Path | None:
        """Write what was changed, and return the file; None where it cannot be written, which is then shown."""
        values = {key: value for key, value in self._values.items() if value != self._saved[key]}
        usual = {id_: " ".join(hint(id_).action.keys.split()) for id_ in self._saved_keys if id_ not in self._keys}
        keys = {id_: keys for id_, keys in self._keys.items() if keys != self._saved_keys.get(id_)}
        try:
            file = settings_file.keep(values, keys={**usual, **keys})
        except CoachError as error:
            self.notify(safe(str(error)), severity="error", markup=False)
            return None
        self.coach.renew(settings_file.load()[0])
        self._read()
        self._lines.refresh()
        return file

    def action_leave(self) -> None:
        """Go back; with unsaved changes, ask what becomes of them."""
        if self.unsaved:
            count = sum(value != self._saved[key] for key, value in self._values.items())
            count += self._keys != self._saved_keys
            self.app.push_screen(UnsavedScreen(f"Save {number_of(count, 'change')}?"), self._leave_with)
        else:
            self._leave()

    def _leave_with(self, answer: str | None) -> None:
        if answer == "discard" or (answer == "save" and self._write()):
            self._leave()

    def _leave(self) -> None:
        self.coach.show_theme(self.coach.settings.theme)
        self.dismiss()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen("settings"))

    # Trying the sound.

    def action_try(self) -> None:
        """Play a few sounds as they are set here, muted or not."""
        self._hush()
        setup = self.coach.setup_for(settings_file.from_texts(self._values))
        self._player = setup.player_for(Timeline("", "", "", ()))(self._hear)
        self._player.start()
        self._player.set_mute(mute=False)
        self.trial_end = self.set_timer(_TRIED_S, self._hush)

    def _hear(self, event: Event) -> None:
        """Handle an event of the player, on its thread."""
        self.post_message(self.Heard(event))

    def on_settings_screen_heard(self, message: SettingsScreen.Heard) -> None:
        """Play once the player is ready; show its trouble otherwise."""
        match message.event:
            case Ready(lead_ms=lead_ms):
                if self._player:
                    origin_ns = self.coach.setup.clock_ns() + (lead_ms + 100) * 1_000_000
                    self._player.plan(origin_ns, _TRIED)
            case Trouble(words=words):
                self.app.bell()
                self.notify(safe(words), severity="warning", markup=False)
            case Begun():
                pass

    def _hush(self) -> None:
        if self.trial_end:
            self.trial_end.stop()
        if self._player:
            self._player.close()
        self._player = self.trial_end = None
