"""The JSON contract as text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from permadani.reports.json import audit_json, audit_line

from . import samples


@pytest.mark.parametrize("name", samples.ALL)
def test_valid_and_the_same_on_one_line(name: str) -> None:
    audit = samples.ALL[name]()
    text, line = audit_json(audit), audit_line(audit)
    assert json.loads(text) == json.loads(line)
    assert json.loads(text)["schema"] == "permadani.audit/1"
    assert text.endswith("}\n")
    assert len(line.splitlines()) == 1
    text.encode("utf-8")


def test_unknown_is_null_and_never_nan() -> None:
    audit = samples.few(4, 9)
    cell = replace(audit.answers.overall.cell, rate=float("nan"), high=float("inf"))
    audit = replace(audit, answers=replace(audit.answers, overall=replace(audit.answers.overall, cell=cell)))
    record = json.loads(audit_json(audit), parse_constant=pytest.fail)
    assert record["questions"][0]["overall"]["cell"]["rate"] is None
    assert record["questions"][0]["overall"]["cell"]["high"] is None
    assert record["actor"]["standing"] is None
    assert "evidence" not in record["questions"][0]


def test_words_are_readable_and_lines_stay_lines() -> None:
    audit = samples.rich()
    audit = replace(audit, actor=replace(audit.actor, name="Ünïcode 名前 \u2028 two\u0085three \udcff"))
    line = audit_line(audit)
    assert "Ünïcode 名前" in line
    assert len(line.splitlines()) == 1
    assert json.loads(line)["actor"]["name"] == audit.actor.name
