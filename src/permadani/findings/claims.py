"""What an account advises others to do: found in its own texts, or given in a file (docs/claims.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import msgspec

from permadani.findings import handwritten
from permadani.findings.advice import LONGEST_TEXT, advice_in, cut, languages
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
    clear: bool = True


def read_claims(path: Path) -> tuple[GivenClaim, ...]:
    """The claims in a TOML file.

    Raises:
        InputError: it cannot be read, or holds something else than docs/claims.md says.
    """
    found = handwritten.read(path, _Claims, HINT)
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


def claims_found(connection: duckdb.DuckDBPyConnection, subject: int) -> list[Said]:
    """Advice in the account's own texts (nothing automatic), the clearest first, then by date; the same words once,
    by their first date."""
    stems = _any([stem for one in languages() for stem in one.stems])
    about = _any([stem for one in languages() for stem in one.about])
    rows = connection.execute(
        """SELECT o.published, u.uri, t.url, left(t.text, $most) AS text
           FROM own_object o JOIN texts t ON t.object = o.object LEFT JOIN uris u ON u.id = o.object
           WHERE o.subject = $s AND NOT o.automatic AND t.text IS NOT NULL
               AND regexp_matches(lower(left(t.text, $most)), $stems)
               AND regexp_matches(lower(left(t.text, $most)), $about)
           ORDER BY o.published DESC, o.object""",
        {"s": subject, "most": LONGEST_TEXT, "stems": stems, "about": about},
    )
    said: dict[tuple[str, str], Said] = {}
    read = 0
    while batch := rows.fetchmany(500):
        for published, uri, url, text in batch:
            read += len(text)
            if read > BUDGET:
                break
            for advice in advice_in(text):
                rule = advice.rule
                key = (rule.checked_by, " ".join(re.findall(r"\w+", advice.quote.lower())))
                one = Said(advice.quote, rule.checked_by, rule.threshold, rule.id, published, uri, url, advice.clear)
                said[key] = one  # the newest come first, so the first date stays
        if read > BUDGET:
            rows.fetchall()  # a result that is not read to its end blocks the connection
            break
    return sorted(said.values(), key=lambda one: (not one.clear, one.published, one.object or ""))


def _any(stems: list[str]) -> str:
    return "|".join(re.escape(stem) for stem in dict.fromkeys(stems))
