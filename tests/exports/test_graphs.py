"""Graphs as other tools read them: what networkx reads back is what was written, whoever named the nodes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from permadani.errors import InputError, PermadaniError
from permadani.exports.class_graphs import ACCOUNT_COLUMNS, CLASSES, account_graph, class_graph, write_graph
from permadani.exports.graphs import Edge, Graph, Node, Value, identifier, text, write_gexf, write_graphml
from permadani.findings.results import AccountGraph, GraphEdge, GraphNode
from reports.samples import CLASS_MAPS, HOSTILE

Write = Callable[[Graph, IO[bytes]], None]
READ: dict[Write, Callable[[IO[bytes]], Any]] = {write_gexf: nx.read_gexf, write_graphml: nx.read_graphml}
both = pytest.mark.parametrize("write", list(READ), ids=["gexf", "graphml"])


def kept(graph: Graph) -> Graph:
    """The graph with its generators made lists, so that it can be written and looked at."""
    return replace(graph, nodes=list(graph.nodes), edges=list(graph.edges))


def read_back(write: Write, graph: Graph) -> Any:
    stream = io.BytesIO()
    write(graph, stream)
    stream.seek(0)
    return READ[write](stream)


def known(values: Any, columns: Any) -> dict[str, Value]:
    return {name: values[name] for name in columns if values.get(name) is not None}


def as_read(graph: Graph) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """Nodes and edges as a reader should have them: nothing of what is unknown."""
    nodes = {one.id: {"label": one.label, **known(one.values, graph.node_columns)} for one in graph.nodes}
    edges = {(one.source, one.target): {"weight": one.weight, **known(one.values, graph.edge_columns)}
             for one in graph.edges}  # fmt: skip
    return nodes, edges


def told(found: Any) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """The same of what networkx read; numbers of edges, which it keeps of GEXF, are no values."""
    edges = {(source, target): {name: value for name, value in values.items() if name != "id"}
             for source, target, values in found.edges(data=True)}  # fmt: skip
    return dict(found.nodes(data=True)), edges


def accounts(private: bool = False, names: tuple[str, ...] = ("a1", "a2", "a3")) -> AccountGraph:
    one, two, three = names
    standing = 1_234 if private else None
    return AccountGraph(
        (
            GraphNode(one, one, "senior", "x", standing, 1, 40, 31),
            GraphNode(two, two, "unknown", "x", None, 1, 3, 0),
            GraphNode(three, three, "junior", None, None, 1, 0, 0),
        ),
        (GraphEdge(two, one, 5, 4, 0, 0), GraphEdge(one, two, 1, 0, 2, 1), GraphEdge(three, one, 0, 0, 0, 1)),
        private,
    )


@both
@pytest.mark.parametrize("name", list(CLASS_MAPS))
def test_a_map_is_read_back_as_it_was_written(write: Write, name: str) -> None:
    graph = kept(class_graph(CLASS_MAPS[name]()))
    found = read_back(write, graph)
    assert type(found) is nx.DiGraph
    assert told(found) == as_read(graph)
    for _, _, values in found.edges(data=True):
        assert all(isinstance(value, int | float) for name, value in values.items() if name != "id")


@both
def test_figures_of_a_map_are_where_they_belong(write: Write) -> None:
    """Rows act, columns are acted on: the edge from juniors to seniors is the cell of that row and column."""
    found = CLASS_MAPS["full"]()
    read = read_back(write, class_graph(found))
    assert list(read.nodes) == list(CLASSES)
    senior = found.reception.by_class["senior"]
    assert (read.nodes["senior"]["people"], read.nodes["senior"]["rate"]) == (senior.people, senior.rate)
    up, down = read.edges["junior", "senior"], read.edges["senior", "junior"]
    cell, back = found.answers.cell("junior", "senior"), found.answers.cell("senior", "junior")
    assert cell is not None
    assert back is not None
    assert (up["answers"], up["answers_ratio"]) == (cell.count, cell.ratio.value)
    assert (down["answers"], down["answers_ratio"]) == (back.count, back.ratio.value)
    assert up["answers"] != down["answers"]
    assert up["weight"] == up["approaches"] + up["answers"] + up["reshares"]
    assert cell.share is not None
    assert (up["answer_share_of"], up["answer_share"]) == (cell.share.posts, cell.share.rate)


@both
def test_what_is_unknown_is_absent_and_never_nought(write: Write) -> None:
    read = read_back(write, class_graph(CLASS_MAPS["empty"]()))
    assert not read.edges
    assert set(read.nodes) == set(CLASSES)
    assert all("rate" not in values for values in read.nodes.values())
    on_lists = read_back(write, class_graph(CLASS_MAPS["list"]()))
    assert all("approaches" not in values and "reshares" not in values for *_, values in on_lists.edges(data=True))
    few = read_back(write, class_graph(CLASS_MAPS["hostile"]())).edges["junior", "junior"]
    assert few["answers_expected"] == 1.5
    assert not {"answers_ratio", "answers_low", "answers_high"} & set(few)


def test_a_pair_without_acts_is_told_where_some_were_expected() -> None:
    found = CLASS_MAPS["list"]()
    cells = [replace(cell, count=0, ratio=replace(cell.ratio, observed=0, value=0.0)) for cell in found.answers.cells]
    cells[0] = replace(cells[0], ratio=replace(cells[0].ratio, expected=0.0, value=None))
    edges = list(class_graph(replace(found, answers=replace(found.answers, cells=tuple(cells)))).edges)
    assert len(edges) == 15
    assert ("junior", "junior") not in {(edge.source, edge.target) for edge in edges}
    assert {edge.weight for edge in edges} == {0}


@both
def test_accounts_without_private_hold_neither_names_nor_standing(write: Write) -> None:
    graph = kept(account_graph(accounts()))
    found = read_back(write, graph)
    assert told(found) == as_read(graph)
    assert found.nodes["a1"] == {"label": "a1", "class": "senior", "channel": "x", "posts": 40, "answered": 31}
    assert found.nodes["a3"] == {"label": "a3", "class": "junior", "posts": 0, "answered": 0}
    assert (
        found.edges["a1", "a2"].items()
        >= {"weight": 4, "spoken": 1, "addressed": 0, "answers": 2, "reshares": 1}.items()
    )
    assert found.edges["a2", "a1"]["weight"] == 5  # what was addressed is a part of what was spoken
    leaking = replace(accounts(), nodes=tuple(replace(node, standing=777_123) for node in accounts().nodes))
    stream = io.BytesIO()
    write(account_graph(leaking), stream)
    assert b"777123" not in stream.getvalue()
    assert b"standing" not in stream.getvalue()


@both
def test_accounts_with_private_are_told_in_full(write: Write) -> None:
    graph = kept(account_graph(accounts(private=True, names=("x:user/1", "x:user/2", "https://blog.example/?a=1&b=<"))))
    found = read_back(write, graph)
    assert told(found) == as_read(graph)
    assert found.nodes["x:user/1"]["standing"] == 1_234
    assert "standing" not in found.nodes["x:user/2"]


UGLY = (
    HOSTILE, "\x00\x07\x1b[31m", "\ud800 half", "\ufffe\uffff", "]]>&<!--\"'", "\u202egnp.exe", "  ", "",
    "🧵 é\u0301\nnew\tline\r",
)  # fmt: skip


@both
@pytest.mark.parametrize("name", UGLY, ids=ascii)
def test_hostile_names_make_no_invalid_file(write: Write, name: str) -> None:
    node = GraphNode("x:user/1" + name, name, "senior", name, 3, 1, 1, 1)
    other = replace(node, id="x:user/2")
    stream = io.BytesIO()
    write(account_graph(AccountGraph((node, other), (GraphEdge(node.id, other.id, 1, 1, 0, 0),), True)), stream)
    ElementTree.fromstring(stream.getvalue())  # noqa: S314
    stream.seek(0)
    found = READ[write](stream)
    assert len(found) == 2
    assert len(found.edges) == 1
    here = found.nodes["x:user/2"]
    if name.strip() and text(name) == name and "\r" not in name:
        assert (here["label"], here["channel"]) == (name, name)
        assert node.id in found


def test_ids_that_xml_cannot_tell_apart_stay_two() -> None:
    assert identifier("x:user/1") == "x:user/1"
    assert len({identifier(one) for one in ("a\x00", "a\x01", "a\ud800", "a\ufffd")}) == 4
    assert text("a\x00b\ud800c\U0001f9f5") == "a\ufffdb\ufffdc\U0001f9f5"


@both
def test_an_empty_graph(write: Write) -> None:
    found = read_back(write, account_graph(AccountGraph((), (), False)))
    assert (found.is_directed(), len(found), len(found.edges)) == (True, 0, 0)


def test_gexf_says_what_gephi_looks_for() -> None:
    """By what Gephi's importer reads: the direction of edges, types of columns, weight as an attribute of its own."""
    stream = io.BytesIO()
    write_gexf(account_graph(accounts()), stream)
    space = {"g": "http://www.gexf.net/1.2draft"}
    root = ElementTree.fromstring(stream.getvalue())  # noqa: S314
    assert (root.tag, root.get("version")) == ("{http://www.gexf.net/1.2draft}gexf", "1.2")
    graph = root.find("g:graph", space)
    assert graph is not None
    assert graph.attrib == {"mode": "static", "defaultedgetype": "directed"}
    columns = {
        one.get("class"): {a.get("id"): (a.get("title"), a.get("type")) for a in one}
        for one in graph.findall("g:attributes", space)
    }
    assert columns["node"] == {name: (name, kind) for name, kind in ACCOUNT_COLUMNS.items()}
    assert columns["edge"]["answers"] == ("answers", "long")
    edges = graph.findall("g:edges/g:edge", space)
    assert [(one.get("id"), one.get("weight")) for one in edges] == [("e0", "5"), ("e1", "4"), ("e2", "1")]


def test_graphml_uses_the_names_that_gephi_takes_for_label_and_weight() -> None:
    stream = io.BytesIO()
    write_graphml(account_graph(accounts()), stream)
    keys = [one.attrib for one in ElementTree.fromstring(stream.getvalue()) if one.tag.endswith("}key")]  # noqa: S314
    named = {(key["for"], key["attr.name"]): key["attr.type"] for key in keys}
    assert named["node", "label"] == "string"
    assert named["edge", "weight"] == "double"
    assert len({key["id"] for key in keys}) == len(keys)
    assert not {key["id"] for key in keys} & {"d3", "d7"}  # Gephi takes these for labels of yEd


@both
def test_a_large_graph_is_never_held(write: Write) -> None:
    """Nodes are asked for one by one, and by then those before them have left for the stream."""
    stream, waiting, longest = io.BytesIO(), 0, 0
    row = {"class": "junior", "channel": "x", "posts": 1, "answered": 0}

    def nodes() -> Iterator[Node]:
        nonlocal waiting, longest
        for number in range(20_000):
            waiting = number * 40 - stream.tell()  # each node takes more than 40 bytes
            longest = max(longest, waiting)
            yield Node(f"a{number}", f"a{number}", row)

    def edges() -> Iterator[Edge]:
        for number in range(1, 20_000):
            yield Edge(f"a{number}", f"a{number - 1}", 1, {"answers": 1})

    write(Graph(ACCOUNT_COLUMNS, {"answers": "long"}, nodes(), edges()), stream)
    assert longest < 100_000
    stream.seek(0)
    found = READ[write](stream)
    assert (len(found), len(found.edges)) == (20_000, 19_999)


@both
def test_the_same_graph_makes_the_same_file(write: Write) -> None:
    one, two = io.BytesIO(), io.BytesIO()
    write(class_graph(CLASS_MAPS["full"]()), one)
    write(class_graph(CLASS_MAPS["full"]()), two)
    assert one.getvalue() == two.getvalue()


@pytest.mark.parametrize("ending", ["gexf", "graphml", "GEXF"])
def test_one_call_makes_a_file(tmp_path: Path, ending: str) -> None:
    for found, size in ((CLASS_MAPS["full"](), 4), (accounts(), 3)):
        write_graph(found, tmp_path / f"net.{ending}")
        read = nx.read_graphml if ending == "graphml" else nx.read_gexf
        assert len(read(tmp_path / f"net.{ending}")) == size


def test_a_file_that_says_no_format_or_cannot_be_written(tmp_path: Path) -> None:
    for name in ("net.csv", "net", "gexf"):
        with pytest.raises(InputError, match="format") as raised:
            write_graph(accounts(), tmp_path / name)
        assert ".gexf, .graphml" in raised.value.hint_text(str)
    assert not list(tmp_path.iterdir())
    with pytest.raises(PermadaniError, match="cannot be written"):
        write_graph(accounts(), tmp_path / "nowhere" / "net.gexf")
