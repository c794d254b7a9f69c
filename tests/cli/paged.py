"""A site of numbered pages on loopback, and the door to it: for fetches in a process of their own.

Run as a program it is the command line with that door, and says on a pipe when all has been loaded (as started.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from permadani.sources.http import Client
from permadani.sources.live.base import FetchOptions, Page
from store.doors import FakeDoor, page_of

TESTS = Path(__file__).parents[1]


class PagedDoor(FakeDoor):
    """Each page of the server stands for ``page_of`` its number."""

    def __init__(self, home: str, client: Client) -> None:
        super().__init__()
        self._home, self._client = home, client

    def pages(self, state: dict[str, Any] | None, options: FetchOptions) -> Iterator[Page]:
        number, last = (int(state["done"]), state["last"]) if state else (0, False)
        while not last:
            answer = self._client.get(f"{self._home}/{number}").json()
            number, last = number + 1, answer["last"]
            yield Page(page_of(number - 1), {"done": number, "last": last}, f"page {number}")


class Site:
    """Serves ``count`` pages. ``served(number)`` is called when the answer of that page has been sent."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []
        self.served: Callable[[int], None] = lambda number: None
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                number = int(self.path.rpartition("/")[2])
                site.asked.append(number)
                body = json.dumps({"last": number >= site.count - 1}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()
                site.served(number)

            def log_message(self, format: str, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def site(count: int) -> Iterator[Site]:
    found = Site(count)
    thread = threading.Thread(target=found.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.server.shutdown()
        found.server.server_close()
        thread.join()


def begun(prepare: Callable[[], None], *arguments: str | Path, err: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """The command line with the door, when it has been loaded."""
    ready, told = os.pipe()
    process = subprocess.Popen(
        [sys.executable, __file__, str(told), *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, pass_fds=(told,),
        env=os.environ | {"PYTHONPATH": str(TESTS)}, preexec_fn=prepare,  # noqa: PLW1509
    )  # fmt: skip
    os.close(told)
    os.read(ready, 1)
    os.close(ready)
    return process


if __name__ == "__main__":
    from permadani.cli import main
    from permadani.sources import live
    from permadani.store import fetching  # noqa: F401 - loaded before it is said to be

    live.knock = PagedDoor  # type: ignore[assignment]
    os.close(int(sys.argv.pop(1)))
    main()
