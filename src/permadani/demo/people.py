"""Who is in the hall, and the pen they all write with: everything that is random or counted, in one place."""

from __future__ import annotations

from random import Random

from permadani.demo.model import HANDS, RANKS, Message, Person, Place, Rank, Role
from permadani.demo.names import full_names, handle_of
from permadani.demo.plans import PLANS

RANGES: dict[Rank, tuple[int, int]] = {"junior": (3, 90), "middle": (160, 900), "senior": (3_000, 60_000)}
"""Far apart, so that nobody changes rank by growing."""
SHARES: dict[Rank, int] = {"junior": 5, "middle": 3, "senior": 2}
"""Of ten askers: the lower half, the top fifth, and those between."""
TENS = 120
"""Ten times as many people are on X, at full scale."""


class Crowd:
    """``scale`` shrinks the number of people and messages; the same seed and scale give the same hall everywhere.

    ``ranked``: people on X, of known rank.
    """

    def __init__(self, seed: int, scale: float) -> None:
        self.rng = Random(seed)  # noqa: S311 - a toy world, no secret
        self._scale = scale
        self._messages = self._people = 0
        self._names = [name for name in full_names() if name not in {plan.name for plan in PLANS}]
        self.rng.shuffle(self._names)
        self.ranked: dict[Rank, list[Person]] = {
            rank: [self.person(self._names.pop(), rank) for _ in range(self.scaled(TENS) * SHARES[rank])]
            for rank in RANKS
        }

    def scaled(self, count: int, least: int = 5) -> int:
        return max(least, round(count * self._scale))

    def person(self, name: str, rank: Rank | None = None, *, account: bool = True) -> Person:
        self._people += 1
        low, high = RANGES[rank] if rank else (0, 0)
        followers = round(low * (high / low) ** self.rng.random()) if rank else 0
        language = "id" if self.rng.random() < 0.55 else "en"
        return Person(self._people, name, handle_of(name) if account else None, language, rank, followers)

    def owner(self, key: str, name: str, language: str, followers: int) -> Person:
        """Somebody whose account is audited."""
        self._people += 1
        return Person(self._people, name, f"{key}.demo", language, None, followers)

    def of_every_rank(self, tens: int) -> list[Person]:
        """People on X, in the shares that make ranks among them and planted ranks the same."""
        return [person for rank in RANKS for person in self.rng.sample(self.ranked[rank], tens * SHARES[rank])]

    def strangers(self, count: int, registered: float) -> list[Person]:
        """People of no known rank; ``registered``: the share that has an account, the others sign with a name."""
        names = self.rng.sample(self._names, count)
        return [self.person(name, account=self.rng.random() < registered) for name in names]

    def write(
        self, place: Place, author: Person, at: int, text: str, role: Role, *, parent: Message | None = None,
        spoken_to: tuple[Person, ...] = (), client: str | None = None, language: str | None = None,
        deleted: bool = False, reshares: Message | None = None, elsewhere: bool = False,
    ) -> Message:  # fmt: skip
        """``elsewhere``: written to nobody here, and known only if it is reshared."""
        self._messages += 1
        if place.on_x:
            client = client or HANDS[author.number % len(HANDS)]
            if spoken_to and reshares is None:
                text = " ".join([*(f"@{p.handle}" for p in spoken_to), text])
        message = Message(
            self._messages, author, at, text, language or author.language, role, parent, spoken_to, client, deleted,
            reshares,
        )  # fmt: skip
        if not elsewhere:
            place.messages.append(message)
        return message
