"""A neutral table as rows: DuckDB reads the CSV or Parquet file, checked first and in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Column, Problem, Table

LINE_LIMIT = 8 * 1024 * 1024
"""The most bytes one row of a CSV may have."""
BATCH = 5000
LINE_FEED = b"\n"
LIMITS: dict[str, Any] = {
    "memory_limit": "128MB",
    "threads": 1,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
PARQUET_MEMORY = "1GB"
"""At most: a row group is unpacked as a whole (usually 120,000 rows; 370 MB for texts of 2 kB), and only then used."""
MANGLED = r"[+-]?\d+(\.\d*)?[eE]\+\d+|[+-]?\d+\.\d*([eE]\d+)?"
"""How a 64-bit id looks after a spreadsheet or a float column: 5.24956e+17."""
WHOLE_NUMBERS = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(\d+,0\)")
FRACTIONS = re.compile(r"FLOAT|DOUBLE|REAL|DECIMAL\(.*")
TIMES = re.compile(r"TIMESTAMP.*|DATE")
PARQUET = b"PAR1"
SEPARATORS = {
    ";": N_("its columns are separated by semicolons, not by commas"),
    "\t": N_("its columns are separated by tabs, not by commas"),
    "|": N_("its columns are separated by |, not by commas"),
}

Row = tuple[Any, ...]


OTHERS = (frozenset({"post_id", "topic_id", "post_number"}),)
"""Columns of other exports' tables that have a name of ours: likes.csv of a Discourse archive."""


def looks_like(table: Table, file: InputFile) -> bool:
    """Whether a file of a table's name is meant to be that table, if a wrong one: what is wrong is told by reading."""
    head = file.head
    if head.startswith(PARQUET) or file.name.lower().endswith(".parquet"):
        return bool(head)
    text = (head.decode(_utf16(head) or "utf-8", "replace")).lstrip("\ufeff")
    line = text.lstrip().partition("\n")[0]
    if not line or "\0" in line or line.startswith(("{", "[", "<")):  # another format by that name
        return False
    names = header(head)
    if any(other <= set(names) for other in OTHERS):
        return False
    return any(mark in line for mark in (",", *SEPARATORS)) or _known(table, names) > 0


def header(head: bytes, separator: str = ",") -> list[str]:
    """The first line of a CSV as column names."""
    text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _known(table: Table, names: list[str]) -> int:
    return len({c.name for c in table.columns} & {name.strip().lower() for name in names})


def _utf16(head: bytes) -> str | None:
    """The codec of a text in UTF-16, which some spreadsheets call "Unicode text"."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get((head[:1] == b"\0", head[1:2] == b"\0"))


def _refuse_separator(table: Table, head: bytes) -> None:
    names = header(head)
    for separator, message in SEPARATORS.items():
        others = header(head, separator)
        if _known(table, others) > _known(table, names) or len(others) > 1 == len(names):
            raise Unreadable(message, hint=N_("Save it again as CSV with commas."))


@dataclass
class Opened:
    """An opened table. ``columns``: those that are in the file and in the vocabulary; rows have their order."""

    table: Table
    columns: list[Column]
    unknown: list[str]
    exact: frozenset[str]
    _connection: duckdb.DuckDBPyConnection
    _source: str
    _expressions: dict[str, str]
    _texts: _Texts | None
    repeated: int = 0
    _some: bool = False

    def rows(self) -> Iterator[list[Row]]:
        """Batches of rows. After the columns come: an id that was a float, or None, and a pair of numbers or Nones.

        Where the key occurs more than once, the pair is the key's number (below ``self.repeated``) and the row's hash.
        """
        repeated = self._repeated_keys()
        self.repeated = len(repeated)
        ids = [self._expressions[c.name] for c in self.columns if c.type == "id"]
        mangled = [f"CASE WHEN regexp_full_match({e}, '{MANGLED}') THEN {e} END" for e in ids]
        extra = [f"coalesce({', '.join([*mangled, 'NULL'])})"]
        extra += [self._hash(self._key()), self._hash(self._expressions)] if len(repeated) else ["NULL", "NULL"]
        select = f"SELECT {', '.join([*self._expressions.values(), *extra])} FROM {self._source}"
        result = self._connection.execute(select.replace(_REJECTS, "store_rejects=true, rejects_limit=0"))
        while batch := result.fetchmany(BATCH):
            self._some = True
            if len(repeated):
                keys = np.array([row[-2] for row in batch], dtype=np.uint64)
                numbers = np.minimum(np.searchsorted(repeated, keys), len(repeated) - 1)
                again = (repeated[numbers] == keys).tolist()
                batch = [
                    (*row[:-2], number, row[-1]) if hit else (*row[:-2], None, None)
                    for row, number, hit in zip(batch, numbers.tolist(), again, strict=True)
                ]
            yield batch

    def rejects(self) -> Iterator[Problem]:
        """The lines of a CSV that are no rows.

        Raises:
            UnexpectedEnd: the last line is one of them, and it stops in the middle.
        """
        if self._texts is None:
            return
        found = self._connection.execute(
            "SELECT line, first(error_type), first(csv_line) FROM reject_errors GROUP BY line ORDER BY line"
        )
        rejected = False
        cut = open_end = self._texts.stops_in_quotes()
        while batch := found.fetchmany(BATCH):
            rejected = True
            for line, kind, text in batch:
                swallowed = open_end and kind == "UNQUOTED VALUE" and self._texts.ends_with(text)
                if swallowed or (not self._texts.ended and line == self._texts.lines):
                    cut = True
                else:
                    yield Problem(reason="malformed_row", place=f"line {line}", example=(text or kind)[:120])
        if cut:
            raise UnexpectedEnd(f"line {self._texts.lines:,}")
        if not self._some and not rejected and self._texts.lines > 1:  # never silent about rows that vanish
            raise Unreadable(N_("no rows were found in its {lines} lines"), lines=f"{self._texts.lines:,}")

    def _key(self) -> list[str]:
        return [name for name in self.table.key if name in self._expressions]

    def _hash(self, names: Any) -> str:
        return f"hash({', '.join(self._expressions[name] for name in names)})"

    def _repeated_keys(self) -> npt.NDArray[np.uint64]:
        """Sorted hashes of the keys that occur more than once."""
        hashed = f"SELECT {self._hash(self._key())} AS h FROM {self._source}".replace(_REJECTS, "ignore_errors=true")
        result = self._connection.execute(f"SELECT h FROM ({hashed}) GROUP BY h HAVING count(*) > 1 ORDER BY h")
        return np.asarray(result.fetchnumpy()["h"], dtype=np.uint64)


_REJECTS = "/*rejects*/"


@dataclass(frozen=True, slots=True)
class _Texts:
    """What a first look at a CSV tells."""

    path: Path
    lines: int
    ended: bool
    odd_quotes: bool
    tail: bytes

    def stops_in_quotes(self) -> bool:
        """Whether the file ends inside a quoted field: DuckDB may drop such a row and say nothing."""
        if not self.odd_quotes:  # nearly always; else a second look, as a lone quote inside a text is allowed
            return False
        last: list[str] = []
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            try:
                for last in csv.reader(chain(stream, ("\n", "the end"))):  # noqa: B007
                    pass
            except csv.Error:  # a field of more than 128 kB: the rest of the file was swallowed
                return True
        return last != ["the end"]

    def ends_with(self, value: object) -> bool:
        return self.tail.rstrip(b"\r\n").endswith(str(value).rstrip("\r\n").encode()[-len(self.tail) :])


def _look(path: Path) -> _Texts:
    """Reads all of it once: it must be UTF-8, and where it ends matters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = quotes = offset = 0
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                bad = max(0, error.start - (len(error.object) - len(chunk)))
                raise Unreadable(
                    N_("it is not UTF-8 (line {line}, byte {byte})"),
                    hint=N_("Save it again as UTF-8; a spreadsheet offers this when it saves CSV."),
                    line=f"{lines + chunk[:bad].count(LINE_FEED) + 1:,}",
                    byte=f"{offset + bad:,}",
                ) from None
            lines += chunk.count(b"\n")
            quotes += chunk.count(b'"')
            offset += len(chunk)
            tail = (tail + chunk)[-4096:]
    ended = tail.endswith((b"\n", b"\r"))
    return _Texts(path, lines if ended else lines + 1, ended, quotes % 2 == 1, tail)


@contextmanager
def opened(file: InputFile, table: Table, required: list[str]) -> Iterator[Opened]:
    """Open the file as this table.

    Raises:
        Unreadable: columns are missing or of a wrong type, ids are floats, it is not UTF-8, or it is damaged.
        TooLarge: it needs more memory than it may have.
    """
    with file.local() as local, tempfile.TemporaryDirectory(prefix="permadani-") as spill:
        path = _plain(local, Path(spill))
        try:
            with duckdb.connect(
                ":memory:", config=LIMITS | {"temp_directory": str(Path(spill, "duckdb"))}
            ) as connection:
                yield _open(connection, path, file, table, required)
        except duckdb.OutOfMemoryException:
            hint = N_("Write it with smaller row groups, or as CSV.")
            raise TooLarge(N_("reading it needs too much memory"), hint=hint) from None
        except duckdb.InterruptException:  # Ctrl-C is no fault of the file
            raise
        except duckdb.Error as error:
            detail = str(error).strip().split("\n", 1)[0]
            raise Unreadable(N_("the table cannot be read ({detail})"), detail=detail) from None


def _plain(path: Path, folder: Path) -> Path:
    """A path in which DuckDB sees no pattern."""
    if not re.search(r"[*?\[{]", str(path)):
        return path
    other = folder / "input"
    try:
        other.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, other)
    return other


def _open(
    connection: duckdb.DuckDBPyConnection, path: Path, file: InputFile, table: Table, required: list[str]
) -> Opened:
    exact: set[str] = set()
    texts: _Texts | None = None
    if file.head.startswith(PARQUET):
        connection.execute(f"SET memory_limit = '{PARQUET_MEMORY}'")
        _whole(path)
        source = f"read_parquet({_quoted(str(path))}, hive_partitioning=false, binary_as_string=true)"
        types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
        names = list(types)
    elif file.name.lower().endswith(".parquet"):
        raise Unreadable(N_("it is named .parquet but is no Parquet file"), hint=N_("Name a CSV file .csv."))
    else:
        if _utf16(file.head):
            raise Unreadable(N_("it is stored as UTF-16, not as UTF-8"), hint=N_("Save it again as UTF-8."))
        texts = _look(path)
        _refuse_separator(table, file.head)
        names = header(file.head)
        types = dict.fromkeys(names, "VARCHAR")
        source = _csv(path, names)
    if len(set(names)) < len(names):
        raise Unreadable(N_("a column occurs twice in its header: {columns}"), columns=", ".join(names))
    unknown = [name for name in names if name not in {c.name for c in table.columns}]
    if missing := [name for name in required if name not in types]:
        raise Unreadable(
            N_("columns are missing: {missing} (not known: {unknown})"),
            hint=N_("The columns of the neutral tables are in docs/sources/tables.md; their names must be exact."),
            missing=", ".join(missing),
            unknown=", ".join(unknown) or "–",
        )
    columns = [c for c in table.columns if c.name in types]
    expressions = {}
    for column in columns:
        expressions[column.name] = _expression(column, types[column.name].upper())
        if TIMES.fullmatch(types[column.name].upper()):
            exact.add(column.name)
    return Opened(table, columns, unknown, frozenset(exact), connection, source, expressions, texts)


def _whole(path: Path) -> None:
    with path.open("rb") as stream:
        stream.seek(-min(4, os.fstat(stream.fileno()).st_size), os.SEEK_END)
        if stream.read() != PARQUET:
            raise Unreadable(N_("the Parquet file is cut off"), hint=N_("Copy or download it again."))


def _csv(path: Path, names: list[str]) -> str:
    # new_line is left to DuckDB: where it is told "\\r\\n", version 2.0 gives no rows at all and says nothing
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({_quoted(str(path))}, columns={{{columns}}}, header=true, auto_detect=false, delim=',', quote='\"', "
        f"escape='\"', nullstr='', allow_quoted_nulls=false, hive_partitioning=false, "
        f"compression='none', parallel=false, strict_mode=true, null_padding=false, "
        f"max_line_size={LINE_LIMIT}, buffer_size={2 * LINE_LIMIT}, {_REJECTS})"
    )


def _expression(column: Column, kind: str) -> str:
    """SQL for a column: ids and texts as VARCHAR, times of Parquet as microseconds, the rest as it is.

    Raises:
        Unreadable: the column's type cannot hold what it should.
    """
    name = f'"{column.name}"'
    if column.type == "id" and FRACTIONS.fullmatch(kind):
        raise Unreadable(
            N_("the ids in column {column} are floating-point numbers ({kind}); their last digits are lost"),
            hint=N_("Make the table again with text ids; a data frame turns ids into floats when some are missing."),
            column=column.name,
            kind=kind,
        )
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        raise Unreadable(N_("column {column} has the type {kind}"), column=column.name, kind=kind)
    if column.type == "time" and kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_us({name})"
    if column.type == "time" and TIMES.fullmatch(kind):
        return f"epoch_us(CAST({name} AS TIMESTAMP))"
    if column.type in ("time", "count") and (WHOLE_NUMBERS.fullmatch(kind) or FRACTIONS.fullmatch(kind)):
        return name
    if column.type == "flag" and kind == "BOOLEAN":
        return name
    return name if kind == "VARCHAR" else f"CAST({name} AS VARCHAR)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
