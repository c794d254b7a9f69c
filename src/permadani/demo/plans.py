"""What is planted: five accounts and their habits."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.demo.model import Kind, Rank


@dataclass(frozen=True, slots=True)
class Stage:
    """One place of an account: how many messages it draws, from how many people, under how many posts."""

    kind: Kind
    site: str
    approaches: int
    askers: int
    posts: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planted. Shares are of what the account could have answered; ``others``: people of no known rank."""

    key: str
    name: str
    language: str
    followers: int
    stages: tuple[Stage, ...]
    junior: float
    middle: float
    senior: float
    others: float
    late: float = 0.04
    absences: tuple[tuple[int, int], ...] = ()  # days since START
    pile: float = 0.0  # share of messages that come while it is away
    scheduled: int = 0  # posts that a scheduler publishes
    thanks: float = 0.0  # share of messages that get an automatic thank-you
    burst: bool = False  # one post draws many times what the others do

    def share(self, rank: Rank | None) -> float:
        return self.others if rank is None else float(getattr(self, rank))


PLANS = (
    Plan(
        "rani", "Rani Pelangi", "id", 48_200, (Stage("x1", "x", 1300, 480, 300),), 0.04, 0.18, 0.66, 0.0,
    ),
    Plan(
        "bima", "Bima Kertasari", "id", 12_900,
        (Stage("x2", "x", 1000, 380, 240), Stage("wordpress", "kertasari.example", 480, 250, 90)),
        0.62, 0.62, 0.62, 0.62,
    ),
    Plan(
        "nora", "Nora Lanternby", "en", 86_400,
        (Stage("x1", "x", 1500, 620, 280), Stage("disqus", "lanternby-demo", 1400, 620, 110)),
        0.07, 0.07, 0.07, 0.07, late=0.02, burst=True,
    ),
    Plan(
        "tom", "Tom Inkworthy", "en", 0,
        (Stage("wordpress", "inkworthy.example", 430, 230, 70), Stage("guestbook", "inkworthy.example", 80, 50, 20)),
        0.0, 0.0, 0.0, 0.56, absences=((280, 350),), pile=0.22,
    ),
    Plan(
        "sari", "Sari Embunwati", "id", 31_700, (Stage("x1", "x", 520, 240, 84),), 0.08, 0.08, 0.08, 0.0,
        absences=((120, 152), (400, 430)), pile=0.05, scheduled=640, thanks=0.4,
    ),
)  # fmt: skip
