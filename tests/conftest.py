"""Every test is shielded from the machine it runs on: no home, no settings, no wish about colours or size."""

import os
import signal
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from coach.cli import run_command

# Hypothesis tries the same inputs every time and does not look at the clock: how fast a machine is proves nothing.
# `python -m tests.fuzz` is for inputs that nobody has tried yet.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_configure():
    """Heed signals that whoever started the tests ignores, as `nohup` does: what the tests start inherits that."""
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM", "SIGTSTP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


def pytest_runtest_setup(item):
    """Let other workers step back for the one with the tests that look at a clock, where those cannot run first."""
    worker = getattr(item.config, "workerinput", None)
    if worker is None or worker.setdefault("first", item.nodeid) != item.nodeid or _looks_at_a_clock(item.nodeid):
        return
    if hasattr(os, "nice") and not _may_run_first():
        os.nice(5)


def _may_run_first():
    """Return whether this system lets this user run something before all else."""
    if not hasattr(os, "sched_setscheduler"):
        return False
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        return False
    os.sched_setscheduler(0, *before)
    return True


def _looks_at_a_clock(nodeid):
    return nodeid.startswith("tests/e2e/")


class ClockApart(LoadScopeScheduling):
    """Gives the tests that look at a clock to one worker: side by side they would be late. It gets them first."""

    def _split_scope(self, nodeid):
        return "clock" if _looks_at_a_clock(nodeid) else nodeid


def pytest_xdist_make_scheduler(config, log):
    """With `-n`, share the tests out in this way."""
    return ClockApart(config, log)


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COACH_HOME", str(home / "coach"))
    shown = ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")
    # Whoever runs the tests may do so on a terminal.
    monkeypatch.setattr("coach.system.terminal.CONTROLLING", str(home / "no terminal"))
    for name in (*shown, "PYTHONUNBUFFERED", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def coach(capsys):
    """Run a command, and return its exit code and what it said on stdout and stderr."""

    def run(*arguments):
        code = run_command(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def somebody_else():
    """Return a context in which one is a user whose folders these are not; root may do everything everywhere."""
    if not hasattr(os, "geteuid"):
        pytest.skip("folders here cannot be closed to their owner")

    @contextmanager
    def somebody():
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            yield
        finally:
            if is_root:
                os.seteuid(0)

    return somebody
