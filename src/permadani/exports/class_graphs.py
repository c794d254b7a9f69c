"""What graph tools get of a class map: the classes and what goes between them, or accounts (docs/classes.md).

The only export of something that was found out; all others hand on what was imported. So it comes after findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from permadani.errors import InputError, PermadaniError
from permadani.exports.graphs import WRITERS, Edge, Graph, Kind, Node, Value
from permadani.findings.results import AccountGraph, ClassMap, Matrix, MatrixCell
from permadani.language import N_

CLASSES = ("junior", "middle", "senior", "unknown")
MATRICES = ("approaches", "answers", "reshares")
CLASS_COLUMNS: dict[str, Kind] = {
    "people": "long", "posts": "long", "answered": "long", "rate": "double", "low": "double", "high": "double",
}  # fmt: skip
ACCOUNT_COLUMNS: dict[str, Kind] = {"class": "string", "channel": "string", "posts": "long", "answered": "long"}
TIE_COLUMNS: dict[str, Kind] = {"spoken": "long", "addressed": "long", "answers": "long", "reshares": "long"}


def write_graph(found: ClassMap | AccountGraph, path: Path | str) -> None:
    """Write the classes, or the accounts, to a file: GEXF or GraphML, as its name ends.

    Raises:
        InputError: the name ends otherwise.
        PermadaniError: the file cannot be written.
    """
    target = Path(path)
    write = WRITERS[graph_form(target)]
    try:
        with target.open("wb") as stream:
            write(account_graph(found) if isinstance(found, AccountGraph) else class_graph(found), stream)
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=target, detail=error.strerror) from None


def graph_form(path: Path | str) -> str:
    """The format that a file's name asks for: a key of ``WRITERS``.

    Raises:
        InputError: it asks for none of them.
    """
    form = Path(path).suffix.lower().removeprefix(".")
    if form not in WRITERS:
        raise InputError(
            N_("{path} does not say which format"), hint=N_("Let it end in {endings}."), path=path,
            endings=", ".join(f".{name}" for name in WRITERS),
        )  # fmt: skip
    return form


def class_graph(found: ClassMap) -> Graph:
    """The four classes, and between them every ordered pair of which the map says anything.

    Weight: acts of all three kinds; 0 where only expected ones tell of the pair.
    """
    kinds: dict[str, Kind] = {}
    for name in MATRICES:
        kinds |= {name: "long", f"{name}_observed": "long"}
        kinds |= {f"{name}_{what}": "double" for what in ("expected", "ratio", "low", "high")}
    kinds |= {"answer_share_of": "long", "answer_share": "double", "answer_share_low": "double",
              "answer_share_high": "double"}  # fmt: skip
    return Graph(CLASS_COLUMNS, kinds, _classes(found), _pairs(found))


def _classes(found: ClassMap) -> Iterator[Node]:
    for name in CLASSES:
        values: dict[str, Value] = {}
        if (of := found.reception.by_class.get(name)) is not None:
            values = {column: getattr(of, column) for column in CLASS_COLUMNS}
        yield Node(name, name, values)


def _pairs(found: ClassMap) -> Iterator[Edge]:
    matrices: dict[str, Matrix] = {name: getattr(found, name) for name in MATRICES}
    for source in CLASSES:
        for target in CLASSES:
            cells = {name: cell for name, one in matrices.items() if (cell := one.cell(source, target)) is not None}
            if not any(cell.count or cell.ratio.expected for cell in cells.values()):
                continue
            values: dict[str, Value] = {}
            for name, cell in cells.items():
                values |= _values(name, cell)
            yield Edge(source, target, sum(cell.count for cell in cells.values()), values)


def _values(name: str, cell: MatrixCell) -> dict[str, Value]:
    ratio, share = cell.ratio, cell.share
    values: dict[str, Value] = {
        name: cell.count, f"{name}_observed": ratio.observed, f"{name}_expected": ratio.expected,
        f"{name}_ratio": ratio.value, f"{name}_low": ratio.low, f"{name}_high": ratio.high,
    }  # fmt: skip
    if share is not None:
        values |= {
            "answer_share_of": share.posts, "answer_share": share.rate, "answer_share_low": share.low,
            "answer_share_high": share.high,
        }  # fmt: skip
    return values


def account_graph(found: AccountGraph) -> Graph:
    """Accounts and who spoke to whom. Standing only in a private graph; ids and labels are what the graph has.

    Weight: conversations spoken in, answers and reshares, never 0; ``addressed`` is a part of ``spoken``.
    """
    columns = dict(ACCOUNT_COLUMNS)
    if found.private:
        columns["standing"] = "long"
    nodes = (
        Node(
            node.id, node.label,
            {"class": node.group, "channel": node.channel, "posts": node.posts, "answered": node.answered,
             "standing": node.standing},
        )
        for node in found.nodes
    )  # fmt: skip
    edges = (
        Edge(
            edge.source, edge.target, edge.spoken + edge.answers + edge.reshares,
            {column: getattr(edge, column) for column in TIE_COLUMNS},
        )
        for edge in found.edges
    )  # fmt: skip
    return Graph(columns, TIE_COLUMNS, nodes, edges)
