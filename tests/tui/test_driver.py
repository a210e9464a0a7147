"""The reader of keys: it sleeps while there are none, and wakes to read one and to end."""

from __future__ import annotations

import asyncio
import os
import signal
from threading import Thread, main_thread

import pytest

from coach.tui import driver
from coach.tui.driver import InputThreadExit, resumable
from tests.tui.rig import FakeDriver

PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def _nobody_wakes_by_the_clock(monkeypatch):
    monkeypatch.setattr(driver, "SLEEP_S", 100 * PATIENCE_S)


@pytest.fixture
def keyboard():
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


class Reader(Thread):
    """Asks once, as Textual's reader does before each look at the keyboard."""

    def __init__(self, reading):
        super().__init__(daemon=True)
        self.reading, self.answer = reading, None

    def run(self):
        self.answer = self.reading.is_set()


def asked(reading):
    reader = Reader(reading)
    reader.start()
    return reader


def test_the_reader_sleeps_until_there_is_a_key(keyboard):
    reader = asked(InputThreadExit(keyboard[0]))
    reader.join(0.05)
    assert reader.answer is None
    os.write(keyboard[1], b"q")
    reader.join(PATIENCE_S)
    assert reader.answer is False


def test_soon_after_a_key_the_reader_looks_by_the_clock(keyboard, monkeypatch):
    now_s = [0.0]
    monkeypatch.setattr(driver, "monotonic", lambda: now_s[0])
    reading = InputThreadExit(keyboard[0])
    os.write(keyboard[1], b"\x1b")
    asked(reading).join(PATIENCE_S)
    assert os.read(keyboard[0], 8) == b"\x1b"
    now_s[0] = driver.AWAKE_S - 0.01
    reader = asked(reading)
    reader.join(PATIENCE_S)
    assert reader.answer is False
    now_s[0] = driver.AWAKE_S + driver.READ_S
    reader = asked(reading)
    reader.join(0.05)
    assert reader.answer is None
    reading.set()
    reader.join(PATIENCE_S)


@pytest.mark.parametrize("seen", [True, False], ids=["before a look", "within a look"])
def test_a_key_late_in_that_time_gets_all_of_it(keyboard, monkeypatch, seen):
    """Else an escape half a second after another key would wait for the next one."""
    now_s = [0.0]
    monkeypatch.setattr(driver, "monotonic", lambda: now_s[0])
    reading = InputThreadExit(keyboard[0])
    os.write(keyboard[1], b"a")
    asked(reading).join(PATIENCE_S)
    os.read(keyboard[0], 8)
    now_s[0] = late_s = driver.AWAKE_S - 0.01
    if seen:
        os.write(keyboard[1], b"\x1b")
    asked(reading).join(PATIENCE_S)
    if seen:
        os.read(keyboard[0], 8)
    else:
        now_s[0] += driver.READ_S / 2
        asked(reading).join(PATIENCE_S)
    now_s[0] = late_s + driver.AWAKE_S - 0.01
    reader = asked(reading)
    reader.join(PATIENCE_S)
    assert reader.answer is False


def test_a_sleeping_reader_ends(keyboard):
    reading = InputThreadExit(keyboard[0])
    reader = asked(reading)
    reading.set()
    reader.join(PATIENCE_S)
    assert reader.answer is True


def test_the_next_reader_sleeps_again(keyboard):
    reading = InputThreadExit(keyboard[0])
    reading.set()
    reading.set()
    reading.clear()
    reader = asked(reading)
    reader.join(0.05)
    assert reader.answer is None
    reading.set()
    reader.join(PATIENCE_S)
    assert reader.answer is True


def test_no_other_thread_than_the_reader_sleeps(keyboard):
    assert not InputThreadExit(keyboard[0]).is_set()


def test_a_driver_without_signals_is_left_as_it_is():
    class Other:
        pass

    assert resumable(Other) is Other


async def test_signals_are_handled_by_the_loop():
    terminal = resumable(FakeDriver)()
    terminal.send_stop()
    terminal.send_continue()
    assert terminal.did == []
    await asyncio.sleep(0)
    assert terminal.did == ["stop", "continue"]


async def test_a_driver_that_was_stopped_while_reading_restarts():
    terminal = resumable(FakeDriver)()
    terminal.read_keys_on(main_thread())
    terminal.send_continue()
    await asyncio.sleep(0)
    assert terminal.did == ["suspend", "continue"]


async def test_a_signal_after_the_end_of_the_loop_is_handled_at_once():
    terminal = resumable(FakeDriver)()
    terminal.end_loop()
    terminal.send_continue()
    assert terminal.did == ["continue"]


@pytest.mark.parametrize(("ignored", "number"), [(False, signal.SIGHUP), (True, signal.SIGTERM)])
def test_a_terminal_that_has_gone_hangs_up_and_is_not_read_any_more(monkeypatch, ignored, number):
    """Else its reader would take the end that it reads for a key, again and again, as fast as it can."""
    sent = []
    monkeypatch.setattr("os.kill", lambda process, number: sent.append((process, number)))
    monkeypatch.setattr("signal.getsignal", lambda _: signal.SIG_IGN if ignored else signal.SIG_DFL)
    ours, programs = os.openpty()
    reading = InputThreadExit(programs)
    os.close(ours)
    reader = asked(reading)
    reader.join(PATIENCE_S)
    os.close(programs)
    assert (reader.answer, sent) == (True, [(os.getpid(), number)])
