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
    """What is planted.

    ``share``: of the messages that it could answer, it has time for so many. ``middle``, ``senior``: how much readier
    somebody of that rank is chosen than a junior, among those who wait at the same moment; for answers and reshares
    alike. That somebody wrote before never matters.
    """

    key: str
    name: str
    language: str
    followers: int
    stages: tuple[Stage, ...]
    share: float
    middle: float = 1.0
    senior: float = 1.0
    late: float = 0.04  # share of the others that is answered after the window
    reshares: int = 0  # messages that it passes on
    mentions: float = 0.25  # share of messages on X that begin a conversation
    advice: tuple[str, ...] = ()  # languages in which it advises to reply to everyone
    absences: tuple[tuple[int, int], ...] = ()  # days since START
    pile: float = 0.0  # share of messages that come while it is away
    scheduled: int = 0  # posts that a scheduler publishes
    thanks: float = 0.0  # share of messages that get an automatic thank-you
    pitches: int = 0  # newcomers who get an offer by hand
    burst: bool = False  # one post draws many times what the others do

    def readiness(self, rank: Rank | None) -> float:
        """How readily somebody of a rank is chosen, beside a junior."""
        return {"middle": self.middle, "senior": self.senior}.get(rank or "", 1.0)


PLANS = (
    Plan(
        "rani", "Rani Pelangi", "id", 48_200, (Stage("x1", "x", 1700, 560, 400),), 0.18, middle=4, senior=16,
        reshares=70, mentions=0.5, advice=("id", "en"),
    ),
    Plan(
        "bima", "Bima Kertasari", "id", 12_900,
        (Stage("x2", "x", 1000, 380, 240), Stage("wordpress", "kertasari.example", 480, 250, 90)),
        0.64, reshares=60, advice=("id", "en"),
    ),
    Plan(
        "nora", "Nora Lanternby", "en", 86_400,
        (Stage("x1", "x", 3600, 1000, 280), Stage("disqus", "lanternby-demo", 1400, 620, 110)),
        0.09, late=0.02, reshares=20, burst=True,
    ),
    Plan(
        "tom", "Tom Inkworthy", "en", 0,
        (Stage("wordpress", "inkworthy.example", 800, 380, 110), Stage("guestbook", "inkworthy.example", 120, 70, 20)),
        0.5, absences=((280, 350),), pile=0.18,
    ),
    Plan(
        "sari", "Sari Embunwati", "id", 31_700, (Stage("x1", "x", 520, 240, 84),), 0.06, reshares=6,
        absences=((120, 152), (400, 430)), pile=0.05, scheduled=640, thanks=0.4, pitches=18,
    ),
)  # fmt: skip
