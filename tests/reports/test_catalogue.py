"""Every text is in the catalogue, translated, with the same places for values."""

from __future__ import annotations

import ast
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "src/permadani/locale").glob("*/LC_MESSAGES/permadani.po"))


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.fixture(params=FILES, ids=lambda path: path.parent.parent.name)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with request.param.open("rb") as file:
        return read_po(file)


def test_complete_and_sure(catalogue: Catalog) -> None:
    messages = [message for message in catalogue if message.id]
    assert len(messages) > 150
    assert [m.id for m in messages if not m.string] == []
    assert [m.id for m in messages if m.fuzzy] == []
    assert not catalogue.fuzzy


def test_the_same_values(catalogue: Catalog) -> None:
    assert [m.id for m in catalogue if m.id and places(m.id) != places(m.string)] == []


def test_up_to_date_with_the_sources() -> None:
    command = [sys.executable, ROOT / "scripts/catalogue.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run `make catalogue`\n{done.stderr}"


def test_no_marked_text_escapes_the_collector() -> None:
    """Babel sees no call within an f-string; such a text would stay English."""
    with (ROOT / "src/permadani/locale/permadani.pot").open("rb") as file:
        known = {message.id for message in read_po(file)}
    lost = [
        node.args[0].value
        for path in (ROOT / "src/permadani").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"N_", "_"}
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value not in known
    ]
    assert lost == []
