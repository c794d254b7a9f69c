"""Write docs/vocabulary.md and docs/commands.md from the code, so that they cannot go stale.

`--check` only compares and says what is out of date.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["LC_ALL"] = "C"

import click

from permadani.cli import main
from permadani.vocabulary import TABLES

DOCS = Path(__file__).parent.parent / "docs"
TYPES = {
    "id": "URI or stable key",
    "text": "text",
    "time": "ISO 8601, or microseconds since 1970",
    "count": "whole number",
    "flag": "true, false or empty",
}


def vocabulary() -> str:
    """Every table and column."""
    lines = [
        "# The vocabulary",
        "",
        "Made from `src/permadani/vocabulary.py` by `python scripts/reference.py`. These are the tables of the store,",
        "of `permadani export`, and of what researchers can hand in (see [sources/tables.md](sources/tables.md)).",
        "An empty value always means *unknown*, never zero and never false.",
        "",
    ]
    for table in TABLES.values():
        summary = (table.record.__doc__ or "").split("\n\n")[0]
        lines += [f"## {table.name}", "", " ".join(summary.split()), "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}`{' *' if c.required else ''} | {TYPES[c.type]} | {c.meaning} |" for c in table.columns]
        lines += ["", f"\\* required. One row for each ({', '.join(table.key)}).", ""]
    return "\n".join(lines)


def commands() -> str:
    """Every command with its help, as it is printed."""
    lines = ["# The commands", "", "Made from the command line itself by `python scripts/reference.py`.", ""]
    lines += [
        "`--lang` is for people: text on the terminal and HTML. JSON is for programs, and its texts (`reason`, `why`,"
    ]
    lines += ["`limits`) are always English.", ""]

    def add(command: click.Command, path: str, parent: click.Context | None) -> None:
        context = click.Context(command, info_name=path.rsplit(" ", 1)[-1], parent=parent, terminal_width=100)
        lines.extend([f"## {path}", "", "```", command.get_help(context).strip(), "```", ""])
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None  # noqa: S101
                add(child, f"{path} {name}", context)

    add(main, "permadani", None)
    return "\n".join(lines)


if __name__ == "__main__":
    stale = []
    for name, text in (("vocabulary.md", vocabulary()), ("commands.md", commands())):
        path = DOCS / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, "utf-8")
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run: python scripts/reference.py")
