"""Opening the one DuckDB file: locked politely, closed to the outside, refused when it is newer than we are."""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from permadani import __version__
from permadani.errors import StoreError, StoreFull, StoreLocked, StoreMissing, StoreNewer
from permadani.language import N_
from permadani.settings import settings
from permadani.store import schema
from permadani.store.rows import first, is_interrupt

OUTSIDE = (
    duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.ConnectionException,
    duckdb.SerializationException, duckdb.TransactionException,
)  # fmt: skip
"""Errors of the machine or the file; all others are faults of our own and are not dressed up."""
FULL = ("no space left", "not enough", "disk full", "file too large", "could not write", "maximum swap", "max_temp")

MAKING_SECONDS = 1.0
HEADER_BYTES = 3 * 4096
"""DuckDB writes these at once when it makes a file; one that is shorter was never finished."""


def half_of_this_computer() -> int:
    """Half of its memory, in MB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2_000_000


def memory_for(wanted: int | None) -> int:
    """MB for a connection whose task wants so many: more than the setting only up to half of this computer."""
    return max(settings().memory_mb, min(wanted or 0, half_of_this_computer()))


def _config(write: bool, memory_mb: int | None) -> dict[str, str | bool | int | float | list[str]]:
    """Settings of a connection: bounded memory, nothing is loaded from outside."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory_for(memory_mb)}MB",
        "threads": "2",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "preserve_insertion_order": "true",
    }
    if not write:
        config["access_mode"] = "READ_ONLY"
    return config


def connect(
    path: Path, *, write: bool, reach: tuple[Path, ...] = (), memory_mb: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the store; wait for another process up to ``lock_seconds``, then name it.

    ``reach``: folders that COPY and ATTACH may touch in this connection. ``memory_mb``: what the task wants to hold at
    once, where that is more than the setting; what goes beyond is spilled beside the store, also when it is only read.
    """
    deadline = time.monotonic() + settings().lock_seconds
    while True:
        try:
            connection = duckdb.connect(str(path), config=_config(write, memory_mb))
            _fence(connection, reach)
            return connection
        except (duckdb.Error, RuntimeError) as error:
            if is_interrupt(error):
                raise KeyboardInterrupt from None
            if not isinstance(error, duckdb.Error):
                raise
            text = str(error)
            if "lock" in text.lower() and "conflicting" in text.lower():
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                holder = re.search(r"PID (\d+)", text)
                raise StoreLocked(
                    N_("the store {path} is in use by another process (PID {pid})"),
                    hint=N_("Wait until it has finished, or use another store with --store."),
                    path=path,
                    pid=holder[1] if holder else "?",
                ) from None
            problem = named(error, path, memory_mb)
            if not isinstance(problem, StoreFull) and time.monotonic() < deadline and _cleared(path):
                continue
            raise problem from None


def _unfinished(path: Path) -> bool:
    """Whether somebody who made a store here was stopped before its first pages were written: it holds nothing."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size >= HEADER_BYTES:
        return False
    with path.open("rb") as stream:
        return status.st_size == 0 or stream.read(12)[8:] == b"DUCK"


def _cleared(path: Path) -> bool:
    """Remove an unfinished file; for one touched this second, wait a moment instead: somebody may be making it."""
    try:
        if not _unfinished(path):
            return False
        if time.time() - path.stat().st_mtime < MAKING_SECONDS:
            time.sleep(0.1)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _fence(connection: duckdb.DuckDBPyConnection, reach: tuple[Path, ...]) -> None:
    """From here on no statement can touch a file outside ``reach``, whatever an input talked us into."""
    connection.execute("SET TimeZone = 'UTC'")
    if reach:
        folders = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in reach)
        connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")


def named(error: duckdb.Error, path: Path, memory_mb: int | None = None) -> StoreError:
    """DuckDB's error in words a person can act on. ``memory_mb``: what the task had asked for."""
    text = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) and "max_temp" not in text:
        return StoreError(
            N_("the memory set for the store ({memory} MB) does not suffice; the store is as it was before"),
            hint=N_("Raise memory_mb in config.toml (docs/settings.md), or import fewer files at once."),
            memory=memory_for(memory_mb),
        )
    if any(sign in text.lower() for sign in FULL):
        return StoreFull(
            N_("there is no room to write the store {path}"),
            hint=N_("Free some disk space; the store is as it was before."),
            path=path,
        )
    if "newer" in text.lower() or "storage version" in text.lower() or "version number" in text.lower():
        return newer(path)
    if "permission denied" in text.lower() or "read-only" in text.lower():
        return StoreError(N_("the store {path} may not be written"), path=path)
    return StoreError(
        N_("the store {path} cannot be used: {detail}"),
        hint=N_("Is it a store of Permadani? Name another one with --store."),
        path=path,
        detail=text.splitlines()[0][:200],
    )


def newer(path: Path) -> StoreNewer:
    return StoreNewer(
        N_("the store {path} was written by a newer version of Permadani (this is {version})"),
        hint=N_("Update Permadani, or use another store with --store."),
        path=path,
        version=__version__,
    )


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The version of its tables, 0 where there are none; refuses a file that is not ours or newer."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    row = first(connection, "SELECT value FROM meta WHERE key = 'schema'") if "meta" in tables else None
    if row is None or not str(row[0]).isdecimal():
        message = N_("{path} is a DuckDB file, but not a store of Permadani")
        raise StoreError(message, hint=N_("Name another one with --store."), path=path)
    if int(row[0]) > schema.VERSION:
        raise newer(path)
    return int(row[0])


def _only_a_writer_can(path: Path) -> bool:
    """Whether reading needs writing first: the store is not made yet, or a killed process left work in its log."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return not path.exists() or path.with_name(path.name + ".wal").exists() or _unfinished(path)
    except OSError as error:
        raise StoreError(
            N_("the store {path} cannot be used: {detail}"),
            hint=N_("Name another one with --store."),
            path=path,
            detail=error.strerror,
        ) from None


def must_exist(path: Path) -> None:
    """Only an import makes a store; anywhere else a missing one is most likely a slip of the pen."""
    if not path.exists():
        raise StoreMissing(
            N_("there is no store at {path}"),
            hint=N_(
                "Import something first (`permadani import PATH`), read an account live (`permadani fetch` "
                "@name.bsky.social, @name@server, https://…), or name another store with --store."
            ),
            path=path,
        )


@contextmanager
def session(
    path: Path, *, write: bool = False, reach: tuple[Path, ...] = (), memory_mb: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for the length of one task; a store that is not there yet is made. Parameters as of ``connect``.

    Reading alone lets other readers in. Errors of DuckDB leave as errors of ours.
    """
    write = _only_a_writer_can(path) or write
    connection = connect(path, write=write, reach=reach, memory_mb=memory_mb)
    try:
        found = _version(connection, path)
        if found < schema.VERSION and not write:  # an older one, or its making was interrupted
            connection.close()
            write = True
            connection = connect(path, write=write, reach=reach, memory_mb=memory_mb)
            found = _version(connection, path)
        if found < schema.VERSION:
            connection.execute("BEGIN")
            connection.execute(schema.upgrade(found) if found else schema.ddl())
            connection.execute("COMMIT")
            path.chmod(0o600)  # it holds other people's words
        yield connection
        if write:
            # without room or time for this, the work is safe in the log, and taken in when the store is used again
            with suppress(*OUTSIDE, duckdb.InterruptException, RuntimeError):
                connection.execute("CHECKPOINT")
    except (duckdb.InterruptException, RuntimeError) as error:
        if is_interrupt(error):
            raise KeyboardInterrupt from None
        raise
    except OUTSIDE as error:
        raise named(error, path, memory_mb) from error
    finally:
        connection.close()
        if write:
            shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)
