"""Runs the command line and writes down the most memory it held, in kB: ``python measured.py FILE ARGUMENT...``."""

from __future__ import annotations

import atexit
import contextlib
import re
import sys
from pathlib import Path

peak = Path(sys.argv.pop(1))


def write_peak() -> None:
    with contextlib.suppress(OSError):  # some tests leave no room for any file
        # not ru_maxrss: that begins with the memory of the process that started this one
        status = Path("/proc/self/status").read_text()
        peak.write_text(re.findall(r"VmHWM:\s*(\d+) kB", status)[0])


if __name__ == "__main__":
    sys.path.pop(0)
    atexit.register(write_peak)
    from permadani.cli import main

    main(prog_name="permadani")
