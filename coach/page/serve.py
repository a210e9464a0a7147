"""Show pages to a phone on the same network: only these pages, at an address that nobody can guess."""

from __future__ import annotations

import secrets
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737). Asking for the way to it sends nothing, and shows our own address."""


def own_address() -> str:
    """Return this computer's address in its network; the loopback address where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        try:
            caller.connect(_ELSEWHERE)
            return str(caller.getsockname()[0])
        except OSError:
            return "127.0.0.1"


class PageServer(ThreadingHTTPServer):
    """Serves pages from memory.

    Args:
        pages: each page's text by its file name; "" is what is shown first.
        host: the address to listen at, and no other.
        port: the port; 0 takes a free one.
    """

    daemon_threads = True

    def __init__(self, pages: Mapping[str, str], host: str, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(9)
        self.served = {f"/{self.token}/{name}": text.encode() for name, text in pages.items()}
        super().__init__((host, port), _Handler)

    @property
    def address(self) -> str:
        """The address to open on the phone."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    """Answers with a page, or with nothing: an address is looked up as it stands, and no file is opened."""

    server: PageServer
    server_version, sys_version = "coach", ""
    timeout = 30
    """A caller that says nothing for so many seconds is left."""

    def do_GET(self) -> None:
        """Send a page."""
        self._answer(with_text=True)

    def do_HEAD(self) -> None:
        """Send what stands before a page."""
        self._answer(with_text=False)

    def _answer(self, *, with_text: bool) -> None:
        page = self.server.served.get(self.path.partition("?")[0])
        self.send_response(404 if page is None else 200)
        page = page or b"There is nothing here.\n"
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        for name, value in (
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        if with_text:
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal, where the address stands."""
