"""Asking on the command line: a statement, claims, the list for the subject, accounts side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from permadani.api import OpenStore
from permadani.cli import main
from worlds import World


@pytest.fixture
def asked(tmp_path: Path) -> OpenStore:
    """Two public accounts; ada answers every second of 30 people, and advises to answer all."""
    world = World()
    for name in ("ada", "bo"):
        world.actor(name, followers=20_000)
        world.cover(name)
    world.conversations("ada", 30, 15)
    world.write("ada", 0.5, text="My advice: reply to every comment you get.", language="en")
    world.conversations("bo", 30, 30, first=30)
    world.write("shouter", 3, mentions=("ada",), text="You and your silly posts.")
    return world.store(tmp_path)


def call(store: OpenStore, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--store", str(store.path)], prog_name="permadani")


def told(store: OpenStore, *arguments: str | Path) -> dict[str, Any]:
    result = call(store, *arguments, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def questions(audit: dict[str, Any]) -> dict[str, Any]:
    return {question["id"]: question for question in audit["questions"]}


def test_the_statement_is_printed_and_abuse_leaves_the_denominator(asked: OpenStore, tmp_path: Path) -> None:
    notes = tmp_path / "notes.toml"
    notes.write_text(
        'text = "I answer on Sundays."\nabuse = ["@shouter"]\n[[away]]\nsince = 2020-07-01\nuntil = 2020-07-31\n'
    )
    before, after = told(asked, "audit", "@ada"), told(asked, "audit", "@ada", "--statement", notes)
    assert before["statement"] is None
    assert after["statement"] == {
        "text": "I answer on Sundays.", "away": [{"since": "2020-07-01", "until": "2020-07-31", "note": None}],
        "answered_privately": None, "policy": None, "abuse": 1,
    }  # fmt: skip
    counts = [questions(audit)["answers"]["overall"]["cell"]["approaches"] for audit in (before, after)]
    assert counts == [31, 30]
    assert [questions(audit)["answers"]["left_out"]["abuse"] for audit in (before, after)] == [None, 1]
    text = call(asked, "audit", "@ada", "--statement", notes)
    assert "I answer on Sundays." in text.stdout
    listed = told(asked, "audit", "@ada", "--for-subject", "--private", "--statement", notes)
    assert [one["key"] for one in listed["messages"] if "shouter" in one["asker_id"]] == ["list_abuse"]


def test_a_broken_statement_is_refused_with_its_place(asked: OpenStore, tmp_path: Path) -> None:
    notes = tmp_path / "notes.toml"
    notes.write_text("texts = 3\n")
    result = call(asked, "audit", "@ada", "--statement", notes)
    assert result.exit_code == 1
    assert "notes.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_claims_are_found_or_given(asked: OpenStore, tmp_path: Path) -> None:
    found = questions(told(asked, "audit", "@ada"))["practice"]["claims"]
    assert [claim["quote"] for claim in found] == ["My advice: reply to every comment you get."]
    assert {"quote", "object", "published", "checked_by", "outcome"} <= set(found[0])
    claims = tmp_path / "claims.toml"
    claims.write_text(
        '[[claim]]\nquote = "Nobody waits in vain here."\nchecked_by = "answers.overall"\nthreshold = 0.9\n'
    )
    given = questions(told(asked, "audit", "@ada", "--claims", claims))["practice"]["claims"]
    assert given[0]["quote"] == "Nobody waits in vain here."
    assert given[0]["outcome"] == "contradicted"
    assert given[0]["figure"]["high"] < 0.9
    kept = questions(told(asked, "audit", "@bo", "--claims", claims))["practice"]["claims"]
    assert kept[0]["outcome"] in ("borne_out", "not_checkable")


def test_side_by_side(asked: OpenStore) -> None:
    found = told(asked, "compare", "@bo", "@ada")
    assert found["schema"] == "permadani.compare/1"
    assert [audit["actor"]["handle"] for audit in found["audits"]] == ["bo", "ada"]
    text = call(asked, "compare", "@bo", "@ada")
    assert text.exit_code == 0
    assert "no ranking" in text.stdout
    assert call(asked, "compare", "@bo").exit_code == 2


@pytest.mark.parametrize("again", ["@ada", "x:user/ada", "ADA"])
def test_nobody_is_compared_with_themselves(asked: OpenStore, again: str) -> None:
    result = call(asked, "compare", "@ada", "@bo", again)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"@ada and {again} are the same" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_compare_refuses_private_people(asked: OpenStore) -> None:
    result = call(asked, "compare", "@ada", "@asker1")
    assert result.exit_code == 1
    assert "public accounts" in result.stderr


@pytest.mark.parametrize("suffix", ["html", "htm", "HTM", "json", "txt"])
def test_all_can_be_written_to_files(asked: OpenStore, tmp_path: Path, suffix: str) -> None:
    for words in (("audit", "@ada", "--for-subject", "--private"), ("compare", "@ada", "@bo")):
        target = tmp_path / f"{words[0]}.{suffix}"
        assert call(asked, *words, "--output", target).exit_code == 0
        assert target.stat().st_size > 500
        assert target.read_text("utf-8").startswith("<!doctype html>") == (suffix.lower() in ("html", "htm"))


def test_the_list_has_every_message_with_its_reason(asked: OpenStore) -> None:
    found = told(asked, "audit", "@ada", "--for-subject", "--private")
    assert found["schema"] == "permadani.subject/1"
    assert len(found["messages"]) == 31
    assert all(one["why"] for one in found["messages"])
    assert sum(one["state"] == "answered" for one in found["messages"]) == 15


def test_the_list_is_written_to_no_file_unasked(asked: OpenStore) -> None:
    result = call(asked, "audit", "@ada", "--for-subject")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--private" in result.stderr


def test_the_list_takes_no_option_that_changes_nothing_in_it(asked: OpenStore, tmp_path: Path) -> None:
    claims = tmp_path / "claims.toml"
    claims.write_text("")
    for more in (["--usual"], ["--claims", str(claims)]):
        result = call(asked, "audit", "@ada", "--for-subject", "--private", *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--for-subject" in result.stderr


def test_a_whole_network_with_its_messages(asked: OpenStore) -> None:
    def evidence(*more: str) -> list[int | None]:
        lines = call(asked, "audit", "--all", "--research", *more).stdout.splitlines()
        answers = [questions(json.loads(line))["answers"] for line in lines]
        return [len(one["evidence"]) if "evidence" in one else None for one in answers]

    assert evidence() == [None, None]
    assert evidence("--private") == [31, 30]


@pytest.mark.parametrize("more", ["--claims", "--statement", "--usual", "--for-subject"])
def test_a_whole_network_takes_no_word_of_one(asked: OpenStore, tmp_path: Path, more: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text("")
    words = [more, str(path)] if more in ("--claims", "--statement") else [more]
    assert call(asked, "audit", "--all", *words).exit_code == 2


def test_usual_says_that_the_store_is_too_small(asked: OpenStore) -> None:
    assert questions(told(asked, "audit", "@ada", "--usual"))["answers"]["overall"]["usual"] is None
    told_beside = call(asked, "compare", "@ada", "@bo").stdout
    assert "Is that usual?" in told_beside
    assert "too few" in told_beside
