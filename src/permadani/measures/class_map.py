"""Running the measures of a whole network: SQL of the restricted dialect, each file one SELECT named by what it holds.

They become temporary tables (or views) of the same name, so that other engines can run the same texts. Ranks need
statistics, so the work is in two parts: ``open_map`` until the standings are known, ``ranked`` once their bounds are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files

import duckdb
import numpy as np

from permadani.measures.judged import Column
from permadani.measures.network import DAY, FOREVER, lookups
from permadani.settings import WINDOW_DAYS
from permadani.vocabulary import SITE_CHANNELS

WHY_NONE = ("", "spam", "automatic", "deleted", "flat", "unobserved")
"""Why a message is no post, by the numbers of ``message.sql``."""
CLASSES = ("junior", "middle", "senior", "unknown")
TENURES = ("newcomer", "regular", "unknown")
BANDS = ((0, 99), (100, 999), (1_000, 9_999), (10_000, 99_999), (100_000, None))
"""Followers, both ends included: the bands of ``rung.sql``."""
VIEWS = frozenset({"passed", "message", "heard"})
GROUPED = frozenset({"response", "question"})
"""What only group channels have."""
UNTIL_RANKS = (
    "seat", "claim", "everybody", "owner", "flat", "message", "presence", "beginning", "followed", "listened", "passed",
    "counted", "active", "heard", "standing", "last",
)  # fmt: skip
ONCE_RANKED = (
    "seated", "rung", "answered", "reception", "twice", "received", "member", "second", "left_out", "channel_posts",
    "unseen", "pair", "tie", "tied", "club_tie", "unseen_mention", "approach", "response", "question", "reshare",
)  # fmt: skip
DROPPED = {
    "standing": ("active", "counted"), "rung": ("standing",), "reception": ("answered",),
    "channel_posts": ("reception",), "club_tie": ("tie",), "approach": ("pair",), "question": ("response",),
    "reshare": ("rung",),
}  # fmt: skip
"""Tables that nothing reads once another one is made: a network of millions must fit a laptop."""
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


def make(connection: duckdb.DuckDBPyConnection, name: str, keep: Collection[str] = ()) -> None:
    """Compute one measure into the temporary table (or view) of its name."""
    kind = "VIEW" if name in VIEWS else "TABLE"
    text = statement(name)
    if name in GROUPED and not connection.execute("SELECT 1 FROM channel WHERE grouped = 1").fetchall():
        text = f"SELECT * FROM ({text}) LIMIT 0"
    connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS {text}")
    for unused in DROPPED.get(name, ()):
        if unused not in keep:
            connection.execute(f"DROP TABLE {unused}")


def rows(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Column]:
    """The columns of one measure, made before or only read now; unknown is masked as NumPy has it."""
    made = name in UNTIL_RANKS or name in ONCE_RANKED
    return columns(connection, f"SELECT * FROM {name}" if made else statement(name))


def columns(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Column]:
    """The columns of a query, each of shape (n,)."""
    return dict(connection.execute(query).fetchnumpy())


def channels_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """All channels on which anything was published."""
    return [name for (name,) in connection.execute("SELECT DISTINCT channel FROM objects ORDER BY channel").fetchall()]


def open_map(connection: duckdb.DuckDBPyConnection, scope: NetworkScope, done: Told = lambda: None) -> None:
    """Everything up to the standing of each seat before its last post (``last``).

    ``channel`` numbers the channels in the order of their names.
    """
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
    for name in UNTIL_RANKS:
        make(connection, name)
        done()


def ranked(
    connection: duckdb.DuckDBPyConnection, bounds: Sequence[tuple[int, int | None, int | None]],
    period_of: Callable[[Column], Column], done: Told = lambda: None, *, keep: Collection[str] = (),
) -> None:  # fmt: skip
    """The other measures, once classes are known.

    ``bounds``: channel, greatest standing of a junior, least of a senior. ``period_of``: for days since 1970, shape
    (n,), the number of the period that each belongs to, shape (n,). ``keep``: tables that are read afterwards.
    """
    execute = connection.execute
    execute("CREATE OR REPLACE TEMP TABLE bound (channel INTEGER, junior_to BIGINT, senior_from BIGINT)")
    execute(
        "INSERT INTO bound SELECT unnest($c::INTEGER[]), unnest($j::BIGINT[]), unnest($s::BIGINT[])",
        dict(zip("cjs", map(list, zip(*bounds, strict=True)), strict=True)) if bounds else {"c": [], "j": [], "s": []},
    )
    execute("INSERT INTO bound SELECT channel, NULL, NULL FROM channel ANTI JOIN bound USING (channel)")
    days = np.unique(np.concatenate([columns(connection, query)["day"] for query in _DAYS]).astype(np.int64))
    days = np.unique(np.concatenate([days, days + 1]))  # the mailbox may move a message by up to a day
    execute("CREATE OR REPLACE TEMP TABLE day (day BIGINT, period INTEGER)")
    if len(days):
        execute(
            "INSERT INTO day SELECT unnest($d::BIGINT[]), unnest($p::BIGINT[])",
            {"d": days.tolist(), "p": period_of(days).tolist()},
        )
    for name in ONCE_RANKED:
        make(connection, name, keep)
        done()


_DAYS = (
    "SELECT DISTINCT cast(floor(published / 86400000000.0) AS BIGINT) AS day FROM objects",
    "SELECT DISTINCT cast(floor(published / 86400000000.0) AS BIGINT) AS day FROM announces",
)
