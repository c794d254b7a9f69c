"""Folders and archives: every file is found, finds its neighbours, and nothing outside is reached."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, Unopened, walk
from permadani.sources.reading.magic import is_media

FILES = {"outbox.json": b'{"a": 1}', "more/actor.json": b'{"b": 2}'}
PICTURE = b"\x89PNG\r\n\x1a\n" + os.urandom(300_000)


def tar(path: Path, mode: str = "w:gz", **more: tarfile.TarInfo) -> Path:
    with tarfile.open(path, mode) as archive:
        for name, content in {**FILES, "media/a.png": PICTURE}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in more.values():
            archive.addfile(info)
    return path


def packed(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    return path


def folder(path: Path) -> Path:
    for name, content in FILES.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def content(file: InputFile | Unopened | None) -> bytes:
    assert isinstance(file, InputFile)
    with file.open() as stream:
        return stream.read()


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.tar.gz", tar), ("a.tgz", tar), ("b.tar", lambda path: tar(path, "w")), ("c.zip", packed), ("d", folder)],
)
def test_files_of_an_export_find_each_other(tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    found = {}
    for file in walk(make(tmp_path / name)):
        assert isinstance(file, InputFile)
        found[file.name] = file
        if file.name == "outbox.json":
            assert content(file) == FILES["outbox.json"]
            assert content(file.beside("more/actor.json")) == FILES["more/actor.json"]
            assert content(file.beside("./more/../outbox.json")) == FILES["outbox.json"]
            assert file.beside("nobody.json") is None
            assert file.beside("../outbox.json") is None
            assert file.beside("../../etc/passwd") is None
            assert file.beside("a\0b") is None
        if file.name == "actor.json":
            assert content(file.beside("../outbox.json")) == FILES["outbox.json"]
    assert {"outbox.json", "actor.json"} <= set(found)


def test_who_names_one_file_gets_no_other(tmp_path: Path) -> None:
    (file,) = walk(folder(tmp_path / "d") / "outbox.json")
    assert isinstance(file, InputFile)
    assert file.beside("more/actor.json") is None


def test_a_neighbour_outside_of_the_folder_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(b"1")
    inside = folder(tmp_path / "d")
    (inside / "link.json").symlink_to(tmp_path / "secret.json")
    files = {file.path: file for file in walk(inside)}
    outbox = files[str(inside / "outbox.json")]
    assert isinstance(outbox, InputFile)
    assert outbox.beside("link.json") is None
    assert outbox.beside("../secret.json") is None
    assert isinstance(files[str(inside / "link.json")], Unopened)


def test_pictures_in_a_tar_keep_only_their_beginning(tmp_path: Path) -> None:
    sizes = [
        (is_media(file.head), file.size)
        for file in walk(tar(tmp_path / "a.tar.gz"))
        if isinstance(file, InputFile) and file.name == "a.png"
    ]
    assert sizes == [(True, 64 * 1024)]


def test_links_devices_and_ways_out_of_a_tar(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard = tarfile.TarInfo("hard")
    hard.type, hard.linkname = tarfile.LNKTYPE, "outbox.json"
    device = tarfile.TarInfo("device")
    device.type = tarfile.CHRTYPE
    before = {*tmp_path.parent.rglob("*")}
    path = tar(tmp_path / "a.tar", "w", link=link, hard=hard, device=device, out=tarfile.TarInfo("../../evil"))
    refused = {file.path.rsplit("/", 1)[-1] for file in walk(path) if isinstance(file, Unopened)}
    assert refused == {"link", "hard", "device"}
    assert {*tmp_path.parent.rglob("*")} - before == {path}


def test_a_tar_that_was_cut_gives_what_precedes_the_cut(tmp_path: Path) -> None:
    path = tar(tmp_path / "a.tar.gz")
    path.write_bytes(path.read_bytes()[:-2000])
    *files, last = walk(path)
    assert [file.path.rsplit("!/", 1)[-1] for file in files][:2] == ["outbox.json", "more/actor.json"]
    assert isinstance(last, Unopened) and isinstance(last.error, UnexpectedEnd)


@pytest.mark.parametrize("flipped", [0, 10, 100, 156, 257, 300, 600])
def test_a_damaged_tar_is_named(tmp_path: Path, flipped: int) -> None:
    path = tar(tmp_path / "a.tar", "w")
    data = bytearray(path.read_bytes())
    data[flipped] ^= 0xFF
    path.write_bytes(data)
    for file in walk(path):
        assert isinstance(file, InputFile | Unopened)


def test_a_tar_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    info = tarfile.TarInfo("a.json")
    info.size = 80_000_000
    with gzip.open(path, "wb", compresslevel=9) as out:
        out.write(info.tobuf())
        for _ in range(80):
            out.write(bytes(1_000_000))
    (refused,) = walk(path)
    assert isinstance(refused, Unopened) and "bomb" in refused.error.text()


def test_many_members_with_the_same_bytes_are_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            archive.writestr(f"{number}.json", bytes(900_000))
    (refused,) = walk(path)
    assert isinstance(refused, Unopened) and "bomb" in refused.error.text()


def test_a_maildir_is_entered_other_hidden_folders_are_not(tmp_path: Path) -> None:
    for name in (".Sent/cur", ".Sent/new", ".git/objects"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".Sent/cur/1234.M1P2.host:2,S").write_bytes(b"From: a@example.org\n\nhai\n")
    (tmp_path / ".git/objects/aa").write_bytes(b"x")
    assert [file.path.rsplit("/", 1)[-1] for file in walk(tmp_path)] == ["1234.M1P2.host:2,S"]


@pytest.mark.parametrize("error", [MemoryError(), IndexError("tuple"), OSError("Invalid data stream")])
def test_whatever_a_decompressor_stumbles_over_is_a_refusal_in_words(error: Exception) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise error

    def refuse() -> Broken:
        raise error

    for opener in (Broken, refuse):
        file = InputFile("a.zip!/a.json", "a.json", 10, opener)  # type: ignore[arg-type]
        with pytest.raises(Unreadable) as told:
            content(file)
        assert (str(error) or "MemoryError") in told.value.text()


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(format=tarfile.USTAR_FORMAT)


def member(name: str, content: bytes, kind: bytes = tarfile.REGTYPE) -> bytes:
    return header(name, len(content), kind) + content + bytes(-len(content) % 512)


def record(key: str, value: str) -> bytes:
    rest = f" {key}={value}\n".encode()
    length = len(rest) + 1
    while len(str(length)) + len(rest) != length:
        length += 1
    return str(length).encode() + rest


def old_sparse(real: int, more: int = 0) -> bytes:
    """GNU's own format: a member of ``real`` bytes of which none is stored; its list of holes has ``more`` blocks."""
    block = bytearray(tarfile.TarInfo("holes.json").tobuf(format=tarfile.GNU_FORMAT))
    block[156:157] = tarfile.GNUTYPE_SPARSE
    block[482], block[483:495] = bool(more), tarfile.itn(real, 12, tarfile.GNU_FORMAT)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    listed = [bytes(504) + bytes([number < more]) + bytes(7) for number in range(1, more + 1)]
    return bytes(block) + b"".join(listed)


GOOD_MEMBER, NEXT_MEMBER, TAR_END = member("a.json", b"{}"), member("z.json", b"[]"), bytes(1024)
SPARSE = {
    "old": old_sparse(1 << 40),
    "old-long-list": old_sparse(1 << 40, 50),
    "pax-0.1": member("x", record("GNU.sparse.map", "0,1") + record("GNU.sparse.size", "999999999999"), b"x")
    + member("holes.json", b"1"),
    "pax-1.0": member("x", record("GNU.sparse.major", "1") + record("GNU.sparse.realsize", "999999999999"), b"x")
    + member("holes.json", b"0\n"),
}


@pytest.mark.parametrize("kind", SPARSE)
def test_a_member_with_holes_is_refused_and_the_others_are_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(GOOD_MEMBER + SPARSE[kind] + NEXT_MEMBER + TAR_END)
    found = {}
    for file in walk(path):
        found[file.path.rsplit("/", 1)[-1]] = file
        assert isinstance(file, Unopened) or content(file) in (b"{}", b"[]")
    assert set(found) == {"a.json", "holes.json", "z.json"}
    assert isinstance(found["holes.json"], Unopened) and "holes" in found["holes.json"].error.text()


def test_long_names_and_pax_headers_are_understood(tmp_path: Path) -> None:
    long = "folder/" * 40 + "ö.json"
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path = tmp_path / "a.tar"
        with tarfile.open(path, "w", format=form, pax_headers={"comment": "x" * 5000}) as archive:
            info = tarfile.TarInfo(long)
            info.size, info.mtime = 2, 1.5
            archive.addfile(info, io.BytesIO(b"{}"))
            archive.addfile(tarfile.TarInfo("folder"))
        found = {file.path: content(file) for file in walk(path)}
        assert found == {f"{path}!/{long}": b"{}", f"{path}!/folder": b""}


def test_a_size_in_a_pax_header_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    body = b"x" * 1000
    large = header("big.txt", 0) + body + bytes(-len(body) % 512)
    path.write_bytes(member("x", record("size", "1000"), b"x") + large + NEXT_MEMBER + TAR_END)
    sizes = [(file.name, file.size) for file in walk(path) if isinstance(file, InputFile)]
    assert sizes == [("big.txt", 1000), ("z.json", 2)]


HUGE = b"1" * 2_000_000
HOSTILE_HEADERS = {
    "long name": member("././@LongLink", HUGE, b"L"),
    "long link": member("././@LongLink", HUGE, b"K"),
    "pax": member("x", record("comment", "1" * 2_000_000), b"x"),
    "global pax": member("g", record("comment", "1" * 2_000_000), b"g"),
    "a chain of pax": member("x", record("comment", "1"), b"x") * 50_000,
    "a chain of names": member("././@LongLink", b"a\0", b"L") * 50_000,
    "no length": member("x", b" a=b\n", b"x"),
    "length of nothing": member("x", b"0 a=b\n", b"x"),
    "length beyond": member("x", b"99999999999999999 a=b\n", b"x"),
    "words for a size": member("x", record("size", "many"), b"x"),
    "size below nothing": header("x", 0)[:124] + b"\xff" * 12 + header("x", 0)[136:],
    "noise": os.urandom(512) * 3,
}


@pytest.mark.parametrize("kind", HOSTILE_HEADERS)
def test_headers_that_no_program_writes_end_an_archive_clearly(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(GOOD_MEMBER + HOSTILE_HEADERS[kind] + NEXT_MEMBER + TAR_END)
    first, last = walk(path)
    assert isinstance(first, InputFile) and first.name == "a.json"
    assert isinstance(last, Unopened) and last.path == str(path)
    assert isinstance(last.error, TooLarge if "chain" in kind or len(HOSTILE_HEADERS[kind]) > 1_000_000 else Unreadable)
    assert "recursion" not in last.error.text()


def test_memory_does_not_grow_with_global_headers_times_members(tmp_path: Path) -> None:
    path = tmp_path / "a.tgz"
    keys = b"".join(record(f"k{number}", "v") for number in range(10_000))
    members = b"".join(member(f"{number}.json", b"{}") for number in range(1000))
    path.write_bytes(gzip.compress(member("g", keys, b"g") + members + TAR_END))
    tracemalloc.start()
    assert sum(isinstance(file, InputFile) for file in walk(path)) == 1000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_tar_whose_member_claims_more_than_any_archive_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(GOOD_MEMBER + header("big.json", 8_000_000_000) + bytes(70_000))
    first, last = walk(path)
    assert isinstance(first, InputFile)
    assert isinstance(last, Unopened) and isinstance(last.error, TooLarge) and "bomb" in last.error.text()


def test_names_of_many_megabytes_in_all_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permadani.sources.reading.tarheaders.ALL_NAMES_LIMIT", 1000)
    path = tmp_path / "a.tar"
    path.write_bytes(member("n" * 90, b"{}") * 20 + TAR_END)
    *files, last = walk(path)
    assert len(files) == 11
    assert isinstance(last, Unopened) and isinstance(last.error, TooLarge)
