"""The whole samples that are damaged: the golden files of every source, and the exports they belong to."""

from __future__ import annotations

import io
import tarfile
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

from permadani.sources import sources

GOLDEN = Path(__file__).parents[1] / "golden"
PACKED = 5
"""So many samples lie in the archives that are damaged."""
LARGEST = 200_000
"""Larger samples are not damaged: they would take the time of a hundred small ones."""


@dataclass(frozen=True)
class Seed:
    """One golden file: its source, its place in the folder of that source, and its bytes."""

    source: str
    name: str
    data: bytes

    @property
    def folder(self) -> Path:
        return GOLDEN / self.source


@cache
def seeds(source: str) -> list[Seed]:
    """All samples of a source that are small enough."""
    folder = GOLDEN / source
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".expected.jsonl"))
    small = [path for path in files if path.stat().st_size <= LARGEST]
    found = [Seed(source, str(path.relative_to(folder)), path.read_bytes()) for path in small]
    return [*found, _zipped(found), _zipped_small(found), _tarred(found), _tarred(found, tarfile.PAX_FORMAT)]


METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED)


def _zipped(found: list[Seed]) -> Seed:
    """A few of the samples in a ZIP, the first of them twice under one name, packed in all ways that there are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed, method in zip([*found[:PACKED], found[0]], cycle(METHODS)):
            archive.writestr(seed.name, seed.data, compress_type=method)
    return Seed(found[0].source, "all.zip", out.getvalue())


def _zipped_small(found: list[Seed]) -> Seed:
    """Hardly more than headers, so that damage meets these: a name that is not ASCII, a folder, little content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, method in enumerate(METHODS):
            archive.writestr(f"ö{number}.json", found[0].data[:100], compress_type=method)
        archive.writestr("folder/", b"")
    return Seed(found[0].source, "small.zip", out.getvalue())


def _tarred(found: list[Seed], form: int = tarfile.GNU_FORMAT) -> Seed:
    """A few of the samples in a tar, beside a link, a long name and a way out of it; with extended headers."""
    out = io.BytesIO()
    # small parts, so that damage meets headers
    parts = [*((seed.name, seed.data) for seed in found[:PACKED]), *((f"{n}/" + "ö" * 150, b"{}") for n in range(10))]
    with tarfile.open(fileobj=out, mode="w", format=form, pax_headers={"comment": "fictional"}) as archive:
        for name, data in parts:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(data), 1.5 if form == tarfile.PAX_FORMAT else 1
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("../../out"))
    name = "pax.tar" if form == tarfile.PAX_FORMAT else "all.tar"
    return Seed(found[0].source, name, out.getvalue())


def names() -> list[str]:
    """The sources that have samples."""
    return [name for name in sources() if (GOLDEN / name).is_dir()]
