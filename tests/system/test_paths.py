"""Where things live, also where there is no home."""

from __future__ import annotations

import pytest

from coach.system import paths


@pytest.fixture
def homeless(monkeypatch):
    """There is neither a variable that names a home nor a user who has one."""
    pwd = pytest.importorskip("pwd")

    def nobody(_):
        raise KeyError

    for name in ("HOME", "COACH_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("ask", [paths.config, paths.data, paths.logs])
@pytest.mark.parametrize("raises", [True, False])
def test_without_a_home_nothing_is_written_where_one_happens_to_be(monkeypatch, ask, raises):
    def of_user(*_, **__):
        if raises:
            raise RuntimeError
        return "~/.somewhere/coach"

    for name in ("user_config_dir", "user_data_dir", "user_log_dir"):
        monkeypatch.setattr(f"platformdirs.{name}", of_user)
    with pytest.raises(paths.NoHome):
        ask()
