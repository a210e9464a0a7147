"""The screen stays on between begin and end, and a system that cannot is no trouble."""

from __future__ import annotations

import threading
from contextlib import contextmanager

from coach.system.power import KeepAwake


class System:
    """Writes down when it is held and let go."""

    def __init__(self, *, fails=False) -> None:
        self.said, self.fails = [], fails
        self.news = threading.Event()

    @contextmanager
    def presenting(self):
        self.said.append("held")
        self.news.set()
        if self.fails:
            raise OSError
        yield
        self.said.append("let go")


def test_it_is_held_once_and_let_go():
    system = System()
    awake = KeepAwake(system.presenting)
    awake.begin()
    awake.begin()
    assert system.news.wait(120)
    awake.end()
    awake.end()
    assert system.said == ["held", "let go"]


def test_it_can_be_held_again():
    system = System()
    awake = KeepAwake(system.presenting)
    for _ in range(2):
        system.news.clear()
        awake.begin()
        assert system.news.wait(120)
        awake.end()
    assert system.said == ["held", "let go"] * 2


def test_a_system_that_cannot_is_no_trouble():
    system = System(fails=True)
    awake = KeepAwake(system.presenting)
    awake.begin()
    assert system.news.wait(120)
    awake.end()
    assert system.said == ["held"]
