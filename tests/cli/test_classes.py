"""`permadani classes` as scripts use it: exit codes, formats, graphs, and what no output may hold."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from permadani.api import OpenStore
from permadani.cli import main
from permadani.cli.base import GRAPHS
from permadani.errors import InputError
from permadani.settings import NETWORK_MEMORY_MB
from permadani.store import database
from worlds import World

NAMES = ("Rani", "Budi", "Asker", "user/")
READ = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


def village() -> World:
    """Rani writes thirty posts, each commented by another asker, and answers twenty; some pass her words on."""
    world = World()
    world.cover(None)
    world.standing("rani", 5_000)
    world.conversations("rani", 30, 20)
    for i in range(30):
        world.standing(f"asker{i}", i * 10)
    for i in range(6):
        world.reshare(f"asker{i}", "x:status/1", 20 + i)
    return world


@pytest.fixture
def network(tmp_path: Path) -> OpenStore:
    other = World(channel="mastodon")
    other.cover(None)
    other.write("budi", 3)
    world = village()
    world.records += other.records
    return world.store(tmp_path)


def call(store: OpenStore, *arguments: str | Path) -> Result:
    words = ["classes", *map(str, arguments), "--store", str(store.path)]
    return CliRunner().invoke(main, words, prog_name="permadani")


def found(store: OpenStore, *arguments: str | Path) -> Any:
    result = call(store, *arguments, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def graph(form: str, result: Result) -> Any:
    assert (result.exit_code, result.stderr) == (0, "")
    return READ[form](io.BytesIO(result.stdout_bytes))


def test_json(network: OpenStore) -> None:
    told = found(network)
    assert told["schema"] == "permadani.classes/1"
    assert [one["channel"] for one in told["channels"]] == ["mastodon", "x"]
    assert told == json.loads(call(network, "--format", "json", "--lang", "id").stdout)
    assert told == network.classes().to_dict()


def test_a_channel_and_a_period(network: OpenStore) -> None:
    everything = found(network)
    only = found(network, "--channel", "x")
    assert [one["channel"] for one in only["channels"]] == ["x"]
    assert only["posts"] == everything["posts"] - 1
    assert found(network, "--channel", "x", "--channel", "mastodon") == everything
    assert found(network, "--since", "2020-01-04")["posts"] < everything["posts"]
    assert found(network, "--until", "2020-01-04")["posts"] < everything["posts"]
    assert (found(network, "--by", "month")["by"], found(network, "--by", "year")["by"]) == ("month", "year")


def test_from_python_a_channel_may_stand_alone(network: OpenStore) -> None:
    assert network.classes(channels="x") == network.classes(channels=["x"])
    with pytest.raises(ValueError, match="week"):
        network.classes(by="week")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="gestern"):
        network.account_graph(since="gestern")


def test_reading_a_network_may_hold_more_memory(network: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    connect = database.connect
    monkeypatch.setattr(database, "connect", lambda *a, **k: asked.append(k["memory_mb"]) or connect(*a, **k))
    network.classes()
    network.account_graph()
    network.imports()
    assert asked == [NETWORK_MEMORY_MB, NETWORK_MEMORY_MB, None]


def test_text_and_html_name_nobody(network: OpenStore, tmp_path: Path) -> None:
    text = call(network)
    assert (text.exit_code, text.stderr) == (0, "")
    assert "Juniors" in text.stdout or "juniors" in text.stdout
    assert call(network, "--lang", "id").stdout != text.stdout
    for name, start in (("map.html", "<!DOCTYPE html>"), ("map.json", "{"), ("map.txt", "")):
        result = call(network, "-o", tmp_path / name)
        assert (result.exit_code, result.output) == (0, "")
        written = (tmp_path / name).read_text("utf-8")
        assert written.lstrip().lower().startswith(start.lower())
        assert not [one for one in NAMES if one in written or one.lower() in written]


@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_of_classes(network: OpenStore, tmp_path: Path, form: str) -> None:
    read = graph(form, call(network, "--channel", "x", "--format", form))
    told = found(network, "--channel", "x")
    assert {name: values["posts"] for name, values in read.nodes(data=True)} == {
        name: one["posts"] for name, one in told["reception"]["by_class"].items()
    }
    counts = {(one["from"], one["to"]): one["count"] for one in told["matrices"]["answers"]["cells"] if one["count"]}
    assert counts
    read_back = {(a, b): values["answers"] for a, b, values in read.edges(data=True) if values["answers"]}
    assert read_back == counts
    assert call(network, "--channel", "x", "-o", tmp_path / f"net.{form.upper()}").exit_code == 0
    assert nx.utils.graphs_equal(READ[form](tmp_path / f"net.{form.upper()}"), read)


@pytest.mark.parametrize("form", GRAPHS)
def test_accounts_are_numbers_unless_private(network: OpenStore, form: str) -> None:
    result = call(network, "--accounts", "--format", form)
    read = graph(form, result)
    assert set(read) == {f"a{number}" for number in range(1, 33)}
    assert all(values["label"] == name for name, values in read.nodes(data=True))
    assert not [one for one in NAMES if one.lower() in result.stdout.lower()]
    assert "standing" not in result.stdout
    assert "5000" not in result.stdout

    private = graph(form, call(network, "--accounts", "--private", "--format", form))
    rani = private.nodes["x:user/rani"]
    assert (rani["label"], rani["channel"], rani["standing"]) == ("Rani", "x", 5_000)
    assert (private.edges["x:user/asker0", "x:user/rani"]["addressed"]) == 1
    assert sorted(dict(read.degree).values()) == sorted(dict(private.degree).values())
    assert len({values["weight"] for *_, values in private.edges(data=True)}) > 1


def test_the_order_of_accounts_tells_nothing(network: OpenStore) -> None:
    """It is drawn anew: of ten files at least two number the one who is written to most differently."""
    heads = set()
    for _ in range(10):
        read = graph("gexf", call(network, "--accounts", "--format", "gexf"))
        heads.add(max(read, key=lambda name: read.degree[name]))
        assert list(read) == [f"a{number}" for number in range(1, len(read) + 1)]
    assert len(heads) > 1


def test_wrong_usage(network: OpenStore, tmp_path: Path) -> None:
    for wrong, told in (
        (("--accounts",), "--format gexf"),
        (("--accounts", "--format", "json"), "--format gexf"),
        (("--accounts", "-o", tmp_path / "x.html"), "--format gexf"),
        (("--private",), "--accounts"),
        (("--private", "--format", "gexf"), "--accounts"),
        (("--by", "week"), "week"),
        (("--format", "yaml"), "yaml"),
        (("--since", "2021-01-01", "--until", "2020-01-01"), "ends before it begins"),
        (("--since", "gestern"), "2024-03-31"),
        (("x",), "x"),
        (("-o", tmp_path / "x.csv"), ".csv files. It writes .txt, .html, .json, .gexf, .graphml"),
        (("--accounts", "-o", tmp_path / "x.parquet"), ".parquet files"),
    ):
        result = call(network, *wrong)
        assert (result.exit_code, result.stdout) == (2, ""), wrong
        assert result.stderr.startswith("Usage: permadani classes")
        assert told in result.stderr
    assert not list(tmp_path.glob("x.*"))


def test_a_channel_that_is_not_there_lists_those_that_are(network: OpenStore) -> None:
    for more in ((), ("--accounts", "--format", "gexf")):
        result = call(network, "--channel", "x", "--channel", "facebook", *more)
        assert (result.exit_code, result.stdout) == (1, "")
        error, hint = result.stderr.splitlines()
        assert "facebook" in error
        assert "mastodon, x" in hint


def test_the_end_of_a_name_is_enough_where_only_one_ends_so(tmp_path: Path) -> None:
    worlds = [World(channel=name) for name in ("pipermail-r-help", "pipermail-r-devel", "discourse-r-devel", "x")]
    for count, world in enumerate(worlds, 1):
        world.cover(None)
        for day in range(count):
            world.write("rani", day)
    worlds[0].records += [one for world in worlds[1:] for one in world.records]
    store = worlds[0].store(tmp_path)
    for named, channel in (("r-help", "pipermail-r-help"), ("R-Help", "pipermail-r-help"), ("X", "x"), ("x", "x"),
                           ("pipermail-r-devel", "pipermail-r-devel")):  # fmt: skip
        told = found(store, "--channel", named)
        assert [one["channel"] for one in told["channels"]] == [channel]
        assert told == found(store, "--channel", channel, "--channel", named)
    for named, error, hint in (
        ("r-devel", "r-devel may be any of several", "The store holds: discourse-r-devel, pipermail-r-devel"),
        ("elp", "was published on elp", "The store holds: discourse-r-devel, pipermail-r-devel, pipermail-r-help, x"),
        ("", "nothing in the store", "The store holds: discourse-r-devel"),
    ):
        result = call(store, "--channel", named)
        assert (result.exit_code, result.stdout) == (1, "")
        assert error in result.stderr
        assert hint in result.stderr


def test_returned_ties_are_those_of_the_map(tmp_path: Path) -> None:
    """As networkx counts them in the graph of accounts; but for people without a post, who are no nodes."""
    world = village()
    lists = World(channel="pipermail-a-list")
    lists.cover(None)
    for day in range(12):
        asked = lists.write(f"asker{day}", day)
        answer = lists.write(f"helper{day % 4}", day + 1, to=asked)
        if day % 3 == 0:
            lists.write(f"asker{day}", day + 2, to=answer)
    world.records += lists.records
    store = world.store(tmp_path)
    ties = spoken(store, "--channel", "a-list")
    assert (ties.number_of_edges(), nx.overall_reciprocity(ties)) == (16, 0.5)
    for channels in ((), ("--channel", "a-list"), ("--channel", "x")):
        told, ties = found(store, *channels)["reciprocity"]["replies"], spoken(store, *channels)
        assert (told["ties"], told["people"]) == (ties.number_of_edges(), len(ties))
        assert told["returned"] == round(nx.overall_reciprocity(ties) * told["ties"])
        if channels == ("--channel", "a-list"):
            assert told["rate"] == pytest.approx(nx.overall_reciprocity(ties), abs=1e-12)
    world.write("rani", 90, mentions=("celebrity",))
    (tmp_path / "more").mkdir()
    more = world.store(tmp_path / "more")
    told, ties = found(more)["reciprocity"]["replies"], spoken(more)
    assert (told["ties"], told["people"]) == (ties.number_of_edges() + 1, len(ties) + 1)
    assert told["returned"] == round(nx.overall_reciprocity(ties) * ties.number_of_edges())


def spoken(store: OpenStore, *arguments: str) -> Any:
    """The ties among accounts: who spoke to whom directly, at least once."""
    read = graph("gexf", call(store, *arguments, "--accounts", "--format", "gexf"))
    assert all(values["weight"] > 0 and values["addressed"] <= values["spoken"] for *_, values in read.edges(data=True))
    return read.edge_subgraph([(a, b) for a, b, values in read.edges(data=True) if values["spoken"]])


def test_graphs_from_python(network: OpenStore, tmp_path: Path) -> None:
    network.graph(tmp_path / "classes.gexf", channels="x", until="2020-03-01")
    assert len(nx.read_gexf(tmp_path / "classes.gexf")) == 4
    network.graph(str(tmp_path / "accounts.graphml"), accounts=True, channels="x")
    assert set(nx.read_graphml(tmp_path / "accounts.graphml")) == {f"a{number}" for number in range(1, 32)}
    network.graph(tmp_path / "private.gexf", accounts=True, private=True)
    assert nx.read_gexf(tmp_path / "private.gexf").nodes["x:user/rani"]["label"] == "Rani"
    with pytest.raises(ValueError, match="accounts=True"):
        network.graph(tmp_path / "x.gexf", private=True)
    with pytest.raises(InputError):
        network.graph(tmp_path / "x.csv")
    assert not (tmp_path / "x.gexf").exists()


def test_no_store_is_an_error_and_an_unobserved_one_is_not(tmp_path: Path) -> None:
    missing = call(OpenStore(tmp_path / "nowhere.duckdb"))
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "there is no store" in missing.stderr
    own = World()
    own.cover("ada", inbound="none")
    own.write("ada", 1)
    store = own.store(tmp_path)
    told = found(store)
    assert (told["posts"], told["closure"]["verdict"]) == (0, "not_measurable")
    assert told["reception"]["all"]["rate"] is None
    text = call(store)
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.strip()
    for form in GRAPHS:
        assert not graph(form, call(store, "--format", form)).edges
        assert len(graph(form, call(store, "--format", form, "--accounts"))) == told["people"]


def test_a_file_that_cannot_be_written(network: OpenStore, tmp_path: Path) -> None:
    for name in ("x.gexf", "x.json"):
        result = call(network, "-o", tmp_path / "nowhere" / name)
        assert result.exit_code == 1
        assert "cannot be written" in result.stderr


def test_the_bar_is_for_terminals_only(network: OpenStore) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "permadani", "classes", "--format", "json", "--store", str(network.path)]
    quiet = subprocess.run(command, capture_output=True, check=False)
    assert (quiet.returncode, quiet.stderr) == (0, b"")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}) as told:
        os.close(theirs)
        out, _ = told.communicate(timeout=60)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert told.returncode == 0
    assert b"Reading the network" in shown
    assert out == quiet.stdout
