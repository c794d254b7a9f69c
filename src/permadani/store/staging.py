"""Records to rows: batches of every kind, ids hashed once, handed to DuckDB as NumPy columns.

Nothing reaches the store from here: rows wait in temporary tables until their file is known to be whole.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

import duckdb
import numpy as np

from permadani.store import schema
from permadani.store.identity import identify, is_lost
from permadani.vocabulary import TABLE_OF, TABLES, Problem, Record

Text = TypeVar("Text", str, None, str | None)
BATCH = 20_000
KEPT_EXAMPLES = 20
"""Problems of one file and reason that are kept one by one; the rest is a number."""
ACTOR_COLUMNS = {
    "actors": ("id",), "objects": ("actor",), "standings": ("actor",), "addressed": ("actor",),
    "announces": ("actor",), "likes": ("actor",), "follows": ("actor", "object"), "coverage": ("actor",),
    "people": ("actor",), "cues": ("actor",), "channels": (),
}  # fmt: skip
SAID_OF_OBJECTS = ("addressed", "announces", "likes")
"""Tables whose rows say something of an object; they go when its author is forgotten."""
GETTERS: dict[type[Record], Callable[[Any], tuple[Any, ...]]] = {
    record: attrgetter(*(c.name for c in table.columns)) for record, table in TABLE_OF.items()
}


def mark(key: bytes, uri: str) -> str:
    """What is kept of a forgotten URI: an HMAC that names nobody without the key."""
    return hmac.new(key, uri.encode("utf-8", "surrogatepass"), "blake2s").hexdigest()


class Staging:
    """Takes records of one file after another; ``file`` numbers them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, forgotten: set[str], key: bytes | None) -> None:
        self._connection = connection
        self._forgotten, self._key = forgotten, key
        self.forgotten_now: dict[str, int] = {}
        """Marks and ids of the messages in these files whose authors are forgotten."""
        self.problems: dict[int, dict[tuple[str, bool], list[Problem]]] = defaultdict(lambda: defaultdict(list))
        self.counts: dict[int, dict[tuple[str, bool], int]] = defaultdict(lambda: defaultdict(int))
        self.file = 0
        self._rows: dict[type[Record], list[tuple[Any, ...]]] = {record: [] for record in TABLE_OF}
        self._files: dict[type[Record], list[int]] = {record: [] for record in TABLE_OF}
        self._waiting = 0
        connection.execute(schema.staging_ddl())

    def begin(self, file: int) -> None:
        self.file = file

    @property
    def marks(self) -> set[str]:
        """The marks of all that is forgotten, these files' messages included."""
        return self._forgotten | self.forgotten_now.keys()

    def erased(self, uri: str) -> bool:
        """Whether this is the URI of somebody or something that is forgotten."""
        if self._key is None:
            return False
        found = mark(self._key, cleaned(uri))
        return found in self._forgotten or found in self.forgotten_now

    def add(self, record: Record) -> None:
        """Take one record; a Problem is counted at once."""
        kind = type(record)
        if kind is Problem:
            self._count(record)  # type: ignore[arg-type]
            return
        self._rows[kind].append(GETTERS[kind](record))
        self._files[kind].append(self.file)
        self._waiting += 1
        if self._waiting >= BATCH:
            self.flush()

    def _count(self, problem: Problem, file: int | None = None) -> None:
        file = self.file if file is None else file
        kind = (problem.reason, problem.lost)
        self.counts[file][kind] += 1
        if len(self.problems[file][kind]) < KEPT_EXAMPLES:
            self.problems[file][kind].append(problem)

    def flush(self) -> None:
        """Hand everything gathered so far to the temporary tables."""
        uris: dict[str, int] = {}
        staged: dict[str, dict[str, np.ndarray[Any, Any]]] = {}
        owners: dict[tuple[int, int], str] = {}
        for record, rows in self._rows.items():
            if rows:
                name = TABLE_OF[record].name
                staged[name] = self._columns(name, rows, self._files[record], uris, owners)
                rows.clear()
                self._files[record].clear()
        self._waiting = 0
        if owners:
            self._stage_uris(owners, uris, staged)
        for name, columns in staged.items():
            if len(columns["file"]):
                self._connection.register("batch", columns)
                self._connection.execute(f"INSERT INTO staged_{name} SELECT * FROM batch")
                self._connection.unregister("batch")

    def _columns(
        self,
        name: str,
        rows: list[tuple[Any, ...]],
        files: list[int],
        uris: dict[str, int],
        owners: dict[tuple[int, int], str],
    ) -> dict[str, np.ndarray[Any, Any]]:
        """Rows to columns; ids become numbers. Rows of forgotten actors go to the problems."""
        columns = TABLES[name].columns
        if self._key is not None:
            rows, files = self._without_forgotten(name, rows, files, self._key)
        numeric = [i for i, column in enumerate(columns) if column.type in ("time", "count")]
        try:
            result = {columns[i].name: _integers([row[i] for row in rows]) for i in numeric}
        except OverflowError:
            rows, files = self._without_giants(name, rows, files, numeric)
            result = {columns[i].name: _integers([row[i] for row in rows]) for i in numeric}
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        for column, cells in zip(columns, values, strict=True):
            if column.type == "id":
                result[column.name] = _integers(_numbers(files, cells, uris, owners))
            elif column.type == "text":
                # most cells need no care: asking here saves a million calls
                clean = [cell if cell is None or cell.isascii() else cleaned(cell) for cell in cells]
                result[column.name] = np.array(clean, dtype=object)
            elif column.type == "flag":
                result[column.name] = np.array(cells, dtype=object)
        return {"file": np.array(files, dtype=np.int32)} | {column.name: result[column.name] for column in columns}

    def _without_giants(
        self, name: str, rows: list[tuple[Any, ...]], files: list[int], numeric: list[int]
    ) -> tuple[list[tuple[Any, ...]], list[int]]:
        """Rows without those whose times or counts no column can hold; these go to the problems."""
        kept_rows, kept_files = [], []
        for row, file in zip(rows, files, strict=True):
            giants = [i for i in numeric if row[i] is not None and not -(2**63) <= row[i] < 2**63]
            if giants:
                example = f"{TABLES[name].columns[giants[0]].name}: {row[giants[0]]}"
                self._count(Problem(reason="invalid_value", example=example), file)
            else:
                kept_rows.append(row)
                kept_files.append(file)
        return kept_rows, kept_files

    def _without_forgotten(
        self, name: str, rows: list[tuple[Any, ...]], files: list[int], key: bytes
    ) -> tuple[list[tuple[Any, ...]], list[int]]:
        names = [c.name for c in TABLES[name].columns]
        checked = ACTOR_COLUMNS[name] + (("object",) if name in SAID_OF_OBJECTS else ())
        positions = [names.index(column) for column in checked]
        known: dict[str | None, bool] = {None: False}
        kept_rows, kept_files = [], []
        for row, file in zip(rows, files, strict=True):
            for p in positions:
                if row[p] not in known:
                    known[row[p]] = mark(key, cleaned(row[p])) in self._forgotten
            if any(known[row[p]] for p in positions):
                if name == "objects":
                    uri = cleaned(row[0])
                    self.forgotten_now[mark(key, uri)] = identify(uri)
                self._count(Problem(reason="forgotten", lost=False), file)
            else:
                kept_rows.append(row)
                kept_files.append(file)
        return kept_rows, kept_files

    def purge(self) -> None:
        """Take back what was staged of messages before their author turned out to be forgotten."""
        ids = {"ids": list(self.forgotten_now.values())}
        if self.forgotten_now:
            self._connection.execute("DELETE FROM staged_uris WHERE id IN (SELECT unnest($ids::BIGINT[]))", ids)
            for name in SAID_OF_OBJECTS:
                self._connection.execute(
                    f"DELETE FROM staged_{name} WHERE object IN (SELECT unnest($ids::BIGINT[]))", ids
                )

    def _stage_uris(
        self, owners: dict[tuple[int, int], str], uris: dict[str, int], staged: dict[str, dict[str, Any]]
    ) -> None:
        """Keep the URIs beside their ids; a second URI with the same id is refused with all its records."""
        if self._key is not None:
            marks = self.marks
            owners = {at: uri for at, uri in owners.items() if mark(self._key, uri) not in marks}
        table = {
            "file": np.array([file for file, _ in owners], dtype=np.int32),
            "id": np.array([number for _, number in owners], dtype=np.int64),
            "uri": np.array(list(owners.values()), dtype=object),
        }
        self._connection.register("batch", table)
        clashes = {row[0] for row in self._connection.execute(COLLISIONS).fetchall()}
        if len(set(uris.values())) < len(uris):
            seen: dict[int, str] = {}
            clashes |= {uri for uri, number in uris.items() if seen.setdefault(number, uri) != uri}
        if clashes:
            self._refuse(clashes, {uris[uri] for uri in clashes}, staged)
        self._connection.execute(
            "INSERT INTO staged_uris SELECT file, id, uri FROM batch WHERE NOT list_contains($clashes, uri)",
            {"clashes": list(clashes)},
        )
        self._connection.unregister("batch")

    def _refuse(self, clashes: set[str], numbers: set[int], staged: dict[str, dict[str, Any]]) -> None:
        """Drop the batch's rows that use a clashing id (2^-64 a pair: refusing a few more rows is cheap)."""
        for name, columns in staged.items():
            keep = np.ones(len(columns["file"]), dtype=bool)
            for column in TABLES[name].columns:
                if column.type == "id":
                    keep &= ~np.isin(np.ma.filled(columns[column.name], 0), list(numbers))
            for file in columns["file"][~keep]:
                self._count(Problem(reason="id_collision", example=sorted(clashes)[0]), int(file))
            staged[name] = {key: values[keep] for key, values in columns.items()}

    def discard(self, file: int) -> None:
        """Take back everything of one file."""
        self.flush()
        for name in (*TABLES, "uris"):
            self._connection.execute(f"DELETE FROM staged_{name} WHERE file = $file", {"file": file})


COLLISIONS = """
    SELECT DISTINCT b.uri FROM batch b JOIN uris u ON u.id = b.id WHERE u.uri <> b.uri
    UNION SELECT DISTINCT b.uri FROM batch b JOIN staged_uris s ON s.id = b.id WHERE s.uri <> b.uri
"""


def _integers(values: Any) -> np.ndarray[Any, Any]:
    try:
        return np.array(values, dtype=np.int64)
    except TypeError:
        unknown = np.array([value is None for value in values], dtype=bool)
        return np.ma.masked_array(np.array([value or 0 for value in values], dtype=np.int64), unknown)


def _numbers(
    files: list[int], cells: tuple[str | None, ...], uris: dict[str, int], owners: dict[tuple[int, int], str]
) -> list[int | None]:
    """The ids of a column of URIs. ``uris``: known in this batch, and grows; ``owners``: which file uses which id."""
    numbers = list(map(uris.get, cells))  # type: ignore[arg-type]
    one_file = files[0] == files[-1] if files else True
    for i, uri in enumerate(cells):
        number = numbers[i]
        if uri is None or (number is not None and one_file):
            continue
        if number is None:
            uri = cleaned(uri)  # noqa: PLW2901
            number = uris.get(uri)
            if number is None:
                number = identify(uri)
                if not is_lost(uri):
                    uris[uri] = number
            numbers[i] = number
            if is_lost(uri):
                continue
        owners[files[i], number] = uri
    return numbers


def cleaned(text: Text) -> Text:
    """Text that can be stored: a lone surrogate (half of a character) becomes the replacement character."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
