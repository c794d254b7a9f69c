"""The first pass over a mailbox: whose it is, which letters are their own, and which ids are claimed twice."""

from __future__ import annotations

from collections.abc import Iterable

from permadani.sources.email.letter import Letter
from permadani.sources.reading import mail

MOST_ADDRESSES = 10
"""Nobody sends from more addresses of their own: then the folder is not what its name says."""
REMEMBERED = 1_000_000
"""Ids of so many messages are remembered to tell duplicates; the store joins those that come later."""
MOST_CLAIMS = 400_000
"""So many claims to ids that came before are remembered; beyond them the first pass decides by what it has seen."""
_WHOLE = (1 << 64) - 1


class Survey:
    """What only the whole file tells. ``given``: the addresses the user named as the owner's."""

    def __init__(self, given: list[str], beside: Iterable[str] = ()) -> None:
        self._given = given
        self._beside = set(beside)
        self._labelled: dict[str, None] = {}  # who sent what has the label Sent
        self._filed: dict[str, None] = {}  # who sent what lies in a folder of that name
        self._delivered: set[str] = set()
        self._first: dict[int, int] = {}  # hash of an id -> who claimed it first, packed
        self._repeated: dict[int, set[int]] = {}  # hash of an id -> all who claimed it
        self._claims = 0
        self._holders: dict[int, int | None] = {}  # of ids claimed by different messages -> the one that keeps it
        self._by_sender: dict[int, dict[int, int | None]] = {}  # of ids that nobody keeps: sender -> the one of theirs
        self._own: set[str] = set()

    def saw(self, letter: Letter) -> None:
        """One message that is a letter."""
        if letter.sent:
            senders = self._labelled if letter.labels else self._filed
            if len(senders) <= MOST_ADDRESSES:
                senders[letter.address] = None
        elif len(self._delivered) < 2 and (found := mail.addresses(letter.one.get("delivered-to"))):
            self._delivered.add(found[0][1])
        if id := mail.own_id(letter.one.get("message-id")):
            self._claimed(hash(id), _packed(letter))

    def _claimed(self, key: int, packed: int) -> None:
        first = self._first.get(key)
        if first is None:
            if len(self._first) >= REMEMBERED:
                self._first.clear()
            self._first[key] = packed
        elif self._claims < MOST_CLAIMS:
            self._claims += 1
            self._repeated.setdefault(key, {first}).add(packed)

    def done(self) -> None:
        """After the last message: decide who keeps an id that different messages claim."""
        self._first.clear()
        self._own = {*self._given, *self._labelled, *self._filed, *self.owners(), *self._beside}
        own = {hash(address) & _WHOLE for address in self._own}
        for key, claims in self._repeated.items():
            ranks: dict[int, int] = {}
            for one in claims:
                rank = self._rank(one, own)
                if rank is not None:
                    ranks[_content(one)] = max(rank, ranks.get(_content(one), 0))
            if len(ranks) > 1:
                highest = max(ranks.values())
                best = [content for content, rank in ranks.items() if rank == highest]
                self._holders[key] = best[0] if len(best) == 1 else None
                if len(best) > 1:
                    self._by_sender[key] = _by_sender(claims)

    def _rank(self, packed: int, own: set[int]) -> int | None:
        """What the owner sent surely has its id; spam never takes one. None: the message is left out."""
        by_owner = packed >> 64 & _WHOLE in own
        if by_owner:
            return 2 if self._proven(packed >> 128) else None
        return 0 if packed >> 128 & 4 else 1

    def _proven(self, flags: int) -> bool:
        """Sent mail, or else what never came over the network and bears no label that says otherwise."""
        if flags & 4:
            return False
        return bool(flags & 1) or not (flags & 2 or flags & 8 or (flags & 16 and self._labelled))

    def forged(self, letter: Letter) -> bool:
        """Whether a letter bears the owner's name, and nothing shows that they sent it."""
        return letter.address in self._own and not self._proven(_flags(letter))

    def owners(self) -> list[str]:
        """As the user said; else who sent what is labelled as sent; else who sent all in a folder of that name; else
        whom all was delivered to."""
        if self._given:
            return self._given
        if self._labelled:
            return list(self._labelled) if len(self._labelled) <= MOST_ADDRESSES else []
        found = self._filed or self._delivered
        return list(found) if len(found) == 1 else []

    def repeated(self, id: str) -> bool:
        """Whether more than one message has this id."""
        return hash(id) in self._repeated

    def disputed(self, id: str, content: int) -> bool:
        """Whether different messages have this id and this one does not keep it."""
        key = hash(id)
        return key in self._holders and self._holders[key] != content

    def meant(self, id: str, recipients: Iterable[str]) -> int | None:
        """Of an id that nobody keeps: the one message by somebody whom the answer to it is addressed to."""
        senders = self._by_sender.get(hash(id))
        if senders is None:
            return None
        found = {senders[key] for address in recipients if (key := hash(address) & _WHOLE) in senders}
        return found.pop() if len(found) == 1 else None


def _by_sender(claims: set[int]) -> dict[int, int | None]:
    """What each sender claims an id for; None where it is several messages."""
    found: dict[int, int | None] = {}
    for one in claims:
        key, content = one >> 64 & _WHOLE, _content(one)
        found[key] = content if found.get(key, content) == content else None
    return found


def _flags(letter: Letter) -> int:
    inbox = "inbox" in letter.roles and bool(letter.labels)
    return letter.sent | letter.arrived << 1 | letter.spam << 2 | inbox << 3 | bool(letter.labels) << 4


def _packed(letter: Letter) -> int:
    """Content, sender and flags as one number: a fifth of the memory."""
    return letter.content | (hash(letter.address) & _WHOLE) << 64 | _flags(letter) << 128


def _content(packed: int) -> int:
    return packed & _WHOLE
