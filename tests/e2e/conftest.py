"""Everybody has been here before: the notices of a first run are confirmed, but for tests that are about them."""

import pytest

from coach import paths
from coach.confirmed import Confirmed


@pytest.fixture(autouse=True)
def _no_first_run(_no_machine):
    confirmed = Confirmed(paths.data() / "confirmed.txt")
    confirmed.confirm(confirmed.missing(None))
