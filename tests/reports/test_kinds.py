"""What juniors, seniors and newcomers are is said as it is in that audit."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from permadani.findings.reasons import reason
from permadani.findings.results import Audit
from permadani.language import english
from permadani.reports.html import audit_html
from permadani.reports.terminal import print_audit

from . import samples


def renderings(audit: Audit) -> list[str]:
    file = io.StringIO()
    print_audit(audit, Console(file=file, width=200, color_system=None), english)
    node = LexborHTMLParser(audit_html(audit)).css_first('.body[lang="en"]')
    assert node is not None
    return [" ".join(text.split()) for text in (file.getvalue(), node.text())]


def rich() -> Audit:
    return samples.ALL["rich"]()


def test_followers_are_followers() -> None:
    for text in renderings(rich()):
        assert "the half with the fewest followers" in text
        assert "By how many follow them" in text
        assert "had replied to them" not in text


def test_people_who_replied_are_no_followers() -> None:
    audit = rich()
    for text in renderings(replace(audit, answers=replace(audit.answers, standing_by="network"))):
        assert "the half to whom the fewest people had replied" in text
        assert "the fifth to whom the most people had replied" in text
        assert "By how many had replied to them" in text
        assert "fewest followers" not in text
        assert "By how many follow them" not in text
        assert "by how many people follow them" not in text


@pytest.mark.parametrize("shortened", [False, True])
def test_newcomers_in_a_shortened_history(shortened: bool) -> None:
    audit = rich()
    if shortened:
        limit = reason("history_shortened", channel="bluesky", date="2024-02-29", days=180, count=7)
        audit = replace(audit, limits=(*audit.limits, limit))
    for text in renderings(audit):
        assert ("for the first time, as far as is known" in text) is shortened
        assert ("on Bluesky are known only from 29 Feb 2024 on" in text) is shortened
