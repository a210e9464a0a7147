"""Start the program: `coach`, and `python -m coach`, which needs a module of this name."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line, and end with its exit code."""
    # Modules, and nearly all data read from files, live to the end: collecting garbage among them would take a tenth of
    # `coach list`.
    gc.disable()
    from coach.cli import main as run  # after the line above

    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    run()


if __name__ == "__main__":
    main()
