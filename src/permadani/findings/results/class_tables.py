"""The class map as tidy tables: one row is one figure, with its n and its 95 % interval (docs/classes.md).

The words are those of the contract; ``source`` is who acts and ``to`` to whom it goes. Figures that could not be had
are rows with null in them. Figures of a period are in tables of their own, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from permadani.findings.results.table import Columns, Table, Value, columns, number, unicode

if TYPE_CHECKING:
    from permadani.findings.reasons import Reason
    from permadani.findings.results.account_graph import AccountGraph
    from permadani.findings.results.class_map import (
        ClassMap,
        Estimate,
        Inequality,
        Matrix,
        PeriodOfMap,
        Ratio,
        Reception,
        ReceptionBy,
        ReceptionOn,
        Reciprocity,
        RichClub,
        SecondPost,
    )

Row = tuple[Value, ...]


PERIOD = columns(text="period")
SHARE = columns(count="posts answered people", number="rate low high")
RECEPTION = (*columns(text="part group", count="least most"), *SHARE)
RATIO = columns(count="observed", number="expected value low high level")
ON_CHANNEL = (*columns(text="channel"), *RECEPTION)
MATRICES = (*columns(text="matrix source to", count="count givers receivers"), *RATIO)
ANSWERED = (*columns(text="source to"), *SHARE)
CLOSURE = (*columns(text="figure"), *RATIO)
RICH_CLUB = columns(count="seniors ties possible", number="expected coefficient ratio")
RECIPROCITY = columns(text="of", count="ties returned people", number="rate low high")
CONCENTRATION = columns(text="of figure", count="people received top_people", number="value low high")
LORENZ = columns(text="of", number="people received")
NEWCOMERS = columns(text="first_post", count="people wrote_again", number="value low high")
TRENDS = columns(text="what of word reason", number="change low high")
LEFT_OUT = columns(text="reason", count="count")
CHANNELS: Columns = (
    *columns(text="channel audience standing"),
    *columns(count="people known juniors middle seniors posts junior_to senior_from"),
    *columns(text="level"), ("flat", "flag"), *columns(text="since until basis", count="claimed"),
)  # fmt: skip

NODES = columns(text="id label group channel", count="standing people posts answered")
EDGES = columns(text="source target", count="spoken addressed answers reshares")


def class_tables(found: ClassMap) -> dict[str, Table]:
    """All tables by their names; ``reception`` is of answers at any time, ``reception_over_time`` of those in time."""
    inequalities = {"answers": found.answers_received, "reshares": found.reshares_received}
    matrices = {"approaches": found.approaches, "answers": found.answers, "reshares": found.reshares}
    club = found.closure
    ratios = (club.seniors_to_seniors, club.others_to_seniors, club.relative)
    left_out = [(one.name, getattr(found.left_out, one.name)) for one in fields(found.left_out)]
    trends = [(one.what, one.of, one.word, _said(one.reason), *_estimate(one.change)) for one in found.trends]
    channels = [_fields(one, CHANNELS) for one in found.channels]
    rows: dict[str, tuple[Columns, Iterable[Row]]] = {
        "reception": (RECEPTION, _reception(found.reception)),
        "openings": (RECEPTION, _openings(found.reception)),
        "reception_by_channel": (ON_CHANNEL, _on(found.by_channel, _reception)),
        "openings_by_channel": (ON_CHANNEL, _on(found.by_channel, _openings)),
        "matrices": (MATRICES, (row for name, one in matrices.items() for row in _matrix(name, one))),
        "approaches_answered": (ANSWERED, _answered(found.answers)),
        "closure": (CLOSURE, _closure(*ratios)),
        "rich_club": (RICH_CLUB, _rich_club(club.rich_club)),
        "reciprocity": (
            RECIPROCITY,
            [
                ("replies", *_returned(found.reciprocity_of_replies)),
                ("reshares", *_returned(found.reciprocity_of_reshares)),
            ],
        ),
        "concentration": (CONCENTRATION, _concentration(inequalities)),
        "lorenz": (LORENZ, _lorenz(inequalities)),
        "newcomers": (NEWCOMERS, _newcomers(found.newcomers)),
        "trends": (TRENDS, trends),
        "channels": (CHANNELS, channels),
        "left_out": (LEFT_OUT, left_out),
        **_over_time(found.over_time),
    }  # fmt: skip
    return {name: Table(name, shape, tuple(these)) for name, (shape, these) in rows.items()}


def graph_tables(graph: AccountGraph) -> dict[str, Table]:
    """Accounts and what goes between them, as the graph names them."""
    return {
        "nodes": Table("nodes", NODES, tuple(_fields(one, NODES) for one in graph.nodes)),
        "edges": Table("edges", EDGES, tuple(_fields(one, EDGES) for one in graph.edges)),
    }


def _over_time(periods: tuple[PeriodOfMap, ...]) -> dict[str, tuple[Columns, Iterable[Row]]]:
    def each(shape: Columns, rows: Iterable[tuple[PeriodOfMap, Iterable[Row]]]) -> tuple[Columns, list[Row]]:
        return (*PERIOD, *shape), [(one.period, *row) for one, these in rows for row in these]

    spread = [(one, {"answers": one.answers_received, "reshares": one.reshares_received}) for one in periods]
    return {
        "periods": (columns(text="period since until"), [(one.period, one.since, one.until) for one in periods]),
        "reception_over_time": each(RECEPTION, [(one, _reception(one.reception)) for one in periods]),
        "matrices_over_time": each(MATRICES, [(one, _matrix("answers", one.answers)) for one in periods]),
        "closure_over_time": each(
            CLOSURE,
            [(one, _closure(one.seniors_to_seniors, one.others_to_seniors, one.relative)) for one in periods],
        ),
        "concentration_over_time": each(CONCENTRATION, [(one, _concentration(these)) for one, these in spread]),
        "lorenz_over_time": each(LORENZ, [(one, _lorenz(these)) for one, these in spread]),
    }


def _fields(of: object, shape: Columns) -> Row:
    """The fields of that name; names of channels and accounts are strangers' text."""
    values = (getattr(of, name) for name, _ in shape)
    return tuple(unicode(value) if isinstance(value, str) else value for value in values)


def _share(of: Reception) -> Row:
    return (of.posts, of.answered, of.people, number(of.rate), number(of.low), number(of.high))


def _reception(of: ReceptionBy) -> Iterator[Row]:
    yield ("all", "all", None, None, *_share(of.all))
    for part, groups in (("by_class", of.by_class), ("by_tenure", of.by_tenure)):
        for group, one in groups.items():
            yield (part, group, None, None, *_share(one))
    for band in of.by_followers or ():
        group = f"{band.least}+" if band.most is None else f"{band.least}-{band.most}"
        yield ("by_followers", group, band.least, band.most, *_share(band.reception))


def _openings(of: ReceptionBy) -> Iterator[Row]:
    yield from () if of.openings is None else _reception(of.openings)


def _on(channels: Iterable[ReceptionOn], rows: Callable[[ReceptionBy], Iterable[Row]]) -> Iterator[Row]:
    for one in channels:
        for row in rows(one.reception):
            yield (unicode(one.channel), *row)


def _said(of: Reason | None) -> str | None:
    return None if of is None else str(of)


def _ratio(of: Ratio | None) -> Row:
    if of is None:
        return (None,) * len(RATIO)
    return (of.observed, *map(number, (of.expected, of.value, of.low, of.high, of.level)))


def _matrix(name: str, of: Matrix) -> Iterator[Row]:
    for cell in of.cells:
        yield (name, cell.source, cell.to, cell.count, cell.givers, cell.receivers, *_ratio(cell.ratio))


def _answered(of: Matrix) -> Iterator[Row]:
    for cell in of.cells:
        if cell.share is not None:
            yield (cell.source, cell.to, *_share(cell.share))


def _closure(seniors: Ratio | None, others: Ratio | None, relative: Ratio | None) -> Iterator[Row]:
    yield ("seniors_to_seniors", *_ratio(seniors))
    yield ("others_to_seniors", *_ratio(others))
    yield ("relative", *_ratio(relative))


def _rich_club(of: RichClub | None) -> Iterator[Row]:
    if of is not None:
        yield (of.seniors, of.ties, of.possible, number(of.expected), number(of.coefficient), number(of.ratio))


def _returned(of: Reciprocity | None) -> Row:
    if of is None:
        return (None,) * 6
    return (of.ties, of.returned, of.people, number(of.rate), number(of.low), number(of.high))


def _estimate(of: Estimate | None) -> Row:
    return (None,) * 3 if of is None else (float(of.value), float(of.low), float(of.high))


def _concentration(of: dict[str, Inequality | None]) -> Iterator[Row]:
    for name, one in of.items():
        if one is None:
            yield (name, "gini", *(None,) * 6)
            yield (name, "top_share", *(None,) * 6)
        else:
            yield (name, "gini", one.people, one.received, None, *_estimate(one.gini))
            yield (name, "top_share", one.people, one.received, one.top_people, *_estimate(one.top_share))


def _lorenz(of: dict[str, Inequality | None]) -> Iterator[Row]:
    for name, one in of.items():
        for people, received in one.lorenz if one is not None else ():
            yield (name, float(people), float(received))


def _newcomers(of: SecondPost) -> Iterator[Row]:
    for name, one in (("answered", of.answered_first), ("unanswered", of.unanswered_first)):
        yield (name, one.posts, one.answered, number(one.rate), number(one.low), number(one.high))
    people = of.answered_first.posts + of.unanswered_first.posts
    yield ("difference", people, None, *_estimate(of.difference))
