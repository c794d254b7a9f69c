"""Neutral tables beyond the golden pairs: what is refused, and that everything written comes back as it was."""

from __future__ import annotations

import re
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
from permadani.sources import InputFile, recognise, sources, walk
from permadani.sources.base import ReadOptions
from permadani.sources.reading.clock import EARLIEST, LATEST
from permadani.sources.tables import Tables
from permadani.sources.tables.rows import SMALLEST_TIME, channel_of
from permadani.vocabulary import TABLES, Actor, Coverage, Object, Problem, Record

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
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


def test_recognised_by_name(tmp_path: Path) -> None:
    for name, content in (
        ("objects.csv", HEAD),
        ("follows.csv", '"actor","object"\n'),
        ("people.csv", "x,person"),
        ("likes.csv", "actor"),
        ("ACTORS.CSV", "id\n"),
        ("Objects.Csv", HEAD),
        ("objects.csv", "title,artist\n"),
        ("objects.parquet", HEAD),
    ):
        assert Tables().recognises(table(tmp_path, content, name)), (name, content)
    assert Tables().recognises(table(tmp_path, b"\xef\xbb\xbf" + HEAD.encode()))
    assert Tables().recognises(parquet(tmp_path, "SELECT 1 AS z"))
    for name, content in (
        ("objects.csv", ""),
        ("objects.parquet", ""),
        ("likes.csv", "Some words about likes\n"),
        ("people.csv", '{"id": 1, "actor": 2}'),
        ("people.csv", "<p>one, two</p>"),
        ("people.csv", "GIF8\0\0,,"),
        ("posts.csv", HEAD),
        ("objects.json", HEAD),
        ("datapackage.json", "{}"),
    ):
        assert not Tables().recognises(table(tmp_path, content, name)), (name, content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,artist\nAyo,Ani\n", "missing: id, actor, published (not known: title, artist)"),
        ("ID,Actor,Published\n", "missing: id, actor, published (not known: ID, Actor, Published)"),
        (HEAD.replace(",", ";") + "1;2;2020-01-01\n", "separated by semicolons"),
        ("Id;Judul,Lagu;Published\n", "separated by semicolons"),
        ("sep=;\n" + HEAD.replace(",", ";"), "separated by semicolons"),
        (HEAD.replace(",", "\t"), "separated by tabs"),
        (HEAD.replace(",", "|"), "separated by |"),
        (HEAD.encode("utf-16"), "UTF-16"),
        (HEAD.encode("utf-16-be"), "UTF-16"),
        (HEAD.encode("utf-16-le"), "UTF-16"),
        (HEAD.encode() + b"1,\xe9,x\n", "not UTF-8 (line 2, byte 21)"),
    ],
)
@pytest.mark.parametrize("name", ["objects.csv", "OBJECTS.CSV"])
def test_a_near_miss_is_claimed_and_refused_with_its_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    file = table(tmp_path, content, name)
    assert recognise(file) is sources()["tables"]
    assert reason in str(refused(file))


def test_what_is_called_parquet_and_is_not_is_refused(tmp_path: Path) -> None:
    for content in (HEAD, b"\0\1\2"):
        file = table(tmp_path, content, "objects.parquet")
        assert recognise(file) is sources()["tables"] and "no Parquet file" in str(refused(file))


def test_capital_letters_are_read_as_well(tmp_path: Path) -> None:
    assert len(objects(records(table(tmp_path, HEAD + f"1,2,{DAY}\n", "Objects.CSV")))) == 1
    parquet(tmp_path, f"SELECT 1 AS id, 2 AS actor, DATE '{DAY}' AS published").disk_path.rename(  # type: ignore[union-attr]
        tmp_path / "OBJECTS.PARQUET"
    )
    assert len(objects(records(opened(tmp_path / "OBJECTS.PARQUET")))) == 1


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_no_real_export_of_another_format_is_claimed() -> None:
    files = [file for file in walk(SHARED) if isinstance(file, InputFile)]
    assert files and not [file.path for file in files if Tables().recognises(file)]


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


COVERAGE = "actor,channel,direction,since,until,completeness,basis\n"
GOOD_ROW, BAD_ROW = ",x,inbound,,,complete,asked\n", ",x,inbound,lately,,complete,asked\n"
BESIDE = {
    "nothing": (None, "", True),
    "good": ("coverage.csv", COVERAGE + GOOD_ROW, False),
    "capital": ("Coverage.CSV", COVERAGE + GOOD_ROW, False),
    "some bad": ("coverage.csv", COVERAGE + BAD_ROW + GOOD_ROW, False),
    "no rows": ("coverage.csv", COVERAGE, False),
    "all bad": ("coverage.csv", COVERAGE + BAD_ROW, True),
    "empty": ("coverage.csv", "", True),
    "columns": ("coverage.csv", "channel,direction\nx,inbound\n", True),
    "semicolons": ("coverage.csv", (COVERAGE + GOOD_ROW).replace(",", ";"), True),
    "cut": ("coverage.csv", COVERAGE + GOOD_ROW + '"x', True),
    "no parquet": ("coverage.parquet", COVERAGE + GOOD_ROW, True),
    "elsewhere": ("other/coverage.csv", COVERAGE + GOOD_ROW, True),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_usable_coverage_table_beside_it_speaks_instead(tmp_path: Path, case: str) -> None:
    name, coverage, partial = BESIDE[case]
    content = HEAD + f"1,a,{DAY}\n"
    for item in (table(tmp_path / "in", content), table(tmp_path / "in", content, "OBJECTS.CSV")):
        if name:
            table(tmp_path / "in", coverage, name)
        claims = [r for r in records(item) if isinstance(r, Coverage)]
        assert [c.completeness for c in claims] == ["partial"] * 2 * partial
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/objects.csv", content)
        if name:
            archive.writestr(f"in/{name}", coverage)
    for item in walk(tmp_path / "a.zip"):
        if isinstance(item, InputFile) and item.name == "objects.csv":
            assert any(isinstance(r, Coverage) for r in records(item)) == partial


def test_coverage_in_parquet_speaks_too(tmp_path: Path) -> None:
    file = table(tmp_path, HEAD + f"1,a,{DAY}\n")
    parquet(
        tmp_path,
        "SELECT 'x' AS channel, 'inbound' AS direction, 'complete' AS completeness, 'asked' AS basis",
        "coverage",
    )
    assert not any(isinstance(r, Coverage) for r in records(file))


def test_a_date_that_is_not_iso_says_what_is_wanted(tmp_path: Path) -> None:
    found = records(table(tmp_path, HEAD + f"1,2,01/02/2022\n3,4,{DAY}\n"))
    (problem,) = [r for r in found if isinstance(r, Problem)]
    assert problem.example == "published: 01/02/2022 (ISO 8601 is wanted: 2022-01-31T08:00:00Z)"


@pytest.mark.parametrize(
    ("identifier", "channel"),
    [
        ("forum:post/1", "forum"),
        ("x:status/1", "x"),
        ("wordpress:a.example/name/B C", "wordpress"),
        ("forum:1", "forum"),
        ("urn:uuid:1", "urn"),
        ("HTTPS://a.example/b", "web"),
        ("http://a.example/b", "web"),
        ("did:plc:a", "bluesky"),
        ("at://did:plc:a/b", "bluesky"),
        ("mailto:a@b.example", "email"),
        ("17", "unknown"),
        ("", "unknown"),
        ("a b", "unknown"),
        (":a", "unknown"),
        ("12:30", "unknown"),
        ("two words: a", "unknown"),
    ],
)
def test_a_missing_channel_is_the_scheme_of_the_id(identifier: str, channel: str) -> None:
    assert channel_of(identifier) == channel


def test_the_example_of_the_documentation_is_the_golden_one_and_works_together() -> None:
    example = ROOT / "tests" / "golden" / "tables" / "example"
    shown = re.findall(r"```csv\n(.*?)```", (ROOT / "docs" / "sources" / "tables.md").read_text("utf-8"), re.DOTALL)
    assert shown == [(example / f"{name}.csv").read_text("utf-8") for name in ("objects", "actors", "coverage")]
    found = [r for path in example.glob("*.csv") for r in records(opened(path))]
    assert {r.channel for r in found if isinstance(r, Object | Actor | Coverage)} == {"forum"}
    claims = [r for r in found if isinstance(r, Coverage)]
    assert (
        {c.actor for c in claims} <= {a.id for a in found if isinstance(a, Actor)} == {o.actor for o in objects(found)}
    )
    assert {(c.direction, c.completeness) for c in claims} == {("inbound", "complete"), ("outbound", "complete")}


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


@settings(max_examples=60, deadline=None, derandomize=True)
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
    assert set(problems(found)) <= {"future_time", "time_before_channel"}  # told, and kept as they are
    assert objects(found) == written


def test_repeated_keys(tmp_path: Path) -> None:
    rows = [f"{i % 300},a{i // 600},{DAY}" for i in range(900)]
    found = records(table(tmp_path, HEAD + "\n".join(rows)))
    assert len(objects(found)) == 300
    lost = Counter(r.lost for r in found if isinstance(r, Problem) and r.reason == "duplicate_id")
    assert lost == {False: 300, True: 300}


@pytest.mark.slow
def test_parquet_with_large_row_groups_and_long_texts(tmp_path: Path) -> None:
    """As our own export writes it: 120,000 texts of 2 kB in one row group do not fit into what CSV is given."""
    path = tmp_path / "objects.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'x:status/' || i AS id, 'x:user/1' AS actor, 1577836800000000 + i AS published,
                     repeat(md5(i::VARCHAR), 64) AS text FROM range(122880) t(i))
                TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
        )
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    assert sum(type(record) is Object for record in Tables().read(file, ReadOptions())) == 122_880
