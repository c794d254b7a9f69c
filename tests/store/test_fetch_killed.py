"""Fetches that are killed or interrupted: whole pages with the state that belongs to them, never anything between."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import obeying_ctrl_c
from cli.paged import Site, begun, site
from permadani.store import Store
from store.networks import Contents, contents

PAGES = 8
KEPT = "What was fetched is kept; run the same command again to go on."
NOTHING = "Nothing was fetched yet; run the same command again to begin."


@pytest.fixture
def paged() -> Iterator[Site]:
    with site(PAGES) as found:
        yield found


def run(paged: Site, store: Store, how: signal.Signals | None, page: int = 0, delay: float = 0) -> tuple[int, str, str]:
    """Fetch, and send a signal so long after that page was served; the exit code, what was said, and the errors."""
    process = begun(obeying_ctrl_c, "fetch", paged.address, "--allow-local", "--store", store.path)
    timers = []

    def served(number: int) -> None:
        if how is not None and number == page:
            timers.append(threading.Timer(delay, process.send_signal, [how]))
            timers[-1].start()

    paged.served = served
    out, err = process.communicate(timeout=60)
    for timer in timers:
        timer.cancel()
    return process.returncode, out.decode(), err.decode()


def whole(paged: Site, folder: Path) -> Contents:
    """What an undisturbed fetch leaves."""
    store = Store(folder / "whole.duckdb")
    code, out, err = run(paged, store, None)
    assert (code, err) == (0, "")
    assert f"{3 * PAGES} read, {3 * PAGES} new, 0 already known; {PAGES} requests" in out
    return contents(store)


def pages_in(store: Store) -> int:
    """How many whole pages are in the store; the state must say the same, and the import tell of it."""
    if not store.path.exists():
        return 0
    objects = contents(store)["objects"]
    with store.session() as connection:
        states = connection.execute("SELECT state FROM fetches").fetchall()
    done = json.loads(states[0][0])["done"] if states else 0
    assert len(objects) == 3 * done
    imports = store.imports()
    assert sum(one.read for one in imports) == sum(one.new for one in imports) == 3 * done
    return int(done)


def stopped_at_many_moments(paged: Site, folder: Path, how: signal.Signals, moments: list[tuple[int, float]]) -> None:
    after = whole(paged, folder)
    seen = set()
    for number, (page, delay) in enumerate(moments):
        store = Store(folder / f"{number}.duckdb")
        code, out, err = run(paged, store, how, page, delay)
        kept = pages_in(store)
        seen.add(kept)
        assert kept >= page, f"page {page} was asked for when those before it were kept"
        if how is signal.SIGINT and code != 0:
            if err:  # or Python itself was leaving
                assert (code, err) == (130, f"Stopped. {KEPT if kept else NOTHING}\n")
            if kept < PAGES:  # else the report itself may have been interrupted
                assert (f"{3 * kept} read" in out) == bool(kept)
        paged.asked.clear()
        code, out, err = run(paged, store, None)
        assert (code, err) == (0, "")
        assert paged.asked == list(range(kept, PAGES))
        assert contents(store) == after
        assert [path.name for path in folder.glob(f"{number}.duckdb*")] == [store.path.name]
    assert min(seen) < PAGES


MOMENTS = [(1, 0.06), (5, 0.02)]
MANY = [(page, step / 50) for page in range(PAGES) for step in (1, 5, 8)]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_some_moments(paged: Site, tmp_path: Path, how: signal.Signals) -> None:
    stopped_at_many_moments(paged, tmp_path, how, MOMENTS)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_many_moments(paged: Site, tmp_path: Path, how: signal.Signals) -> None:
    stopped_at_many_moments(paged, tmp_path, how, MANY)
