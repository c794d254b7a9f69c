"""What is exported can be imported again unchanged, as Parquet and as CSV."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permadani.api import OpenStore
from permadani.errors import PermadaniError
from permadani.vocabulary import TABLES, Announce, Like, Object, Record
from store.networks import START, contents, networks, post, village

QUICK = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
AWKWARD = (
    "", " ", "\n", "\r\n", "a\rb", '"', '""', ',"', "\\", "\\n", "NULL", "null", "\t", "\ufeff", "\u2028", "\x00",
    "a\x00b", "\x1b[31m", "é", "e\u0301", "👩🏽‍🌾", "\U0010ffff", "\ud800", "#", "-1", "1e5",
    "'; DROP TABLE texts; --", "true", "2020-01-01", "nan", "$1", "{x}", "%s", "a,b\n\"c\"\r\n,,",
    "x" * 100_000, "ا\u202eب",
)  # fmt: skip


def there_and_back(records: list[Record], *, csv: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = (OpenStore(Path(folder, f"{n}.duckdb")) for n in (1, 2))
        first.add(records)
        written = first.export(Path(folder, "one"), csv=csv)
        report = second.import_(Path(folder, "one"))
        assert [p for file in report.files for p in file.problems if file.source] == []
        assert second.export(Path(folder, "two"), csv=csv) == written
        assert contents(second) == contents(first)
        for path in Path(folder, "one").iterdir():
            assert path.read_bytes() == Path(folder, "two", path.name).read_bytes(), path.name


@pytest.mark.parametrize("csv", [False, True], ids=["parquet", "csv"])
def test_awkward_texts(csv: bool) -> None:
    there_and_back([post(n, text=text) for n, text in enumerate((None, *AWKWARD))], csv=csv)


@pytest.mark.parametrize("text", ["", "\n", "\r\n", '"', "\ufeff", "\x00", "NULL", ","], ids=repr)
def test_one_awkward_text_alone_in_a_csv(text: str) -> None:
    there_and_back([post(0, text=text, client=text, language=text)], csv=True)


@pytest.mark.parametrize("csv", [False, True], ids=["parquet", "csv"])
def test_a_village(csv: bool) -> None:
    there_and_back(village(), csv=csv)


@given(networks, st.booleans())
@QUICK
def test_any_network(records: list[Record], csv: bool) -> None:
    there_and_back(records, csv=csv)


@pytest.mark.slow
@given(networks, st.booleans())
@LONG
def test_any_network_long(records: list[Record], csv: bool) -> None:
    there_and_back(records, csv=csv)


@pytest.mark.parametrize("csv", [False, True], ids=["parquet", "csv"])
def test_two_tables_with_the_same_bytes_are_both_read(csv: bool) -> None:
    """announces.csv and likes.csv have the same columns."""
    acts = {"actor": "x:user/0", "object": "x:status/0", "published": START}
    there_and_back([post(0), Announce(**acts), Like(**acts)], csv=csv)  # type: ignore[arg-type]


def test_people_channels_and_a_second_import_of_the_export(store: OpenStore, tmp_path: Path) -> None:
    store.add(village())
    store.link("x:user/1", "x:user/2")
    store.export(tmp_path / "out")
    before = contents(store)
    report = store.import_(tmp_path / "out")
    assert report.usable
    assert all(file.new == 0 for file in report.files)
    assert contents(store) == before


def test_the_description_names_every_file_and_column(store: OpenStore, tmp_path: Path) -> None:
    store.add(village(messages=5))
    written = store.export(tmp_path / "deep" / "out", csv=True)
    assert list(written) == list(TABLES)
    described = json.loads((tmp_path / "deep" / "out" / "datapackage.json").read_text("utf-8"))
    for resource in described["resources"]:
        header = (tmp_path / "deep" / "out" / resource["path"]).read_text("utf-8").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
    assert {one["name"] for one in described["resources"]} == set(TABLES)


def test_texts_do_not_end_the_quotes_of_a_folder_name(store: OpenStore, tmp_path: Path) -> None:
    store.add([post(0)])
    target = tmp_path / "it's; DROP TABLE {x} [y]*"
    assert store.export(target)["objects"] == 1
    other = OpenStore(tmp_path / "other.duckdb")
    assert other.import_(target).objects == 1


def test_an_id_without_its_uri_stays_the_same_id(tmp_path: Path) -> None:
    there_and_back(
        [Object(id="x:1", channel="x", kind="note", actor="x:a", published=1, in_reply_to="permadani:id/42")], csv=True
    )


def test_a_folder_that_cannot_be_written_is_named(store: OpenStore, tmp_path: Path) -> None:
    store.add([post(0)])
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PermadaniError, match="file"):
        store.export(tmp_path / "file" / "out")
    (tmp_path / "out" / "objects.parquet").mkdir(parents=True)
    with pytest.raises(PermadaniError, match="out"):
        store.export(tmp_path / "out")
    assert store.imports()


@pytest.mark.slow
@pytest.mark.parametrize("csv", [False, True], ids=["parquet", "csv"])
def test_an_export_larger_than_the_memory_of_the_store(store: OpenStore, tmp_path: Path, csv: bool) -> None:
    records = village(people=900, messages=200_000)
    store.add(records)
    assert store.export(tmp_path / "out", csv=csv)["objects"] == 200_000
    other = OpenStore(tmp_path / "other.duckdb")
    assert other.import_(tmp_path / "out").objects == 200_000
    assert other.export(tmp_path / "again", csv=csv)["objects"] == 200_000
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
