"""What scripts rely on: exit codes, JSON, --output, --lang, errors on stderr, a quick start."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from permadani.api import OpenStore
from permadani.cli import main
from permadani.reports.formats import READS
from permadani.sources import OWN, sources
from store.networks import account, contents, post, village

TABLE = """id,actor,published,in_reply_to,text
x:status/1,x:user/1,2020-01-01,,halo
x:status/2,x:user/2,2020-01-02,x:status/1,hai
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "objects.csv"
    path.parent.mkdir()
    path.write_text(TABLE + "x:status/3,x:user/2,kapan,,\n")
    return path


EXAMPLE = "row 3: published: kapan (ISO 8601 is wanted: 2022-01-31T08:00:00Z)"


def call(store: OpenStore, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--store", str(store.path)], prog_name="permadani")


def shape(value: Any) -> Any:
    """Names and types of a JSON value; of a list its first item."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return type(value).__name__


def test_import_json(store: OpenStore, table: Path) -> None:
    (table.parent / "words.txt").write_text("x")
    result = call(store, "import", table.parent, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    good, unknown = report.pop("files")
    assert report == {
        "schema": "permadani.import/1", "actors": 2, "objects": 2, "announces": 0, "likes": 0, "follows": 0,
    }  # fmt: skip
    problem = {"reason": "unparsable_time", "count": 1, "example": EXAMPLE}
    assert good == {
        "path": str(table), "source": "tables", "read": 2, "new": 2, "known": 0, "problems": [problem], "left_out": [],
    }  # fmt: skip
    assert (unknown["source"], unknown["read"], unknown["new"], unknown["known"]) == (None, 0, 0, 0)
    assert unknown["problems"] == [{"reason": "not_recognised", "count": 1, "example": None}]


def test_import_text_names_files_and_totals(store: OpenStore, table: Path) -> None:
    result = call(store, "import", table)
    assert result.exit_code == 0
    assert "objects.csv (tables): 2 read, 2 new, 0 already known" in result.stdout
    assert "! 1 × time missing or not understood" in result.stdout
    assert result.stdout.endswith("New in the store: 2 messages, 2 accounts, 0 reshares, 0 likes, 0 follows.\n")


def test_import_exit_codes(store: OpenStore, table: Path) -> None:
    assert call(store, "import", table).exit_code == 0
    assert call(store, "import", table).exit_code == 0  # already known is usable
    (table.parent / "words.txt").write_text("x")
    nothing = call(store, "import", table.parent / "words.txt")
    assert (nothing.exit_code, nothing.stderr) == (1, "Nothing could be used.\n")
    assert call(store, "import", table, table.parent / "words.txt").exit_code == 0
    for wrong in ((), (table.parent / "missing",), (table, "--format", "yaml"), (table, "--lang", "fr"), ("--nope",)):
        result = call(store, "import", *wrong)
        assert (result.exit_code, result.stdout) == (2, ""), wrong
        assert result.stderr.startswith("Usage: permadani import")
    unknown = call(store, "import", table, "--as", "myspace")
    assert unknown.exit_code == 1
    assert unknown.stderr.splitlines() == [
        "Error: there is no source named myspace", f"Known sources: {', '.join(sources())}",
    ]  # fmt: skip


def test_imports_json(store: OpenStore, table: Path) -> None:
    assert json.loads(call(store, "imports", "--format", "json").stdout) == {
        "schema": "permadani.imports/1", "imports": [],
    }  # fmt: skip
    assert call(store, "imports").stdout == "Nothing was imported yet.\n"
    call(store, "import", table)
    listed = json.loads(call(store, "imports", "--format", "json").stdout)
    assert shape(listed) == {
        "schema": "str",
        "imports": [
            {
                "id": "int", "started": "str", "version": "str", "sources": ["str"], "paths": "str",
                "read": "int", "new": "int", "known": "int", "problems": "int", "files": [
                    {
                        "path": "str", "source": "str", "digest": "str", "read": "int", "new": "int", "known": "int",
                        "partial": "bool", "problems": "int",
                    }
                ],
            }
        ],
    }  # fmt: skip
    assert "tables: 1 file, 2 read, 2 new, 1 problem" in call(store, "imports").stdout


def test_people_forget_and_export_json(store: OpenStore, tmp_path: Path) -> None:
    store.add([account(1, handle="melati"), account(2, name="Melati"), post(0, "x:user/2"), *village()[20:60]])
    linked = json.loads(call(store, "people", "link", "@melati", "Melati", "--format", "json").stdout)
    expected = {"person": "person:x:user/1", "actors": ["x:user/1", "x:user/2"]}
    assert linked == {"schema": "permadani.people/1", "people": [expected]}
    assert json.loads(call(store, "people", "list", "--format", "json").stdout) == linked
    assert call(store, "people", "list").stdout == "x:user/1 = x:user/2\n"
    written = json.loads(call(store, "export", tmp_path / "out", "--format", "json").stdout)
    assert (written["schema"], written["folder"]) == ("permadani.export/1", str(tmp_path / "out"))
    assert written["tables"]["people"] == 2
    gone = json.loads(call(store, "forget", "@melati", "--yes", "--format", "json").stdout)
    assert gone["schema"] == "permadani.forget/1"
    assert gone["actors"] == 2
    assert call(store, "people", "list").stdout == "Nobody is linked.\n"


def test_unlink(store: OpenStore) -> None:
    store.add([account(1), account(2)])
    call(store, "people", "link", "x:user/1", "x:user/2")
    assert call(store, "people", "unlink", "x:user/1").stdout == "No longer one person: x:user/1, x:user/2\n"
    again = call(store, "people", "unlink", "x:user/1")
    assert (again.exit_code, again.stdout) == (1, "")


def test_an_error_is_one_line_and_a_hint_on_stderr(store: OpenStore) -> None:
    store.add([post(0)])
    for command in (("audit", "@kenanga"), ("forget", "@kenanga", "--yes")):
        result = call(store, *command)
        assert (result.exit_code, result.stdout) == (1, "")
        first, hint = result.stderr.splitlines()
        assert first == "Error: nobody called “@kenanga” is in the store"
        assert "people list" in hint
    assert call(store, "audit").exit_code == 2
    assert call(store, "audit", "@a", "--since", "gestern").exit_code == 2


def test_output_to_a_file(store: OpenStore, table: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = call(store, "import", table, "--output", target)
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads(target.read_text("utf-8"))["objects"] == 2
    target = tmp_path / "report.txt"
    assert call(store, "import", table, "-o", target).exit_code == 0
    assert target.read_text("utf-8").startswith(str(table))
    wrong = call(store, "imports", "--output", tmp_path / "nowhere" / "x.json")
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith("Error: ")
    assert "cannot be written" in wrong.stderr


def test_a_file_of_a_kind_that_a_command_cannot_write_is_a_slip(store: OpenStore, table: Path, tmp_path: Path) -> None:
    """And found before anything is done: nothing was imported."""
    for words, name, told in (
        (("import", table), "x.csv", "does not write .csv files. It writes .txt, .json; or say --format."),
        (("import", table), "x.TSV", ".tsv files"),
        (("import", table), "x.html", ".html files. It writes .txt, .json;"),
        (("imports",), "x.gexf", ".gexf files"),
        (("people", "list"), "x.parquet", ".parquet files"),
        (("audit", "@a"), "x.graphml", "It writes .txt, .html, .json;"),
        (("forget", "@a", "--yes"), "x.txt.gz", ".gz files"),
        (("export", tmp_path / "tables"), "x.csv", "It writes .txt, .json;"),
    ):
        result = call(store, *words, "-o", tmp_path / name)
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert told in " ".join(result.stderr.split())
    assert not [*tmp_path.glob("x.*"), *tmp_path.glob("tables")]
    assert not store.path.exists()
    for name in ("x.md", "x.log", "x", "x.TXT"):
        assert call(store, "import", table, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(str(table))
    for order in (("-o", tmp_path / "x.csv", "--format", "json"), ("--format", "json", "-o", tmp_path / "x.csv")):
        assert call(store, "imports", *order).exit_code == 0
        assert json.loads((tmp_path / "x.csv").read_text("utf-8"))["imports"]


def python(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, env=env)


def test_indonesian(store: OpenStore, table: Path) -> None:
    said = call(store, "import", table, "--lang", "id")
    assert "2 dibaca, 2 baru, 0 sudah dikenal" in said.stdout
    assert call(store, "people", "list", "--lang", "id").stdout == "Belum ada yang digabungkan.\n"
    english = json.loads(call(store, "import", table, "--format", "json").stdout)
    assert json.loads(call(store, "import", table, "--format", "json", "--lang", "id").stdout) == english
    wrong = python("-m", "permadani", "audit", "@kenanga", "--lang", "id", "--store", str(store.path))
    assert wrong.returncode == 1
    assert "nobody called" not in wrong.stderr
    assert "kenanga" in wrong.stderr


def test_no_progress_where_nobody_looks(store: OpenStore, table: Path) -> None:
    done = python("-m", "permadani", "import", str(table), "--store", str(store.path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_progress_on_a_terminal_and_clean_afterwards(store: OpenStore, table: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "permadani", "import", str(table), "--store", str(store.path)],
        stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    out, _ = process.communicate(timeout=30)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"\x1b[?25h" in shown  # the cursor is shown again
    assert b"2 read" in out
    assert b"\x1b" not in out


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["import", "--help"], ["--version"]])
def test_help_starts_quickly(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom permadani.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n"
        "    assert end.code == 0\n"
        "heavy = {'duckdb', 'numpy', 'rich', 'scipy', 'lxml', 'jinja2'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )
    done = python("-c", program, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("HEAVY []\n")


def test_import_help_lists_every_source() -> None:
    listed = CliRunner().invoke(main, ["import", "--help"]).output.partition("\n\n")[2]
    names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line.strip()]
    assert names[-len(OWN) :] == list(OWN) == list(READS)


def test_scipy_stats_is_never_loaded(store: OpenStore) -> None:
    store.add(village())
    program = (
        "import sys, permadani\nstore = permadani.open(sys.argv[1])\nstore.audit('x:user/1', me=True)\n"
        "assert 'scipy.stats' not in sys.modules"
    )
    done = python("-c", program, str(store.path))
    assert done.returncode == 0, done.stderr


def test_forget_asks_on_a_terminal_only(store: OpenStore) -> None:
    store.add([post(0, text="halo")])
    """It cannot be undone: without a terminal it wants to be told --yes."""
    refused = CliRunner().invoke(main, ["forget", "x:user/0", "--store", str(store.path)], input="y\n")
    assert refused.exit_code == 1
    assert "--yes" in refused.stderr
    assert len(contents(store)["objects"]) == 1
    assert CliRunner().invoke(main, ["forget", "x:user/0", "--yes", "--store", str(store.path)]).exit_code == 0
    assert contents(store)["objects"] == []
