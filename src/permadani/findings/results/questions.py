"""What is said on each of the four questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from permadani.findings.reasons import Reason
from permadani.findings.results.cells import Cell, Matching, Rate, Waiting, Year
from permadani.findings.results.choice import BlindChoice, ChoiceModel, Comparison, OddsRatio, Overall
from permadani.findings.results.words import State, Verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """One approach and what came back, side by side. Shown locally; in a file only with --private."""

    approach: str
    asker: str
    published: str
    text: str | None
    url: str | None
    standing: str
    tenure: str
    substance: str
    state: State
    answer: str | None = None
    answer_published: str | None = None
    answer_text: str | None = None
    answer_url: str | None = None
    matched_by: Literal["structural", "named"] | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Messages that are in no denominator: shown, never blamed. None: the data marks no such thing.

    ``pitches``: sales pitches sent to the account. ``abuse``: named as such in the account's own statement.
    ``own_pitches``: sales pitches that the account sent back; they are not counted as answers. ``unseen_mentions``:
    where not all mentions could be read; None: nothing says so. ``too_young``: the window is not over yet when what was
    observed ends. ``unobserved``: it lies before or behind what was observed, or in a gap of it.
    """

    spam: int | None
    automatic: int | None
    deleted: int | None
    not_reached: int
    too_young: int
    inherited_mentions: int
    pitches: int | None = None
    abuse: int | None = None
    own_pitches: int | None = None
    unseen_mentions: int | None = None
    unobserved: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    overall: Overall
    by_standing: Comparison
    by_tenure: Comparison
    matching: Matching | None
    over_time: tuple[Year, ...]
    trend: Literal["fell", "rose", "steady"] | None
    waiting_time: dict[str, Waiting]
    left_out: LeftOut | None
    acknowledged: int | None
    evidence: tuple[Evidence, ...] | None = None
    standing_by: Literal["followers", "network"] | None = None
    id: str = "answers"


@dataclass(frozen=True, slots=True)
class TakesUp:
    """On group channels: whose open questions it takes up. A cell counts open questions of others that waited while
    the account was around (``eligible``), and those it was the first to answer (``answered``)."""

    verdict: Verdict
    reason: Reason
    by_standing: Comparison | None = None
    by_tenure: Comparison | None = None
    id: str = "takes_up"


@dataclass(frozen=True, slots=True)
class Composition:
    """Reshares of messages that were not written to the account: whose they were. No verdict follows from these.

    ``reshares`` of messages by ``people``. ``by_class``: reshares by class of the author, by the bounds of the classes
    among the account's own askers. ``gini``: 0 equal, towards 1 all go to one. ``lorenz``: share of people, share of
    reshares, from (0, 0) to (1, 1). ``top_share``: the share of the most reshared hundredth (at least one).
    """

    reshares: int
    people: int
    by_class: dict[str, int]
    gini: float | None
    lorenz: tuple[tuple[float, float], ...]
    top_share: float | None


@dataclass(frozen=True, slots=True)
class Amplification:
    """Whether it passes on (reshares or quotes) messages of substance that were written to it, and whose.

    In a cell ``eligible`` are messages of substance that could be judged, ``answered`` those passed on in time.
    """

    verdict: Verdict
    reason: Reason
    cells: dict[str, Cell]
    blind_choice: BlindChoice | None = None
    odds_ratio: OddsRatio | None = None
    model: ChoiceModel | None = None
    others: Composition | None = None
    id: str = "amplification"


@dataclass(frozen=True, slots=True)
class Participation:
    """Of its posts that drew three comments of substance within 72 hours, how many it joined.

    ``conversations``: such posts while the account was around. ``joined`` of them. Interval clustered by week.
    """

    verdict: Verdict
    reason: Reason
    conversations: int | None
    joined: int | None
    rate: float | None
    low: float | None
    high: float | None
    not_around: int | None
    id: str = "participation"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the account advises others to do, in its own words, beside what it does itself.

    ``checked_by``: the figure it was held against, as a path into this audit (``answers.overall``). ``threshold``:
    the share 0..1 that the words promise at least. ``figure``: what was measured (99 % interval), None where nothing
    was. ``rule``: the phrase rule that found it, or ``given``.
    """

    quote: str
    object: str | None
    published: str | None
    checked_by: str
    threshold: float
    outcome: Literal["borne_out", "contradicted", "not_checkable"]
    reason: Reason
    figure: Rate | None
    rule: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """Question 4. The reader judges; there is no verdict beyond the outcomes of the claims."""

    verdict: Verdict
    reason: Reason
    claims: tuple[Claim, ...] = ()
    id: str = "practice"
