"""Serves a built site on this machine, and remembers what was asked of it."""

from __future__ import annotations

import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Server(ThreadingHTTPServer):
    """A server of pages, for a browser that may leave one before it has it all."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a connection that the browser ended."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class served:  # noqa: N801 - used as a function
    """Serves a folder while a block runs, at the address that it gives."""

    def __init__(self, folder: Path) -> None:
        asked: list[str] = []

        class Quiet(SimpleHTTPRequestHandler):
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, directory=str(folder), **named)

            def do_GET(self) -> None:
                asked.append(self.path.partition("?")[0].lstrip("/"))
                super().do_GET()

            def end_headers(self) -> None:
                """Lets the browser keep what it has: nothing changes while it is served."""
                self.send_header("Cache-Control", "max-age=3600")
                super().end_headers()

            def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name
                """Says nothing."""

        self.asked = asked
        """The paths that were asked for, below the site's root."""
        self._server = Server(("127.0.0.1", 0), Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Where the site's root is."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> str:
        self._thread.start()
        return self.address

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
