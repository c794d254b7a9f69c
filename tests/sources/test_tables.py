"""Neutral tables beyond the golden pairs: what is refused, and that everything written comes back as it was."""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.sources.base import ReadOptions
from permadani.sources.clock import EARLIEST, LATEST
from permadani.sources.files import InputFile, walk
from permadani.sources.tables import Tables
from permadani.sources.tables_rows import SMALLEST_TIME, channel_of
from permadani.vocabulary import TABLES, Coverage, Object, Problem, Record

HEAD = "id,actor,published\n"
DAY = "2020-01-01"


def opened(path: Path) -> InputFile:
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


def table(folder: Path, content: str | bytes, name: str = "objects.csv") -> InputFile:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return opened(path)


def parquet(folder: Path, select: str, name: str = "objects") -> InputFile:
    path = folder / f"{name}.parquet"
    duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return opened(path)


def records(file: InputFile) -> list[Record]:
    return list(Tables().read(file, ReadOptions()))


def objects(found: list[Record]) -> list[Object]:
    return [r for r in found if isinstance(r, Object)]


def problems(found: list[Record]) -> Counter[str]:
    return Counter(r.reason for r in found if isinstance(r, Problem))


def refused(file: InputFile) -> InputError:
    with pytest.raises(InputError) as caught:
        records(file)
    return caught.value


def test_recognised_by_name_and_columns(tmp_path: Path) -> None:
    for name, content in (("objects.csv", HEAD), ("follows.csv", '"actor","object"\n'), ("people.csv", "x,person")):
        assert Tables().recognises(table(tmp_path, content, name))
    assert Tables().recognises(table(tmp_path, b"\xef\xbb\xbf" + HEAD.encode()))
    assert Tables().recognises(parquet(tmp_path, "SELECT 1 AS z"))
    for name, content in (
        ("objects.csv", "title,artist\n"),
        ("objects.csv", ""),
        ("tweets.csv", HEAD),
        ("objects.json", HEAD),
        ("objects.parquet", HEAD),
        ("datapackage.json", "{}"),
        ("objects.csv", b"\xff\xfe" + HEAD.encode("utf-16-le")),
    ):
        assert not Tables().recognises(table(tmp_path, content, name))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    error = refused(table(tmp_path, "id,author,date\n1,2,3\n"))
    assert isinstance(error, Unreadable)
    assert "missing: actor, published (not known: author, date)" in str(error)
    assert "twice" in str(refused(table(tmp_path, "id,actor,published,id\n1,2,3,4\n")))


@pytest.mark.parametrize("value", ["5.24956e+17", "5.24956E+17", "524956000000000000.0", "5E+17"])
@pytest.mark.parametrize("column", ["id", "actor", "in_reply_to"])
def test_ids_that_were_floats_refuse_the_table(tmp_path: Path, column: str, value: str) -> None:
    row = {"id": "1", "actor": "2", "published": DAY, "in_reply_to": "", column: value}
    content = f"{','.join(row)}\n3,4,{DAY},\n{','.join(row.values())}\n"
    error = refused(table(tmp_path, content))
    assert isinstance(error, Unreadable) and value in str(error) and "row 2" in str(error)
    assert "DOUBLE" in str(
        refused(parquet(tmp_path, f"SELECT 5e17::DOUBLE AS id, 'a' AS actor, DATE '{DAY}' AS published"))
    )


def test_ids_that_only_look_a_little_like_floats_are_fine(tmp_path: Path) -> None:
    ids = ["17", "12e45", "0052495e17", "10.1234/abc", "x:status/5.2e+17", "urn:uuid:1.5"]
    found = records(table(tmp_path, HEAD + "".join(f"{i},{i},{DAY}\n" for i in ids)))
    assert [o.id for o in objects(found)] == ids


@pytest.mark.parametrize("time", ["1577836800", "1577836800000", "1577836800000000000", "0", "soon", "2020-13-01"])
def test_times_in_other_units_are_refused_by_row(tmp_path: Path, time: str) -> None:
    found = records(table(tmp_path, HEAD + f"1,2,{time}\n3,4,{DAY}\n"))
    assert problems(found) == {"unparsable_time": 1} and len(objects(found)) == 1


def test_times_of_parquet(tmp_path: Path) -> None:
    for value in (
        "TIMESTAMP '1971-01-01 00:00:00.000001'",
        "TIMESTAMPTZ '1971-01-01 07:00:00.000001+07'",
        "TIMESTAMP_NS '1971-01-01 00:00:00.000001'",
    ):
        found = records(parquet(tmp_path, f"SELECT 1 AS id, 2 AS actor, {value} AS published"))
        assert [o.published for o in objects(found)] == [31536000000001]
    for value in ("1577836800000000::BIGINT", "1577836800000000::DOUBLE", f"DATE '{DAY}'", f"'{DAY}'"):
        found = records(parquet(tmp_path, f"SELECT 1 AS id, 2 AS actor, {value} AS published"))
        assert [o.published for o in objects(found)] == [1577836800000000]
    found = records(parquet(tmp_path, "SELECT 1 AS id, 2 AS actor, 1577836800 AS published"))
    assert problems(found) == {"unparsable_time": 1}
    found = records(parquet(tmp_path, "SELECT 1 AS id, 2 AS actor, 'nan'::DOUBLE AS published"))
    assert problems(found) == {"missing_value": 1}


def test_our_own_tables_may_hold_broken_dates_of_1970(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{\n  "created_by": "permadani 0.1"\n}')
    found = records(table(tmp_path, HEAD + "1,2,17\n"))
    assert [o.published for o in objects(found)] == [17]


def test_a_nested_column_is_refused(tmp_path: Path) -> None:
    error = refused(parquet(tmp_path, f"SELECT 1 AS id, 2 AS actor, DATE '{DAY}' AS published, ['a'] AS text"))
    assert "text" in str(error) and "VARCHAR[]" in str(error)


@pytest.mark.parametrize(
    ("bytes_", "place"), [(b"1,\xe9,x\n", "line 2, byte 21"), (b"1,a,x\n2,b,\xff", "line 3, byte 29")]
)
def test_other_encodings_are_refused_with_their_place(tmp_path: Path, bytes_: bytes, place: str) -> None:
    assert place in str(refused(table(tmp_path, HEAD.encode() + bytes_)))


@pytest.mark.parametrize("tail", ['3,"b', '3,b,"2020', "3,b", '3,"b,2020-01-01\n'])
def test_a_table_that_stops_in_a_row_says_so(tmp_path: Path, tail: str) -> None:
    found: list[Record] = []
    with pytest.raises(UnexpectedEnd):
        found.extend(Tables().read(table(tmp_path, HEAD + f"1,a,{DAY}\n" + tail), ReadOptions()))
    assert len(objects(found)) == 1 and len([r for r in found if isinstance(r, Coverage)]) == 2


def test_a_lone_quote_inside_a_text_is_no_end(tmp_path: Path) -> None:
    found = records(table(tmp_path, f'id,actor,published,text\n1,a,{DAY},5" screen\n2,a,{DAY},"x"'))
    assert [o.text for o in objects(found)] == ['5" screen', "x"]


@pytest.mark.parametrize("damage", [b"PAR1", b"PAR1" + b"\0" * 500, b"PAR1" + b"\0" * 500 + b"PAR1"])
def test_damaged_parquet_is_unreadable(tmp_path: Path, damage: bytes) -> None:
    assert isinstance(refused(table(tmp_path, damage, "objects.parquet")), Unreadable)


def test_paths_are_no_patterns(tmp_path: Path) -> None:
    for folder in ("a[1]", "year=2020", "it's", "b{1,2}", "q?"):
        table(tmp_path, HEAD + f"WRONG,a,{DAY}\n", "a1/objects.csv")
        found = records(table(tmp_path, HEAD + f"1,a,{DAY}\n", f"{folder}/objects.csv"))
        assert [o.id for o in objects(found)] == ["1"] and not problems(found)


def test_a_coverage_table_beside_it_speaks_instead(tmp_path: Path) -> None:
    content = HEAD + f"1,a,{DAY}\n"
    for coverage in (None, "coverage.csv", "coverage.parquet"):
        folder = tmp_path / str(coverage)
        file = table(folder, content)
        if coverage:
            (folder / coverage).write_text("")
        assert any(isinstance(r, Coverage) for r in records(file)) == (coverage is None)
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            archive.writestr("in/objects.csv", content)
            if coverage:
                archive.writestr(f"in/{coverage}", "")
        for item in walk(folder / "a.zip"):
            if isinstance(item, InputFile) and item.name == "objects.csv":
                assert any(isinstance(r, Coverage) for r in records(item)) == (coverage is None)


def test_channels_from_ids() -> None:
    assert [channel_of(i) for i in ("x:status/1", "disqus:post/9", "wordpress:a.example/name/B C")] == [
        "x",
        "disqus",
        "wordpress",
    ]
    assert [channel_of(i) for i in ("https://a.example/b", "did:plc:a", "mailto:a@b.example")] == [
        "web",
        "bluesky",
        "email",
    ]
    assert [channel_of(i) for i in ("17", "", "urn:uuid:1", "a b", "Re: hello")] == ["unknown"] * 5


ids = st.text(min_size=1, max_size=8).map(lambda t: f"x:status/{t}")
texts = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["", "NULL", '""', "\r\n"])
)
times = st.integers(EARLIEST, -SMALLEST_TIME) | st.integers(SMALLEST_TIME, LATEST)
messages = st.builds(
    Object,
    id=ids,
    channel=st.just("x"),
    kind=st.sampled_from(["note", "mail"]),
    actor=ids,
    published=times,
    in_reply_to=st.none() | ids,
    text=texts,
    language=texts,
    spam=st.none() | st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(messages, min_size=1, max_size=8, unique_by=lambda m: m.id), st.sampled_from(["csv", "parquet"]))
def test_what_was_written_comes_back_bit_by_bit(written: list[Object], suffix: str) -> None:
    names = [c.name for c in TABLES["objects"].columns]
    kinds = {"time": "BIGINT", "flag": "BOOLEAN"}
    columns = ", ".join(f"{c.name} {kinds.get(c.type, 'VARCHAR')}" for c in TABLES["objects"].columns)
    how = "FORMAT csv, HEADER, QUOTE '\"', NULLSTR ''" if suffix == "csv" else "FORMAT parquet"
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder, f"objects.{suffix}")
        connection.execute(f"CREATE TABLE o ({columns})")
        for message in written:
            row: list[Any] = [msgspec.structs.asdict(message)[name] for name in names]
            connection.execute(f"INSERT INTO o VALUES ({', '.join('?' * len(names))})", row)
        connection.execute(f"COPY o TO '{path}' ({how})")
        found = records(opened(path))
    assert problems(found) == {}
    assert objects(found) == written


def test_repeated_keys(tmp_path: Path) -> None:
    rows = [f"{i % 300},a{i // 600},{DAY}" for i in range(900)]
    found = records(table(tmp_path, HEAD + "\n".join(rows)))
    assert len(objects(found)) == 300
    lost = Counter(r.lost for r in found if isinstance(r, Problem) and r.reason == "duplicate_id")
    assert lost == {False: 300, True: 300}
