"""How much memory a task may hold, and what becomes of the rest: spilled beside the store, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from permadani.errors import StoreError
from permadani.settings import MEMORY_MB
from permadani.store import Store, database
from store.networks import account

LARGE = "SELECT range AS i, hash(range)::VARCHAR || hash(range + 1)::VARCHAR AS word FROM range(2500000)"
"""About 140 MB once it is sorted: more than the memory of small tasks holds beside its working."""


def limit(connection: duckdb.DuckDBPyConnection) -> float:
    """The connection's memory in MB (DuckDB tells it in MiB or GiB)."""
    row = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert row is not None
    number, unit = str(row[0]).split()
    return float(number) * {"MiB": 1.048576, "GiB": 1073.741824}[unit]


def spilled(store: Store) -> Path:
    return store.path.with_name(store.path.name + ".tmp")


@pytest.mark.parametrize(("wanted", "given"), [(None, MEMORY_MB), (900, 900), (1, MEMORY_MB)])
@pytest.mark.parametrize("write", [False, True])
def test_a_task_may_ask_for_more_but_never_gets_less(
    store: Store, wanted: int | None, given: int, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "half_of_this_computer", lambda: 10_000)
    store.add([account(0)])
    with store.session(write=write, memory_mb=wanted) as connection:
        assert limit(connection) == pytest.approx(given, rel=0.01)


def test_no_task_gets_more_than_half_of_this_computer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([account(0)])
    monkeypatch.setattr(database, "half_of_this_computer", lambda: 300)
    with store.session(memory_mb=900) as connection:
        assert limit(connection) == pytest.approx(300, rel=0.01)
    monkeypatch.setattr(database, "half_of_this_computer", lambda: 50)
    assert database.memory_for(900) == MEMORY_MB  # the setting is the user's own word


def test_reading_spills_beside_the_store_and_leaves_nothing(store: Store) -> None:
    store.add([account(0)])
    before = store.path.read_bytes()
    with store.session() as connection:
        connection.execute(f"CREATE TEMP TABLE large AS {LARGE}")
        connection.execute("CREATE TEMP TABLE sorted AS SELECT * FROM large ORDER BY word")
        assert sum(file.stat().st_size for file in spilled(store).iterdir()) > 10_000_000
        assert connection.execute("SELECT count(*), sum(i) FROM sorted").fetchall() == [(2_500_000, 3_124_998_750_000)]
    assert not spilled(store).exists()
    assert store.path.read_bytes() == before


def test_what_two_readers_spill_stays_apart(store: Store) -> None:
    """Two connections of one process share a memory; each still finds its own rows and closes without the other."""
    store.add([account(0)])
    with store.session() as one:
        one.execute(f"CREATE TEMP TABLE large AS {LARGE}")
        with store.session() as two:
            two.execute(f"CREATE TEMP TABLE large AS {LARGE} WHERE range % 2 = 0")
            assert two.execute("SELECT count(*) FROM large").fetchall() == [(1_250_000,)]
        assert one.execute("SELECT count(*), sum(i) FROM large").fetchall() == [(2_500_000, 3_124_998_750_000)]
    assert not spilled(store).exists()


def test_too_little_memory_names_what_the_task_had(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "half_of_this_computer", lambda: 10_000)
    store.add([account(0)])
    with pytest.raises(StoreError, match=r"\(200 MB\)"), store.session(memory_mb=200):
        raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")
