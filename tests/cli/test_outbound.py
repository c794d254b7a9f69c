"""`permadani outbound` as scripts use it: exit codes, formats, and what a file may hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from permadani.api import OpenStore
from permadani.cli import main
from permadani.vocabulary import Addressed
from worlds import World


@pytest.fixture
def archive(tmp_path: Path) -> OpenStore:
    """Eight replies of ada to budi and citra; nothing that was written to her."""
    world = World()
    world.cover("ada", inbound="none")
    for name in ("budi", "citra"):
        world.actor(name)
    for day in range(8):
        reply = world.write("ada", day, to=f"x:status/{900 + day}")
        who = "x:user/budi" if day else "x:user/citra"
        world.records.append(Addressed(object=reply, actor=who, kind="to"))
    return world.store(tmp_path)


def call(store: OpenStore, *arguments: str | Path) -> Result:
    words = ["outbound", *map(str, arguments), "--store", str(store.path)]
    return CliRunner().invoke(main, words, prog_name="permadani")


def test_json(archive: OpenStore) -> None:
    result = call(archive, "@ada", "--me", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found["schema"] == "permadani.outbound/1"
    assert (found["written"]["replies"], found["replied_to"]["people"]) == (8, 2)
    assert found["rate"][0]["measurable"] is False
    assert found == json.loads(call(archive, "@ada", "--me", "--format", "json", "--lang", "id").stdout)


def test_a_stranger_is_refused_with_the_reason(archive: OpenStore) -> None:
    result = call(archive, "@ada")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--me" in result.stderr
    assert call(archive, "@ada", "--research").exit_code == 0


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_names_are_in_no_output_that_may_be_passed_on(archive: OpenStore, form: str) -> None:
    assert "Budi" not in call(archive, "@ada", "--me", "--format", form).stdout
    assert "Budi" in call(archive, "@ada", "--me", "--format", form, "--private").stdout


def test_the_file_names_the_format(archive: OpenStore, tmp_path: Path) -> None:
    for name, start in (("a.html", "<!doctype html>"), ("a.json", "{"), ("a.txt", "Ada")):
        result = call(archive, "@ada", "--me", "-o", tmp_path / name)
        assert (result.exit_code, result.output) == (0, "")
        assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_period(archive: OpenStore) -> None:
    found = json.loads(call(archive, "@ada", "--me", "--since", "2020-01-03", "--until", "2020-01-04", "--format",
                            "json").stdout)  # fmt: skip
    assert found["written"]["messages"] == 2
    assert found["period"] == {"since": "2020-01-03T00:00:00Z", "until": "2020-01-04T23:59:59Z"}


def test_wrong_usage_and_unknown_names(archive: OpenStore) -> None:
    assert call(archive).exit_code == 2
    assert call(archive, "@ada", "--since", "2021-01-01", "--until", "2020-01-01").exit_code == 2
    nobody = call(archive, "@zaki", "--me")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert "nobody called" in nobody.stderr
