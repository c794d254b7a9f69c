"""The reference pages say what the code does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from permadani.sources import sources

ROOT = Path(__file__).parent.parent


def test_the_reference_is_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "reference.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", list(sources()))
def test_every_source_has_a_page_that_says_what_it_cannot_know(name: str) -> None:
    page = (ROOT / "docs" / "sources" / f"{name}.md").read_text("utf-8")
    assert "cannot" in page.lower()
    assert "coverage" in page.lower()


def test_links_between_pages_lead_somewhere() -> None:
    import re

    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in text
    assert "make test" in text


def test_what_the_page_for_python_names_is_there() -> None:
    import re

    from permadani.api import OpenStore

    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    named = page[page.index("`permadani.open` gives") : page.index("and more")]
    names = re.findall(r"`(\w+)`", named)
    assert len(names) > 5
    assert [name for name in names if not hasattr(OpenStore, name)] == []
