"""The link with real processes, small ones: pipes, restarts and ends."""

import sys
import threading

import pytest

from coach.audio import player as link_module
from coach.audio import protocol
from coach.audio.player import PROCESS_COMMAND, Link
from coach.system import paths

ECHO = "import sys\nprint('{\"hello\":1}', flush=True)\nfor line in sys.stdin: print(line, end='', flush=True)"
WAIT_S = 60


class Ears:
    """Collects messages and lets a test wait for one."""

    def __init__(self):
        self.messages = []
        self.ends = []
        self._news = threading.Condition()

    def hear(self, message):
        with self._news:
            self.messages.append(message)
            self._news.notify_all()

    def end(self, code):
        with self._news:
            self.ends.append(code)
            self._news.notify_all()
        return True

    def wait(self, condition):
        with self._news:
            assert self._news.wait_for(condition, WAIT_S), (self.messages, self.ends)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def started(ears, monkeypatch):
    """Start links that are closed after the test."""
    monkeypatch.setattr(link_module, "DELAYS_S", (0.0,))
    links = []

    def start(script):
        link = Link(ears.hear, ears.end, command=(sys.executable, "-c", script))
        links.append(link)
        link.start()
        return link

    yield start
    for link in links:
        link.close(0)


def test_messages_go_there_and_come_back(started, ears):
    link = started(ECHO)
    ears.wait(lambda: ears.messages)
    link.send({"play": "go"})
    ears.wait(lambda: len(ears.messages) == 2)
    assert ears.messages == [{"hello": 1}, {"play": "go"}]


def test_garbage_from_the_process_is_nothing(started, ears):
    started("print('garbage'); print('[1]'); print('{\"a\":1}', flush=True); input()")
    ears.wait(lambda: ears.messages)
    assert ears.messages == [{"a": 1}]


def test_a_process_that_ends_is_started_again(started, ears):
    started("import sys; print('{\"hello\":1}', flush=True); sys.exit(3)")
    ears.wait(lambda: len(ears.ends) >= 3)
    assert set(ears.ends) == {3}


def test_what_has_worked_is_looked_for_every_second_and_what_never_was_is_not():
    assert link_module.DELAYS_S[-1] >= 10
    assert max(link_module.LOST_DELAYS_S[:60]) <= 1
    link = Link(lambda _: None, lambda _: True)
    assert link.delays_s is link_module.DELAYS_S
    link.settled()
    assert link.delays_s is link_module.LOST_DELAYS_S


def test_a_program_that_is_not_there_is_an_end(ears, monkeypatch):
    monkeypatch.setattr(link_module, "DELAYS_S", (0.0, WAIT_S))
    link = Link(ears.hear, ears.end, command=("/no/such/program",))
    link.start()
    ears.wait(lambda: ears.ends)
    link.close(0)
    assert ears.ends[0] == 127


def test_close_ends_the_process_and_its_threads(started, ears):
    link = started(ECHO)
    ears.wait(lambda: ears.messages)
    child = link.child
    link.close(0)
    assert child.poll() is not None
    assert not link.is_alive


def test_a_link_that_nobody_started_closes(ears):
    link = Link(ears.hear, ears.end)
    link.close(1)
    assert (link.child, ears.messages, ears.ends) == (None, [], [])


def test_a_process_that_does_not_read_holds_up_nobody(started, ears):
    link = started("import time; print('{\"hello\":1}', flush=True); time.sleep(60)")
    ears.wait(lambda: ears.messages)
    for _ in range(2000):
        link.send({"plan": 1, "signals": [[0, "go"]] * 50})
    link.close(0)
    assert not link.is_alive


def test_what_libraries_print_goes_to_a_log_that_stays_small(started, ears):
    log = paths.logs() / "sound.log"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"x" * (protocol.LOG_BYTES + 1))
    started("import sys; print('oops', file=sys.stderr, flush=True); print('{\"hello\":1}', flush=True); input()")
    ears.wait(lambda: ears.messages)
    assert log.read_text().strip() == "oops"


def test_no_log_can_be_written_and_sound_works_all_the_same(started, ears, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    started(ECHO)
    ears.wait(lambda: ears.messages or ears.ends)
    assert ears.messages == [{"hello": 1}]


def test_the_real_process_is_found_from_anywhere_and_ends_with_its_stdin(ears, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    link = Link(ears.hear, ears.end, command=(PROCESS_COMMAND[0], "-S", *PROCESS_COMMAND[1:]))
    link.start()
    # -S: without site-packages, where an editable install would help it to find us.
    ears.wait(lambda: ears.messages)
    assert ears.messages[0]["hello"] == 1
    link.send({"open": {"output": "null", "folders": [str(paths.shipped("sounds"))]}})
    ears.wait(lambda: any("ready" in message for message in ears.messages))
    link.child.stdin.close()
    ears.wait(lambda: ears.ends)
    link.close(0)
    assert ears.ends[0] == 0
