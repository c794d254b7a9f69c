"""Running the measures of a whole network: SQL of the restricted dialect, each file one SELECT named by what it holds.

They become temporary tables (or views) of the same name, so that other engines can run the same texts, or are only
read. Rows come out with people by number; what hangs on how people are ranked, or on who wrote before, is for NumPy
(``findings.class_map``): ten million classes are looked up by place in a tenth of the time that a join takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from permadani.measures.judged import Column
from permadani.measures.network import DAY, FOREVER, lookups
from permadani.settings import WINDOW_DAYS
from permadani.vocabulary import SITE_CHANNELS

WHY_NONE = ("", "spam", "automatic", "deleted", "flat", "unobserved")
"""Why a message is no post, by the numbers of ``message.sql``."""
CLASSES = ("junior", "middle", "senior", "unknown")
SENIOR, UNKNOWN = CLASSES.index("senior"), CLASSES.index("unknown")
TENURES = ("newcomer", "regular", "unknown")
BANDS = ((0, 99), (100, 999), (1_000, 9_999), (10_000, 99_999), (100_000, None))
"""Followers, both ends included."""
VIEWS = frozenset({"passed", "word", "message"})
_GROUPS = "SELECT 1 FROM channel WHERE grouped = 1"
_CHANNELS = """
    SELECT 1 FROM channel WHERE channel > 0
    UNION ALL SELECT 1 FROM actors a LEFT JOIN channel h ON h.name = a.channel WHERE h.channel IS NULL LIMIT 1
"""
NEEDED = {"response": _GROUPS, "question": _GROUPS, "wrote": _CHANNELS}
"""What only group channels have, and only stores with several channels: no rows are looked for elsewhere."""
OPENED = (
    "seat", "claim", "everybody", "owner", "flat", "followed", "wrote", "account", "seated", "unseen", "passed",
    "spoken", "word",
)  # fmt: skip
"""The tables that are there once a map is open, each made of those before it."""
READ = (
    "numbered", "pair", "tie", "approach", "answered", "message", "response", "question", "reshare", "heard", "counted",
    "unseen_mention",
)  # fmt: skip
"""Those that are read, or made, when somebody asks for them."""
Told = Callable[[], None]
"""Told whenever a step is done."""


@dataclass(frozen=True, slots=True)
class NetworkScope:
    """What is looked at. Times in microseconds UTC; ``channels``: all of the store where empty."""

    channels: tuple[str, ...] = ()
    since: int = -FOREVER
    until: int = FOREVER
    as_of: int = FOREVER - 1000 * DAY
    window: int = WINDOW_DAYS * DAY


def statement(name: str) -> str:
    """The text of one measure."""
    return files("permadani.measures").joinpath("sql", "network", f"{name}.sql").read_text("utf-8")


def make(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Compute one measure into the temporary table (or view) of its name."""
    kind = "VIEW" if name in VIEWS else "TABLE"
    connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS {_text(connection, name)}")


def drop(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Forget tables that nothing reads any more: a network of millions must fit a laptop."""
    for name in names:
        connection.execute(f"DROP TABLE {name}")


def rows(connection: duckdb.DuckDBPyConnection, name: str, of: Iterable[str] = ()) -> dict[str, Column]:
    """The columns of one measure, each of shape (n,), made before or only read now; unknown is masked. ``of``: only
    these."""
    source = name if name in OPENED else f"({_text(connection, name)}\n)"
    return dict(connection.execute(f"SELECT {', '.join(of) or '*'} FROM {source}").fetchnumpy())


def _text(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    text = statement(name)
    needed = NEEDED.get(name)
    if needed is not None and not connection.execute(needed).fetchall():
        return f"SELECT * FROM ({text}) LIMIT 0"
    return text


def channels_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """All channels on which anything was published."""
    return [name for (name,) in connection.execute("SELECT DISTINCT channel FROM objects ORDER BY channel").fetchall()]


def open_map(connection: duckdb.DuckDBPyConnection, scope: NetworkScope, done: Told = lambda: None) -> None:
    """Make the tables of ``OPENED``. ``channel`` numbers the channels in the order of their names."""
    execute = connection.execute
    # Nothing here has an order of its own, and keeping one costs memory.
    execute("SET preserve_insertion_order = false")
    # Joins are done as written, the large table first: guesses of how many rows small tables leave are far off.
    execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    lookups(connection)
    names = sorted(scope.channels) or channels_of(connection)
    execute("CREATE OR REPLACE TEMP TABLE channel (channel INTEGER, name VARCHAR, grouped INTEGER, site INTEGER)")
    if names:
        execute(
            """INSERT INTO channel SELECT n - 1, c, (c IN (SELECT channel FROM group_channel))::INTEGER,
                   (c IN (SELECT unnest($sites::VARCHAR[])))::INTEGER
               FROM (SELECT unnest($names::VARCHAR[]) AS c, unnest(range(1, len($names::VARCHAR[]) + 1)) AS n)""",
            {"names": names, "sites": sorted(SITE_CHANNELS)},
        )
    execute("CREATE OR REPLACE TEMP TABLE scope (since BIGINT, until BIGINT, as_of BIGINT, lapse BIGINT)")
    execute("INSERT INTO scope VALUES (?, ?, ?, ?)", [scope.since, scope.until, scope.as_of, scope.window])
    for name in OPENED:
        make(connection, name)
        done()
