"""Folders and archives: every file is found, finds its neighbours, and nothing outside is reached."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from permadani.errors import UnexpectedEnd, Unreadable
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
