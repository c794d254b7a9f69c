"""The graph of accounts for graph tools: nodes, edges, and both as tables."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.findings.results.table import Table, Tabular


@dataclass(frozen=True, slots=True)
class GraphNode:
    """An account (linked ones are one) or a class. ``standing``: its last; ``posts`` and ``answered`` are its posts."""

    id: str
    label: str
    group: str
    channel: str | None
    standing: int | None
    people: int
    posts: int
    answered: int


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """Directed, between ids of nodes.

    ``spoken``: conversations in which the source addressed the target directly (a tie, if any). ``addressed``: of
    these, those in which the source spoke first (an approach). ``answers``: in time, also to questions of a group.
    """

    source: str
    target: str
    spoken: int
    addressed: int
    answers: int
    reshares: int


@dataclass(frozen=True, slots=True)
class AccountGraph(Tabular):
    """Everybody who posted, and who spoke to whom: third parties, so pseudonymous unless ``private``.

    As one table it is its edges; ``tables`` has ``nodes`` and ``edges``.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    private: bool

    @property
    def tables(self) -> dict[str, Table]:
        from permadani.findings.results.class_tables import graph_tables

        return graph_tables(self)

    @property
    def table(self) -> Table:
        return self.tables["edges"]
