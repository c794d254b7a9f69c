"""Opening a store: files that are none, newer ones, locked ones, ones that may not be written."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from cli.command import run, start, without_privileges
from permadani.errors import StoreError, StoreLocked, StoreNewer
from permadani.settings import settings
from permadani.store import Store, database
from permadani.store.database import named
from permadani.vocabulary import Cue
from store.networks import account, contents, post, village


def test_a_store_is_made_by_the_first_import_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "er" / "store.duckdb")
    assert store.imports() == []
    assert store.people() == []
    assert not store.path.exists()
    store.add([post(0)])
    assert store.path.stat().st_mode & 0o077 == 0


def test_a_newer_store_is_refused_and_left_alone(store: Store) -> None:
    store.add([post(0)])
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    before = store.path.read_bytes()
    for task in (store.imports, lambda: store.add([post(1)]), lambda: store.forget("x:user/0"), store.people):
        with pytest.raises(StoreNewer, match="newer version of Permadani"):
            task()
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("first", [lambda s: s.people(), lambda s: s.add([post(1)]), lambda s: s.forget("x:user/0")])
def test_a_store_of_the_first_version_is_brought_up_to_date(store: Store, first: Callable[[Store], object]) -> None:
    store.add([post(0)])
    before = contents(store)
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("DROP TABLE cues")
        connection.execute("DROP TABLE people_joined")
        connection.execute("DROP TABLE fetches")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    first(store)
    after = contents(store)
    assert after.keys() == before.keys()
    store.add([Cue(actor="x:user/9", kind="link", value="https://contoh.example")])
    assert contents(store)["cues"] == [("x:user/9", "link", "https://contoh.example")]


def test_a_store_of_the_third_version_learns_what_fetches_are(store: Store) -> None:
    store.add([post(0)])
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("DROP TABLE fetches")
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
    assert store.last_fetch("@ada.example") is None
    with store.session() as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall() == [("4",)]
        assert connection.execute("SELECT count(*) FROM objects").fetchall() == [(1,)]


@pytest.mark.parametrize("value", ["", "one", None])
def test_a_store_without_a_usable_version_is_refused(store: Store, value: str | None) -> None:
    store.add([post(0)])
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE meta SET value = ?", [value])
    with pytest.raises(StoreError):
        store.imports()


def test_a_duckdb_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store of Permadani"):
        Store(path).add([post(0)])
    done = run("imports", "--store", path)
    assert (done.code, done.out) == (1, "")
    assert "not a store of Permadani" in done.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"just words\n" * 1000, b"x", b"SQLite format 3\x00" + bytes(4096), os.urandom(20_000)]
)
@pytest.mark.parametrize("write", [False, True])
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, content: bytes, write: bool) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store(path).add([post(0)]) if write else Store(path).imports()
    assert "diary.txt" in caught.value.text()
    assert caught.value.hint
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize("made", ["empty file", "half a header", "no tables"])
def test_a_store_whose_making_was_interrupted_is_made_again(tmp_path: Path, made: str) -> None:
    for number, task in enumerate((Store.imports, Store.people, lambda s: s.add([post(0)]))):
        path = tmp_path / f"{number}.duckdb"
        if made == "no tables":
            duckdb.connect(str(path)).close()
        else:
            duckdb.connect(str(path)).close()
            path.write_bytes(path.read_bytes()[: 5000 if made == "half a header" else 0])
            if number:  # the first one looks as if somebody were making it right now
                os.utime(path, (1, 1))
        task(Store(path))
        assert Store(path).people() == []


def test_folders_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="folder"):
        Store(tmp_path / "folder").imports()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="file"):
        Store(tmp_path / "file" / "store.duckdb").add([post(0)])
    assert run("imports", "--store", tmp_path / "folder").code == 2
    done = run("import", tmp_path / "file", "--store", tmp_path / "file" / "store.duckdb")
    assert done.code == 1
    assert done.err.startswith("Error: the store ")


def test_a_store_that_may_not_be_written(store: Store, tmp_path: Path) -> None:
    store.add([post(0)])
    before = contents(store)
    table = tmp_path / "objects.csv"
    table.write_text("id,actor,published\nx:status/5,x:user/1,2020-01-01\n")
    store.path.chmod(0o444)
    done = run("import", table, "--store", store.path, prepare=without_privileges)
    assert (done.code, done.out) == (1, "")
    assert "may not be written" in done.err
    assert run("imports", "--store", store.path, prepare=without_privileges).code == 0
    store.path.chmod(0o000)
    done = run("imports", "--store", store.path, prepare=without_privileges)
    assert done.code == 1
    assert done.err.startswith("Error: the store ")
    store.path.chmod(0o644)
    assert contents(store) == before


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o555)
    for path in (closed / "store.duckdb", closed / "deeper" / "store.duckdb"):
        done = run("import", __file__, "--store", path, prepare=without_privileges)
        assert done.code == 1
        assert done.err.startswith("Error: the store ")


HOLD = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(store: Store) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the store open."""
    store.add([post(0)])
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_locked_store_names_who_holds_it(
    store: Store, held: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERMADANI_LOCK_SECONDS", "0.5")
    settings.cache_clear()
    started = time.monotonic()
    with pytest.raises(StoreLocked) as caught:
        store.add([post(1)])
    assert 0.4 < time.monotonic() - started < 5
    assert f"PID {held.pid}" in caught.value.text()
    with pytest.raises(StoreLocked):
        store.imports()
    done = run("imports", "--store", store.path)
    assert (done.code, done.out) == (1, "")
    assert f"PID {held.pid}" in done.err
    assert "--store" in done.err.splitlines()[1]


def test_a_store_that_becomes_free_in_time_is_used(store: Store, held: subprocess.Popen[bytes]) -> None:
    timer = threading.Timer(0.7, held.kill)
    timer.start()
    try:
        assert store.add([post(1)]).objects == 1
    finally:
        timer.join()


def test_two_imports_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for n in range(4):
        folder = tmp_path / str(n)
        folder.mkdir()
        rows = "".join(f"x:status/{n}{m},x:user/{m % 7},2020-01-01\n" for m in range(2000))
        (folder / "objects.csv").write_text("id,actor,published\n" + rows)
    store = Store(tmp_path / "store.duckdb")
    processes = [start("import", tmp_path / str(n), "--store", store.path) for n in range(4)]
    ended = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, ended
    assert len(store.imports()) == 4
    with store.session() as connection:
        assert connection.execute("SELECT count(*) FROM objects").fetchall() == [(8000,)]


def test_readers_do_not_lock_each_other_out(store: Store) -> None:
    store.add(village(messages=5))
    with store.session() as one, store.session() as two:
        assert (
            one.execute("SELECT count(*) FROM actors").fetchall()
            == two.execute("SELECT count(*) FROM actors").fetchall()
        )
        assert run("imports", "--store", store.path, env={"PERMADANI_LOCK_SECONDS": "0.1"}).code == 0


def test_no_statement_reaches_another_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("rahasia\n")
    store.add([account(0)])
    with store.session(write=True) as connection:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path}/secret.csv')", f"COPY actors TO '{tmp_path}/out.csv'",
            f"ATTACH '{tmp_path}/other.duckdb'", "INSTALL httpfs", "LOAD httpfs",
            "SET enable_external_access = true", "SET allowed_directories = ['/']",
        ):  # fmt: skip
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert {path.name for path in tmp_path.iterdir()} == {"store.duckdb", "secret.csv"}


def test_too_little_memory_is_said_as_such(tmp_path: Path) -> None:
    error = named(duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block"), tmp_path / "s.duckdb")
    assert "memory" in error.text()
    assert "memory_mb" in (error.hint_text() or "")


def test_ctrl_c_while_the_store_is_being_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")  # what DuckDB makes of it

    monkeypatch.setattr(database, "_fence", interrupted)
    with pytest.raises(KeyboardInterrupt):
        database.connect(tmp_path / "s.duckdb", write=True)
