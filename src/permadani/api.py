"""The library behind ``import permadani``: a store with everything that can be asked of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from permadani.reports.notebook import show_in_notebooks
from permadani.store import Store

if TYPE_CHECKING:
    from permadani.findings.results import Audit


Moment = int | str | date | datetime | None
"""Microseconds since 1970 in UTC, a date or time, or either as ISO 8601; without a zone it is UTC."""

show_in_notebooks()


def microseconds(moment: Moment) -> int | None:
    """Any way of saying when, in microseconds since 1970.

    Raises:
        ValueError: a text that is not ISO 8601.
    """
    if moment is None or isinstance(moment, int):
        return moment
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


class OpenStore(Store):
    """A store together with its findings and exports. ``permadani.open(path)`` makes one."""

    def audit(
        self, who: str, *, me: bool = False, research: bool = False, evidence: bool = False,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> Audit:  # fmt: skip
        """The audit of one person or account.

        Raises:
            WhoError: ``who`` names nobody, or several people.
            Refusal: a verdict about somebody who is not public, without ``me`` or ``research``.
        """
        from permadani.findings.audit import audit
        from permadani.findings.question import Question
        from permadani.store.who import resolve

        question = Question(microseconds(since), microseconds(until), microseconds(as_of), me, research, evidence)
        with self.session() as connection:
            return audit(connection, resolve(connection, who), question)

    def audit_all(
        self, *, research: bool = False, min_approaches: int = 10,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> list[Audit]:  # fmt: skip
        """Audits of everybody approached at least ``min_approaches`` times; see ``findings.everybody.audit_all``."""
        from permadani.findings.everybody import audit_all
        from permadani.findings.question import Question

        with self.session() as connection:
            return audit_all(
                connection,
                Question(microseconds(since), microseconds(until), microseconds(as_of), research=research),
                min_approaches,
            )

    def export(self, folder: Path | str, *, csv: bool = False) -> dict[str, int]:
        """Write the neutral tables into a folder; returns rows by table."""
        from permadani.exports.tables import export_tables

        target = Path(folder)
        with self.session(reach=(target,)) as connection:
            return export_tables(connection, target, csv=csv)
