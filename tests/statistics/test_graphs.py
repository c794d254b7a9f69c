"""Graphs against networkx where networkx works, and defined where it does not."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics.concentration import gini
from permadani.statistics.graphs import blind_ties, reciprocity, rich_club

edges = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60)


def ends(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def without_loops(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in pairs if a != b]


@given(edges)
def test_reciprocity_agrees_with_networkx(pairs: list[tuple[int, int]]) -> None:
    graph = nx.DiGraph(without_loops(pairs))
    ties, returned = reciprocity(*ends(pairs))
    assert ties == graph.number_of_edges()
    if ties:
        assert returned / ties == pytest.approx(nx.overall_reciprocity(graph))
    else:
        assert returned == 0


def test_reciprocity_by_hand() -> None:
    """1 and 2 answer each other (twice one way), 3 speaks to itself and to 1."""
    assert reciprocity([1, 1, 2, 3, 3], [2, 2, 1, 3, 1]) == (3, 2)


def test_reciprocity_of_numbers_as_great_as_hashes() -> None:
    least, most = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    assert reciprocity([least, most, 5], [most, least, most]) == (3, 2)


def test_no_ties_have_no_reciprocity_and_networkx_raises() -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from([1, 2])
    with pytest.raises(nx.NetworkXError, match="Not defined for empty graphs"):
        nx.overall_reciprocity(graph)
    assert reciprocity([], []) == (0, 0)
    assert reciprocity([1], [1]) == (0, 0)


@given(edges)
def test_rich_club_agrees_with_networkx(pairs: list[tuple[int, int]]) -> None:
    graph = nx.Graph(without_loops(pairs))
    degrees, found = rich_club(*ends(pairs), directed=False)
    assert len(degrees) == len(found)
    if not graph.number_of_edges():
        assert not found
        return
    expected = nx.rich_club_coefficient(graph, normalized=False)
    held = dict(zip(degrees.tolist(), found, strict=True))
    assert {degree: held[degree] for degree in expected} == pytest.approx(expected)
    assert all(share is None for degree, share in held.items() if degree not in expected)
    assert held[max(held)] is None


@given(edges)
def test_rich_club_of_directed_graphs_as_counted_pair_by_pair(pairs: list[tuple[int, int]]) -> None:
    graph = nx.DiGraph(without_loops(pairs))
    degrees, found = rich_club(*ends(pairs), directed=True)
    for degree, share in zip(degrees.tolist(), found, strict=True):
        club = graph.subgraph([node for node, ties in graph.degree() if ties > degree])
        assert share == (pytest.approx(nx.density(club)) if len(club) > 1 else None)


def test_networkx_refuses_directed_rich_clubs_and_divides_by_zero_where_we_say_none() -> None:
    ring = nx.DiGraph([(0, 1), (1, 2), (2, 0)])
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.rich_club_coefficient(ring)
    degrees, found = rich_club([0, 1, 2], [1, 2, 0], directed=True)
    assert (degrees.tolist(), found) == ([0, 1, 2], [0.5, 0.5, None])


def test_networkx_divides_by_zero_where_blind_draws_leave_no_ties() -> None:
    """Two paths of three: the two in the middle are never tied, and in some of the rewired graphs neither."""
    paths = nx.disjoint_union(nx.star_graph(2), nx.star_graph(2))

    def divides_by_zero(seed: int) -> bool:
        try:
            nx.rich_club_coefficient(paths, normalized=True, Q=10, seed=seed)
        except ZeroDivisionError:
            return True
        return False

    assert any(divides_by_zero(seed) for seed in range(30))
    with pytest.raises(nx.NetworkXError, match="fewer than four nodes"):
        nx.rich_club_coefficient(nx.path_graph(3), normalized=True)
    degrees, found = rich_club(*ends(list(paths.edges)), directed=False)
    assert (degrees.tolist(), found) == ([0, 1, 2], [pytest.approx(4 / 15), 0.0, None])
    assert blind_ties([1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0]) == 1.0


def test_no_graph_no_club() -> None:
    for directed in (True, False):
        degrees, found = rich_club([], [], directed)
        assert (len(degrees), found) == (0, [])
        assert rich_club([4], [4], directed)[1] == []


@given(edges, st.sets(st.integers(0, 9)))
def test_blind_ties_as_summed_over_ordered_pairs(pairs: list[tuple[int, int]], club: set[int]) -> None:
    graph = nx.DiGraph(without_loops(pairs))
    graph.add_nodes_from(range(10))
    gives, gets = ([d[n] for n in range(10)] for d in (dict(graph.out_degree()), dict(graph.in_degree())))
    found = blind_ties(gives, gets, [n in club for n in range(10)])
    if not graph.number_of_edges():
        assert found is None
        return
    pairs_of_club = [(i, j) for i in club for j in club if i != j]
    assert found == pytest.approx(sum(gives[i] * gets[j] for i, j in pairs_of_club) / graph.number_of_edges())


def test_blind_ties_are_those_of_rewired_graphs() -> None:
    """Ties drawn again and again by networkx with the same numbers given and received, loops left out."""
    random = np.random.default_rng(2)
    gives = random.permutation(np.repeat([1, 2, 4, 8], 10))
    gets = random.permutation(gives)
    club = set(np.nonzero(gives + gets >= 9)[0].tolist())
    seen = []
    for seed in range(300):
        graph = nx.directed_configuration_model(gives.tolist(), gets.tolist(), seed=seed)
        seen.append(sum(1 for a, b in graph.edges() if a != b and a in club and b in club))
    found = blind_ties(gives, gets, [one in club for one in range(40)])
    assert found == pytest.approx(np.mean(seen), rel=0.02)


def test_nobody_is_tied_blindly_to_themselves() -> None:
    assert blind_ties([3, 0], [0, 3], [True, False]) == 0.0
    assert blind_ties([], [], []) is None
    assert blind_ties([0, 0], [0, 0], [True, True]) is None


@pytest.mark.parametrize(
    "graph",
    [
        nx.karate_club_graph(),
        nx.barabasi_albert_graph(400, 2, seed=3),
        nx.star_graph(12),
        nx.cycle_graph(9),
        nx.gn_graph(200, seed=4),
    ],
    ids=["karate", "barabasi", "star", "ring", "growing"],
)
def test_gini_of_degrees_agrees_with_the_mean_difference(graph: nx.Graph) -> None:
    degrees = np.array([degree for _, degree in graph.degree()], dtype=float)
    pairs = np.abs(np.subtract.outer(degrees, degrees)).mean()
    assert gini(degrees) == pytest.approx(pairs / (2 * degrees.mean()), abs=1e-12)


@given(edges, st.booleans())
def test_only_who_is_tied_to_whom_matters(pairs: list[tuple[int, int]], directed: bool) -> None:
    start, end = ends(pairs)
    scattered = (start * 10**17 - 3, end * 10**17 - 3)
    assert reciprocity(*scattered) == reciprocity(start, end)
    (degrees, found), (others, expected) = rich_club(*scattered, directed), rich_club(start, end, directed)
    assert (degrees.tolist(), found) == (others.tolist(), expected)
