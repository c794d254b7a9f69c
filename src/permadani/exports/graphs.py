"""Graphs as GEXF and GraphML, the formats of Gephi and networkx, written as they come: a million nodes need no memory.

GEXF is written as version 1.2draft: what is used of it is the same in 1.3, Gephi and other tools read both, and
networkx reads 1.3 only from 3.6 on. Neither format knows null: what is unknown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, Any, Literal, TypeAlias

from lxml import etree

from permadani import __version__

Kind = Literal["string", "long", "double"]
"""Types of columns, called so in both formats."""
Value: TypeAlias = str | int | float | None

GEXF = "http://www.gexf.net/1.2draft"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Node:
    """``values``: by column; a column may be absent or None."""

    id: str
    label: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """From ``source`` to ``target`` (ids of nodes). ``weight``: Gephi leaves edges of weight 0 out."""

    source: str
    target: str
    weight: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph; nodes and edges are gone through once, and may be generators."""

    node_columns: Mapping[str, Kind]
    edge_columns: Mapping[str, Kind]
    nodes: Iterable[Node]
    edges: Iterable[Edge]


def write_gexf(graph: Graph, stream: IO[bytes]) -> None:
    """Write the graph into a binary stream; raises what the stream raises."""
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("gexf", {"version": "1.2"}, nsmap={None: GEXF}):
            meta = etree.Element("meta")
            etree.SubElement(meta, "creator").text = f"Permadani {__version__}"
            _line(xml, meta)
            with xml.element("graph", {"mode": "static", "defaultedgetype": "directed"}):
                for whose, columns in (("node", graph.node_columns), ("edge", graph.edge_columns)):
                    declared = etree.Element("attributes", {"class": whose, "mode": "static"})
                    for name, kind in columns.items():
                        etree.SubElement(declared, "attribute", {"id": name, "title": name, "type": kind})
                    _line(xml, declared)
                _all(xml, "nodes", (_gexf_node(node, graph.node_columns) for node in graph.nodes))
                numbered = enumerate(graph.edges)
                _all(xml, "edges", (_gexf_edge(number, edge, graph.edge_columns) for number, edge in numbered))


def _all(xml: Any, name: str, elements: Iterator[Any]) -> None:
    with xml.element(name):
        for one in elements:
            _line(xml, one)


def _gexf_node(node: Node, columns: Mapping[str, Kind]) -> Any:
    element = etree.Element("node", {"id": identifier(node.id), "label": text(node.label)})
    _attvalues(element, node.values, columns)
    return element


def _gexf_edge(number: int, edge: Edge, columns: Mapping[str, Kind]) -> Any:
    ends = {"source": identifier(edge.source), "target": identifier(edge.target)}
    element = etree.Element("edge", {"id": f"e{number}", **ends, "weight": str(edge.weight)})
    _attvalues(element, edge.values, columns)
    return element


def _attvalues(element: Any, values: Mapping[str, Value], columns: Mapping[str, Kind]) -> None:
    known = [(name, values[name]) for name in columns if values.get(name) is not None]
    if known:
        inner = etree.SubElement(element, "attvalues")
        for name, value in known:
            etree.SubElement(inner, "attvalue", {"for": name, "value": text(value)})


def write_graphml(graph: Graph, stream: IO[bytes]) -> None:
    """Write the graph into a binary stream; raises what the stream raises. Label and weight are columns there."""
    node_columns: dict[str, Kind] = {"label": "string", **graph.node_columns}
    edge_columns: dict[str, Kind] = {"weight": "double", **graph.edge_columns}
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: GRAPHML}):
            for whose, columns in (("node", node_columns), ("edge", edge_columns)):
                for name, kind in columns.items():
                    told = {"id": f"{whose}_{name}", "for": whose, "attr.name": name, "attr.type": kind}
                    _line(xml, etree.Element("key", told))
            with xml.element("graph", {"edgedefault": "directed"}):
                for node in graph.nodes:
                    element = etree.Element("node", {"id": identifier(node.id)})
                    _data(element, "node", {"label": node.label, **node.values}, node_columns)
                    _line(xml, element)
                for edge in graph.edges:
                    ends = {"source": identifier(edge.source), "target": identifier(edge.target)}
                    element = etree.Element("edge", ends)
                    _data(element, "edge", {"weight": edge.weight, **edge.values}, edge_columns)
                    _line(xml, element)


def _data(element: Any, whose: str, values: Mapping[str, Value], columns: Mapping[str, Kind]) -> None:
    for name in columns:
        if (value := values.get(name)) is not None:
            etree.SubElement(element, "data", {"key": f"{whose}_{name}"}).text = text(value)


def _line(xml: Any, element: Any) -> None:
    xml.write(element)
    xml.write("\n")


def text(value: Value) -> str:
    """As XML can hold it: control characters and halves of characters, which it cannot, become U+FFFD."""
    return _NOT_IN_XML.sub(_LOST, str(value))


def identifier(value: str) -> str:
    """As ``text``; two ids that differ only in what XML cannot hold stay two."""
    kept = text(value)
    if kept == value:
        return kept
    return f"{kept} {blake2b(value.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


WRITERS: Mapping[str, Callable[[Graph, IO[bytes]], None]] = {"gexf": write_gexf, "graphml": write_graphml}
"""By what the names of such files end in."""
