"""One browser for all tests of a module.

It ends with the module: while it runs, so does an event loop, and asynchronous tests in the same process have none.
"""

import pytest

from tests.page.chromium import PHONE, browser, made, opened


@pytest.fixture(scope="module")
def chromium():
    with browser() as launched:
        yield launched


@pytest.fixture
def phone(chromium):
    """A page of the size of a phone's; it fails the test when a script does, or when something is fetched."""
    context = chromium.new_context(viewport=PHONE, accept_downloads=True)
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request", lambda request: request.url.startswith(("file:", "data:", "blob:")) or troubles.append(request.url)
    )
    yield page
    context.close()
    assert troubles == []


@pytest.fixture(scope="module")
def any_page(chromium, tmp_path_factory):
    """A page whose functions take the content of any other."""
    page = chromium.new_page()
    file, _ = made(tmp_path_factory.mktemp("page"), "runner-legs")
    return opened(page, file)
