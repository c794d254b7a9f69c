"""Files of strangers through the command line: each ends with one clear message or a counted problem."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.command import Done, run, without_privileges
from permadani.api import OpenStore
from store.networks import Contents, contents, post

HEADER = "id,actor,published,text\n"
GOOD = HEADER + "x:status/1,x:user/1,2020-01-01,halo\nx:status/2,x:user/2,2020-01-02,hai\n"
TWEET = {
    "created_at": "Tue Mar 01 07:00:00 +0000 2016", "id": 704561808798646272, "id_str": "704561808798646272",
    "full_text": "Kopi pagi", "user": {"id": 7001, "id_str": "7001", "screen_name": "melati_kopi", "name": "Melati"},
}  # fmt: skip
V1 = json.dumps(TWEET).encode()
GIB = 1 << 30


@pytest.fixture
def before(store: OpenStore) -> Contents:
    """A store with something in it, and what that is."""
    store.add([post(0, text="sudah ada")])
    return contents(store)


@pytest.fixture
def box(tmp_path: Path, store: OpenStore, before: Contents) -> Iterator[Box]:
    box = Box(tmp_path, store)
    yield box
    assert not (tmp_path / "evil").exists()
    after = contents(store)
    for name, rows in before.items():
        assert set(map(str, rows)) <= set(map(str, after[name])), name
    if not box.taken:
        assert after == before


class Box:
    """A folder ``in`` for the files of the stranger, and one way to import them."""

    def __init__(self, folder: Path, store: OpenStore) -> None:
        self.root, self.store, self.taken = folder, store, 0
        self.folder = folder / "in"
        self.folder.mkdir()

    def file(self, name: str, content: bytes | str = GOOD) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(self, *arguments: str | Path, new: int) -> tuple[Done, dict[str, dict[str, Any]]]:
        """Import ``arguments`` or the folder; ``new`` messages must come of it, and exit 1 if none."""
        self.taken = new
        done = run("import", *(arguments or (self.folder,)), "--store", self.store.path, "--format", "json")
        report = json.loads(done.out)
        assert report["schema"] == "permadani.import/1"
        assert report["objects"] == new
        assert done.code == (0 if new else 1)
        assert done.err == ("" if new else "Nothing could be used.\n")
        return done, {Path(file["path"]).name: file for file in report["files"]}


def reasons(file: dict[str, Any]) -> list[str]:
    return [problem["reason"] for problem in file["problems"]]


def test_empty_and_unknown_files(box: Box) -> None:
    box.file("empty.csv", "")
    box.file("objects.csv", "")
    box.file("words.txt", "hanya kata-kata")
    box.file("noise.bin", os.urandom(5000))
    box.file("zeros.json", bytes(5000))
    _, files = box.take(new=0)
    assert {name: reasons(file) for name, file in files.items()} == {
        "empty.csv": ["empty_file"], "objects.csv": ["empty_file"], "words.txt": ["not_recognised"],
        "noise.bin": ["not_recognised"], "zeros.json": ["not_recognised"],
    }  # fmt: skip
    assert all(file["source"] is None for file in files.values())


def test_an_empty_folder(box: Box) -> None:
    _, files = box.take(new=0)
    assert files == {}


def test_a_bad_file_does_not_spoil_the_good_ones(box: Box) -> None:
    box.file("a/objects.csv")
    box.file("b/objects.csv", "id,text\n1,2\n")
    box.file("c/noise", os.urandom(100))
    done = run("import", box.folder, "--store", box.store.path)
    box.taken = 2
    assert done.code == 0
    assert done.err == ""
    assert "2 read, 2 new" in done.out
    assert "columns are missing" in done.out
    assert "Not recognised" in done.out


def test_unreadable_files_and_folders(box: Box) -> None:
    box.file("a/objects.csv")
    box.file("b/objects.csv")
    box.file("closed/objects.csv")
    (box.folder / "b" / "objects.csv").chmod(0)
    (box.folder / "closed").chmod(0)
    done = run("import", box.folder, "--store", box.store.path, "--format", "json", prepare=without_privileges)
    (box.folder / "closed").chmod(0o755)
    box.taken = 2
    report = json.loads(done.out)
    assert (report["objects"], done.code) == (2, 0)
    found = {str(Path(file["path"]).relative_to(box.folder)): reasons(file) for file in report["files"]}
    assert found == {"a/objects.csv": [], "b/objects.csv": ["unreadable"], "closed": ["unreadable"]}


def test_pipes_sockets_and_links(box: Box) -> None:
    outside = box.root / "outside"
    outside.mkdir()
    (outside / "objects.csv").write_text(HEADER + "x:status/8,x:user/1,2020-01-01,rahasia\n")
    box.file("objects.csv")
    os.mkfifo(box.folder / "pipe.csv")
    (box.folder / "link.csv").symlink_to(outside / "objects.csv")
    (box.folder / "links").symlink_to(outside)
    (box.folder / "dangling").symlink_to(box.folder / "nowhere")
    (box.folder / "ring").symlink_to(box.folder / "ring")
    (box.folder / "up").symlink_to(box.root)
    (box.folder / "device").symlink_to("/dev/zero")
    _, files = box.take(new=2)
    for name in ("pipe.csv", "link.csv", "links", "dangling", "ring", "up", "device"):
        assert reasons(files[name]) == ["unreadable"], name
    assert "out of the folder" in files["link.csv"]["problems"][0]["example"]
    assert "rahasia" not in str(contents(box.store))


def test_a_pipe_given_by_name(box: Box) -> None:
    os.mkfifo(box.folder / "pipe")
    _, files = box.take(box.folder / "pipe", "/dev/zero", new=0)
    assert [reasons(file) for file in files.values()] == [["unreadable"]] * 2


def zipped(*members: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def huge_member(name: bytes, size: int, honest: bool = True) -> bytes:
    """A ZIP with one member of zeros, made from one repeated piece of a deflate stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush()
    body = piece + again * (size // (1 << 24) - 1) + end
    told = size if honest else 1000
    told = min(told, 0xFFFFFFFE)
    sizes = struct.pack("<III", 0, len(body), told)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0x21) + sizes + struct.pack("<HH", len(name), 0) + name
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0x21) + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    )  # fmt: skip
    end_of_directory = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + b"PK\x05\x06" + end_of_directory


@pytest.mark.parametrize("honest", [True, False], ids=["honest", "lying"])
def test_a_zip_bomb(box: Box, honest: bool) -> None:
    path = box.file("bomb.zip", huge_member(b"objects.csv", 10 * GIB, honest))
    assert path.stat().st_size < 12_000_000
    _, files = box.take(new=0)
    (file,) = files.values()
    assert reasons(file)[0] in ("too_large", "unreadable", "not_recognised")
    if honest:
        assert "bomb" in file["problems"][0]["example"]


def test_a_gz_bomb_behind_a_good_beginning(box: Box) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(V1 + b"\n" + bytes([32]) * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes([32]) * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    box.file("tweets.jsonl.gz", start + piece * 100)
    _, files = box.take(new=0)
    assert reasons(files["tweets.jsonl.gz"]) == ["too_large"]


def test_gz_within_gz_within_zip(box: Box) -> None:
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)))
    box.file("a.zip", zipped(("objects.csv.gz", bomb), ("b.csv.gz.gz", bomb), ("c.zip", zipped(("objects.csv", GOOD)))))
    box.file("likes.csv.gz", gzip.compress(gzip.compress(GOOD.encode())))
    _, files = box.take(new=0)
    assert len(files) == 4


def test_a_zip_that_is_cut(box: Box) -> None:
    whole = zipped(("objects.csv", GOOD), ("likes.csv", "actor,object\n"))
    box.file("cut.zip", whole[:-30])
    box.file("middle.zip", whole[: len(whole) // 2])
    box.file("only.zip", whole[:6])
    _, files = box.take(new=0)
    assert all(reasons(file) == ["unreadable"] for file in files.values())
    assert "cut off" in files["cut.zip"]["problems"][0]["example"]


def test_a_gz_that_is_cut(box: Box) -> None:
    rows = "".join(f"x:status/{n},x:user/{n},2020-01-01,{n * 7919}\n" for n in range(30_000))
    whole = gzip.compress((HEADER + rows).encode())
    box.file("objects.csv.gz", whole[: len(whole) // 2])
    _, files = box.take(new=0)
    assert reasons(files["objects.csv.gz"]) == ["unexpected_end"]


def test_damaged_members(box: Box) -> None:
    whole = bytearray(zipped(("objects.csv", GOOD * 50)))
    whole[60:80] = bytes(20)
    box.file("damaged.zip", bytes(whole))
    whole = bytearray(zipped(("objects.csv", GOOD), method=zipfile.ZIP_STORED))
    at = whole.index(b"halo")
    whole[at : at + 4] = b"HALO"
    box.file("checksum.zip", bytes(whole))
    whole = bytearray(zipped(("objects.csv", GOOD)))
    whole[8] = 97  # a method of compression that does not exist, in both headers
    whole[whole.index(b"PK\x01\x02") + 10] = 97
    box.file("method.zip", bytes(whole))
    box.take(new=0)
    done = run("import", box.folder, "--store", box.store.path)
    assert done.out.count(".zip!/objects.csv") == 3


def test_an_encrypted_member(box: Box) -> None:
    whole = bytearray(zipped(("objects.csv", GOOD), ("plain/objects.csv", GOOD)))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    box.file("locked.zip", bytes(whole))
    done = run("import", box.folder, "--store", box.store.path)
    box.taken = 2
    assert done.code == 0
    assert "encrypted" in done.out
    assert "2 read, 2 new" in done.out


def test_names_that_lead_out_of_a_zip(box: Box) -> None:
    names = ("../../evil", "/tmp/evil", "..\\evil", "C:\\evil", "evil/../../../evil")  # noqa: S108
    members = [(f"{name}/objects.csv", GOOD) for name in names]
    box.file("a.zip", zipped(*members, ("../objects.csv", GOOD), ("x\n\x1b[31m/objects.csv", GOOD)))
    tree = {*box.root.rglob("*"), *box.root.parent.glob("*")}
    done, _ = box.take(new=2)
    assert {*box.root.rglob("*"), *box.root.parent.glob("*")} == tree
    assert not Path("/tmp/evil").exists()  # noqa: S108
    shown = run("import", box.folder, "--store", box.store.path)
    assert "\x1b" not in shown.out
    assert "\\u001b" in done.out


def test_the_same_name_twice_in_a_zip(box: Box) -> None:
    other = HEADER + "x:status/3,x:user/1,2020-01-03,lagi\n"
    with pytest.warns(UserWarning, match="Duplicate"):
        whole = zipped(("objects.csv", GOOD), ("objects.csv", other))
    box.file("a.zip", whole)
    done = run("import", box.folder, "--store", box.store.path, "--format", "json")
    box.taken = 3
    assert (json.loads(done.out)["objects"], done.code) == (3, 0)


def test_a_zip_with_more_files_than_anybody_has(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permadani.sources.reading.zipfiles.MAX_MEMBERS", 2)
    box.file("a.zip", zipped(*((f"{n}/objects.csv", GOOD) for n in range(3))))
    (file,) = box.store.import_(box.folder).files
    assert [p.reason for p in file.problems] == ["too_large"]


def nameless_member() -> bytes:
    content, crc = b"x", zlib.crc32(b"x")
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 33, crc, 1, 1, 0, 0) + content
    sizes = (b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, 1, 1, 0, 0, 0, 0, 0, 0, 0)
    central = struct.pack("<4sHHHHHHIIIHHHHHII", *sizes)
    return local + central + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


def damaged_member(method: int, at: int, *values: int) -> bytes:
    whole = bytearray(zipped(("objects.csv", GOOD * 50), method=method))
    start = 30 + len("objects.csv") + at
    whole[start : start + len(values)] = bytes(values)
    return bytes(whole)


def wrong_local_name() -> bytes:
    whole = bytearray(zipped(("ü.csv", GOOD)))
    whole[whole.index("ü".encode())] = 0xFF
    return bytes(whole)


BROKEN_ZIPS = {
    "nameless": nameless_member(),
    "lzma": damaged_member(zipfile.ZIP_LZMA, 4, 0xFF),
    "lzma-data": damaged_member(zipfile.ZIP_LZMA, 12, 0xFF, 0xFF, 0xFF),
    "lzma-cut": damaged_member(zipfile.ZIP_LZMA, 0, 0xFF, 0xFF, 0xFF, 0xFF),
    "bzip2": damaged_member(zipfile.ZIP_BZIP2, 0, 0xFF),
    "bzip2-data": damaged_member(zipfile.ZIP_BZIP2, 20, 0xFF, 0xFF),
    "local-name": wrong_local_name(),
}


@pytest.mark.parametrize("name", BROKEN_ZIPS)
def test_a_broken_member_of_a_zip_costs_itself_only(box: Box, name: str) -> None:
    box.file("a/objects.csv")
    box.file("b.zip", BROKEN_ZIPS[name])
    box.file("c/likes.csv", "actor,object\nx:user/1,x:status/2\n")
    report = box.store.import_(box.folder)
    box.taken = 2
    assert (report.objects, report.likes) == (2, 1)
    (broken,) = [file for file in report.files if "b.zip" in file.path]
    (problem,) = broken.problems
    assert problem.reason in ("not_recognised", "unreadable", "unexpected_end")
    assert "None" not in (problem.example or "")


@pytest.mark.parametrize("named", [2_000_000, 1], ids=["honest", "lying"])
def test_a_zip_with_millions_of_folders_is_refused_before_they_are_read(box: Box, named: int) -> None:
    folder = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"/"
    count = 2_000_000
    size = len(folder) * count
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, named, named, size, 4)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 4 + size, 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    box.file("a.zip", b"PK\3\4" + folder * count + end64 + locator + end)
    done, files = box.take(new=0)
    assert reasons(files["a.zip"]) == ["too_large"]
    assert done.memory < 250_000_000


def test_a_zip_that_lies_about_the_number_of_its_files(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permadani.sources.reading.zipfiles.MAX_MEMBERS", 2)
    whole = bytearray(zipped(*((f"{n}/objects.csv", GOOD) for n in range(3))))
    at = whole.index(b"PK\5\6")
    whole[at + 8 : at + 12] = b"\1\0\1\0"
    box.file("a.zip", bytes(whole))
    (file,) = box.store.import_(box.folder).files
    assert [p.reason for p in file.problems] == ["too_large"]


@pytest.mark.parametrize("how", ["encrypted", "damaged"])
def test_a_neighbour_that_cannot_be_read_does_not_spoil_the_file(box: Box, how: str) -> None:
    owner = 'window.YTD.account.part0 = [{"account": {"accountId": "7001", "username": "melati_kopi"}}]'
    tweets = "window.YTD.tweets.part0 = " + json.dumps([{"tweet": {**TWEET, "user": None}}])
    whole = bytearray(zipped(("data/account.js", owner), ("data/tweets.js", tweets)))
    if how == "encrypted":
        whole[6] |= 1
        whole[whole.index(b"PK\x01\x02") + 8] |= 1
    else:
        whole[30 + len("data/account.js")] ^= 0x06  # the kind of its first block
    box.file("x.zip", bytes(whole))
    done = run("import", box.folder, "--store", box.store.path, "--owner", "7001", "--format", "json")
    box.taken = 1
    assert json.loads(done.out)["objects"] == 1
    assert "ZipInfo" not in done.out
    (account, _) = json.loads(done.out)["files"]
    assert (how in account["problems"][0]["example"]) and account["problems"][0]["reason"] == "unreadable"


def test_what_precedes_foreign_bytes_behind_a_gz_can_be_taken(box: Box) -> None:
    rows = [json.dumps({**TWEET, "id": 704561808798646272 + n, "id_str": f"{704561808798646272 + n}"}) for n in (1, 2)]
    box.file("tweets.jsonl.gz", b"".join(gzip.compress(row.encode() + b"\n") for row in rows) + b"<html>oops")
    done, files = box.take(new=0)
    assert reasons(files["tweets.jsonl.gz"]) == ["unexpected_end"]
    said = files["tweets.jsonl.gz"]["problems"][0]["example"]
    assert "not compressed" in said and "--partial" in said
    done = run("import", box.folder, "--store", box.store.path, "--partial", "--format", "json")
    box.taken = 2
    assert json.loads(done.out)["objects"] == 2
    assert [p["reason"] for p in json.loads(done.out)["files"][0]["problems"]] == ["unexpected_end"]


def test_a_damaged_gz_stays_unreadable(box: Box) -> None:
    whole = bytearray(gzip.compress(V1 + b"\n"))
    whole[-8] ^= 1  # the checksum
    box.file("tweets.jsonl.gz", bytes(whole))
    box.file("no/tweets.jsonl.gz", b"<html>")
    done = run("import", box.folder, "--store", box.store.path, "--partial", "--format", "json")
    assert [reasons(file) for file in json.loads(done.out)["files"]] == [["unreadable"]] * 2


SHAPES = {
    "objects.csv": (HEADER.encode() + b"x:status/1,x:user/1,2020-01-01,", b"x", b"\n"),
    "tweets.jsonl": (V1.removesuffix(b"}") + b', "note": "', b"x", b'"}\n'),
    "tweets.json": (b"[" + V1 + b"," + V1.removesuffix(b"}") + b', "note": "', b"x", b'"}]'),
    "disqus.xml": (
        b'<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        b'<thread dsq:id="1"><forum>f</forum><link>https://contoh.example/1</link><title>', b"x",
        b"</title><createdAt>2020-01-01T00:00:00Z</createdAt><author><name>A</name><username>a</username></author>"
        b"</thread></disqus>",
    ),
    "wordpress.xml": (
        b'<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        b"<title>t</title><wp:wxr_version>1.2</wp:wxr_version><item><title>", b"x", b"</title></item></channel></rss>",
    ),
}  # fmt: skip


def one_long_line(box: Box, name: str, size: int) -> None:
    start, middle, end = SHAPES[name]
    with box.file(name, start).open("ab") as target:
        for _ in range(size >> 20):
            target.write(middle * (1 << 20))
        target.write(end)
    done = run("import", box.folder, "--store", box.store.path, "--format", "json")
    (file,) = json.loads(done.out)["files"]
    box.taken = file["new"]
    assert file["problems"] or file["new"]
    assert done.code == (0 if file["read"] else 1)


@pytest.mark.parametrize("name", SHAPES)
def test_one_line_of_40_megabytes(box: Box, name: str) -> None:
    one_long_line(box, name, 40 << 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_one_line_of_200_megabytes(box: Box, name: str) -> None:
    one_long_line(box, name, 200 << 20)


@pytest.mark.parametrize("name", ["tweets.json", "tweets.jsonl"])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_nested_200_000_deep(box: Box, name: str, opening: bytes, closing: bytes) -> None:
    deep = opening * 200_000 + b"1" + closing * 200_000
    box.file(f"a/{name}", V1.removesuffix(b"}") + b', "deep": ' + deep + b"}\n" + V1 + b"\n")
    box.file(f"b/{name}", deep)
    done = run("import", box.folder, "--store", box.store.path, "--format", "json")
    report = json.loads(done.out)
    box.taken = report["objects"]
    assert done.code in (0, 1)
    assert all(file["problems"] or file["read"] for file in report["files"])


def test_xml_nested_deep_and_with_entities(box: Box) -> None:
    start, _, end = SHAPES["disqus.xml"]
    box.file("deep.xml", start + b"<a>" * 200_000 + b"</a>" * 200_000 + end)
    laughs = b'<!DOCTYPE disqus [<!ENTITY a "haha">' + b"".join(
        b'<!ENTITY %c "%s">' % (c, (b"&%c;" % (c - 1)) * 10) for c in range(ord("b"), ord("k"))
    ) + b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'  # fmt: skip
    declaration, rest = start.split(b"?>", 1)
    box.file("laughs.xml", declaration + b"?>" + laughs + rest + b"&j;&x;" + end)
    done = run("import", box.folder, "--store", box.store.path, "--format", "json")
    box.taken = json.loads(done.out)["objects"]
    assert done.code in (0, 1)
    assert "root:" not in str(contents(box.store))


def test_wrong_encodings(box: Box) -> None:
    text = GOOD.replace("halo", "café")
    for name in ("latin-1", "utf-16", "utf-16-le", "utf-32"):
        box.file(f"{name}/objects.csv", text.encode(name))
        box.file(f"{name}/tweets.json", V1.decode().encode(name))
    box.file("bom/objects.csv", text.encode("utf-8-sig"))
    done = run("import", box.folder, "--store", box.store.path, "--format", "json")
    box.taken = 3
    report = json.loads(done.out)
    assert (report["objects"], done.code) == (3, 0)
    files = {"/".join(Path(file["path"]).parts[-2:]): file for file in report["files"]}
    assert [name for name, file in files.items() if file["read"]] == ["bom/objects.csv", "latin-1/tweets.json"]
    assert "UTF-8" in files["latin-1/objects.csv"]["problems"][0]["example"]


def test_names_that_are_not_utf8(box: Box) -> None:
    folder = os.fsencode(box.folder) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102
    Path(os.fsdecode(folder), "objects.csv").write_text(GOOD)
    done = run("import", os.fsdecode(folder), "--store", box.store.path, "--format", "json")
    box.taken = 2
    assert (json.loads(done.out)["objects"], done.code) == (2, 0)
    assert run("imports", "--store", box.store.path, "--format", "json").code == 0
    assert run("import", os.fsdecode(folder), "--store", box.store.path).code == 0


def test_files_that_vanish_or_break(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    from permadani.sources import InputFile, walk

    gone = [box.file(f"{name}/objects.csv") for name in "abc"]
    box.file("d/objects.csv", HEADER + "x:status/4,x:user/1,2020-01-03,ada\n")

    def vanishing(path: Path) -> Iterator[Any]:
        for item in walk(path):
            if "/a/" in item.path:
                gone[0].unlink()
            if "/b/" in item.path:
                gone[1].unlink()
                gone[1].mkdir()
            if "/c/" in item.path and isinstance(item, InputFile):
                assert item.head
                gone[2].write_bytes(b"\xff\xfe" * 50)
            yield item

    monkeypatch.setattr("permadani.store.importing.walk", vanishing)
    report = box.store.import_(box.folder)
    box.taken = 1
    assert report.objects == 1
    assert [bool(file.problems) or file.read > 0 for file in report.files] == [True] * 4


def test_a_disk_that_fails_in_the_middle_costs_its_file_only(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    from permadani.sources.x import X

    box.file("a/tweets.json", V1)
    box.file("b/objects.csv")

    def broken(self: X, file: Any, options: Any) -> Iterator[Any]:
        yield post(77)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(X, "read", broken)
    report = box.store.import_(box.folder)
    box.taken = 2
    assert report.objects == 2
    assert [p.reason for file in report.files for p in file.problems] == ["unreadable"]
    assert "x:status/77" not in str(contents(box.store))
