"""The demo is true: every audit finds exactly what was planted, from files as real channels give them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from halls import KEYS, Demo
from permadani.demo import run_demo
from permadani.demo.formats import actor_id, write_exports
from permadani.demo.hall import make_hall
from permadani.demo.model import Hall
from permadani.demo.truth import Count, truth_of
from permadani.errors import PermadaniError


@pytest.fixture(scope="module")
def hall() -> Hall:
    return make_hall()


def counts(cell: dict[str, Any]) -> Count:
    return Count(*(cell[name] for name in ("approaches", "eligible", "answered", "answered_late")))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("key", KEYS)
def test_finds_what_was_planted(demo: Demo, key: str) -> None:
    answers, truth = demo.question(key, "answers"), demo.truths[key]
    cells = {"overall": answers["overall"]["cell"], **answers["by_standing"]["cells"], **answers["by_tenure"]["cells"]}
    planted = {"overall": truth.overall, **truth.by_standing, **truth.by_tenure}
    assert {name: counts(cell) for name, cell in cells.items()} == planted
    for name, cell in cells.items():
        if cell["eligible"]:
            assert cell["low"] <= planted[name].rate <= cell["high"], name


def test_away_is_no_blame(demo: Demo) -> None:
    for key in KEYS:
        assert demo.question(key, "answers")["left_out"]["not_reached"] == demo.truths[key].not_reached
    assert demo.truths["tom"].not_reached > 15
    assert demo.truths["sari"].not_reached > 2  # its scheduler went on; a program is no presence
    assert demo.truths["rani"].not_reached == 0


def test_automation(demo: Demo) -> None:
    found = demo.audits["sari"]["automation"]
    assert found["share"] == demo.truths["sari"].automation
    assert found["share"] > 0.5
    assert {c["name"] for c in found["clients"] if c["automatic"]} == {"Buffer", "IFTTT"}
    assert demo.audits["rani"]["automation"]["share"] == 0
    assert demo.audits["tom"]["automation"]["share"] is None


def test_left_out(demo: Demo) -> None:
    left_out = {key: demo.question(key, "answers")["left_out"] for key in KEYS}
    assert left_out["rani"]["automatic"] == 12
    assert left_out["rani"]["inherited_mentions"] > 10
    assert left_out["nora"]["spam"] > 2
    assert left_out["nora"]["deleted"] > 2
    assert demo.question("tom", "answers")["acknowledged"] > 0
    assert demo.question("tom", "answers")["matching"]["named"] > 0


def test_four_sources_are_used_and_lose_nothing(demo: Demo) -> None:
    import permadani

    (done,) = permadani.open(demo.folder / "demo.duckdb").imports()
    assert set(done.sources) == {"disqus", "tables", "wordpress", "x"}
    assert done.problems == 0


def test_pages(demo: Demo) -> None:
    index = (demo.folder / "index.html").read_text("utf-8")
    for key in KEYS:
        assert f'href="{key}.html"' in index
        page = (demo.folder / f"{key}.html").read_text("utf-8")
        assert "What we planted" in page
        assert "Apa yang kami tanam" in page
        assert "<script" not in page
        assert "<img" not in page
        assert "\u202e" not in page
    assert "&lt;script&gt;alert(&#39;hall&#39;)" in "".join(p.read_text("utf-8") for p in demo.folder.glob("*.html"))
    assert "planted: Answers mostly seniors: " in demo.lines
    assert demo.lines.rstrip().endswith(f"--store {demo.folder / 'demo.duckdb'}")


def test_who_works_as_the_last_line_says(demo: Demo) -> None:
    import permadani

    store = permadani.open(demo.folder / "demo.duckdb")
    assert store.audit("@rani.demo").answers.overall.cell is not None
    assert len(store.people()) == 3


def test_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_exports(make_hall(), tmp_path / name)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert len(one) == 11


def test_the_same_hall_everywhere(hall: Hall) -> None:
    """Sets and dictionaries keep no fixed order between processes; the hall does not depend on them."""
    said = "\n".join(f"{m.number} {m.at} {m.author.name} {m.text}" for p in hall.places for m in p.messages)
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "f62167c2bd983e8b"


FORMATS_OWN = re.compile(
    r"(?:wordpress\.org/export/1\.2/(?:excerpt/)?|purl\.org/(?:rss/1\.0/modules/content|dc/elements/1\.1)/"
    r"|wellformedweb\.org/CommentAPI/|disqus\.com(?:/disqus-internals|/api/schemas/1\.0/[a-z-]+\.xsd)?"
    r"|www\.w3\.org/2001/XMLSchema-instance)"
)
"""Names of XML vocabularies: they are part of the formats, and nothing is loaded from them."""
HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|id|io|co|example|demo|test|dev|me|info)\b")


def test_everything_is_fictional(hall: Hall, tmp_path: Path) -> None:
    write_exports(hall, tmp_path)
    for name, data in contents(tmp_path).items():
        text = FORMATS_OWN.sub("", (gzip.decompress(data) if name.endswith(".gz") else data).decode())
        text = text.replace("dlvr.it", "")
        hosts = {host for host in HOST.findall(text) if not host.endswith((".example", ".demo"))}
        assert hosts == set(), name
        assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) <= {"192.0.2.1"}, name  # RFC 5737: documentation
    for place in hall.places:
        for message in place.messages:
            assert message.author.handle is None or message.author.handle.endswith(".demo")
    numbers = [int(n) for n in re.findall(r'"user":\{"id":(\d+)', _read(tmp_path / "x/rani-tweets-v1.1.jsonl.gz"))]
    assert min(numbers) > 9_000_000_000_000_000_000  # X will get there in 2078


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def test_message_ids_are_unique(hall: Hall) -> None:
    from permadani.demo.formats_x import tweet_id

    messages = [m for place in hall.places for m in place.messages]
    assert len({tweet_id(m) for m in messages}) == len(messages)
    assert all(0 < tweet_id(m) < 2**63 for m in messages)


def test_accounts_have_ids(hall: Hall) -> None:
    ids = [actor_id(account.person, place) for account in hall.accounts for place in account.places]
    assert "wordpress:user/bima.demo@kertasari.example" in ids
    assert "disqus:user/nora.demo" in ids


class TestFolder:
    """Quick: a hall of a twentieth."""

    def test_again_and_in_indonesian(self, tmp_path: Path) -> None:
        lines = list(run_demo(tmp_path / "hall", "id", 0.05))
        assert any("ditanam" in line for line in lines)
        (tmp_path / "hall/.DS_Store").write_bytes(b"")
        before = set(contents(tmp_path / "hall"))
        assert [*run_demo(tmp_path / "hall", "id", 0.05)] == lines
        assert set(contents(tmp_path / "hall")) == before

    def test_small_halls_are_true_too(self, tmp_path: Path) -> None:
        list(run_demo(tmp_path, "en", 0.1))
        for account in make_hall(0.1).accounts:
            found = json.loads((tmp_path / f"audit-{account.key}.json").read_text("utf-8"))
            assert counts(found["questions"][0]["overall"]["cell"]) == truth_of(account).overall

    @pytest.mark.parametrize("foreign", ["index.html", "exports/x/mine.jsonl", "thesis.txt"])
    def test_foreign_files_are_safe(self, tmp_path: Path, foreign: str) -> None:
        path = tmp_path / foreign
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
        with pytest.raises(PermadaniError, match="has not made") as caught:
            next(run_demo(tmp_path, "en", 0.05))
        assert caught.value.hint_text()
        assert contents(tmp_path) == {foreign: b"mine"}

    def test_a_foreign_file_beside_a_demo(self, tmp_path: Path) -> None:
        list(run_demo(tmp_path, "en", 0.05))
        (tmp_path / "notes.txt").write_text("mine")
        before = contents(tmp_path)
        with pytest.raises(PermadaniError, match=r"notes\.txt"):
            next(run_demo(tmp_path, "en", 0.05))
        assert contents(tmp_path) == before

    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        list(run_demo(tmp_path / "hall", "en", 0.05))
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere/rani.html").write_text("mine")
        (tmp_path / "hall/rani.html").unlink()
        (tmp_path / "hall/rani.html").symlink_to(tmp_path / "elsewhere/rani.html")
        with pytest.raises(PermadaniError):
            next(run_demo(tmp_path / "hall", "en", 0.05))
        assert (tmp_path / "elsewhere/rani.html").read_text() == "mine"

    def test_a_file_instead_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "hall").write_text("mine")
        with pytest.raises(PermadaniError, match="is a file"):
            next(run_demo(tmp_path / "hall", "en"))

    def test_a_killed_demo_can_be_repeated(self, tmp_path: Path) -> None:
        running = run_demo(tmp_path, "en", 0.05)
        next(running)
        running.close()
        (tmp_path / "demo.duckdb.wal").write_bytes(b"")
        assert list(run_demo(tmp_path, "en", 0.05))
