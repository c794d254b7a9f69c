"""The library behind ``import permadani``: a store with everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from permadani.errors import WhoError
from permadani.language import N_
from permadani.reports.notebook import show_in_notebooks
from permadani.settings import NETWORK_MEMORY_MB
from permadani.store import Store

if TYPE_CHECKING:
    from permadani.findings.class_map import MapQuestion
    from permadani.findings.question import Question
    from permadani.findings.results import AccountGraph, Audit, ClassMap, Outbound, SubjectList
    from permadani.findings.suggestions import Suggestion
    from permadani.store.fetchreport import FetchProgress, FetchReport


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


def _question(
    since: Moment, until: Moment, as_of: Moment, *, claims: Path | str | None = None,
    statement: Path | str | None = None, **more: bool,
) -> Question:  # fmt: skip
    from permadani.findings.question import Question

    told = None
    if claims is not None:
        from permadani.findings.claims import read_claims

        told = read_claims(Path(claims))
    notes = None
    if statement is not None:
        from permadani.findings.statement import read_statement

        notes = read_statement(Path(statement))
    period = (microseconds(since), microseconds(until), microseconds(as_of))
    return Question(*period, **more, notes=notes, claims=told)


def _map_question(
    channels: Sequence[str], since: Moment, until: Moment, by: Literal["month", "year"] | None = None
) -> MapQuestion:
    from permadani.findings.class_map import MapQuestion

    if by not in ("month", "year", None):
        raise ValueError(f"by must be 'month', 'year' or None, not {by!r}")
    named = (channels,) if isinstance(channels, str) else tuple(channels)
    return MapQuestion(named, microseconds(since), microseconds(until), by)


class OpenStore(Store):
    """A store together with its findings and exports. ``permadani.open(path)`` makes one."""

    def audit(
        self, who: str, *, me: bool = False, research: bool = False, evidence: bool = False, usual: bool = False,
        claims: Path | str | None = None, statement: Path | str | None = None,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> Audit:  # fmt: skip
        """The audit of one person or account.

        ``evidence``: with the messages themselves. ``usual``: with the spread over accounts of like size in this
        store. ``claims``, ``statement``: files as docs/claims.md and docs/statement.md describe them.

        Raises:
            WhoError: ``who`` names nobody, or several people.
            Refusal: a verdict about somebody who is not public, without ``me`` or ``research``.
            InputError: a file cannot be used.
        """
        from permadani.findings.audit import audit
        from permadani.store.who import resolve

        question = _question(
            since, until, as_of, me=me, research=research, evidence=evidence, usual=usual, claims=claims,
            statement=statement,
        )  # fmt: skip
        with self.session() as connection:
            return audit(connection, resolve(connection, who), question)

    def compare(
        self, *names: str, research: bool = False, evidence: bool = False,
        progress: Callable[[int, int], None] | None = None,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> list[Audit]:  # fmt: skip
        """Audits of several accounts, in this order, each with how its share lies among accounts of like size.

        Raises:
            WhoError: as for ``audit``, or two of the names are the same person.
            Refusal: as for ``audit``.
        """
        from permadani.findings.audit import audit
        from permadani.store.who import resolve

        question = _question(since, until, as_of, research=research, evidence=evidence, usual=True)
        with self.session() as connection:
            people = [resolve(connection, name) for name in names]
            named: dict[int, str] = {}
            for name, who in zip(names, people, strict=True):
                if who.subject in named:
                    raise WhoError(
                        N_("{one} and {other} are the same person"), hint=N_("Name each account or person once."),
                        one=named[who.subject], other=name,
                    )  # fmt: skip
                named[who.subject] = name
            found = []
            for who in people:
                found.append(audit(connection, who, question))
                if progress is not None:
                    progress(len(found), len(people))
            return found

    def for_subject(
        self, who: str, *, me: bool = False, research: bool = False, statement: Path | str | None = None,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> SubjectList:  # fmt: skip
        """Every message that the audit of the same question counted or left out, and why.

        Raises:
            WhoError, Refusal, InputError: as for ``audit``.
        """
        from permadani.findings.for_subject import for_subject
        from permadani.store.who import resolve

        question = _question(since, until, as_of, me=me, research=research, statement=statement)
        with self.session() as connection:
            return for_subject(connection, resolve(connection, who), question)

    def outbound(
        self, who: str, *, me: bool = False, research: bool = False, evidence: bool = False,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> Outbound:  # fmt: skip
        """Whom one person or account replies to, how often and how fast, from its own messages alone: no rate.

        ``evidence``: with the names of those it replied to most.

        Raises:
            WhoError, Refusal: as for ``audit``.
        """
        from permadani.findings.outbound import outbound
        from permadani.store.who import resolve

        question = _question(since, until, as_of, me=me, research=research, evidence=evidence)
        with self.session() as connection:
            return outbound(connection, resolve(connection, who), question)

    def audit_all(
        self, *, research: bool = False, evidence: bool = False, min_approaches: int = 10,
        progress: Callable[[int, int], None] | None = None,
        since: Moment = None, until: Moment = None, as_of: Moment = None,
    ) -> list[Audit]:  # fmt: skip
        """Audits of everybody approached at least ``min_approaches`` times; see ``findings.everybody.audit_all``.

        ``evidence``: with the messages themselves.
        """
        from permadani.findings.everybody import audit_all

        question = _question(since, until, as_of, research=research, evidence=evidence)
        with self.session() as connection:
            return audit_all(connection, question, min_approaches, progress)

    def classes(
        self, *, channels: Sequence[str] = (), since: Moment = None, until: Moment = None,
        by: Literal["month", "year"] | None = None, progress: Callable[[int, int], None] | None = None,
    ) -> ClassMap:  # fmt: skip
        """The class map of the network in this store: who is heard, who answers whom, and how that changed.

        ``channels``: one or several, by name or the end of it; none means all. ``by``: None lets the length of time
        decide. ``progress``: told how many steps are done, of how many. Up to 900 MB are held in memory, or what
        ``memory_mb`` in the settings says if that is more.

        Raises:
            InputError: a channel is named that the store does not hold.
        """
        from permadani.findings.class_map import class_map

        with self.session(memory_mb=NETWORK_MEMORY_MB) as connection:
            return class_map(connection, _map_question(channels, since, until, by), progress)

    def account_graph(
        self, *, channels: Sequence[str] = (), since: Moment = None, until: Moment = None, private: bool = False
    ) -> AccountGraph:
        """Everybody who posted, and who spoke to whom, for graph tools; ``graph`` writes it to a file.

        Without ``private`` under numbers in an order drawn anew each time. That is no anonymity: who knows the network
        may know people again by whom they speak to.

        Raises:
            InputError: as for ``classes``.
        """
        from permadani.findings.class_map import account_graph

        with self.session(memory_mb=NETWORK_MEMORY_MB) as connection:
            return account_graph(connection, _map_question(channels, since, until), private=private)

    def graph(
        self, path: Path | str, *, accounts: bool = False, private: bool = False, channels: Sequence[str] = (),
        since: Moment = None, until: Moment = None,
    ) -> None:  # fmt: skip
        """Write the network to a file for Gephi or networkx: GEXF or GraphML, as its name ends (docs/classes.md).

        The classes, or with ``accounts`` what ``account_graph`` finds. What was found before is written by
        ``permadani.exports.class_graphs.write_graph(found, path)``, without reading the store again.

        Raises:
            ValueError: ``private`` without ``accounts``: classes have no names.
            InputError: as for ``classes``, or the file's name ends in neither.
            PermadaniError: the file cannot be written.
        """
        from permadani.exports.class_graphs import graph_form, write_graph

        if private and not accounts:
            raise ValueError("private names accounts: it needs accounts=True")
        graph_form(path)  # before the store is read
        if accounts:
            write_graph(self.account_graph(channels=channels, since=since, until=until, private=private), path)
        else:
            write_graph(self.classes(channels=channels, since=since, until=until), path)

    def suggestions(self) -> list[Suggestion]:
        """Accounts that may be one person, each pair with its reasons; nothing is joined."""
        from permadani.findings.suggestions import suggestions

        with self.session() as connection:
            return suggestions(connection)

    def fetch(
        self, who: str, *, since: Moment = None, max_requests: int | None = None, allow_local: bool = False,
        akismet: bool = False, progress: FetchProgress | None = None,
        permitted: Callable[[str, int | None], None] | None = None,
    ) -> FetchReport:  # fmt: skip
        """As ``Store.fetch``; ``since`` may be any way of saying when."""
        return super().fetch(
            who, since=microseconds(since), max_requests=max_requests, allow_local=allow_local, akismet=akismet,
            progress=progress, permitted=permitted,
        )  # fmt: skip

    def export(self, folder: Path | str, *, csv: bool = False) -> dict[str, int]:
        """Write the neutral tables into a folder; returns rows by table."""
        from permadani.exports.tables import export_tables

        target = Path(folder)
        with self.session(reach=(target,)) as connection:
            return export_tables(connection, target, csv=csv)
