"""All parts of one audit in one language, as the page asks for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from permadani.reports import pictures
from permadani.reports.headline import Headline, headline
from permadani.reports.parts import practice, received, statement, usual
from permadani.reports.parts.comparisons import Comparisons
from permadani.reports.parts.groups import Groups
from permadani.reports.parts.knowing import Knowing
from permadani.reports.parts.questions import Questions
from permadani.reports.parts.talk import Talk
from permadani.reports.parts.years import Years
from permadani.reports.reading import leading, regulars_unanswered
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

    from permadani.findings.results import Audit


class View:
    """``html`` makes sentences, ``plain`` makes labels."""

    def __init__(self, audit: Audit, html: Words, plain: Words) -> None:
        self.audit, self.html, self.plain = audit, html, plain
        parts = (audit, html, plain)
        self.groups, self.comparisons, self.questions = Groups(*parts), Comparisons(*parts), Questions(*parts)
        self.years, self.knowing, self.talk = Years(*parts), Knowing(*parts), Talk(*parts)

    @cached_property
    def headline(self) -> Headline:
        return headline(self.audit, self.html)

    @property
    def leading(self) -> str:
        return leading(self.headline.about)

    def statement(self) -> statement.Said | None:
        return statement.said(self.audit.statement, self.html)

    def left_out(self) -> list[tuple[str, str]]:
        found = self.audit.answers.left_out
        return [] if found is None else statement.left_out(found, self.audit.window_days, self.plain)

    def coverage(self) -> list[tuple[str, ...]]:
        return received.collected(self.audit, self.plain)

    def coverage_heads(self) -> list[str]:
        return [self.html.say(head) for head in received.COVERAGE_HEADS]

    def usual(self) -> usual.Yardstick | None:
        return usual.yardstick(self.audit.answers.overall, self.html, self.plain)

    def advices(self) -> list[practice.Advice]:
        return practice.advices(self.audit.practice, self.html, self.plain)

    def regulars_unanswered(self) -> int | None:
        return regulars_unanswered(self.audit)

    def mark(self, tone: str) -> Markup:
        return pictures.verdict_mark(tone)
