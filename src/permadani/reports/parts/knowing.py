"""How long they waited, what a program sent, how answers were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permadani.findings.results import STANDINGS, TENURES
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.foreign import safe
from permadani.reports.parts.part import Part

if TYPE_CHECKING:
    from markupsafe import Markup

CLIENTS_SHOWN = 12


class Knowing(Part):
    """Pictures with their sentences, and the rows of their tables."""

    def waiting(self) -> list[tuple[str, str, str, str, Markup, int]]:
        """Group, its shape's key, when half had an answer, within a day, picture, messages."""
        plain, rows = self.plain, []
        order = [*TENURES, *STANDINGS]
        known = self.audit.answers.waiting_time.items()
        for key, wait in sorted(known, key=lambda item: order.index(item[0]) if item[0] in order else -1):
            if not wait.approaches or (wait.median_hours is None and wait.answered_within_24h is None):
                continue
            half = (
                plain.say(N_("fewer than half were ever answered"))
                if wait.median_hours is None
                else plain.say(N_("half were answered within {time}"), time=plain.hours(wait.median_hours))
            )
            day = plain.of_hundred(wait.answered_within_24h)
            bounds = plain.range(wait.low, wait.high)
            picture = pictures.waiting(
                wait.median_hours, 24 * self.audit.window_days, key, f"{plain.group(key)}: {half}."
            )
            rows.append((plain.group(key), key, half, f"{day} {bounds}".strip(), picture, wait.approaches))
        return rows

    def waiting_scale(self) -> Markup:
        names = [self.plain.say(text) for text in (N_("an hour"), N_("a day"), N_("a week"))]
        return pictures.waiting_scale(24 * self.audit.window_days, names)

    def automation(self) -> tuple[Markup, str] | None:
        automation, plain = self.audit.automation, self.plain
        if automation.share is None:
            return None
        label = plain.say(
            N_("Of 100 of its own messages whose program is known, {share} were published automatically."),
            share=plain.of_hundred(automation.share),
        )
        shares = [(automation.share, "automatic"), (max(0.0, 1 - automation.share), "by-hand")]
        return pictures.parts_of(shares, label), label

    def clients(self) -> list[tuple[str, int, bool]]:
        return [(safe(c.name, 60), c.objects, c.automatic) for c in self.audit.automation.clients[:CLIENTS_SHOWN]]

    def matching(self) -> tuple[Markup, str] | None:
        answers = self.audit.answers
        matching, overall, over_time = answers.matching, answers.overall, answers.over_time
        if matching is None:
            return None
        plain = self.plain
        # All years, as the bounds are; the overall cell leaves out those that cannot be measured.
        total = sum(year.cell.eligible for year in over_time) or (overall.cell.eligible if overall.cell else 0)
        if not max(total, matching.upper):
            return None
        sentence = plain.say(
            N_(
                "Of {total} messages that can be judged, at least {lower} were answered ({structural} by a reply, "
                "{named} by naming the asker) and at most {upper}: after so many the account wrote in that thread "
                "again."
            ),
            total=plain.count(total), lower=plain.count(matching.lower), upper=plain.count(matching.upper),
            structural=plain.count(matching.structural), named=plain.count(matching.named),
        )  # fmt: skip
        share = max(1, total, matching.upper)
        kinds = (
            (matching.structural / share, "structural"),
            (matching.named / share, "named"),
            (max(0, matching.upper - matching.lower) / share, "possible"),
            (max(0, share - matching.upper) / share, "unseen"),
        )
        return pictures.parts_of(kinds, sentence), sentence
