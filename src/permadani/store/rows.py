"""Small answers from DuckDB. (A result that is not read to its end blocks the connection.)"""

from __future__ import annotations

from typing import Any

import duckdb


def first(connection: duckdb.DuckDBPyConnection, statement: str, values: object = None) -> tuple[Any, ...] | None:
    """The first row of a short result, or None."""
    rows = connection.execute(statement, values).fetchall()
    return rows[0] if rows else None


def number(connection: duckdb.DuckDBPyConnection, statement: str, values: object = None) -> int:
    """The first cell as a number; nothing and NULL are 0 (for counts and maxima only)."""
    row = first(connection, statement, values)
    return int(row[0]) if row and row[0] is not None else 0


def is_interrupt(error: Exception) -> bool:
    """Whether this is how DuckDB says that Ctrl-C was pressed while it worked (a bare RuntimeError, mostly)."""
    return isinstance(error, duckdb.InterruptException) or (
        type(error) is RuntimeError and "interrupted" in str(error).lower()
    )
