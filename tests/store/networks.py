"""Small networks of records for the tests of the store, and what a store holds, in a form that can be compared."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from permadani.exports.tables import export_tables, neutral_rows
from permadani.store import Store, database
from permadani.vocabulary import (
    TABLES,
    Actor,
    Addressed,
    Announce,
    Channel,
    Coverage,
    Cue,
    Follow,
    Like,
    Object,
    Person,
    Record,
    Standing,
)

DAY = 86_400_000_000
START = 1_600_000_000_000_000
ACTORS = tuple(f"x:user/{n}" for n in range(5))
SEEN = tuple(f"x:status/{n}" for n in range(7))
OBJECTS = (*SEEN, "x:status/unseen1", "x:status/unseen2")
DERIVED = {
    "roots": "SELECT id, root FROM objects ORDER BY ALL",
    "inbox": "SELECT * FROM inbox ORDER BY ALL",
    "outbox": "SELECT * FROM outbox ORDER BY ALL",
}

Contents = dict[str, list[tuple[Any, ...]]]


def contents(store: Store) -> Contents:
    """All that a store holds of the world: the neutral tables with URIs, and what is derived from them."""
    with database.session(store.path) as connection:
        found = {name: connection.execute(query).fetchall() for name, query in DERIVED.items()}
        for name in TABLES:
            found[name] = neutral(connection, name)
    return found


def neutral(connection: Any, name: str) -> list[tuple[Any, ...]]:
    """A table as it is exported, without writing files."""
    return connection.execute(neutral_rows(connection, TABLES[name])).fetchall()  # type: ignore[no-any-return]


def roots_of(store: Store) -> dict[str, str]:
    """The first message of the conversation of every object."""
    with store.session() as connection:
        rows = connection.execute(
            "SELECT u.uri, r.uri FROM objects o JOIN uris u ON u.id = o.id LEFT JOIN uris r ON r.id = o.root"
        ).fetchall()
    return dict(rows)


def exported(store: Store, folder: Path, *, csv: bool = False) -> dict[str, bytes]:
    """The files of an export by name."""
    folder.mkdir(parents=True, exist_ok=True)
    with store.session(reach=(folder,)) as connection:
        export_tables(connection, folder, csv=csv)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def post(number: int, actor: str = ACTORS[0], **values: Any) -> Object:
    """A short message; its time follows its number."""
    values = {"channel": "x", "kind": "note", "published": START + number * 60_000_000} | values
    return Object(id=f"x:status/{number}", actor=actor, **values)


def account(number: int, **values: Any) -> Actor:
    return Actor(id=f"x:user/{number}", channel="x", **values)


times = st.integers(0, 6).map(lambda hours: START + hours * 9 * 3_600_000_000)
maybe_flag = st.sampled_from((None, True, False))
texts = st.text(st.characters(exclude_categories=()), max_size=8)
actor_ids, object_ids = st.sampled_from(ACTORS), st.sampled_from(OBJECTS)

objects = st.builds(
    Object,
    id=st.sampled_from(SEEN), channel=st.sampled_from(("x", "x", "disqus")), kind=st.sampled_from(("note", "article")),
    actor=actor_ids, published=times, in_reply_to=st.none() | object_ids, thread=st.none() | st.none() | object_ids,
    quotes=st.none() | object_ids, text=st.none() | texts, language=st.sampled_from((None, "id", "en")),
    client=st.sampled_from((None, "", "Kabar")), url=st.sampled_from((None, "https://contoh.example/1")),
    spam=maybe_flag, automatic=maybe_flag, deleted=st.sampled_from((None, None, True, False)),
)  # fmt: skip
others = st.one_of(
    st.builds(
        Actor, id=actor_ids, channel=st.just("x"), handle=st.sampled_from((None, "melati", "anggrek")),
        name=st.none() | texts, url=st.none(), followers=st.none() | st.integers(0, 9), created=st.none() | times,
        opted_out=maybe_flag,
    ),
    st.builds(Standing, actor=actor_ids, observed=times, followers=st.integers(0, 3)),
    st.builds(Addressed, object=object_ids, actor=actor_ids, kind=st.sampled_from(("mention", "to"))),
    st.builds(Announce, actor=actor_ids, object=object_ids, published=times),
    st.builds(Like, actor=actor_ids, object=object_ids, published=st.none() | times),
    st.builds(Follow, actor=actor_ids, object=actor_ids),
    st.builds(
        Coverage, actor=st.none() | actor_ids, channel=st.just("x"), direction=st.sampled_from(("inbound", "outbound")),
        since=st.none() | times, until=st.none() | times, completeness=st.sampled_from(("complete", "partial", "none")),
        basis=st.sampled_from(("a", "b")),
    ),
    st.builds(
        Cue, actor=actor_ids, kind=st.sampled_from(("link", "me", "address")),
        value=st.sampled_from(("https://contoh.example", "00ff")),
    ),
    st.builds(Person, person=st.sampled_from(("person:p", "person:q", "r", "s")), actor=actor_ids),
    st.builds(Channel, channel=st.sampled_from(("x", "milis")), audience=st.sampled_from(("personal", "group"))),
)  # fmt: skip
networks: st.SearchStrategy[list[Record]] = st.lists(st.one_of(objects, objects, others), max_size=14)


def village(people: int = 12, messages: int = 200, seed: int = 7) -> list[Record]:
    """A made-up network of some size: posts, replies, mentions, reshares, likes, follows; the same for one seed."""
    draw = random.Random(seed)  # noqa: S311
    records: list[Record] = [
        account(n, handle=f"warga{n}", name=f"Warga {n}", followers=draw.randrange(9000)) for n in range(people)
    ]
    for n in range(messages):
        author = f"x:user/{draw.randrange(people)}"
        parent = f"x:status/{draw.randrange(n)}" if n and draw.random() < 0.6 else None
        records.append(post(n, author, in_reply_to=parent, text=f"kabar nomor {n}", language="id"))
        other = f"x:user/{draw.randrange(people)}"
        if draw.random() < 0.3:
            records.append(Addressed(object=f"x:status/{n}", actor=other, kind="mention"))
        if draw.random() < 0.3:
            records.append(Announce(actor=other, object=f"x:status/{n}", published=START + n * 60_000_000 + 5))
        if draw.random() < 0.3:
            records.append(Like(actor=other, object=f"x:status/{n}"))
        if draw.random() < 0.1:
            records.append(Follow(actor=author, object=other))
    records.append(
        Coverage(
            actor=None, channel="x", direction="inbound", since=START, until=START + DAY, completeness="partial",
            basis="a village",
        )
    )  # fmt: skip
    return records
