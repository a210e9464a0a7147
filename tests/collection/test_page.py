"""The page of all routines says what their files say."""

from __future__ import annotations

from tests.collection import page


def test_the_page_is_as_the_routines_are():
    """Changed on purpose? `python -m tests.collection.page` writes it anew; read the difference."""
    assert page.PAGE.read_text(encoding="utf-8") == page.page()


def test_each_routine_has_a_row_with_everything_in_it():
    rows = [line.split(" | ") for line in page.page().splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == sum(1 for _ in page.routines())
    for row in rows:
        assert len(row) == 6
        assert all(cell.strip(" |") for cell in row)
