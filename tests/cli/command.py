"""The command line as a process of its own: what it says, how long it takes, how much memory it needs."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LONGEST_SECONDS = 20
MOST_MEMORY = 400 * 1024 * 1024


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str
    seconds: float
    memory: int
    """The most bytes of RAM that it held at once."""


def without_privileges() -> None:
    """To be run in the child: root obeys the permissions of files like everybody else (Linux)."""
    if os.getuid() == 0:
        drop_from_bounding_set, override, read_search = 24, 1, 2
        for capability in (override, read_search):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def start(
    *arguments: str | Path, env: dict[str, str] | None = None, prepare: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "permadani", *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | (env or {}),
        preexec_fn=prepare,  # noqa: PLW1509
    )  # fmt: skip


def obeying_ctrl_c() -> None:
    """To be run in the child: what a shell starts in the background ignores SIGINT, and hands that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """As ``start``, but returns when the program has been loaded, however busy the machine is."""
    ready, told = os.pipe()
    process = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("started.py"), str(told), *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=(told,),
        preexec_fn=obeying_ctrl_c,  # noqa: PLW1509
    )  # fmt: skip
    os.close(told)
    os.read(ready, 1)  # nothing is written: the end is told by its being closed
    os.close(ready)
    return process


def run(*arguments: str | Path, env: dict[str, str] | None = None, prepare: Callable[[], None] | None = None) -> Done:
    """Run a command to its end. A traceback, too much time and too much memory are never right."""
    started = time.monotonic()
    peak = Path(os.environ["PERMADANI_HOME"], "peak")
    peak.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("measured.py"), peak, *map(str, arguments)],
        stdin=subprocess.DEVNULL, capture_output=True,
        env=os.environ | (env or {}), preexec_fn=prepare,
        timeout=120, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - started
    err = done.stderr.decode("utf-8")
    memory = int(peak.read_text()) * 1024 if peak.exists() and peak.read_text() else 0
    assert "Traceback" not in err, err
    assert memory < MOST_MEMORY, f"{memory / 1e6:.0f} MB"
    assert seconds < LONGEST_SECONDS, f"{seconds:.1f} s"
    return Done(done.returncode, done.stdout.decode("utf-8"), err, seconds, memory)
