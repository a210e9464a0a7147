"""A bad day: a real session, two hundred things that happen to it, and what must hold afterwards all the same."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import string
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest

from coach.session.notices import Confirmed, notices_for
from tests.e2e.pulse import pulse  # noqa: F401 - a fixture
from tests.e2e.terminal import Terminal, wait_until

pytestmark = pytest.mark.heard

EVENTS = 200
SEED = 20_240_229
PAUSE_S = 0.03
ROUTINE = """\
name: Chaos
prepare: 2s
steps:
  - block: Main
    rounds: 500
    rest: 2s
    steps:
      - exercise: Lunge
        reps: 2
        sides: each
        switch: 1s
        phases: [1s Down, 1s Hold, 1s Up]
      - exercise: Push-up
        reps: 10
      - wait: Put the band on
      - exercise: Plank
        time: 7s
        cadence: 120
"""
KEYS = (*string.ascii_letters.replace("y", ""), *" \r+-=[]?/,.<>", "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\t")
"""Every key but "y", which would end the session after "q", and those that stop the program."""
SIZES = ((10, 3), (40, 12), (80, 24), (300, 100), (61, 17), (200, 9), (11, 90))


def sound_processes(pid: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in told.stdout.split()]


class Unwatched:
    """An emulator that looks away: the real one would be slower than the program, which would have to wait for it."""

    def feed(self, data):
        pass


class Chaos:
    """What may happen, by name; each is done to a session in `terminal`."""

    def __init__(self, terminal, server, file, chance) -> None:
        self.terminal, self.server, self.file, self.chance = terminal, server, file, chance
        self.pid = terminal.process.pid
        self.started: set[int] = set()

    def key(self):
        self.terminal.send(self.chance.choice(KEYS))

    def keys(self):
        self.terminal.send("".join(self.chance.choices(KEYS, k=20)))

    def steer(self):
        self.terminal.send(self.chance.choice(("n", "b", " ", " ", "\r", "+", "-", "u")))

    def lock_and_back(self):
        self.terminal.send("LnbqL")

    def resize(self):
        size = self.chance.choice((*SIZES, (self.chance.randint(10, 300), self.chance.randint(3, 100))))
        self.terminal.resize(*size)
        os.kill(self.pid, signal.SIGWINCH)

    def storm(self):
        for _ in range(30):
            os.kill(self.pid, signal.SIGWINCH)

    def stop_and_go(self):
        os.kill(self.pid, signal.SIGSTOP)
        time.sleep(self.chance.choice((0.01, 0.1, 0.5)))
        os.kill(self.pid, signal.SIGCONT)

    def kill_sound(self):
        for each in sound_processes(self.pid):
            self.started.add(each)
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def kill_server(self):
        self.server.kill()
        time.sleep(self.chance.choice((0.0, 0.3)))
        self.server.start()

    def change_file(self):
        words = ROUTINE.replace("500", str(self.chance.randint(1, 400)))
        self.file.write_text(self.chance.choice((words, "name: [broken", "", words)))

    def wait(self):
        time.sleep(self.chance.choice((0.1, 0.3)))


LIKELY = {
    "key": 60,
    "steer": 50,
    "keys": 10,
    "lock_and_back": 3,
    "resize": 30,
    "storm": 5,
    "stop_and_go": 8,
    "kill_sound": 6,
    "kill_server": 3,
    "change_file": 10,
    "wait": 15,
}


def assert_adds_up(database: Path) -> int:
    """Every visit of the record follows the one before, and its times add up; return how many there are."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        [session] = connection.execute("SELECT * FROM session").fetchall()
        visits = connection.execute("SELECT * FROM visit ORDER BY number").fetchall()
    finally:
        connection.close()
    assert session["name"] == "Chaos"
    assert [each["number"] for each in visits] == list(range(len(visits)))
    for each in visits:
        assert each["active_ms"] >= 0 <= each["paused_ms"]
        assert each["active_ms"] + each["paused_ms"] == each["left_ms"] - each["entered_ms"], dict(each)
    for before, after in pairwise(visits):
        assert after["entered_ms"] == before["left_ms"], (dict(before), dict(after))
    return len(visits)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "chaos.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    Confirmed().confirm(notices_for(None))
    return file


def test_two_hundred_things_happen_to_a_session(pulse, routine):
    chance = random.Random(SEED)
    with Terminal("run", routine) as terminal:
        terminal.wait_for("GET READY")
        watched, terminal._stream = terminal._stream, Unwatched()
        chaos = Chaos(terminal, pulse, routine, chance)
        happened = []
        for name in chance.choices(list(LIKELY), weights=list(LIKELY.values()), k=EVENTS):
            happened.append(name)
            getattr(chaos, name)()
            time.sleep(PAUSE_S)
            assert terminal.process.poll() is None, (happened[-10:], terminal.text)
        terminal._stream = watched
        terminal.resize(80, 24)
        os.kill(chaos.pid, signal.SIGWINCH)
        for _ in range(3):
            # A list that a key opened may be open, with words typed into it.
            terminal.send("\x1b")
            time.sleep(0.3)
        terminal.wait_for(" left")
        assert b"Traceback" not in terminal.raw
        chaos.started.update(sound_processes(chaos.pid))
        os.kill(chaos.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.is_restored
    wait_until(lambda: not [each for each in chaos.started if alive(each)])
    # How many depends on what of it fell into an open list, or on a locked session.
    assert assert_adds_up(Path(os.environ["COACH_HOME"]) / "history.db") > 1
