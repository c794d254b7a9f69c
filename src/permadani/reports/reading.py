"""What of an audit is fit to be said: the same rules for every rendering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from permadani.findings.results import Year
from permadani.reports.texts import MEANINGS, MEANINGS_NETWORK, MEANINGS_SHORTENED

if TYPE_CHECKING:
    from permadani.findings.results import Amplification, Audit, Cell, Overall

SILENT_RUN = 10
"""More years in a row without a message than this are one line: a false date must not make a thousand."""


def answered(cell: Cell) -> int | None:
    """How many of those that could be judged were answered; of none, nothing is known."""
    return cell.answered if cell.eligible else None


def regulars_unanswered(audit: Audit) -> int | None:
    """How many came back and were never answered; None where that cannot be known.

    Nothing can be said where nothing could be judged, and "nobody" only where everything was collected.
    """
    overall, count = audit.answers.overall, audit.regulars_unanswered
    if overall.cell is None or not overall.cell.eligible or overall.verdict == "not_measurable":
        return None
    partial = is_partial(audit) or any("partial" in (line.inbound, line.outbound) for line in audit.coverage)
    return None if count == 0 and partial else count


def with_silent_years(over_time: Sequence[Year]) -> list[Year | tuple[int, int]]:
    """The years in order; between them the first and last of those in which nobody wrote."""
    shown: list[Year | tuple[int, int]] = []
    for year in over_time:
        previous = shown[-1] if shown else None
        if isinstance(previous, Year):
            first, last = previous.year + 1, year.year - 1
            if last - first >= SILENT_RUN:
                shown.append((first, last))
            else:
                shown += [(silent, silent) for silent in range(first, last + 1)]
        shown.append(year)
    return shown


def is_partial(audit: Audit) -> bool:
    """Only part of the messages was collected, so every number is of what was collected."""
    return any(limit.key == "partial" for limit in audit.limits)


def measured_rate(overall: Overall) -> Cell | None:
    """Everybody's cell where its rate may stand alone: enough was judged, and nothing speaks against the matching."""
    cell, key = overall.cell, overall.reason.key
    if cell is None or cell.rate is None or overall.verdict == "not_measurable":
        return None
    return None if key == "too_few" or key.startswith("few_but") else cell


def has_amplification(part: Amplification) -> bool:
    """Whether there is more to show than the verdict and its reason."""
    return any(cell.approaches for cell in part.cells.values()) or part.blind_choice is not None


def meaning(audit: Audit, group: str) -> str:
    """What a group of those who wrote is, in this audit; marked for the catalogue."""
    if any(limit.key == "history_shortened" for limit in audit.limits) and group in MEANINGS_SHORTENED:
        return MEANINGS_SHORTENED[group]
    if audit.answers.standing_by == "network" and group in MEANINGS_NETWORK:
        return MEANINGS_NETWORK[group]
    return MEANINGS[group]


def standing_kind(audit: Audit) -> str:
    """The key of the words for what standing is here."""
    return audit.answers.standing_by or "followers"


def leading(about: str | None) -> str:
    """Which comparison stands first: the one that the headline speaks of, else newcomers and regulars."""
    return "standing" if about == "standing" else "tenure"


def asks_what_it_takes_up(audit: Audit) -> bool:
    """Only where a channel of its own speaks to a group."""
    return audit.answers.overall.reason.key == "group_channel" or audit.takes_up.reason.key != "no_group_channel"
