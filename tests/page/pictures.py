"""Take the pictures of `docs/page.md`: `python -m tests.page.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.page.chromium import browser, made

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
SIZES = {"page-phone": (390, 844, "dark"), "page-side": (844, 390, "dark"), "page-laptop": (1280, 800, "light")}
LUNGE, AT_MS = 1, 6_900
"""The interval shown, and the time spent in it: the knee is on the floor."""


def main() -> None:
    """Take each picture in Chromium, at the same moment of a session."""
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        file, _ = made(Path(folder), "runner-legs")
        for name, (width, height, scheme) in SIZES.items():
            context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            page.clock.install()
            page.goto(file.as_uri())
            page.clock.run_for(500)
            page.wait_for_selector("html[data-ready=true]", state="attached")
            page.click("#go")
            for _ in range(LUNGE):
                page.click("[data-do=next]")
            page.clock.run_for(AT_MS)
            page.screenshot(path=SCREENS / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
