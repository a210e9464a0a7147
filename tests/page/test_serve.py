"""Pages for a phone on the same network: what they say they serve, where they say, and nothing else."""

import http.client
import threading

import pytest

from coach.page.serve import PageServer

PAGES = {"": "<p>index</p>", "legs.html": "<p>legs</p>"}


@pytest.fixture
def server():
    with PageServer(PAGES, "127.0.0.1") as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def asked(server, path, method="GET"):
    connection = http.client.HTTPConnection(*server.server_address, timeout=60)
    connection.putrequest(method, path, skip_host=False)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_page_is_at_the_address_that_is_shown(server):
    assert server.address == f"http://127.0.0.1:{server.server_address[1]}/{server.token}/"
    answer, body = asked(server, f"/{server.token}/legs.html")
    assert (answer.status, body) == (200, b"<p>legs</p>")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert asked(server, f"/{server.token}/")[1] == b"<p>index</p>"
    assert asked(server, f"/{server.token}/legs.html", "HEAD")[1] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/legs.html",
        "/{token}",
        "/{token}/other.html",
        "/{token}/../{token}/legs.html",
        "/{token}/%2e%2e/etc/passwd",
        "/{token}//etc/passwd",
        "/{token}/legs.html/",
        "/{token}/legs.html%00",
        "/wrong/legs.html",
    ],
)
def test_nothing_else_is_served(server, path):
    answer, body = asked(server, path.format(token=server.token))
    assert (answer.status, body) == (404, b"There is nothing here.\n")


def test_pages_are_only_read(server):
    assert asked(server, f"/{server.token}/", "POST")[0].status == 501


def test_each_server_has_an_address_of_its_own(server):
    with PageServer(PAGES, "127.0.0.1") as other:
        assert other.token != server.token
        assert len(other.token) >= 12
