"""Audits made up for the tests of the renderings. Everybody in them is invented."""

from __future__ import annotations

from permadani.findings.reasons import reason

from .base import HOSTILE, answers_few, away, cell, few, namesakes, not_measurable, pairs, rich, tiny
from .class_maps import CLASS_MAPS
from .outbound import OUTBOUND
from .received import LISTS, long_list
from .sides import claims, everything, hostile, not_usual, practice, statement, usual
from .verdicts import (
    amplifies,
    composition,
    disagreeing,
    even_handed,
    favours,
    group,
    passes_on_seniors,
    passes_over,
    signs,
    signs_unexplained,
    withheld,
)

__all__ = [
    "CLASS_MAPS",
    "HOSTILE",
    "LISTS",
    "OUTBOUND",
    "cell",
    "claims",
    "composition",
    "few",
    "long_list",
    "pairs",
    "reason",
    "rich",
]

ALL = {
    "rich": rich,
    "evidence": lambda: rich(evidence=True),
    "not_measurable": not_measurable,
    "tiny": tiny,
    "away": away,
    "namesakes": namesakes,
    "answers_few": answers_few,
    "hostile": hostile,
    "passes_over": passes_over,
    "signs": signs,
    "signs_unexplained": signs_unexplained,
    "even_handed": even_handed,
    "favours": favours,
    "disagreeing": disagreeing,
    "withheld": withheld,
    "amplifies": amplifies,
    "passes_on_seniors": passes_on_seniors,
    "group": group,
    "practice": practice,
    "statement": statement,
    "usual": usual,
    "not_usual": not_usual,
    "everything": everything,
    "four_of_four": lambda: few(4, 4, 1.0, 0.4, 1.0),
    "four_of_many": lambda: few(4, 400, 0.01, 0.003, 0.026, key="no_yardstick"),
}
