"""A long run: `python -m tests.fuzz [--minutes 10] [--target routine] [--seed 1]`.

Seeds, and what is in the corpus, are damaged by chance. An input that breaks a promise, or takes longer than
`SLOW_S`, is written into the corpus under its hash, and the run goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback

from tests.fuzz.edits import chosen
from tests.fuzz.targets import CORPUS, TARGETS

SLOW_S = 5.0
LONGEST = 1 << 21


def run(name: str, seconds: float, chance: random.Random) -> tuple[int, int]:
    """Feed a target for so long; return how many inputs there were and how many broke it."""
    target = TARGETS[name]
    pool = [*target.seeds, *(each.read_bytes() for each in sorted((CORPUS / name).glob("*")))]
    until, fed, broken = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        data = chance.choice(pool)
        for _ in range(chance.randrange(1, 12)):
            data = chosen(chance, target.pieces).done(data)
        data = data[:LONGEST]
        began = time.monotonic()
        try:
            target.feed(data)
            took_s = time.monotonic() - began
            trouble = f"took {took_s:.1f} s\n" if took_s > SLOW_S else ""
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            trouble = traceback.format_exc()
        fed += 1
        if trouble:
            broken += 1
            file = CORPUS / name / hashlib.sha256(data).hexdigest()[:16]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            sys.stderr.write(f"{file}: {trouble}")
    return fed, broken


def main() -> None:
    """Share the time among the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = time.time_ns() % 2**32 if given.seed is None else given.seed
    names = given.target or list(TARGETS)
    broken = 0
    for name in names:
        fed, found = run(name, given.minutes * 60 / len(names), random.Random(seed))
        sys.stdout.write(f"{name}: {fed:,} inputs, {found} broke it (seed {seed})\n")
        broken += found
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
