from __future__ import annotations

import pytest

from coach.routine.language.figure_names import unknown_figures

KNOWN = ["squat", "lunge"]


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("name: A\nfigure: squat\n", []),
        ("name: A\nfigure: None\n", []),
        ("name: A\nfigure:\n", []),
        ("name: A\nfigure: sqat\n", ['f.yaml:2:9: warning: there is no figure "sqat": did you mean "squat"?']),
        (
            "name: A\nexercises:\n  mine: {name: Mine, figure: xyzzy}\nsteps: [mine]\n",
            ['f.yaml:3:30: warning: there is no figure "xyzzy"'],
        ),
        ("figure: [squat]\n- broken", []),
        ("steps:\n  - exercise: a\n    figure: nothing\n", []),
    ],
)
def test_a_figure_that_is_not_there_is_a_warning(text, warnings):
    assert [str(problem) for problem in unknown_figures(text.encode(), "f.yaml", KNOWN)] == warnings


def test_check_warns_of_it(coach, tmp_path):
    file = tmp_path / "exercises" / "mine.yaml"
    file.parent.mkdir()
    file.write_text("name: Mine\nfigure: lunges\n", encoding="utf-8")
    code, out, _ = coach("check", str(file))
    assert code == 0
    assert 'there is no figure "lunges": did you mean "lunge"?' in out
