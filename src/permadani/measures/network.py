"""Running the measures: SQL files over the store, for one subject or for many at once.

Every table of this room has a ``subject`` column, so the same statements serve one audit and a whole network. They
build temporary tables; nothing is written to the store.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from permadani.measures import claims, substance
from permadani.measures.agreement import trusted_languages
from permadani.settings import WINDOW_DAYS
from permadani.vocabulary import GROUP_CHANNELS

FOREVER = 9_000_000_000_000_000_000
DAY = 86_400_000_000
SETTLING_DAYS = 180
"""Who is seen for the first time within so many days after the beginning of a shortened history may be no newcomer."""
EMPTY = (
    "abuse (subject BIGINT, object BIGINT, name VARCHAR)",
    "mention_unseen (subject BIGINT, object BIGINT, asker BIGINT, thread BIGINT, moment BIGINT)",
    "mention_gap (subject BIGINT, channel VARCHAR, since BIGINT, until BIGINT)",
)
"""Tables of steps that are left out where nothing asks for them, which is the usual case."""
PLACEHOLDER = re.compile(r"\$([a-z_]+)")

STEPS = (
    "own_object", "message", "own_message", "unlinked", "own_act", "advice", "group_root", "group_reply", "wording",
    "selling", "pitch", "abuse", "mention_unseen", "approach", "flat_comment", "called", "answer", "hailed", "observed",
    "span", "mention_gap", "shortened", "standing", "network_standing", "substance", "spoken_language", "language",
    "contact", "judged", "helper", "left_out", "reshare", "reshare_channel", "participation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at. Times in microseconds UTC; ``as_of``: everything later is ignored.

    ``abuse``: messages (ids or addresses) and accounts (ids, handles or profile addresses) that the subject's own
    statement names as abuse: they are left out like spam.
    """

    since: int = -FOREVER
    until: int = FOREVER
    as_of: int = FOREVER - 1000 * DAY
    window: int = WINDOW_DAYS * DAY
    abuse: tuple[str, ...] = ()


def statement(name: str) -> str:
    """The text of one measure."""
    return files("permadani.measures").joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def rules() -> dict[str, Any]:
    """The rules of substance and of pitches of every language as query values."""
    values: dict[str, Any] = {}
    selling: list[str] = []
    for language in substance.LANGUAGES:
        text = files("permadani.measures").joinpath("rules", f"{language}.toml").read_text("utf-8")
        rule = tomllib.loads(text)
        selling += rule["pitch"]
        values |= substance.values(language, rule)
    values["pitch"] = f" (?:{'|'.join(map(_pattern, selling))}) "
    return values


def _pattern(phrase: str) -> str:
    """A phrase as a pattern over words that stand apart by two blanks: ``a|b`` either word, ``#`` a number, ``*`` up to
    two words."""
    parts = []
    for word in phrase.split():
        if word == "*":
            parts.append("(?:  [^ ]+){0,2}")
        else:
            either = "|".join(re.escape(one) for one in word.split("|"))
            parts.append("  [0-9]+" if word == "#" else f"  (?:{either})")
    return "".join(parts)[2:]


@cache
def automatic_clients() -> list[str]:
    """Names of programs that publish without a person, in lower case."""
    text = files("permadani.measures").joinpath("rules", "automatic_clients.txt").read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def set_out(connection: duckdb.DuckDBPyConnection, subjects: dict[int, list[int]]) -> None:
    """Whom the measures are about (number -> their actors), and what they all look up, as temporary tables."""
    execute = connection.execute
    execute("CREATE OR REPLACE TEMP TABLE subject (subject BIGINT, actor BIGINT)")
    pairs = [(subject, actor) for subject, actors in subjects.items() for actor in actors]
    execute(
        "INSERT INTO subject SELECT unnest($s::BIGINT[]), unnest($a::BIGINT[])",
        {"s": [s for s, _ in pairs], "a": [a for _, a in pairs]},
    )
    lookups(connection)


def lookups(connection: duckdb.DuckDBPyConnection) -> None:
    """Which channels speak to a group, and which programs publish without a person, as temporary tables."""
    execute = connection.execute
    execute(
        """CREATE OR REPLACE TEMP TABLE group_channel AS
           SELECT unnest($g::VARCHAR[]) AS channel EXCEPT SELECT channel FROM channels WHERE audience = 'personal'
           UNION SELECT channel FROM channels WHERE audience = 'group'""",
        {"g": sorted(GROUP_CHANNELS)},
    )
    execute(
        "CREATE OR REPLACE TEMP TABLE automatic_client AS SELECT unnest($c::VARCHAR[]) AS client",
        {"c": automatic_clients()},
    )


def step(connection: duckdb.DuckDBPyConnection, name: str, values: dict[str, Any]) -> None:
    """Compute one measure with those of the values that it names."""
    text = statement(name)
    connection.execute(text, {key: values[key] for key in set(PLACEHOLDER.findall(text))})


def run(connection: duckdb.DuckDBPyConnection, subjects: dict[int, list[int]], scope: Scope) -> None:
    """Compute every measure of an audit for these subjects (number -> their actors) into temporary tables."""
    set_out(connection, subjects)
    connection.execute(substance.RULE_WORDS, {kind: rules()[kind] for kind in substance.KINDS})
    for table in EMPTY:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}")
    mentions = connection.execute("SELECT 1 FROM coverage WHERE direction = 'mentions' LIMIT 1").fetchall()
    wanted = {"abuse": scope.abuse, "mention_unseen": mentions, "mention_gap": mentions}
    values: dict[str, Any] = {
        "since": scope.since, "until": scope.until, "as_of": scope.as_of, "window": scope.window,
        "settling": SETTLING_DAYS * DAY, "abuse": list(scope.abuse), "trusted": list(trusted_languages()),
        **claims.values(), **rules(),
    }  # fmt: skip
    for name in STEPS:
        if wanted.get(name, True):
            step(connection, name, values)
