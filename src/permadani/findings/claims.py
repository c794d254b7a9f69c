"""What an account advises others to do: found in its own texts, or given in a file (docs/claims.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import msgspec

from permadani.errors import Unreadable
from permadani.findings import handwritten
from permadani.findings.advice import Advice, advice_in, cut
from permadani.language import N_

MOST = 20
"""So many claims are shown: the given ones, then the clearest, then by date."""
BUDGET = 1_000_000
"""Characters of an account's texts that are read for claims, the newest first; only texts that may hold one count."""
GIVEN = "given"
FIGURES = {
    "answers.overall": 0.5,
    "answers.by_tenure.newcomer": 0.5,
    "answers.by_standing.junior": 0.5,
    "amplification": 0.01,
    "participation": 0.333,
}
"""What a claim can be held against, and the bound where the file names none (a convention, as in the rule files)."""
HINT = N_(
    "Known keys of a [[claim]]: quote, checked_by (answers.overall, answers.by_tenure.newcomer, "
    "answers.by_standing.junior, amplification or participation), and if you like published (2020-07-31, without "
    "quotes), object and threshold (0 to 1). See docs/claims.md."
)
Figure = Literal[
    "answers.overall",
    "answers.by_tenure.newcomer",
    "answers.by_standing.junior",
    "amplification",
    "participation",
]


class _Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    quote: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
    checked_by: Figure
    published: date | None = None
    object: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)] | None = None
    threshold: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None


class _Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    claim: Annotated[list[_Claim], msgspec.Meta(min_length=1, max_length=MOST)]


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """A claim from a file. ``published``: microseconds UTC, the beginning of the day. ``object``: an id or address."""

    quote: str
    checked_by: str
    threshold: float
    published: int | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the account that are held against a figure. ``published``: microseconds UTC, None: unknown."""

    quote: str
    checked_by: str
    threshold: float
    rule: str
    published: int | None
    object: str | None
    url: str | None


def read_claims(path: Path) -> tuple[GivenClaim, ...]:
    """The claims in a TOML file.

    Raises:
        InputError: it cannot be read, or holds something else than docs/claims.md says.
    """
    found = handwritten.read(path, _Claims, HINT)
    for number, one in enumerate(found.claim, start=1):
        if not handwritten.line(one.quote):
            raise Unreadable(
                N_("{path} cannot be used: the quote of claim {number} holds no words"), hint=HINT, path=path,
                number=number,
            )  # fmt: skip
    return tuple(
        GivenClaim(
            quote=cut(handwritten.line(one.quote)),
            checked_by=one.checked_by,
            threshold=FIGURES[one.checked_by] if one.threshold is None else one.threshold,
            published=None if one.published is None else _microseconds(one.published),
            object=None if one.object is None else handwritten.line(one.object),
        )
        for one in found.claim
    )


def _microseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def claims_given(connection: duckdb.DuckDBPyConnection, subject: int, given: tuple[GivenClaim, ...]) -> list[Said]:
    """Given claims, with the date and address of the message they name where it is the account's and in the store."""
    result = []
    for one in given:
        said = Said(one.quote, one.checked_by, one.threshold, GIVEN, one.published, one.object, None)
        if one.object is not None:
            rows = connection.execute(
                """SELECT o.published, u.uri, t.url FROM own_object o
                   LEFT JOIN uris u ON u.id = o.object LEFT JOIN texts t ON t.object = o.object
                   WHERE o.subject = $s AND (u.uri = $o OR t.url = $o) ORDER BY o.published LIMIT 1""",
                {"s": subject, "o": one.object},
            ).fetchall()
            if rows:
                published, uri, url = rows[0]
                moment = published if one.published is None else one.published
                said = replace(said, published=moment, object=uri or one.object, url=url)
        result.append(said)
    return result


def claims_found(connection: duckdb.DuckDBPyConnection, subject: int, most: int = MOST) -> list[Said]:
    """Advice in the account's own texts (nothing automatic): at most ``most``, the clearest first, then by date; the
    same words once, by their first date."""
    rows = connection.execute(
        """SELECT published, object, url, text FROM (
               SELECT *, sum(length(text)) OVER (ORDER BY published DESC, object) AS read
               FROM advice WHERE subject = $s)
           WHERE read <= $budget ORDER BY published DESC, object""",
        {"s": subject, "budget": BUDGET},
    ).fetchall()
    found: dict[tuple[str, str], tuple[bool, int, int, str | None, Advice]] = {}
    for published, number, url, text in rows:
        for advice in advice_in(text):
            words = " ".join(re.findall(r"\w+", advice.quote.lower()))
            # the newest come first, so the first date stays
            found[advice.rule.checked_by, words] = (not advice.clear, published, number, url, advice)
    chosen = sorted(found.values(), key=lambda one: one[:3])[:most]
    uris = _uris(connection, [number for _, _, number, _, _ in chosen])
    return [_said(advice, published, uris.get(number), url) for _, published, number, url, advice in chosen]


def _said(advice: Advice, published: int, uri: str | None, url: str | None) -> Said:
    rule = advice.rule
    return Said(advice.quote, rule.checked_by, rule.threshold, rule.id, published, uri, url)


def _uris(connection: duckdb.DuckDBPyConnection, objects: list[int]) -> dict[int, str]:
    if not objects:
        return {}
    values = {"o": objects}
    return dict(
        connection.execute("SELECT id, uri FROM uris WHERE id IN (SELECT unnest($o::BIGINT[]))", values).fetchall()
    )
