"""The library behind ``import permadani``: a store with everything that can be asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from permadani.store import Store

if TYPE_CHECKING:
    from permadani.findings.results import Audit


class OpenStore(Store):
    """A store together with its findings and exports. ``permadani.open(path)`` makes one."""

    def audit(
        self, who: str, *, me: bool = False, research: bool = False, evidence: bool = False,
        since: int | None = None, until: int | None = None, as_of: int | None = None,
    ) -> Audit:  # fmt: skip
        """The audit of one person or account; times in microseconds UTC.

        Raises:
            WhoError: ``who`` names nobody, or several people.
            Refusal: a verdict about somebody who is not public, without ``me`` or ``research``.
        """
        from permadani.findings.audit import Question, audit
        from permadani.store.who import resolve

        question = Question(since, until, as_of, me, research, evidence)
        with self.session() as connection:
            return audit(connection, resolve(connection, who), question)

    def audit_all(
        self, *, research: bool = False, min_approaches: int = 10,
        since: int | None = None, until: int | None = None, as_of: int | None = None,
    ) -> list[Audit]:  # fmt: skip
        """Audits of everybody approached at least ``min_approaches`` times; see ``findings.audit.audit_all``."""
        from permadani.findings.audit import Question, audit_all

        with self.session() as connection:
            return audit_all(connection, Question(since, until, as_of, research=research), min_approaches)

    def export(self, folder: Path | str, *, csv: bool = False) -> dict[str, int]:
        """Write the neutral tables into a folder; returns rows by table."""
        from permadani.exports.tables import export_tables

        target = Path(folder)
        with self.session(reach=(target,)) as connection:
            return export_tables(connection, target, csv=csv)
