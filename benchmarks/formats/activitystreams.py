"""A Mastodon archive: the outbox of one account, on one line, with the profile beside it."""

from __future__ import annotations

import json
from pathlib import Path

from formats.crowd import messages

HOST = "https://kampung.example/users/"
ME = HOST + "user0"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
WHO = ME


def generate(folder: Path, count: int, size: int) -> None:
    """Statuses as Mastodon writes them: some 1,500 bytes each besides the ``size`` of their text."""
    context = "https://www.w3.org/ns/activitystreams"
    profile = {"@context": context, "type": "Person", "id": ME, "preferredUsername": "user0", "outbox": "outbox.json"}
    (folder / "actor.json").write_text(json.dumps(profile), encoding="utf-8")
    with (folder / "outbox.json").open("w", encoding="utf-8") as out:
        start = {"@context": context, "id": "outbox.json", "type": "OrderedCollection", "totalItems": count}
        out.write(json.dumps(start)[:-1] + ', "orderedItems": [')
        for number, author, _, parent, _, when, text in messages(count, size):
            out.write("," if number else "")
            json.dump(_create(number, author, parent, when.strftime("%Y-%m-%dT%H:%M:%SZ"), text), out)
        out.write("]}")


def _create(number: int, author: int, parent: int | None, when: str, text: str) -> dict[str, object]:
    id = f"{ME}/statuses/{number}"
    other = f"https://pasar.example/users/user{author}"
    note = {
        "id": id, "type": "Note", "summary": None, "published": when, "url": f"https://kampung.example/@user0/{number}",
        "inReplyTo": f"{other}/statuses/{parent}" if parent is not None else None, "attributedTo": ME,
        "to": [PUBLIC], "cc": [ME + "/followers", other], "sensitive": False, "atomUri": id,
        "conversation": f"tag:kampung.example,2015-01-01:objectId={number}:objectType=Conversation",
        "content": f"<p>{text}</p>", "contentMap": {"en": f"<p>{text}</p>"}, "attachment": [],
        "tag": [{"type": "Mention", "href": other, "name": f"@user{author}@pasar.example"}] if parent else [],
        "replies": {"id": id + "/replies", "type": "Collection", "first": {"type": "CollectionPage", "items": []}},
    }  # fmt: skip
    return {"id": id + "/activity", "type": "Create", "actor": ME, "published": when, "to": note["to"],
            "cc": note["cc"], "object": note}  # fmt: skip
