"""The list of imports, files that were read before, and programs that hand over records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from permadani import __version__
from permadani.errors import PermadaniError
from permadani.store import Progress, Store
from permadani.vocabulary import Problem
from store.networks import account, contents, post, village

HEADER = "id,actor,published\n"
ROWS = "".join(f"x:status/{n},x:user/{n % 3},2020-01-0{n + 1}\n" for n in range(5))


def table(folder: Path, rows: str = ROWS, name: str = "objects.csv") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(HEADER + rows, "utf-8")
    return path


def test_an_empty_store_lists_nothing(store: Store) -> None:
    assert store.imports() == []


def test_each_import_is_listed(store: Store, tmp_path: Path) -> None:
    store.add([post(0), post(0), Problem(reason="malformed_row"), Problem(reason="pingback", lost=False)], "by hand")
    store.import_(table(tmp_path / "a"))
    one, two = store.imports()
    assert (one.sources, one.paths, len(one.files)) == (("records",), "by hand", 1)
    assert (one.read, one.new, one.known, one.problems) == (2, 1, 1, 1)
    assert (two.sources, two.read, two.new, two.known, two.problems) == (("tables",), 5, 4, 1, 0)
    assert two.version == __version__
    assert one.started < two.started


def test_a_second_import_of_the_same_file_adds_no_row_and_reports_known(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a", ROWS + "x:status/7,,\n")
    (first,) = store.import_(path).files
    before = contents(store)
    with store.session() as connection:
        rows = connection.execute("SELECT * FROM files").fetchall()
    (second,) = store.import_(path).files
    assert (first.read, first.new, first.known) == (5, 5, 0)
    assert (second.read, second.new, second.known) == (5, 0, 5)
    assert second.problems == first.problems
    assert len(second.problems) == 1
    assert len(store.imports()) == 1
    assert contents(store) == before
    with store.session() as connection:
        assert connection.execute("SELECT * FROM files").fetchall() == rows


def test_the_same_file_twice_in_one_run(store: Store, tmp_path: Path) -> None:
    paths = [table(tmp_path / name) for name in ("a", "b")]
    report = store.import_(*paths, paths[0])
    assert [(file.read, file.new, file.known) for file in report.files] == [(5, 5, 0), (5, 0, 5), (5, 0, 5)]
    assert report.objects == 5


def test_two_files_that_overlap(store: Store, tmp_path: Path) -> None:
    report = store.import_(table(tmp_path / "a"), table(tmp_path / "b", ROWS + "x:status/8,x:user/1,2020-02-01\n"))
    assert [(file.read, file.new, file.known) for file in report.files] == [(5, 5, 0), (6, 1, 5)]
    assert report.objects == 6


def test_a_file_that_is_not_known_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("just words")
    report = store.import_(tmp_path / "notes.txt")
    assert not report.usable
    assert store.imports() == []


def test_a_cut_file_gives_nothing_unless_asked(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a", ROWS + "x:status/9,x:us")
    (refused,) = store.import_(path).files
    assert (refused.read, [p.reason for p in refused.problems]) == (0, ["unexpected_end"])
    assert contents(store)["objects"] == []
    (taken,) = store.import_(path, partial=True).files
    assert (taken.read, taken.new, [p.reason for p in taken.problems]) == (5, 5, ["unexpected_end"])
    assert {row[5] for row in contents(store)["coverage"]} == {"partial"}
    (again,) = store.import_(path, partial=True).files
    assert (again.read, again.new, again.problems) == (5, 0, taken.problems)


def test_many_problems_are_counted_and_few_are_kept(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a", ROWS + "".join(f"x:status/1{n},x:user/1,kapan\n" for n in range(300)))
    (file,) = store.import_(path).files
    assert [(p.reason, p.count) for p in file.problems] == [("unparsable_time", 300)]
    assert store.imports()[0].problems == 300
    with store.session() as connection:
        assert connection.execute("SELECT count(*), sum(count) FROM problems").fetchall() == [(21, 300)]


def test_an_unknown_source_is_refused_with_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(PermadaniError, match="no source named myspace") as caught:
        store.import_(table(tmp_path / "a"), source="myspace")
    assert "disqus" in (caught.value.hint_text() or "")


def test_an_error_in_a_program_that_hands_over_records_leaves_the_store_as_it_was(store: Store) -> None:
    store.add(village(messages=20))
    before = contents(store)

    def records():  # type: ignore[no-untyped-def]
        yield account(50)
        yield post(500)
        raise LookupError("from the program")

    with pytest.raises(LookupError, match="from the program"):
        store.add(records())
    assert contents(store) == before
    assert len(store.imports()) == 1


def test_a_hole_in_a_parser_costs_its_file_only(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from permadani.sources.tables import Tables

    real = Tables.read

    def broken(self, file, options):  # type: ignore[no-untyped-def]
        for number, record in enumerate(real(self, file, options)):
            if "/b/" in file.path and number == 3:
                raise RecursionError("too deep")
            yield record

    monkeypatch.setattr(Tables, "read", broken)
    rows = "".join(f"x:status/9{n},x:user/{n},2020-01-01\n" for n in range(5))
    report = store.import_(table(tmp_path / "a"), table(tmp_path / "b", rows))
    assert [(file.read, [p.reason for p in file.problems]) for file in report.files] == [(5, []), (0, ["unreadable"])]
    assert len(contents(store)["objects"]) == 5


def test_progress_ends_at_the_sum_of_all_sizes(store: Store, tmp_path: Path) -> None:
    class Seen(Progress):
        def __init__(self) -> None:
            self.total, self.done, self.names, self.merged = 0, [0], list[str](), 0

        def start(self, total: int) -> None:
            self.total = total

        def file(self, path: str) -> None:
            self.names.append(path)

        def bytes(self, done: int) -> None:
            self.done.append(done)

        def merging(self) -> None:
            self.merged += 1

    for name in ("a", "b"):
        table(tmp_path / "in", name=f"{name}.csv")
    shutil.copy(table(tmp_path / "in"), tmp_path / "in" / "other.txt")
    seen = Seen()
    store.import_(tmp_path / "in", progress=seen)
    assert seen.done == sorted(seen.done)
    assert seen.done[-1] == seen.total == 4 * len((HEADER + ROWS).encode())
    assert len(seen.names) == 4
    assert seen.merged == 1


def test_a_name_that_is_not_utf8_is_shown_and_kept(store: Store, tmp_path: Path) -> None:
    folder = Path(str(tmp_path) + "/caf\udce9")
    folder.mkdir()
    (file,) = store.import_(table(folder)).files
    assert (file.read, file.new) == (5, 5)
    str(store.imports()[0].paths).encode()
    str(file.to_dict() if hasattr(file, "to_dict") else file.path).encode()
