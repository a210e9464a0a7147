"""Starting the program: `coach`, and `python -m coach`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line, and leave with its exit code."""
    # What is imported lives to the end, and so does nearly all that files are read into: going through it for garbage
    # again and again would be a tenth of `coach list`.
    gc.disable()
    from coach.cli import main as run  # after the line above

    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    run()


if __name__ == "__main__":
    main()
