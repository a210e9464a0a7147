"""Everything we measure, in one table.

Run with `python -m benchmarks`; it takes some twenty minutes, most of it for the beeps. `--quick` takes two and says
less; `--write` keeps the table in `benchmarks/RESULTS.md`; `--only start,core` measures those parts.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks import beeps, core, many, rendering, session, start
from benchmarks.measure import machine, table

PARTS = {
    "start": start.rows,
    "many": many.rows,
    "core": core.rows,
    "rendering": rendering.rows,
    "session": session.rows,
    "beeps": beeps.rows,
}
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """\
# Results

Made by `python -m benchmarks --write`. Medians of several runs that take turns; what stands beside a figure was
measured in the same run. A ratio says more than a time, which is this machine's.
"""


def main() -> None:
    """Measure, print, and keep the table when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS", help=f"of {', '.join(PARTS)}")
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
        RESULTS.write_text(f"{HEAD}\n{day}: {before}.{short}\n\n{text}\n", encoding="utf-8")
    missed = [each.what for each in found if not each.reached]
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
