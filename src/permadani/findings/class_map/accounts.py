"""The graph of accounts for graph tools: who spoke to whom, under names that tell nothing unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import SystemRandom

import duckdb
import numpy as np

from permadani.findings.class_map.measure import Network, acts_of, network_of, posts_of
from permadani.findings.class_map.members import posts_by
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.reading import readings
from permadani.findings.class_map.rows import Acts, Rows
from permadani.findings.results import AccountGraph, GraphEdge, GraphNode
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.packed import begins, sorted_slices

NAMES = """
    SELECT s.id, min(u.uri), max(coalesce(a.name, a.handle)) FROM (SELECT unnest($seats::BIGINT[]) AS id) s
    LEFT JOIN actors a ON a.id = s.id LEFT JOIN uris u ON u.id = s.id GROUP BY s.id
"""
CHANNELS = "SELECT name FROM channel ORDER BY channel"


def account_graph(
    connection: duckdb.DuckDBPyConnection, question: MapQuestion, *, private: bool = False
) -> AccountGraph:
    """Everybody who posted, and who spoke to, answered or reshared whom.

    Without ``private`` ids and labels are ``a1``, ``a2``… in an order drawn anew each time, and no standing is told.
    """
    scope = question.scope(connection)
    with ThreadPoolExecutor(max_workers=1) as beside:
        found, standings = readings(connection, scope, beside)
    network = network_of(found, standings, scope, question.by)
    posts = posts_by(network.members, posts_of(found, network, scope).received, len(found.seats))
    nodes, of = _nodes(connection, network, posts, private=private)
    columns = _edges(acts_of(found, network, scope), found.ties, of)
    edges = [
        GraphEdge(nodes[source].id, nodes[target].id, *counts)
        for source, target, *counts in zip(*(column.tolist() for column in columns), strict=True)
    ]
    if not private:
        nodes.sort(key=lambda node: int(node.id[1:]))
        edges.sort(key=lambda edge: (int(edge.source[1:]), int(edge.target[1:])))
    return AccountGraph(tuple(nodes), tuple(edges), private)


def _nodes(
    connection: duckdb.DuckDBPyConnection, network: Network, written: tuple[Column, Column], *, private: bool
) -> tuple[list[GraphNode], Column]:
    """A person a node, and for each seat the place of its node (-1: none), shape (seats,). ``written``: of
    ``members.posts_by``."""
    members, (posts, answered) = network.members, written
    # the class of a person with several seats is that of the one with most posts
    order = np.lexsort((members.channel, posts, members.person))
    start = begins(members.person[order])
    ends = np.append(start, len(order))[1:]
    names = list(_names(connection, network, [order[a:b] for a, b in zip(start, ends, strict=True)], private=private))
    channels = [name for (name,) in connection.execute(CHANNELS).fetchall()]
    nodes = []
    of = np.full(len(network.seats), -1)
    for place, (a, b) in enumerate(zip(start.tolist(), ends.tolist(), strict=True)):
        mine = order[a:b]
        of[members.number[mine]] = place
        standing = int(members.standing[mine].max())
        nodes.append(
            GraphNode(
                id=names[place][0], label=names[place][1], group=CLASSES[int(members.group[mine[-1]])],
                channel=min(channels[int(one)] for one in members.channel[mine]),
                standing=standing if private and standing >= 0 else None, people=1, posts=int(posts[mine].sum()),
                answered=int(answered[mine].sum()),
            )
        )  # fmt: skip
    return nodes, of


def _edges(acts: Acts, ties: Rows, of: Column) -> list[Column]:
    """From whom to whom (places of nodes), and how often: spoken, addressed, answers, reshares; shape (edges,) each.

    ``spoken``: in how many conversations one spoke to the other; ``addressed``: in how many of them first.
    """
    personal, group = acts.approaches, acts.questions
    back, taken_up = (personal["judged"] == 1) & (personal["answered"] >= 0), group["answered"] >= 0
    ways = (
        (ties["low"], ties["high"], 0, ties["up"]), (ties["high"], ties["low"], 0, ties["down"]),
        (personal["asker"], personal["target"], 1, 1), (personal["target"], personal["asker"], 2, back),
        (group["replier"], group["asker"], 2, taken_up), (acts.reshares["giver"], acts.reshares["taker"], 3, 1),
    )  # fmt: skip
    rows = []
    for giver, taker, kind, times in ways:
        source, target, often = of[giver], of[taker], np.broadcast_to(times, len(giver)).astype(np.int64)
        meant = (source >= 0) & (target >= 0) & (source != target) & (often > 0)
        rows.append((source[meant], target[meant], np.full(int(meant.sum()), kind), often[meant]))
    parts = (list(column) for column in zip(*rows, strict=True))
    return [
        np.concatenate(column)
        for column in zip(*(_summed(*some) for some in sorted_slices(*parts, whole=2)), strict=True)
    ]


def _summed(source: Column, target: Column, kind: Column, often: Column) -> list[Column]:
    start = begins(source, target)
    edge = np.repeat(np.arange(len(start)), np.diff(start, append=len(source)))
    counts = np.bincount(edge * 4 + kind, weights=often, minlength=4 * len(start)).astype(np.int64)
    return [source[start], target[start], *counts.reshape(-1, 4).T]


def _names(
    connection: duckdb.DuckDBPyConnection, network: Network, people: list[Column], *, private: bool
) -> Iterator[tuple[str, str]]:
    if not private:
        numbers = list(range(1, len(people) + 1))
        SystemRandom().shuffle(numbers)
        yield from ((f"a{one}", f"a{one}") for one in numbers)
        return
    seats = network.seats.seat[network.members.number]
    told = {seat: (uri, name) for seat, uri, name in connection.execute(NAMES, {"seats": seats.tolist()}).fetchall()}
    for mine in people:
        uris, names = zip(*(told[seat] for seat in seats[mine].tolist()), strict=True)
        uri = min((one for one in uris if one is not None), default=None)
        yield str(uri), max((one for one in names if one is not None), default=None) or str(uri)
