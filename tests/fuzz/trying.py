"""One damaged file read as an import reads it, and judged: what came of it, and what must never come."""

from __future__ import annotations

import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Literal

from fuzz.seeds import GOLDEN, Seed
from permadani.errors import InputError
from permadani.sources import InputFile, ReadOptions, recognise, sources, walk
from permadani.sources.foreign import fault
from permadani.vocabulary import Record

SECONDS = 20
"""No small file may take longer (a whole one takes milliseconds)."""
MOST_RECORDS = 200_000


class Hang(Exception):
    """It took too long."""


class Wrong(Exception):
    """A record that no store can take, or a text that says nothing."""


@dataclass
class Outcome:
    """What became of one file."""

    kind: Literal["records", "problems", "refused", "not_recognised"]
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(record: Record) -> None:
    """Raises Wrong unless every field has the type that the vocabulary says."""
    if wrong := fault(record):
        raise Wrong(wrong)
    for name in {"id", "actor", "object"} & set(type(record).__struct_fields__):
        if getattr(record, name) == "":
            raise Wrong(f"{type(record).__name__}.{name} is empty")


def read(seed: Seed, data: bytes, *, forced: bool = False) -> Outcome:
    """Put the damaged bytes in the place of the sample, beside its whole neighbours, and read them.

    ``forced``: by the sample's own source, recognised or not (as ``--as`` does).

    Raises:
        Hang, Wrong, or whatever a source raises that is no InputError: each is a fault.
    """
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="permadani-fuzz-") as name, alarm(SECONDS):
        place = Path(name, seed.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        sample = GOLDEN / seed.source / seed.name
        for beside in sample.parent.iterdir():
            if beside.is_file() and not beside.name.endswith(".expected.jsonl"):
                place.with_name(beside.name).write_bytes(beside.read_bytes())
        place.write_bytes(data)
        before = sorted(Path(name).rglob("*"))
        outcome = _read(Path(name), str(place), seed, forced)
        if sorted(Path(name).rglob("*")) != before:
            raise Wrong("it wrote a file")
    outcome.seconds = time.perf_counter() - started
    return outcome


def _read(folder: Path, place: str, seed: Seed, forced: bool) -> Outcome:
    outcome = Outcome("not_recognised")
    for file in walk(folder):
        if not file.path.startswith(place):
            continue
        if not isinstance(file, InputFile):
            _told(file.error)
            outcome.kind = "refused"
            continue
        try:
            source = sources()[seed.source] if forced else recognise(file)
            if source is None:
                continue
            outcome.kind = "problems"
            for record in source.read(file, ReadOptions()):
                check(record)
                outcome.counts[type(record).__name__] += 1
                if outcome.counts.total() > MOST_RECORDS:
                    raise Wrong("no end of records")
        except InputError as error:
            _told(error)
            outcome.kind = "refused"
            continue
        if outcome.counts.total() > outcome.counts["Problem"]:
            outcome.kind = "records"
    return outcome


def _told(error: InputError) -> None:
    """Every refusal says something, and its hint can be filled in."""
    if len(error.text()) < 10:
        raise Wrong(f"a message that says nothing: {error.text()!r}")
    error.hint_text()
