"""The hall as the exports that real channels give: nothing here is a format of our own.

Ids and addresses lead nowhere: numbers that X has not given to anybody, handles with dots, hosts under ``.example``.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from permadani.demo.formats_x import PAGES, STATUSES, pages, statuses, x_id
from permadani.demo.formats_xml import disqus, stamp, wordpress
from permadani.demo.model import END, START, Hall, Kind, Message, Person, Place
from permadani.vocabulary import TABLES, account, message_id

TABLE_FOLDER = "tables"
TABLE_NAMES = ("actors", "objects", "likes", "coverage")
BASIS = "every message to and from the account was collected (demo)"


def actor_id(person: Person, place: Place) -> str:
    """The id under which a source will know somebody with an account there."""
    if place.on_x:
        return account("x", str(x_id(person)))
    if place.kind == "wordpress":
        return account("wordpress", f"{person.handle}@{place.site}")
    return account(place.kind, str(person.handle))


def file_of(place: Place) -> str:
    """Where the export of a place lies, below the folder of all exports."""
    key = str(place.owner.handle).partition(".")[0]
    names: dict[Kind, str] = {
        "x1": f"x/{key}-{STATUSES}.jsonl.gz",
        "x2": f"x/{key}-{PAGES}.jsonl.gz",
        "wordpress": f"wordpress/{place.site.partition('.')[0]}.wordpress.xml",
        "disqus": f"disqus/{place.site}.xml.gz",
        "guestbook": TABLE_FOLDER,
    }
    return names[place.kind]


def export_files(hall: Hall) -> list[str]:
    """What ``write_exports`` writes, relative to its folder."""
    files = [file_of(place) for place in hall.places if place.kind != "guestbook"]
    return [*files, *(f"{TABLE_FOLDER}/{name}.csv" for name in TABLE_NAMES)]


def write_exports(hall: Hall, folder: Path) -> None:
    """All exports of a hall, the same bytes every time."""
    writers: dict[Kind, Callable[[Place], str]] = {
        "x1": statuses, "x2": pages, "wordpress": wordpress, "disqus": disqus,
    }  # fmt: skip
    for place in hall.places:
        if place.kind != "guestbook":
            _write(folder / file_of(place), writers[place.kind](place))
    for name, rows in tables(hall).items():
        _write(folder / TABLE_FOLDER / f"{name}.csv", _csv(name, rows))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    # without a name and a time in its header: the same bytes every time
    path.write_bytes(gzip.compress(data, compresslevel=6, mtime=0) if path.suffix == ".gz" else data)


Row = dict[str, object]


def tables(hall: Hall) -> dict[str, list[Row]]:
    """Neutral tables as a researcher would hand them in: a guestbook copied by hand, and what is covered on X.

    JSON of X never knows what it missed; that everything was collected is the researcher's own statement.
    """
    found: dict[str, list[Row]] = {name: [] for name in TABLE_NAMES}
    for place in hall.places:
        if place.on_x or place.kind == "guestbook":
            channel = "guestbook" if place.kind == "guestbook" else "x"
            found["coverage"] += [
                {"actor": actor_id(place.owner, place), "channel": channel, "direction": direction,
                 "since": stamp(START), "until": stamp(END), "completeness": "complete", "basis": BASIS}
                for direction in ("inbound", "outbound")
            ]  # fmt: skip
        if place.kind == "guestbook":
            found["actors"] += _actors(place)
            found["objects"] += [_object(message, place) for message in place.messages]
            found["likes"] += [
                {"actor": actor_id(like.actor, place), "object": _key(like.object), "published": stamp(like.at)}
                for like in place.likes
            ]
    return found


def _actors(place: Place) -> list[Row]:
    people = {message.author.number: message.author for message in place.messages}
    return [
        {"id": _guest(person, place), "channel": "guestbook", "handle": person.handle, "name": person.name}
        for _, person in sorted(people.items())
    ]


def _guest(person: Person, place: Place) -> str:
    return actor_id(person, place) if person.handle else f"guestbook:{place.site}/name/{person.name}"


def _key(message: Message) -> str:
    return message_id("guestbook", "entry", str(message.number))


def _object(message: Message, place: Place) -> Row:
    root = message.root
    return {
        "id": _key(message), "channel": "guestbook", "kind": "article" if message is root else "comment",
        "actor": _guest(message.author, place), "published": stamp(message.at),
        "in_reply_to": _key(message.parent) if message.parent else None, "thread": _key(root),
        "text": None if message.deleted else message.text, "language": message.language,
        "url": f"https://{place.site}/guestbook#{message.number}",
        "spam": "true" if message.role == "spam" else "false", "deleted": "true" if message.deleted else "false",
    }  # fmt: skip


def _csv(name: str, rows: Iterable[Row]) -> str:
    out = io.StringIO()
    kept = list(rows)
    used = [c.name for c in TABLES[name].columns if any(row.get(c.name) is not None for row in kept)]
    writer = csv.DictWriter(out, used, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue()
