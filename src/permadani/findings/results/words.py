"""The words an audit may say."""

from __future__ import annotations

from typing import Literal

Verdict = Literal[
    "passes_over",
    "signs_of_passing_over",
    "favours",
    "signs_of_favouring",
    "even_handed",
    "answers_few",
    "takes_part",
    "sometimes",
    "rarely",
    "not_enough_evidence",
    "not_measurable",
]
State = Literal["answered", "answered_late", "unanswered", "not_reached", "too_young", "unobserved"]
STANDINGS = ("junior", "middle", "senior", "unknown")
TENURES = ("newcomer", "regular")
