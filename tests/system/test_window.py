"""The window's title and progress: which terminals get which codes, and how they are set back."""

from __future__ import annotations

import pytest

from coach.system.window import TerminalWindow, has_progress, has_title


@pytest.mark.parametrize(
    ("environment", "title", "progress"),
    [
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "tmux-256color", "TMUX": "1,2,0", "WT_SESSION": "1"}, True, False),
        ({"TERM": "screen", "STY": "1", "ConEmuANSI": "ON"}, True, False),
        ({"TERM": "linux"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "vt220"}, False, False),
        ({}, False, False),
        ({"WT_SESSION": "a"}, True, True),
        ({"ConEmuANSI": "ON"}, False, True),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.0"}, True, True),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.1.3-arch1"}, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046"}, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20250301-000000-abc"}, True, True),
        ({"TERM": "xterm", "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.14"}, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.6.6"}, True, True),
        ({"TERM": "xterm", "PTYXIS_VERSION": "48.3"}, True, True),
        ({"TERM": "xterm", "PTYXIS_VERSION": "47.1"}, True, False),
        ({"TERM": "xterm", "KONSOLE_VERSION": "260401"}, True, True),
        ({"TERM": "xterm", "KONSOLE_VERSION": "not a number"}, True, False),
        # Started from a shell in Konsole, whose variables it inherits.
        ({"TERM": "xterm-kitty", "KONSOLE_VERSION": "260401"}, True, False),
        ({"TERM": "xterm", "COACH_WINDOW": "1"}, True, True),
        ({"TERM": "xterm", "WT_SESSION": "a", "COACH_WINDOW": "0"}, False, False),
    ],
)
def test_which_terminal_has_what(environment, title, progress):
    assert (has_title(environment), has_progress(environment)) == (title, progress)


def test_only_changes_are_sent_and_all_is_set_back():
    window = TerminalWindow(titled=True, progresses=True)
    assert window.leave() == ""
    assert window.show("Plank", 0, paused=False) == "\x1b[22;2t\x1b]2;Plank\x07\x1b]9;4;1;0\x07"
    assert window.show("Plank", 0, paused=False) == ""
    assert window.show("Plank", 7, paused=False) == "\x1b]9;4;1;7\x07"
    assert window.show("Rest", 7, paused=True) == "\x1b]2;Rest\x07\x1b]9;4;4;7\x07"
    assert window.leave() == "\x1b]2;\x07\x1b[23;2t\x1b]9;4;0;0\x07"
    assert window.leave() == ""
    assert window.show("Again", 300, paused=False).startswith("\x1b[22;2t")


def test_a_terminal_without_either_gets_nothing():
    window = TerminalWindow(titled=False, progresses=False)
    assert window.show("Plank", 50, paused=False) == window.leave() == ""


def test_a_name_cannot_end_the_title():
    codes = TerminalWindow(titled=True, progresses=False).show("A\x07\x1b]0;B\x9c" + "x" * 500, 0, paused=False)
    assert codes.count("\x1b") == 2
    assert codes.count("\x07") == 1
    assert len(codes) < 200
