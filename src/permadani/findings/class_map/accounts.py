"""The graph of accounts for graph tools: who spoke to whom, under names that tell nothing unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from random import SystemRandom

import duckdb

from permadani.findings.class_map.assemble import bounds_of, rows_of_last
from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.ranks import ranks_of
from permadani.findings.results import AccountGraph, GraphEdge, GraphNode
from permadani.measures.class_map import CLASSES, open_map, ranked

NODES = """
    SELECT m.person, min(u.uri) AS uri, max(coalesce(a.name, a.handle)) AS name, min(h.name) AS channel,
        max(m.standing) AS standing, arg_max(m.class, (m.posts, m.channel)) AS class, sum(m.posts) AS posts,
        sum(m.answered) AS answered
    FROM member m
    JOIN channel h ON h.channel = m.channel
    LEFT JOIN actors a ON a.id = m.seat
    LEFT JOIN uris u ON u.id = m.seat
    GROUP BY m.person ORDER BY m.person
"""
EDGES = """
    WITH of AS (SELECT number, person FROM member),
    said AS (
        SELECT p.low, p.high, count(CASE WHEN p.up >= c.since AND p.up <= c.until THEN 1 END) AS up,
            count(CASE WHEN p.down >= c.since AND p.down <= c.until THEN 1 END) AS down
        FROM pair p CROSS JOIN scope c GROUP BY p.low, p.high
    ),
    act AS (
        SELECT asker AS source, target AS target, 0 AS spoken, 1 AS addressed, 0 AS answers, 0 AS reshares FROM approach
        UNION ALL
        SELECT target, asker, 0, 0, 1, 0 FROM approach WHERE judged = 1 AND answered >= 0
        UNION ALL
        SELECT replier, asker, 0, 0, 1, 0 FROM question WHERE answered >= 0
        UNION ALL
        SELECT giver, taker, 0, 0, 0, 1 FROM reshare
        UNION ALL
        SELECT a.number, b.number, d.up, 0, 0, 0 FROM said d
        JOIN seated a ON a.seat = d.low JOIN seated b ON b.seat = d.high WHERE d.up > 0
        UNION ALL
        SELECT b.number, a.number, d.down, 0, 0, 0 FROM said d
        JOIN seated a ON a.seat = d.low JOIN seated b ON b.seat = d.high WHERE d.down > 0
    )
    SELECT s.person, t.person, sum(spoken), sum(addressed), sum(answers), sum(reshares)
    FROM act JOIN of s ON s.number = act.source JOIN of t ON t.number = act.target
    WHERE s.person <> t.person
    GROUP BY s.person, t.person ORDER BY s.person, t.person
"""


def account_graph(
    connection: duckdb.DuckDBPyConnection, question: MapQuestion, *, private: bool = False
) -> AccountGraph:
    """Everybody who posted, and who spoke to, answered or reshared whom.

    Without ``private`` ids and labels are ``a1``, ``a2``… in an order drawn anew each time, and no standing is told.
    """
    open_map(connection, question.scope(connection))
    last = rows_of_last(connection)
    ranked(connection, bounds_of(ranks_of(last["channel"], last["standing"])), Periods("year").numbers, keep=("pair",))
    people = connection.execute(NODES).fetchall()
    names = dict(zip((row[0] for row in people), _names(people, private=private), strict=True))
    nodes = [
        GraphNode(
            id=names[person][0], label=names[person][1], group=CLASSES[group], channel=channel,
            standing=standing if private else None, people=1, posts=int(posts), answered=int(answered),
        )
        for person, _, _, channel, standing, group, posts, answered in people
    ]  # fmt: skip
    if not private:
        nodes.sort(key=lambda node: int(node.id[1:]))
    edges = [
        GraphEdge(names[source][0], names[target][0], *map(int, counts))
        for source, target, *counts in connection.execute(EDGES).fetchall()
    ]
    if not private:
        edges.sort(key=lambda edge: (int(edge.source[1:]), int(edge.target[1:])))
    return AccountGraph(tuple(nodes), tuple(edges), private)


def _names(people: list[tuple[object, ...]], *, private: bool) -> Iterator[tuple[str, str]]:
    if private:
        for _, uri, name, *_rest in people:
            yield str(uri), str(name or uri)
        return
    numbers = list(range(1, len(people) + 1))
    SystemRandom().shuffle(numbers)
    for one in numbers:
        yield f"a{one}", f"a{one}"
