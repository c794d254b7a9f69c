"""Mailboxes cut into messages; nothing of the size of a file is ever held."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from permadani.errors import UnexpectedEnd
from permadani.sources import InputFile, walk
from permadani.sources.reading import mbox

LINE = b"From ani@letters.example Fri May 20 10:00:00 2016\n"


def cut(data: bytes, **sizes: int) -> list[bytes | None]:
    return list(mbox.messages(io.BufferedReader(io.BytesIO(data)), **sizes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        b"From ani@letters.example Fri May 20 10:00:00 2016",
        b"From ani at letters.example  Fri May  6 10:00:00 2016",
        b"From - Fri May 20 10:00:00 2016",
        b"From 1500000000000000001@xxx Mon May 02 08:00:05 +0000 2016",
        b"From ani@letters.example Fri May 20 10:00:00 CEST 2016",
        b"From ani@letters.example Fri May 20 10:00:00 2016 +0200",
        b"From Mail System Fri May 20 10:00 2016",
        b"From  Fri May 20 10:00:00 2016",
    ],
)
def test_from_lines_of_many_programs_begin_a_message(line: bytes) -> None:
    first, second = line + b"\nSubject: a\n\nb\n\n", line + b"\nSubject: c\n\n"
    assert cut(first + second) == [first, second]
    windows = (first + second).replace(b"\n", b"\r\n")
    assert b"".join(m or b"" for m in cut(windows)) == windows and len(cut(windows)) == 2


@pytest.mark.parametrize(
    "line",
    [
        b"From here on it is only",
        b"From me on Fri May 20",
        b"from ani@letters.example Fri May 20 10:00:00 2016\nSubject: a",
        b" From ani@letters.example Fri May 20 10:00:00 2016\nSubject: a",
        b">From ani@letters.example Fri May 20 10:00:00 2016\nSubject: a",
        b"From ani@letters.example Fri May 20 10:00:00 2016\nno field",
        b"From ani@letters.example Fri May 20 10:00:00 2016\n\nSubject: a",
        b"From ani@letters.example 2016-05-20 10:00:00\nSubject: a",
    ],
)
def test_lines_that_only_look_alike_stay_in_the_body(line: bytes) -> None:
    whole = LINE + b"Subject: a\n\n" + line + b"\n"
    assert cut(whole) == [whole]


def test_messages_are_the_same_whatever_the_size_of_the_pieces() -> None:
    wanted = [LINE + b"Subject: %d\n\n%s\n" % (n, b"x" * n * 97) for n in range(60)]
    for chunk in (1, 7, 60, 1000, 5000):
        assert cut(b"".join(wanted), chunk=chunk) == wanted


def test_a_message_that_is_too_large_is_passed_over() -> None:
    small, large = LINE + b"Subject: a\n\nb\n", LINE + b"Subject: a\n\n" + b"long line\n" * 9000
    assert cut(small + large + small, limit=20_000, chunk=999) == [small, None, small]
    assert cut(small + large, limit=20_000, chunk=999) == [small, None]


def test_a_file_that_ends_in_a_line_is_cut_off() -> None:
    found = mbox.messages(io.BufferedReader(io.BytesIO(LINE + b"Subject: a\n\nwhole\n\n" + LINE + b"Subject: b\n\nno")))
    assert next(found) == LINE + b"Subject: a\n\nwhole\n\n"
    with pytest.raises(UnexpectedEnd, match="last message"):
        next(found)


def test_what_precedes_the_cut_of_a_compressed_file_is_read(tmp_path: Path) -> None:
    whole = b"".join(LINE + b"Subject: %d\n\n%s\n" % (n, str(n).encode() * 200) for n in range(3000))
    packed = gzip.compress(whole)
    (tmp_path / "a.mbox.gz").write_bytes(packed[: len(packed) // 2])
    (file,) = walk(tmp_path / "a.mbox.gz")
    assert isinstance(file, InputFile)
    found: list[bytes | None] = []
    with pytest.raises(UnexpectedEnd), file.open() as stream:
        found.extend(mbox.messages(stream))
    assert len(found) > 500 and whole.startswith(b"".join(m or b"" for m in found))


def test_a_byte_order_mark_and_empty_lines_before_the_first_line() -> None:
    whole = LINE + b"Subject: a\n\nb\n"
    assert mbox.begins(b"\xef\xbb\xbf\n" + whole) and cut(b"\xef\xbb\xbf" + whole) == [whole]
    assert cut(b"\n\n" + whole) == [whole]
