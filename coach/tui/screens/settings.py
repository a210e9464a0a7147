"""The settings: changed here, heard and seen at once, and written to the settings file on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from coach.audio.bank import themes
from coach.audio.protocol import Begun, Ready, Trouble
from coach.config import settings_file
from coach.problems import CoachError
from coach.settings import FIGURE_MOTIONS, THEMES
from coach.system import paths
from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span, fit, prose
from coach.timeline.model import Timeline
from coach.timeline.phrases import WORDS
from coach.tui.actions import bindings, footer, hint, key_names
from coach.tui.base import CoachScreen
from coach.tui.keymap import checked_keys
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import RowList
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from coach.audio.protocol import Event, PlayerLike

_LANGUAGES = ("en", "en-us", *sorted(set(WORDS) - {"en"}))
"""Those that the voice has words of its own for; the file may name others."""
_TRIED = ((0, "count"), (600, "count"), (1200, "count"), (1800, "go"), (3000, "rep"), (3600, "rest"), (4600, "finish"))
"""What is played to try the sound: milliseconds, and which sound."""
_TRIED_S = 7.0
KEYS = "keys"


def options() -> dict[str, tuple[str, ...]]:
    """Return what each setting can be, as it is written in the file, in the order of the file's page."""
    flags = ("no", "yes")
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
    return {key: found.get(key, flags) for key in settings_file.TABLE.fields if key != KEYS}


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


def setting_row(key: str, value: str, width: int, *, changed: bool, under_cursor: bool) -> Row:
    """Return one line of the settings: what it is called, what it is, and a star where that is not saved."""
    fill = "cursor" if under_cursor else "text"
    name = f"{'>' if under_cursor else ' '} {key.replace('_', ' ')}"
    value = fit(safe(f"{value}{' *' if changed else ''}"), width - 18)
    right = f"{name:<16} {value}"
    side = fill if under_cursor else "work" if changed else "text"
    return Row((Span(right[:17], fill), Span(right[17:], side), Span(" " * max(0, width - cell_len(right)), fill)))


class SettingsScreen(CoachScreen[None], inherit_bindings=False):
    """Shows the settings of the file, to be changed and saved."""

    BINDINGS = bindings("settings")
    DEFAULT_CSS = """
    SettingsScreen { background: $coach-ground; align: center middle; }
    SettingsScreen > Sheet { max-width: 72; height: 3; padding: 0 1; }
    SettingsScreen > RowList { max-width: 72; }
    """

    class Heard(Message):
        """The player that tries the sound has an event."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def __init__(self) -> None:
        super().__init__()
        self._options = options()
        self._rows = (*self._options, KEYS)
        self._read()
        self._lines = RowList(self._row, len(self._rows))
        self._head = Sheet(lambda width: prose(self._heading, width, "dim"))
        self._about = Sheet(self._explained)
        self._player: PlayerLike | None = None
        self.trial_end: Timer | None = None
        """Ends the trial of the sound."""
        self._warned = False

    def _read(self) -> None:
        """Take what the file says."""
        settings, problems = settings_file.load()
        self._saved = settings_file.as_texts(settings)
        self._values = dict(self._saved)
        self._saved_keys, wrong = checked_keys(settings.keys)
        self._keys = dict(self._saved_keys)
        try:
            self._heading = f"Settings, kept in {safe(str(paths.settings_file()))}"
        except paths.NoHome as error:
            self._heading = f"Settings, not kept: {error}"
        if problems or wrong:
            self._heading += ". Not all of it can be read: `coach check` tells why"

    def compose(self) -> ComposeResult:
        """Yield what it is, the settings, what the one under the cursor means, and the keys."""
        yield self._head
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
    def _key(self) -> str:
        return self._rows[self._lines.cursor]

    @property
    def unsaved(self) -> bool:
        """Whether something has changed since the last save."""
        return self._values != self._saved or self._keys != self._saved_keys

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        key = self._rows[at]
        if key == KEYS:
            count = len(self._keys)
            value, changed = f"{count} of your own" if count else "the usual ones", self._keys != self._saved_keys
        else:
            value, changed = self._values[key], self._values[key] != self._saved[key]
        return setting_row(key, value, width, changed=changed, under_cursor=under_cursor)

    def _explained(self, width: int) -> list[Row]:
        key = self._key
        words = settings_file.TABLE.fields[key].words
        if key != KEYS:
            among = self._options[key]
            words += f" {among[0]} to {among[-1]}." if among[0][:1].isdigit() else f" One of {', '.join(among)}."
        return prose(safe(words), width, "dim")

    @on(RowList.Highlighted)
    def explain(self) -> None:
        """Say what the setting under the cursor means."""
        self._about.show(self._explained)

    @on(RowList.Picked)
    def choose_picked(self) -> None:
        """Change what was clicked."""
        self.action_choose()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._lines.move(lines)

    def action_change(self, by: int) -> None:
        """Take the option before or after."""
        if self._key == KEYS:
            return
        among = self._options[self._key]
        self._set(stepped(self._values[self._key], among, by))

    def action_choose(self) -> None:
        """Take the next option, the first after the last; or open the list of keys."""
        if self._key == KEYS:
            from coach.tui.screens.keys import KeysScreen

            self.app.push_screen(KeysScreen(self._keys), self._take_keys)
            return
        among = self._options[self._key]
        following = stepped(self._values[self._key], among, 1)
        self._set(among[0] if following == self._values[self._key] else following)

    def _set(self, value: str) -> None:
        self._values[self._key] = value
        self._warned = False
        if self._key == "theme":
            self.coach.show_theme(value)
        self._lines.refresh()

    def _take_keys(self, keys: dict[str, str] | None) -> None:
        if keys is not None:
            self._keys = keys
            self._lines.refresh()

    def action_save(self) -> None:
        """Write what was changed, and only that."""
        values = {key: value for key, value in self._values.items() if value != self._saved[key]}
        usual = {id_: " ".join(hint(id_).action.keys.split()) for id_ in self._saved_keys if id_ not in self._keys}
        keys = {id_: keys for id_, keys in self._keys.items() if keys != self._saved_keys.get(id_)}
        if not self.unsaved:
            self.notify("There is nothing to save.", markup=False)
            return
        try:
            file = settings_file.keep(values, keys={**usual, **keys})
        except CoachError as error:
            self.notify(safe(str(error)), severity="error", markup=False)
            return
        self.coach.renew(settings_file.load()[0])
        self._read()
        self._lines.refresh()
        self.notify(safe(f"Saved in {file}"), markup=False)

    def action_leave(self) -> None:
        """Go back. With unsaved changes, warn first and leave at the second key."""
        if self.unsaved and not self._warned:
            self._warned = True
            keys = key_names("settings", self.coach.chosen_keys)
            words = f"Not saved. {keys['save']} saves, {keys['leave']} once more leaves it."
            self.notify(words, severity="warning", markup=False)
            return
        self.coach.show_theme(self.coach.settings.theme)
        self.dismiss()

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen

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
