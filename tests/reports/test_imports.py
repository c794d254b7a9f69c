"""What an import says to people."""

from __future__ import annotations

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import english
from permadani.reports.imports import import_lines, reason_text
from permadani.store.importreport import FileReport, ImportReport, ProblemCount


def report(*files: FileReport) -> ImportReport:
    return ImportReport(files, 1, 2, 0, 0, 0)


def unknown(path: str) -> FileReport:
    return FileReport(path, None, 0, 0, 0, (ProblemCount("not_recognised", 1, None),))


def test_one_file_with_its_problems() -> None:
    lost = ProblemCount("unparsable_time", 1200, "line 7: yesterday")
    left = ProblemCount("not_a_post:attachment", 3, "line 9", lost=False)
    lines = import_lines(report(FileReport("a.xml", "wordpress", 5000, 5000, 0, (lost, left))), english)
    assert lines[0] == "a.xml (wordpress): 5,000 read, 5,000 new, 0 already known"
    assert lines[1] == "    ! 1,200 × time missing or not understood (line 7: yesterday)"
    assert lines[2] == "    · 3 × no post (attachment) (line 9)"
    assert lines[-1].startswith("New in the store: 2 messages, 1 account, 0 reshares")


def test_a_refused_file_says_why() -> None:
    refused = FileReport("b.zip", "x", 0, 0, 0, (ProblemCount("unexpected_end", 1, "the file ends at line 3"),))
    assert import_lines(report(refused), english)[0] == "b.zip: ends unexpectedly: the file ends at line 3"


def test_what_an_error_says_is_not_said_twice() -> None:
    def told_by(error: InputError, reason: str, name: str = "b.zip") -> FileReport:
        return FileReport(name, "x", 0, 0, 0, (ProblemCount(reason, 1, None, error=error),))

    cut, closed = UnexpectedEnd("line 3"), Unreadable("the file cannot be read ({detail})", detail="Permission denied")
    other = Unreadable("it is no e-mail", hint="Look again.")
    files = told_by(cut, "unexpected_end"), told_by(closed, "unreadable", "c"), told_by(other, "unreadable", "d")
    assert import_lines(report(*files), english)[:3] == [
        "b.zip: the file ends unexpectedly at line 3. Download the export again, or take what is there with --partial.",
        "c: the file cannot be read (Permission denied)",
        "d: cannot be read: it is no e-mail. Look again.",
    ]
    many = import_lines(report(*(told_by(cut, "unexpected_end", f"{n}.json") for n in range(50))), english)
    assert many[0].startswith("50 files refused (0.json, 1.json, 2.json, …): the file ends unexpectedly at line 3. ")


def test_one_of_each_is_told_in_the_singular() -> None:
    some = [FileReport(f"{n}.json", "x", 1, 1, 0, ()) for n in range(31)] + [FileReport("a.xml", "feed", 1, 1, 0, ())]
    lines = import_lines(ImportReport(tuple(some), 1, 1, 1, 1, 1), english)
    assert lines == [
        "feed: 1 file, 1 read, 1 new, 0 already known",
        "x: 31 files, 31 read, 31 new, 0 already known",
        "New in the store: 1 message, 1 account, 1 reshare, 1 like, 1 follow.",
    ]


def test_many_files_are_added_up_by_source() -> None:
    some = [FileReport(f"{i}.json", "x", 1, 1, 0, (ProblemCount("no_author_name", 2, f"line {i}"),)) for i in range(40)]
    lines = import_lines(report(*some), english)
    assert lines[:2] == ["x: 40 files, 40 read, 40 new, 0 already known", "    ! 80 × no author (0.json: line 0)"]


def test_what_is_not_recognised_is_named_by_folder_and_stays_short() -> None:
    files = [unknown(f"data/threads/{i}/structure.json") for i in range(500)] + [unknown("data/README")]
    lines = import_lines(report(*files), english)
    assert "Not recognised: 500 files in data/threads (structure.json)" in lines
    assert "Not recognised: data/README" in lines
    assert len(lines) < 20


def test_whoever_has_something_unknown_learns_where_the_list_is() -> None:
    assert "permadani import --help" in import_lines(report(unknown("a.txt"), unknown("b.txt")), english)[1]
    refused = FileReport("b.zip", "x", 0, 0, 0, (ProblemCount("unreadable", 1, "broken"),))
    assert not any("--help" in line for line in import_lines(report(refused), english))


def test_hostile_names_cannot_act_on_the_terminal() -> None:
    lines = import_lines(report(unknown("a/\x1b[31mred\x1b[0m\u202egnp.exe")), english)
    assert "\x1b" not in lines[0]
    assert "\u202e" not in lines[0]


def test_an_unknown_reason_is_shown_as_it_stands() -> None:
    assert reason_text("some_new_reason", english) == "some new reason"


def test_parts_of_an_archive_without_messages_take_one_line_a_kind() -> None:
    left = ProblemCount("no_messages", 1, None, lost=False)
    parts = [FileReport(f"a.zip!/data/ad-{n}.js", "x_archive", 0, 0, 0, (left,)) for n in range(40)]
    picture = FileReport("a.zip!/a.jpg", None, 0, 0, 0, (ProblemCount("media", 1, None, lost=False),))
    used = FileReport("a.zip!/data/tweets.js", "x_archive", 5, 5, 0, ())
    lines = import_lines(report(*parts, picture, used), english)
    assert lines[:3] == [
        "a.zip!/data/tweets.js (x_archive): 5 read, 5 new, 0 already known",
        "Files without messages: 40 (ad-0.js, ad-1.js, ad-2.js, …)",
        "Pictures, films and the like: 1 (a.jpg)",
    ]


def test_private_messages_that_are_left_closed_are_not_called_files_without_messages() -> None:
    def part(name: str, reason: str) -> FileReport:
        return FileReport(name, "facebook", 0, 0, 0, (ProblemCount(reason, 1, None, lost=False),))

    parts = [part("your_friends.json", "no_messages"), part("inbox/ani_1/message_1.json", "private_messages")]
    assert import_lines(report(*parts), english)[:2] == [
        "Files without messages: 1 (your_friends.json)",
        "Private messages, not opened: 1 (message_1.json)",
    ]


def test_very_many_refused_files_are_told_by_reason() -> None:
    def refused(number: int) -> FileReport:
        problem = ProblemCount("missing_id", 1, f"entry {number}")
        return FileReport(f"vectors/{number}.json", "activitystreams", 0, 0, 0, (problem,))

    few = import_lines(report(*map(refused, range(3))), english)
    assert few[:3] == [f"vectors/{n}.json: no id: entry {n}" for n in range(3)]
    many = import_lines(report(*map(refused, range(50))), english)
    assert many[0] == "50 files refused: no id (0.json, 1.json, 2.json, …): entry 0"
    assert len(many) == 2
