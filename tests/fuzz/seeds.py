"""The whole samples that are damaged: the golden files of every source, and the exports they belong to."""

from __future__ import annotations

import io
import tarfile
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache
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
    return [*found, _zipped(found), _tarred(found)]


def _zipped(found: list[Seed]) -> Seed:
    """A few of the samples in a ZIP, the first of them twice under one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in [*found[:PACKED], found[0]]:
            archive.writestr(zipfile.ZipInfo(seed.name), seed.data)
    return Seed(found[0].source, "all.zip", out.getvalue())


def _tarred(found: list[Seed]) -> Seed:
    """A few of the samples in a tar, beside a link and a way out of it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for seed in found[:PACKED]:
            member = tarfile.TarInfo(seed.name)
            member.size = len(seed.data)
            archive.addfile(member, io.BytesIO(seed.data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("../../out"))
    return Seed(found[0].source, "all.tar", out.getvalue())


def names() -> list[str]:
    """The sources that have samples."""
    return [name for name in sources() if (GOLDEN / name).is_dir()]
