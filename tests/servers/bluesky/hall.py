"""A conversation that is held on a real network, and a record of it in the neutral tables.

Thirty fictional accounts: one that is audited, a few that many follow, many that nobody follows. Everything is decided
by a seed. What is written down here is what was created, not what anybody read.
"""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime
from pathlib import Path
from time import time_ns
from typing import Any

from servers.bluesky.network import Account, Network

POST, REPOST, LIKE, FOLLOW = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like", "app.bsky.graph.follow"
NAMES = (
    "ani", "bayu", "citra", "dewi", "eko", "farah", "gilang", "hana", "indra", "joko", "kartika", "lestari", "made",
    "nadia", "omar", "putri", "raka", "sari", "tono", "umi", "vina", "wayan", "yanti", "zaki", "arif", "bunga",
    "cahya", "dimas", "endah", "fajar",
)  # fmt: skip
SECOND = 1_000_000
HOUR = 3600 * SECOND
DAYS = 40
TOPICS = ("hoopoes", "sourdough", "kites", "old maps", "batik", "tide tables", "mosses", "bus lines")

Row = dict[str, Any]


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def tid(moment: int) -> str:
    """A record key as programs make it: the microseconds, and ten bits for the clock."""
    number = moment << 10
    return "".join("234567abcdefghijklmnopqrstuvwxyz"[number >> shift & 31] for shift in range(60, -1, -5))


class Post:
    """``ref`` is how others name it, ``root`` the beginning of its thread."""

    def __init__(self, who: Account, ref: dict[str, str], root: Post | None) -> None:
        self.who, self.ref, self.root = who, ref, root or self

    @property
    def uri(self) -> str:
        return self.ref["uri"]


class Hall:
    """The rows by table, as they were created; ``unseen`` are ids that only a login shows."""

    def __init__(self, network: Network, seed: int = 7) -> None:
        self.network, self._random = network, random.Random(seed)  # noqa: S311
        self.people = [network.account(name) for name in NAMES]
        self.ani, *self.others = self.people
        self.seniors, self.juniors = self.others[:8], self.others[8:]
        self.clock = time_ns() // 1000 // SECOND * SECOND - DAYS * 24 * HOUR
        """All is said with times and keys of the past, as it would be found by who comes late."""
        self.rows: dict[str, dict[Any, Row]] = {
            name: {} for name in ("objects", "announces", "likes", "follows", "addressed", "actors", "standings")
        }
        self.unseen: set[str] = set()
        self.hidden: set[str] = set()
        self.private = self.juniors[-1]

    # -- deeds

    def _now(self) -> int:
        self.clock += self._random.randrange(2 * HOUR, 5 * HOUR, SECOND)
        return self.clock

    def post(
        self, who: Account, text: str, *, to: Post | None = None, names: Account | None = None,
        quotes: Post | None = None,
    ) -> Post:  # fmt: skip
        moment = self._now()
        record: Row = {"text": text, "createdAt": iso(moment), "langs": ["en"]}
        if to is not None:
            record["reply"] = {"root": to.root.ref, "parent": to.ref}
        if names is not None:
            record["text"] = text = f"@{names.handle} {text}"
            mention = {"$type": "app.bsky.richtext.facet#mention", "did": names.did}
            end = len(names.handle) + 1
            record["facets"] = [{"index": {"byteStart": 0, "byteEnd": end}, "features": [mention]}]
        if quotes is not None:
            record["embed"] = {"$type": "app.bsky.embed.record", "record": quotes.ref}
        made = Post(who, self.network.create(who, POST, record, tid(moment)), to.root if to else None)
        private = who is self.private
        self.rows["objects"][made.uri] = {
            "id": made.uri, "channel": "bluesky", "kind": "note", "actor": who.did, "published": moment,
            "in_reply_to": to.uri if to else None, "thread": to.root.uri if to else None,
            "quotes": quotes.uri if quotes else None, "text": None if private else text,
            "language": None if private else "en",
            "url": f"https://bsky.app/profile/{who.did}/post/{made.uri.rpartition('/')[2]}",
        }  # fmt: skip
        spoken = [(to.who, "to")] if to else []
        for whom, kind in [*spoken, *([(names, "mention")] if names else [])]:
            if whom is not who:
                self.rows["addressed"][made.uri, whom.did] = {"object": made.uri, "actor": whom.did, "kind": kind}
        return made

    def act(self, who: Account, collection: str, what: Post) -> None:
        moment = self._now()
        made = self.network.create(who, collection, {"subject": what.ref, "createdAt": iso(moment)}, tid(moment))
        table = "announces" if collection == REPOST else "likes"
        self.rows[table][made["uri"]] = {"actor": who.did, "object": what.uri, "published": moment}

    def follow(self, who: Account, whom: Account) -> None:
        self.network.create(who, FOLLOW, {"subject": whom.did, "createdAt": iso(self.clock)})
        self.rows["follows"][who.did, whom.did] = {"actor": who.did, "object": whom.did}

    def delete(self, post: Post) -> None:
        self.network.delete(post.who, post.uri)
        del self.rows["objects"][post.uri]
        for key in [key for key in self.rows["addressed"] if key[0] == post.uri]:
            del self.rows["addressed"][key]

    def hide(self, root: Post, hidden: Post) -> None:
        """The author of a thread folds an answer away."""
        gate = {"post": root.uri, "createdAt": iso(self.clock), "hiddenReplies": [hidden.uri]}
        self.network.create(root.who, "app.bsky.feed.threadgate", gate, key=root.uri.rpartition("/")[2])
        self.hidden.add(hidden.uri)

    def ask_for_privacy(self, who: Account) -> None:
        labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
        self.network.create(
            who, "app.bsky.actor.profile", {"displayName": "Nobody's business", "labels": labels}, "self"
        )

    # -- the conversation

    def converse(self) -> None:
        """Followers, posts, conversations under them, and what was said elsewhere."""
        choose, ani = self._random, self.ani
        self.ask_for_privacy(self.private)
        for number, senior in enumerate(self.seniors):
            for follower in choose.sample(self.others, 12 + number):
                if follower is not senior:
                    self.follow(follower, senior)
        for one in self.others[:10]:
            self.follow(one, ani)
        for one in self.seniors[:3]:
            self.follow(ani, one)
        for number in range(14):
            self.thread(self.post(ani, f"What do you know about {TOPICS[number % 8]}? Part {number}."))
        self.elsewhere()

    def thread(self, root: Post) -> None:
        """Questions under a post; ani answers those whom many follow, and hardly anybody else."""
        choose, ani = self._random, self.ani
        for asker in choose.sample(self.others, 5):
            question = self.post(asker, f"Which {choose.choice(TOPICS)} would you start with, and why?", to=root)
            likely = 0.9 if asker in self.seniors else 0.25
            if choose.random() < likely:
                answer = self.post(ani, f"I would start with the {choose.choice(TOPICS)} near the river.", to=question)
                if choose.random() < 0.5:
                    more = self.post(asker, "And after that, what should we look at?", to=answer)
                    if choose.random() < likely:
                        self.post(ani, "Then walk on to the harbour.", to=more)
            if choose.random() < 0.3:
                self.post(choose.choice(self.others), "I wondered about that too, thank you.", to=question)

    def elsewhere(self) -> None:
        ani, seniors, juniors = self.ani, self.seniors, self.juniors
        starts = [self.post(who, f"Notes on {TOPICS[0]} from my garden.") for who in (*seniors[:2], *juniors[:2])]
        for start in starts[:3]:
            self.post(ani, "What a fine collection, where was this?", to=start)
        for start in starts:
            self.act(ani, REPOST, start)
            self.act(ani, LIKE, start)
        self.post(ani, "Read this one twice.", quotes=starts[3])
        own = self.post(ani, "A long one: ask me anything about kites.")
        for who in juniors[2:5]:
            self.post(who, "She has a point here.", quotes=own)
        chain: Post = own
        for number in range(16):
            chain = self.post(seniors[0] if number % 2 == 0 else ani, f"Step {number} of it, then?", to=chain)
        folded = self.post(juniors[5], "Buy my kites instead, they are cheaper!", to=own)
        self.hide(own, folded)
        gone = self.post(juniors[6], "I take this back at once.", to=own)
        self.post(ani, "No need to, it was a good question.", to=gone)
        self.delete(gone)
        self.delete(self.post(ani, "A draft that should not have gone out."))
        for number, who in enumerate((*juniors[7:11], *seniors[2:4])):
            named = self.post(who, "could you look at this map of ours?", names=ani)
            if number % 3 == 0:
                self.post(ani, "Gladly, the coast looks right.", to=named)
            else:
                self.unseen.add(named.uri)

    # -- as tables

    def tables(self, folder: Path, *, seen: str, since: int, until: int, mentions_since: int | None) -> Path:
        """The neutral tables of what can be seen: with ``seen="all"`` what names ani elsewhere too."""
        folder.mkdir()
        left_out = self.unseen if seen != "all" else set()
        rows = {name: list(table.values()) for name, table in self.rows.items()}
        rows["objects"] = [row for row in rows["objects"] if row["id"] not in left_out]
        rows["addressed"] = [row for row in rows["addressed"] if row["object"] not in left_out]
        rows["follows"] = [row for row in rows["follows"] if row["actor"] == self.ani.did]
        followers = {one.did: 0 for one in self.people}
        for row in self.rows["follows"].values():
            followers[row["object"]] += 1
        rows["actors"] = [
            {
                "id": one.did, "channel": "bluesky", "handle": one.handle, "followers": followers[one.did],
                "name": "Nobody's business" if one is self.private else None,
                "url": f"https://bsky.app/profile/{one.did}", "opted_out": "true" if one is self.private else None,
            }
            for one in self.people
        ]  # fmt: skip
        rows["standings"] = [
            {"actor": did, "observed": until, "followers": count} for did, count in followers.items()
        ]  # fmt: skip
        rows["coverage"] = [
            {
                "actor": self.ani.did, "channel": "bluesky", "direction": direction, "since": start, "until": until,
                "completeness": how, "basis": "what the tests wrote down",
            }
            for direction, start, how in (
                ("inbound", since, "complete"),
                ("outbound", since, "complete"),
                ("mentions", since, "none") if mentions_since is None else ("mentions", mentions_since, "complete"),
            )
        ]  # fmt: skip
        for name, table in rows.items():
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, list(dict.fromkeys(key for row in table for key in row)))
                writer.writeheader()
                writer.writerows(table)
        return folder
