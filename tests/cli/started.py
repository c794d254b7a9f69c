"""Runs the command line and says on a pipe when everything has been loaded: from there on Ctrl-C is ours."""

from __future__ import annotations

import os
import sys

from permadani.cli import main

os.close(int(sys.argv.pop(1)))
main()
