"""The XML stream against damage and attacks; what the records mean is tested with each source."""

from __future__ import annotations

import contextlib
import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, walk
from permadani.sources.reading import xmlstream
from permadani.sources.reading.xmlelement import Shape, children, text
from permadani.sources.reading.xmlstream import Part, XmlStream
from permadani.vocabulary import Problem

FIELDS = frozenset({"id", "words", "when"})
FLAT = Shape("a list", ("list",), ("entry",), FIELDS)
DEEP = Shape("a list", ("list", "body"), ("n:tag", "entry"), FIELDS, "n:note", frozenset({"note_id", "note_words"}))
HEAD, END = '<?xml version="1.0" encoding="UTF-8"?>\n<list xmlns:n="urn:n">\n', "</list>\n"


def entry(id: int, words: str = "some words") -> str:
    return f"<entry>\n<id>{id}</id>\n<words>{words}</words>\n<when>today</when>\n</entry>\n"


def entries(*ids: int) -> str:
    return "".join(entry(id) for id in ids)


@pytest.fixture
def as_file(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(content: str | bytes, name: str = "list.xml") -> InputFile:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (file,) = walk(path)
        assert isinstance(file, InputFile)
        return file

    return write


def read(file: InputFile, shape: Shape = FLAT) -> tuple[list[tuple[str, str]], list[Problem], XmlStream]:
    """(id, words) of every record, the problems, and the stream for its ``cut``."""
    stream = XmlStream(file, shape)
    found, problems = [], []
    for item in stream:
        if isinstance(item, Problem):
            problems.append(item)
        elif item.element.tag == "entry":
            fields = children(item.element)
            found.append((text(fields.get("id")), text(fields.get("words"))))
    return found, problems, stream


def ids(found: list[tuple[str, str]]) -> list[str]:
    return [id for id, _ in found]


def test_a_sound_file_gives_its_records_and_no_problem(as_file) -> None:  # type: ignore[no-untyped-def]
    found, problems, stream = read(as_file(HEAD + entries(1, 2, 3) + END))
    assert ids(found) == ["1", "2", "3"]
    assert problems == []
    assert stream.cut is None


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("stray </p> end", "stray end"),
        ("<b>left open", "left open"),
        ("1 < 2 & 3", "1 2 3"),
        ("<q:x>unbound</q:x>", "unbound"),
        ("no&nbsp;break", "no break"),
        ("&#11;control", "control"),
        ("a ]]> b", "a ]]> b"),
        ("<!-- a -- b -->kept", "kept"),
    ],
)
def test_damage_stays_inside_its_record(as_file, damage: str, words: str) -> None:  # type: ignore[no-untyped-def]
    found, problems, stream = read(as_file(HEAD + entries(1) + entry(2, damage) + entries(3, 4) + END))
    assert ids(found) == ["1", "2", "3", "4"]
    assert found[1][1].split() == words.split()
    assert problems
    assert {(p.reason, p.lost, p.place) for p in problems} <= {
        ("recovered_xml", False, f"line {line}") for line in range(7, 14)
    }
    assert stream.cut is None


def test_every_field_of_a_damaged_record_is_put_back(as_file) -> None:  # type: ignore[no-untyped-def]
    for damage in ("</p></q>", "<b><i>", "</p><b>"):
        stream = XmlStream(as_file(HEAD + entry(1, damage) + END), FLAT)
        (part,) = [item for item in stream if isinstance(item, Part)]
        assert text(children(part.element)["when"]) == "today", damage


def test_a_record_without_its_end_tag_takes_no_other_with_it(as_file) -> None:  # type: ignore[no-untyped-def]
    broken = entry(1).replace("</entry>", "")
    found, problems, _ = read(as_file(HEAD + broken + entries(2) + END))
    assert ids(found) == ["1", "2"]
    assert "record without its end tag" in [p.example for p in problems]


def test_a_record_swallowed_by_an_open_cdata_section_is_noticed(as_file) -> None:  # type: ignore[no-untyped-def]
    content = HEAD + entry(1, "<![CDATA[open") + entry(2, "<![CDATA[closed]]>") + entries(3) + END
    found, problems, _ = read(as_file(content))
    assert ids(found) == ["1", "3"]
    assert [(p.reason, p.lost, p.place) for p in problems] == [("swallowed_record", True, "line 7")]


def test_tags_in_cdata_and_comments_are_words(as_file, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(xmlstream, "BATCH", 64)
    words = "<![CDATA[</entry> <entry> </list> & <x]]><!-- <entry> </entry> -->"
    found, problems, stream = read(as_file(HEAD + entry(1, words) + entries(2) + END))
    assert found == [("1", "</entry> <entry> </list> & <x"), ("2", "some words")]
    assert problems == []
    assert stream.cut is None


@pytest.mark.parametrize("size", [40, 64, 97, 200, 10_000])
def test_the_size_of_the_batches_does_not_matter(as_file, monkeypatch, size: int) -> None:  # type: ignore[no-untyped-def]
    damaged = [entry(7, "<b>"), entry(8, "</b>"), entry(9, "<![CDATA[</entry>]]>"), entry(10, "&nbsp;")]
    file = as_file(HEAD + entries(1, 2) + "".join(damaged) + entries(11) + END)
    expected = read(file)[:2]
    monkeypatch.setattr(xmlstream, "BATCH", size)
    monkeypatch.setattr("permadani.sources.reading.xmlbytes.CHUNK", size)
    found, problems, _ = read(file)
    assert found == expected[0]
    assert sorted(map(repr, problems)) == sorted(map(repr, expected[1]))


def test_a_file_cut_anywhere_says_so_after_its_whole_records(as_file) -> None:  # type: ignore[no-untyped-def]
    whole = HEAD + entries(1, 2, 3)
    for length in range(len(HEAD), len(whole + END) - 2):
        content = (whole + END)[:length]
        found, _, stream = read(as_file(content))
        assert isinstance(stream.cut, UnexpectedEnd), length
        assert stream.cut.values["place"] == f"line {1 + content.count(chr(10))}"
        assert ids(found) == [str(n) for n in range(1, 1 + content.count("</entry>"))]


def test_a_gzip_that_stops_counts_as_cut(as_file) -> None:  # type: ignore[no-untyped-def]
    content = gzip.compress((HEAD + entries(*range(20_000)) + END).encode())
    found, _, stream = read(as_file(content[: len(content) // 2], "list.xml.gz"))
    assert isinstance(stream.cut, UnexpectedEnd)
    assert 5_000 < len(found) < 15_000


def notes(*ids: int) -> str:
    return "".join(f"<n:note><note_id>{id}</note_id><note_words>w</note_words></n:note>\n" for id in ids)


@pytest.mark.parametrize("damage", ["", "<b>", "</b>", "<q:y/>", "1 < 2"])
def test_inner_records_come_in_pieces_and_spoil_no_other(as_file, monkeypatch, damage: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(xmlstream, "BATCH", 64)
    monkeypatch.setattr(xmlstream, "INNER_AFTER", 150)
    monkeypatch.setattr("permadani.sources.reading.xmlbytes.CHUNK", 50)
    long = entry(1).replace("</entry>", notes(*range(10)).replace(">w<", f">{damage}<", 1) + "</entry>")
    stream = XmlStream(as_file(HEAD + "<body>\n<n:tag>t</n:tag>" + long + entry(2) + "</body>" + END), DEEP)
    seen: list[str] = []
    entries_seen = continued = 0
    for item in stream:
        if isinstance(item, Part) and item.element.tag == "entry":
            entries_seen, continued = entries_seen + (not item.continued), continued + item.continued
            inner = (children(child) for child in item.element if child.tag.endswith("note"))
            seen += [text(fields["note_id"]) for fields in inner]
    assert seen == [str(n) for n in range(10)]
    assert entries_seen == 2
    assert continued > 2


def test_a_file_cut_inside_a_long_record_keeps_its_whole_inner_records(as_file) -> None:  # type: ignore[no-untyped-def]
    content = HEAD + "<body>" + entry(1).replace("</entry>\n", notes(1, 2, 3))
    stream = XmlStream(as_file(content[:-20]), DEEP)
    parts = [item for item in stream if isinstance(item, Part)]
    assert [len([c for c in part.element if c.tag.endswith("note")]) for part in parts] == [2]
    assert stream.cut is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1", "windows-1252", "utf-32"])
def test_encodings(as_file, encoding: str) -> None:  # type: ignore[no-untyped-def]
    declared = encoding.removesuffix("-le").removesuffix("-sig")
    content = HEAD.replace("UTF-8", declared) + entry(1, "café") + END
    found, problems, _ = read(as_file(content.encode(encoding)))
    assert found == [("1", "café")]
    assert problems == []


def test_latin_1_bytes_under_a_utf_8_declaration(as_file) -> None:  # type: ignore[no-untyped-def]
    content = (HEAD + entry(1, "é")).encode() + entry(2, "café «x»").encode("latin-1") + END.encode()
    found, problems, _ = read(as_file(content))
    assert found == [("1", "é"), ("2", "café «x»")]
    assert next((p.reason, p.place, p.example) for p in problems) == ("recovered_xml", "line 10", "not UTF-8: e9")


@pytest.mark.parametrize("name", ["utf-16", "klingon", "rot13", "zlib", "idna"])
def test_a_wrong_or_unknown_declaration_is_mended(as_file, name: str) -> None:  # type: ignore[no-untyped-def]
    found, problems, _ = read(as_file(HEAD.replace("UTF-8", name) + entry(1, "café") + END))
    assert found == [("1", "café")]
    assert len(problems) == 1


def test_control_bytes_become_spaces_and_are_counted(as_file) -> None:  # type: ignore[no-untyped-def]
    found, problems, stream = read(as_file(HEAD + entry(1, "a\x0bb") + END + "\0" * 5000))
    assert found == [("1", "a b")]
    assert len(problems) == 1001
    assert problems[0].place == "line 5"
    assert problems[-1].example == "4,001 more"
    assert stream.cut is None


def test_words_around_the_xml_are_reported(as_file) -> None:  # type: ignore[no-untyped-def]
    found, problems, stream = read(as_file("<br />\n<b>Notice</b>: x\n" + HEAD + entries(1) + END + "<p>Bye</p>"))
    assert ids(found) == ["1"]
    assert {p.example for p in problems} >= {"text before the XML begins", "text after the end of the XML"}
    assert stream.cut is None


def test_two_exports_in_one_file(as_file) -> None:  # type: ignore[no-untyped-def]
    found, _, stream = read(as_file(2 * (HEAD + entries(1, 2) + END)))
    assert ids(found) == ["1", "2", "1", "2"]
    assert stream.cut is None


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE list [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE list [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE list [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
        '<!DOCTYPE list SYSTEM "http://127.0.0.1:9/list.dtd">',
        '<!doctype list PUBLIC "x" "http://127.0.0.1:9/list.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(as_file, doctype: str, encoding: str) -> None:  # type: ignore[no-untyped-def]
    content = HEAD.replace("<list", doctype + "\n<list") + entry(1, "&b;") + END
    with pytest.raises(Unreadable, match="document type"):
        read(as_file(content.encode(encoding)))


def test_a_bare_doctype_is_harmless(as_file) -> None:  # type: ignore[no-untyped-def]
    found, problems, _ = read(as_file(HEAD.replace("<list", "<!DOCTYPE list>\n<list") + entries(1) + END))
    assert ids(found) == ["1"]
    assert problems == []


@pytest.mark.parametrize("content", [b"", b" \n\t", b"hello", b"<html><p>no</p></html>", b"\xff\xfe", bytes(1000)])
def test_what_is_no_such_file_is_named(as_file, content: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable):
        read(as_file(content))


def test_nesting_two_hundred_thousand_deep(as_file) -> None:  # type: ignore[no-untyped-def]
    deep = "<a>" * 200_000 + "x" + "</a>" * 200_000
    found, problems, _ = read(as_file(HEAD + entries(1) + entry(2, deep) + deep + entries(3) + END))
    assert [id for id in ids(found) if id != "2"] == ["1", "3"]
    assert any("depth" in (p.example or "") for p in problems)


@pytest.mark.parametrize(
    "filler",
    ["<", "<entry ", "<![CDATA[", "<!--", "&", "<a b='", "</entry>", "<q:x/>", "<list "],
    ids=lambda filler: filler.strip(),
)
def test_hostile_repetition_ends_soon(as_file, filler: str) -> None:  # type: ignore[no-untyped-def]
    file = as_file(HEAD + entries(1) + filler * 100_000 + entries(2) + END)
    started = time.monotonic()
    with contextlib.suppress(InputError):
        read(file)
    assert time.monotonic() - started < 20


def test_a_text_of_200_mb_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    with path.open("w") as out:
        out.write(HEAD + entries(1) + "<entry><id>2</id><words>")
        for _ in range(200):
            out.write("x" * 1_000_000)
        out.write("</words></entry>" + END)
    program = (
        "import sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[2])\n"
        "from test_xmlstream import FLAT, TooLarge, XmlStream, walk\n"
        "(file,) = walk(Path(sys.argv[1]))\n"
        "try:\n    list(XmlStream(file, FLAT))\nexcept TooLarge as error:\n    print(error)\n"
        # not ru_maxrss: that of a child begins at what the process that started it held
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.split('VmHWM:')[1].split()[0])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    message, peak = run.stdout.splitlines()
    assert message == "one record at line 8 is longer than 64 MB"
    assert int(peak) < 400_000  # kB


def test_limit_is_said_with_its_place(as_file, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(xmlstream, "LIMIT", 2 << 20)
    with pytest.raises(TooLarge, match="line 8 is longer than 2 MB"):
        read(as_file(HEAD + entries(1) + entry(2, "x" * (4 << 20)) + END))


@pytest.mark.parametrize("odd", ["&x;", "&#0;", "<!-- c -->", "<?pi?>"])
def test_entities_and_comments_in_a_damaged_record_kill_nothing(tmp_path: Path, odd: str) -> None:
    """Found by damaging samples: lxml's entities cannot be written, and their tags are functions."""
    from permadani.sources.base import ReadOptions
    from permadani.sources.disqus import Disqus

    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        f'<thread dsq:id="1">{odd} words<forum>f</forum><createdAt>2020-01-01T00:00:00Z</createdAt>'
        f"<author>{odd} a<name>Ani</name></author></b>{odd}</thread></disqus>"
    )
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    kinds = {type(record).__name__ for record in Disqus().read(file, ReadOptions())}
    assert kinds & {"Object", "Problem"}
