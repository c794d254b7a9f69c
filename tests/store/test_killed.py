"""Imports that are killed, interrupted, or run out of disk: the store is as before or as after, never between."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.command import run, start, started
from permadani.api import OpenStore
from permadani.store import Store
from store.networks import START, Contents, contents, post, village

SIGNS = ("Traceback", "INTERNAL", "duckdb.")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 200,000 messages of an invented network: JSON Lines of X, and tables."""
    folder = tmp_path_factory.mktemp("big")
    write_messages(folder, 120_000, 80_000)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_messages(folder, 12_000, 8_000)
    return folder


def write_messages(folder: Path, rows: int, tweets: int) -> None:
    draw = random.Random(3)  # noqa: S311
    with (folder / "objects.csv").open("w", encoding="utf-8") as target:
        target.write("id,channel,actor,published,in_reply_to,text\n")
        for n in range(rows):
            parent = f"x:status/{draw.randrange(n)}" if n and draw.random() < 0.5 else ""
            words = " ".join(draw.choices(("kopi", "hujan", "buku", "ikan", "senja"), k=12))
            target.write(f"x:status/{n},x,x:user/{draw.randrange(900)},{START + n * 1_000_000},{parent},{words} {n}\n")
    with (folder / "tweets.jsonl").open("w", encoding="utf-8") as target:
        for n in range(10**9, 10**9 + tweets):
            user = {"id_str": str(draw.randrange(900)), "screen_name": "u", "name": "U", "followers_count": 5}
            tweet = {
                "id_str": str(n), "created_at": "Tue Mar 01 07:00:00 +0000 2016", "user": user,
                "full_text": f"kabar {n}", "in_reply_to_status_id_str": str(n - 7),
            }  # fmt: skip
            target.write(json.dumps(tweet) + "\n")


@pytest.fixture
def begun(tmp_path: Path) -> Store:
    """A store with something in it."""
    store = OpenStore(tmp_path / "store.duckdb")
    store.add(village(messages=100))
    return store


def after_of(store: Store, folder: Path) -> Contents:
    """What the store will hold after the import; made on a copy."""
    copy = Store(store.path.with_name("after.duckdb"))
    shutil.copy(store.path, copy.path)
    copy.import_(folder)
    result = contents(copy)
    copy.path.unlink()
    return result


def stopped(store: Store, folder: Path, delay: float, how: signal.Signals) -> tuple[int, str]:
    """Start an import, send a signal after a while; the exit code and what stood on stderr."""
    process = started("import", folder, "--store", store.path)
    time.sleep(delay)
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    # Python may end by sending SIGINT to itself, when it comes at the very end: a shell says 130 to both
    return 130 if process.returncode == -signal.SIGINT else process.returncode, err.decode()


def duration(store: Store, folder: Path) -> float:
    copy = Store(store.path.with_name("timed.duckdb"))
    shutil.copy(store.path, copy.path)
    process = started("import", folder, "--store", copy.path)
    begun = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    copy.path.unlink()
    return time.monotonic() - begun


def moments(store: Store, folder: Path, count: int) -> Iterator[float]:
    """Delays spread over an import, denser at its end, where the store is written."""
    whole = duration(store, folder)
    for n in range(count):
        yield whole * (1 - (1 - (n + 0.5) / count) ** 1.5)


def killed_at_many_moments(begun: Store, folder: Path, count: int) -> None:
    before, after = contents(begun), after_of(begun, folder)
    pristine = begun.path.read_bytes()
    seen = {"before": 0, "after": 0}
    for delay in moments(begun, folder, count):
        begun.path.write_bytes(pristine)
        for leftover in begun.path.parent.glob("store.duckdb.*"):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        stopped(begun, folder, delay, signal.SIGKILL)
        found = contents(begun)
        seen["after" if found == after else "before"] += 1
        assert found in (before, after), f"killed after {delay:.2f} s"
    assert seen["before"]
    begun.import_(folder)
    assert contents(begun) == after
    assert [path.name for path in begun.path.parent.iterdir()] == [begun.path.name]


def test_killed_at_some_moments(begun: Store, small: Path) -> None:
    killed_at_many_moments(begun, small, 5)


@pytest.mark.slow
def test_killed_at_many_moments(begun: Store, big: Path) -> None:
    killed_at_many_moments(begun, big, 12)


def test_killed_in_the_first_import_of_all(tmp_path: Path, small: Path) -> None:
    for n, delay in enumerate((0.1, 0.2, 0.3, 0.4, 0.5)):
        store = Store(tmp_path / f"{n}.duckdb")
        stopped(store, small, delay, signal.SIGKILL)
        assert len(contents(store)["objects"]) in (0, 20_000)


def interrupted_at_many_moments(begun: Store, folder: Path, count: int) -> None:
    before, after = contents(begun), after_of(begun, folder)
    pristine = begun.path.read_bytes()
    stops = 0
    for delay in moments(begun, folder, count):
        begun.path.write_bytes(pristine)
        code, err = stopped(begun, folder, delay, signal.SIGINT)
        if code == 0:
            continue
        stops += 1
        if not err:  # Python itself was leaving: nobody there to say anything, and no work half done
            assert code == 130
            assert contents(begun) in (before, after), f"after {delay:.2f} s"
            continue
        told = {"Stopped. The store is as it was before.\n": before, "Stopped. The import is done.\n": after}
        assert code == 130
        assert err in told, f"after {delay:.2f} s"
        assert contents(begun) == told[err]
        assert [path.name for path in begun.path.parent.iterdir()] == [begun.path.name]
    assert stops


def test_ctrl_c(begun: Store, small: Path) -> None:
    interrupted_at_many_moments(begun, small, 5)


@pytest.mark.slow
def test_ctrl_c_at_many_moments(begun: Store, big: Path) -> None:
    interrupted_at_many_moments(begun, big, 10)


def files_up_to(size: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.slow
def test_no_room_for_a_larger_file(begun: Store, small: Path) -> None:
    before = contents(begun)
    size = begun.path.stat().st_size
    full = 0
    for room in (0, 1 << 16, 1 << 18, 1 << 19, 1 << 20, 3 << 20):
        done = run("import", small, "--store", begun.path, prepare=files_up_to(size + room))
        if done.code == 0:
            break
        full += 1
        assert done.code == 1
        assert done.err.startswith("Error: there is no room to write the store"), done.err
        assert len(done.err.splitlines()) == 2
        assert done.out == ""
        assert contents(begun) == before, room
    assert full >= 2
    assert run("import", small, "--store", begun.path).code == 0
    assert len(contents(begun)["objects"]) == 20_000  # its hundred are among them


@pytest.mark.slow
def test_no_room_for_the_very_first_store(tmp_path: Path, small: Path) -> None:
    for room in (0, 5000, 20_000, 300_000):
        store = Store(tmp_path / f"{room}.duckdb")
        done = run("import", small, "--store", store.path, prepare=files_up_to(room))
        assert done.code == 1
        assert done.err.startswith("Error: there is no room to write the store"), done.err
        assert contents(store)["objects"] == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("only root can make a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_disk_that_is_full(tiny_disk: Path, small: Path) -> None:
    store = Store(tiny_disk / "store.duckdb")
    store.add(village(messages=100))
    before = contents(store)
    filler = tiny_disk / "filler"
    for free in (0, 200_000, 1_000_000):
        filler.unlink(missing_ok=True)
        filler.write_bytes(bytes(max(0, shutil.disk_usage(tiny_disk).free - free)))
        done = run("import", small, "--store", store.path)
        assert done.code == 1
        assert done.err.startswith("Error: there is no room to write the store"), done.err
        filler.unlink()
        assert contents(store) == before
    filler.write_bytes(bytes(shutil.disk_usage(tiny_disk).free))
    done = run("forget", "x:user/1", "--store", store.path)
    assert done.code == 1
    assert done.err.startswith("Error: "), done.err
    filler.unlink()
    assert contents(store) == before
    assert [path.name for path in tiny_disk.iterdir()] == ["store.duckdb"]


def test_killed_while_forgetting(begun: Store) -> None:
    before = contents(begun)
    copy = Store(begun.path.with_name("after.duckdb"))
    shutil.copy(begun.path, copy.path)
    home_key = Path(os.environ["PERMADANI_HOME"], "forget.key")
    copy.forget("x:user/1")
    after = contents(copy)
    assert home_key.exists()
    pristine = begun.path.read_bytes()
    for n in range(4):
        begun.path.write_bytes(pristine)
        process = start("forget", "x:user/1", "--store", begun.path)
        time.sleep(0.25 + n * 0.06)
        process.kill()
        process.communicate()
        assert contents(begun) in (before, after)


def test_an_output_that_is_closed_early(begun: Store, small: Path) -> None:
    process = start("import", small, "--store", begun.path)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait()
    assert not any(sign in err for sign in SIGNS), err
    begun.add([post(5)])
