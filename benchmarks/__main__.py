"""Everything we measure, in one table.

Run with `python -m benchmarks`; it takes some twenty minutes, most of it for the beeps. `--quick` takes four and says
less; `--write` keeps the table in `benchmarks/RESULTS.md`; `--only start,core` measures those parts, and leaves there
what is written of the others.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks import beeps, core, figures, following, many, motion, rendering, session, start
from benchmarks.measure import Row, machine, merged, table

PARTS = {
    "start": start.rows,
    "many": many.rows,
    "following": following.rows,
    "core": core.rows,
    "figures": figures.rows,
    "rendering": rendering.rows,
    "motion": motion.rows,
    "session": session.rows,
    "beeps": beeps.rows,
}
ALL = ",".join(PARTS)
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """\
# Results

Made by `python -m benchmarks --write`. Medians of several runs that take turns; what stands beside a figure was
measured in the same run. A ratio says more than a time, which is this machine's.
"""


def rows_of(file: Path) -> list[Row]:
    """Return the rows of a table that was written."""
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [Row(what, bar, figure, beside, missed != "MISSED") for what, bar, figure, beside, missed in cells[2:]]


def stamp_of(file: Path) -> str:
    """Return what a file of results says of when and where all of it was measured."""
    return file.read_text(encoding="utf-8").removeprefix(HEAD).strip().split("\n\n")[0]


def main() -> None:
    """Measure, print, and keep the table when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default=ALL, metavar="PARTS", help=f"of {', '.join(PARTS)}")
    given = parser.parse_args()
    wanted = given.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    before = machine()
    found = []
    for name in wanted:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found += PARTS[name](quick=given.quick)
    text = table(found)
    print(f"{text}\n\n{before}.")
    if given.write:
        day = time.strftime("%Y-%m-%d", time.gmtime())
        short = " A short run: fewer repeats, and the beeps for one minute." if given.quick else ""
        stamp = f"{day}: {before}.{short}"
        if given.only != ALL and RESULTS.exists():
            text = table(merged(rows_of(RESULTS), found))
            stamp = f"{stamp_of(RESULTS)}\n\n{stamp} Only {given.only}, after the others."
        RESULTS.write_text(f"{HEAD}\n{stamp}\n\n{text}\n", encoding="utf-8")
    missed = [each.what for each in found if not each.reached]
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
