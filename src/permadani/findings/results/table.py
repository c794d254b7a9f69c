"""Results as tables: the doors to Arrow, polars and pandas, none of which is needed to have a result.

Null stays null in all three, and whole numbers stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from permadani.errors import MissingPackage
from permadani.language import N_

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Kind = Literal["text", "count", "number", "flag"]
Columns = tuple[tuple[str, Kind], ...]
Value = str | int | float | bool | None
INTEGERS = range(-(2**63), 2**63)
IN_SQL: dict[Kind, str] = {"text": "VARCHAR", "count": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN"}
IN_POLARS: dict[Kind, str] = {"text": "String", "count": "Int64", "number": "Float64", "flag": "Boolean"}
IN_PANDAS: dict[Kind, str] = {"text": "string", "count": "Int64", "number": "Float64", "flag": "boolean"}


class Tabular:
    """Whatever has one table that stands for it. ``table``: that one."""

    __slots__ = ()

    @property
    def table(self) -> Table:
        raise NotImplementedError

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow C stream (the Arrow PyCapsule interface); made by DuckDB, so pyarrow is not needed."""
        import duckdb

        table = self.table
        selected = [f'unnest($c{i}::{IN_SQL[kind]}[]) AS "{name}"' for i, (name, kind) in enumerate(table.columns)]
        values = {f"c{i}": column for i, column in enumerate(table.by_column())}
        with duckdb.connect() as connection:
            found = connection.query(f"SELECT {', '.join(selected)}", params=values)
            return found.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """As a pyarrow table: string, int64, double, bool. Raises MissingPackage without pyarrow."""
        table: pyarrow.Table = _package("pyarrow").table(self)
        return table

    def to_polars(self) -> polars.DataFrame:
        """As a polars frame: String, Int64, Float64, Boolean. Raises MissingPackage without polars."""
        library, table = _package("polars"), self.table
        made = {
            name: library.Series(name, values, dtype=getattr(library, IN_POLARS[kind]))
            for (name, kind), values in zip(table.columns, table.by_column(), strict=True)
        }
        frame: polars.DataFrame = library.DataFrame(made)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas frame of nullable types (string, Int64, Float64, boolean). Raises MissingPackage without pandas.

        Missing is ``pandas.NA``; ``.to_numpy(float, na_value=nan)`` gives plain numbers.
        """
        library, table = _package("pandas"), self.table
        made = {
            name: library.array(values, dtype=IN_PANDAS[kind])
            for (name, kind), values in zip(table.columns, table.by_column(), strict=True)
        }
        frame: pandas.DataFrame = library.DataFrame(made)
        return frame


@dataclass(frozen=True, slots=True)
class Table(Tabular):
    """Rows of one kind of figure. ``columns``: name and type; every row has a value, or None, for each.

    ``count`` is a 64-bit integer, ``number`` a finite float.

    Raises:
        ValueError: a row that does not fit the columns, no columns, or names that are no identifiers.
        TypeError: a value that is not what its column says; nothing is turned into anything else.
    """

    name: str
    columns: Columns
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        own = {name.casefold() for name in self.names if name.isidentifier()}
        if not own or len(own) < len(self.columns):
            raise ValueError(f"{self.name}: columns need plain names, each its own: {self.names}")
        for row in self.rows:
            for (column, kind), value in zip(self.columns, row, strict=True):
                if value is not None and not _fits(value, kind):
                    raise TypeError(f"{self.name}.{column}: {value!r} is no {kind}")

    @property
    def table(self) -> Table:
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)

    def by_column(self) -> list[list[Value]]:
        """The values of each column, top to bottom."""
        return [[row[i] for row in self.rows] for i in range(len(self.columns))]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Row by row, values by the names of their columns."""
        for row in self.rows:
            yield dict(zip(self.names, row, strict=True))


def columns(*, text: str = "", count: str = "", number: str = "") -> Columns:
    """Columns by their types, each group as names with spaces between; texts come first, then counts."""
    kinds: tuple[tuple[Kind, str], ...] = (("text", text), ("count", count), ("number", number))
    return tuple((name, kind) for kind, names in kinds for name in names.split())


def number(value: float | None) -> float | None:
    """A figure that may be whole, for a column of numbers."""
    return None if value is None else float(value)


def unicode(text: str) -> str:
    """Without half characters (lone surrogates), which no table can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _fits(value: Value, kind: Kind) -> bool:
    match kind:
        case "text":
            return isinstance(value, str) and value == unicode(value)
        case "flag":
            return isinstance(value, bool)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value in INTEGERS
        case "number":
            return isinstance(value, float) and isfinite(value)


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingPackage(
            N_("this needs the package {package}, which is not installed"),
            hint=N_("Install it with: pip install 'permadani[frames]'"),
            package=name,
        ) from error
