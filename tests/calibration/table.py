"""The calibration as a Markdown table: one line a scenario, and one for all scenarios of a size together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from calibration.study import ACCUSING, FAVOURING, SIGNS, SIGNS_OF_FAVOURING, Row, Share

BETAS = (0.0, -0.7, -1.4, 0.7)
"""Log odds of a junior against a senior: none, odds 1/2, 1/4, and 2."""
HEAD = (
    "approaches", "scenario", "rates accuse", "logistic accuses", "verdict accuses (at most)", "signs", "favours",
    "signs of it", "not enough", "OR 1/2: found, signs", "OR 1/4: found, signs", "OR 2: found, signs",
    "covers at 0, -.7, -1.4, +.7", "mean (sd) of log odds at 0",
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """All that is known of one scenario at one size. ``naive``: accusations at no preference, by judge."""

    scenario: str
    approaches: int
    naive: dict[str, Share] = field(default_factory=dict)
    rows: dict[float, list[Row]] = field(default_factory=dict)

    def share(self, beta: float, verdicts: Iterable[str]) -> Share:
        wanted = set(verdicts)
        return add(row.share(wanted) for row in self.rows.get(beta, []))

    def coverage(self, beta: float) -> Share:
        return add(row.coverage for row in self.rows.get(beta, []))

    def cells(self) -> tuple[str, ...]:
        accused = self.share(0.0, ACCUSING)
        sought = ((-0.7, ACCUSING, SIGNS), (-1.4, ACCUSING, SIGNS), (0.7, FAVOURING, SIGNS_OF_FAVOURING))
        found = [
            f"{percent(self.share(beta, sure))}, {percent(self.share(beta, signs))}" for beta, sure, signs in sought
        ]
        means = [row.estimates for row in self.rows.get(0.0, []) if np.isfinite(row.estimates[0])]
        centre = f"{np.mean([m for m, _ in means]):+.2f} ({np.mean([s for _, s in means]):.2f})" if means else "-"
        return (
            str(self.approaches),
            self.scenario,
            *(percent(self.naive.get(name, Share(0, 0))) for name in ("rates", "logistic")),
            f"{accused.count} of {accused.n} ({100 * accused.bounds()[1]:.1f} %)",
            *(
                str(self.share(0.0, verdicts).count)
                for verdicts in (SIGNS - ACCUSING, FAVOURING, SIGNS_OF_FAVOURING - FAVOURING, {"not_enough_evidence"})
            ),
            *found,
            ", ".join(percent(self.coverage(beta)) for beta in BETAS),
            centre,
        )


def add(shares: Iterable[Share]) -> Share:
    """Of all together."""
    of = list(shares)
    return Share(sum(one.count for one in of), sum(one.n for one in of))


def percent(share: Share) -> str:
    return f"{100 * share.value:.0f} %" if share.n else "-"


def together(lines: list[Line]) -> Line:
    """All scenarios of one size as one line."""
    every = Line("**all**", lines[0].approaches)
    for name in ("rates", "logistic"):
        every.naive[name] = add(line.naive.get(name, Share(0, 0)) for line in lines)
    for beta in BETAS:
        every.rows[beta] = [row for line in lines for row in line.rows.get(beta, [])]
    return every


def markdown(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def head() -> str:
    return markdown(HEAD) + "\n" + markdown("---" for _ in HEAD)
