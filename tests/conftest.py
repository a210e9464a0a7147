"""Every test is shielded from the machine it runs on: no home, no settings, no wish about colours."""

import pytest


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COACH_HOME", str(home / "coach"))
    for name in ("NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "COLORTERM", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
