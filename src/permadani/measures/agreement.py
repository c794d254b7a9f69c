"""How often the substance rule says what a person says, measured on a hand-coded fictional sample.

The figures stand in ``rules/agreement.toml``; a test computes them anew from ``tests/measures/substance_sample.csv``
and demands equality, so that they cannot drift from the rule. (Only half of the sample is measured: the other half may
be looked at while the rule is written.)
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TRUSTED = 0.85
"""A rule that agrees with a person less often decides nothing: messages in its language are of unknown substance."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares 0..1 of ``n`` messages of one language whose language was told to the rule.

    ``agreement``: labelled as the person did. ``substantive_given_substantive``, ``substantive_given_ditto``: of
    those that the rule labelled so, how many the person called substantive. ``unknown_unclaimed``: of the same
    messages, how many stay unknown where no language is claimed and it must be guessed.
    """

    n: int
    agreement: float
    substantive_given_substantive: float
    substantive_given_ditto: float
    unknown_unclaimed: float

    @property
    def wrong(self) -> float:
        """The share of wrong labels."""
        return 1 - self.agreement


@cache
def agreement() -> dict[str, Agreement]:
    """The measured figures by language."""
    text = files("permadani.measures").joinpath("rules", "agreement.toml").read_text("utf-8")
    return {language: Agreement(**figures) for language, figures in tomllib.loads(text).items()}


def trusted_languages() -> tuple[str, ...]:
    """Languages whose rule agrees often enough to decide."""
    return tuple(language for language, measured in agreement().items() if measured.agreement >= TRUSTED)
