"""What is said on the WordPress of the tests: three authors, two years of posts, threads under them, and all that
moderation leaves behind. Everything is fictional, and the same each time but for the recent weeks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from servers.wordpress.site import Site

AUTHORS = {"rani": "Rani Wulan", "sekar": "Sekar Ayu", "joko": "Joko Prasetyo"}
GUESTS = ["Tono", "Mira Lestari", "pak Dirman", "Wening", "Ucok", "Ningsih & co.", "Galih 🌿", "Ratri", "Bima"]
BEGIN = datetime(2025, 1, 6, 2, 30, tzinfo=UTC)
POSTS, PAGE = 18, 7
Said = dict[str, Any]


@dataclass
class Loom:
    """What was created. ``said``: the comments that everybody sees, by number, with the author of their post as
    ``to``; ``moderated``: the others by what became of them; ``inside``: those under posts that are not for everybody.
    """

    site: Site
    posts: list[int] = field(default_factory=list)
    said: dict[int, Said] = field(default_factory=dict)
    moderated: dict[str, dict[int, Said]] = field(default_factory=dict)
    inside: list[int] = field(default_factory=list)
    password: str = ""

    def fill(self) -> None:
        people = [(login, name, "editor" if login == "joko" else "author") for login, name in AUTHORS.items()]
        people = [*people[1:], ("budi.reader", "Budi", "subscriber")]
        rows = [{"login": login, "name": name, "role": role, "email": f"{login}@loom.example"}
                for login, name, role in people]  # fmt: skip
        self.site.run("users", users=rows)
        self.password = self.site.run("password", login="rani")["password"]
        chance = random.Random(7)  # noqa: S311
        plans = [_conversation(number, chance) for number in range(POSTS)]
        made = self.site.run("posts", posts=plans)["posts"]
        for plan, one in zip(plans, made, strict=True):
            self.posts.append(one["id"])
            self._remember(one["id"], plan["author"], plan["comments"], one["comments"])
        self.inside = [id for one in self.site.run("posts", posts=_unseen())["posts"] for id in one["comments"]]

    def post(self, title: str, when: datetime, **more: Any) -> int:
        return int(self.site.run("posts", posts=[_post(title, when, **more)])["posts"][0]["id"])

    def say(self, post: int, to: str, plan: list[Said]) -> list[int]:
        made = self.site.run("comments", post=post, comments=plan)["ids"]
        self._remember(post, to, plan, made)
        return [int(number) for number in made]

    def _remember(self, post: int, to: str, plan: list[Said], made: list[int]) -> None:
        for number, one in zip(made, plan, strict=True):
            kind = one.get("kind")
            where = self.said if kind is None else self.moderated.setdefault(kind, {})
            where[number] = one | {"post": post, "to": to, "parent": made[one["parent"]] if "parent" in one else None}


def date(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"


def _post(title: str, when: datetime, **more: Any) -> dict[str, Any]:
    content = f"<!-- wp:paragraph --><p>{title}: “over” and under – a <b>rug</b>.</p><!-- /wp:paragraph -->"
    return {"title": title, "content": content, "date": date(when), **more}


def _conversation(number: int, chance: random.Random) -> dict[str, Any]:
    author = list(AUTHORS)[number % 5 % 3]
    begun = BEGIN + timedelta(days=37 * number)
    plan: list[Said] = []
    for turn in range(chance.randint(4, 9)):
        asked = begun + timedelta(hours=3 + 7 * turn, minutes=chance.randint(0, 59))
        guest = chance.choice(GUESTS)
        one = {"text": f"A question about <em>knots</em>, number {turn} of {number}?", "name": guest}
        one |= {"url": "https://tono.example/"} if guest == "Tono" else {}
        one |= {"email": f"{guest.split()[0].lower()}@mail.example"} if guest.isascii() else {}
        plan.append(one | {"date": date(asked)})
        if chance.random() < 0.55:
            answered = asked + timedelta(hours=2, minutes=chance.randint(0, 59))
            words = {"text": "The warp has to be dry.", "login": author}
            plan.append(words | {"parent": len(plan) - 1, "date": date(answered)})
            if chance.random() < 0.5:
                later = date(answered + timedelta(hours=1))
                plan.append({"text": "And the weft?", "name": guest, "parent": len(plan) - 1, "date": later})
    if number % 4 == 1:
        plan.append({"text": "I read along.", "login": "budi.reader", "date": date(begun + timedelta(hours=30))})
    marks = {"spam": {"status": "spam"}, "held": {"status": "0"}, "trash": {"status": "trash"}}
    for kind, mark in (marks | {"ping": {"type": "pingback"}}).items() if number % 3 == 0 else ():
        moment = date(begun + timedelta(hours=50))
        plan.append({"text": f"{kind} here", "name": f"Somebody {kind}", "kind": kind, "date": moment, **mark})
    return _post(f"Pattern {number}", begun, author=author, type="page" if number == PAGE else "post", comments=plan)


def _unseen() -> list[dict[str, Any]]:
    later = BEGIN + timedelta(days=400)
    comment = {"text": "inside", "name": "Tono", "date": date(later + timedelta(hours=1))}
    ways: list[dict[str, str]] = [{"password": "secret"}, {"status": "private"}, {"status": "draft"}]
    return [_post("Not for everybody", later, author="rani", comments=[comment], **way) for way in ways]
