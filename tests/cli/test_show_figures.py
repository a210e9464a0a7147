"""`coach show` of exercises and figures: words in a pipe, pictures on a terminal, and a figure that is followed."""

from __future__ import annotations

import pytest

from coach.cli import storyboard
from coach.cli.figures import draw_exercise
from coach.config import settings_file
from coach.drawing.cells import escaped
from coach.figure.motion import preview_frames
from coach.figure.motion import storyboard as storyboard_of
from coach.figure.shelf import Figures
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.routine.library.library import Library
from coach.system import paths
from tests.e2e.terminal import Terminal

UPPER = "\u2580"
MINE = "poses:\n  tall: {arms: 170}\n  bow: {trunk: 100, arms: 95}\n"


@pytest.fixture
def mine():
    folder = paths.user("routines") / "figures"
    folder.mkdir(parents=True)
    file = folder / "bow.yaml"
    file.write_text(MINE, encoding="utf-8")
    return file


def test_a_pipe_gets_words(coach):
    code, out, _ = coach("show", "lunge")
    assert code == OK
    assert "Stand, feet together" in out
    assert UPPER not in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("mine")
def test_a_figure_is_shown_by_its_id(coach):
    assert coach("show", "bow")[:2] == (OK, "bow, seen from the side\n  tall > bow\n")


def test_a_figure_is_shown_by_its_file(coach, mine):
    assert coach("show", str(mine))[1] == coach("show", "BOW")[1]


def test_a_broken_figure_says_where(coach, mine):
    mine.write_text("poses: {tall: {arms: up}}", encoding="utf-8")
    code, out, _ = coach("show", "bow")
    assert code == FOUND_PROBLEMS
    assert "bow.yaml:1:22: " in out


def test_a_figure_is_checked_like_other_files(coach, mine):
    assert coach("check")[0] == OK
    mine.write_text(MINE + "  low: {legs: [10, 40]}\n", encoding="utf-8")
    code, out, _ = coach("check", str(mine))
    assert code == OK
    assert "bow.yaml:4:9: warning: low: the knee bends backwards: 30 degrees" in out
    assert coach("check")[1] == out


def test_without_a_terminal_nothing_is_followed(coach):
    code, _, err = coach("show", "squat", "--watch")
    assert code == USAGE
    assert "`--watch` needs a terminal" in err


def test_a_figure_that_is_not_there(coach):
    assert coach("show", "no-such-thing")[0] == USAGE


def test_a_storyboard_fits_and_has_the_words_of_the_phases():
    library = Library(user=None)
    figure = Figures(library).called("lunge")
    exercise = library.catalogue(library.routine("lunge-six-phases")).find("lunge")[0]
    shown = storyboard.sketch(figure, exercise)
    assert shown.captions[2] == "3 Touch the floor with the back knee"
    pens = storyboard.pens_for({"TERM": "xterm", "NO_COLOR": "1"}, "utf-8")
    for width, high in ((40, 3), (80, 2), (120, 1)):
        lines = list(storyboard.storyboard_lines(shown, width, pens))
        assert max(map(len, lines)) <= width
        assert sum("1 Stand, feet" in line for line in lines) == 1
        assert sum(not line for line in lines) >= high


def test_a_figure_that_keeps_still_steps_through_its_poses():
    lunge = Figures(Library(user=None)).called("lunge")
    poses = [stance.target for stance in preview_frames(lunge, still=True)]
    assert list(dict.fromkeys(poses)) == list(dict.fromkeys(storyboard_of(lunge)))
    assert all(stance.origin == stance.target for stance in preview_frames(lunge, still=True))
    assert any(stance.origin != stance.target for stance in preview_frames(lunge))


def test_without_figures_an_exercise_is_words_only(capsys):
    library = Library(user=None)
    lunge = library.catalogue(library.routine("lunge-six-phases")).find("lunge")[0]
    draw_exercise(library, lunge)
    assert UPPER in capsys.readouterr().out
    settings_file.keep({"figure": "off"})
    draw_exercise(library, lunge)
    assert not capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "encoding", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "utf-8", "full"),
        ({"TERM": "xterm-256color"}, "utf-8", "256"),
        ({"TERM": "xterm"}, "utf-8", "16"),
        ({"TERM": "dumb"}, "utf-8", "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "utf-8", "none"),
    ],
)
def test_what_a_terminal_can_show_is_what_it_gets(environment, encoding, depth):
    assert storyboard.pens_for(environment, encoding).depth == depth


def test_a_terminal_without_block_characters_gets_letters():
    pens = storyboard.pens_for({"TERM": "dumb"}, "ascii")
    figure = Figures(Library(user=None)).called("squat")
    text = "\n".join(storyboard.storyboard_lines(storyboard.sketch(figure, None), 80, pens))
    assert "#" in text
    assert text.isascii()
    assert not storyboard.pens_for({"TERM": "xterm", "LANG": "ja_JP.UTF-8"}, "utf-8").halves
    assert escaped(()) == ""


def test_a_terminal_gets_pictures():
    with Terminal("show", "lunge", columns=130, lines=60, COLORTERM="truecolor") as terminal:
        assert terminal.wait() == OK
        assert UPPER in terminal.text
        assert "3 Touch the floor" in terminal.text
        assert b"\x1b[0;38;2;" in terminal.raw
    with Terminal("show", "lunge", "--plain", columns=130, lines=60) as terminal:
        assert terminal.wait() == OK
        assert UPPER not in terminal.text


def test_a_figure_follows_its_file_and_gives_the_terminal_back(mine):
    with Terminal("show", "bow", "--watch", columns=100, lines=40, controlling=True) as terminal:
        terminal.wait_for("No problems found.", UPPER)
        mine.write_text(MINE.replace("170", "up"), encoding="utf-8")
        terminal.wait_for('"up" is not an angle')
        mine.write_text(MINE.replace("170", "10"), encoding="utf-8")
        terminal.wait_for("No problems found.")
        terminal.send("\x03")
        assert terminal.wait() == OK
        assert terminal.is_restored
