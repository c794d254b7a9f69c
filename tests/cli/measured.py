"""Runs the command line and writes down the most memory it held, in kB: ``python measured.py FILE ARGUMENT...``."""

from __future__ import annotations

import atexit
import contextlib
import resource
import sys
from pathlib import Path

peak = Path(sys.argv.pop(1))


def write_peak() -> None:
    with contextlib.suppress(OSError):  # some tests leave no room for any file
        peak.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


if __name__ == "__main__":
    sys.path.pop(0)
    atexit.register(write_peak)
    from permadani.cli import main

    main(prog_name="permadani")
