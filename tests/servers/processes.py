"""Waiting for the servers that the tests start themselves."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic, sleep
from typing import Any

PATIENCE = 120
"""Seconds; a small machine needs 20 for the slowest."""


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody uses, each another."""
    with ExitStack() as open_ones:
        found = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in found]


def until(true: Callable[[], Any], process: subprocess.Popen[Any], what: str) -> None:
    """Wait until something holds that the process will bring about; whoever ends before is told by name."""
    deadline = monotonic() + PATIENCE
    while not true():
        if process.poll() is not None or monotonic() > deadline:
            raise RuntimeError(f"{what} did not start")
        sleep(0.1)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
