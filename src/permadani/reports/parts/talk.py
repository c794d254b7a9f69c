"""What was written to the account, and what came back, side by side."""

from __future__ import annotations

from permadani.findings.results import TENURES, Evidence
from permadani.reports.foreign import safe, web_link
from permadani.reports.parts.part import Part
from permadani.reports.texts import ONE_OF_GROUP

EVIDENCE_SHOWN = 400


class Talk(Part):
    """Shown locally, or in a file with the reader's express wish."""

    def pairs(self) -> list[dict[str, object]]:
        return [self._pair(one) for one in (self.audit.answers.evidence or ())[:EVIDENCE_SHOWN]]

    def _pair(self, one: Evidence) -> dict[str, object]:
        plain = self.plain
        known = [key for key in (one.tenure, one.standing) if key in ONE_OF_GROUP and key != "unknown"]
        return {
            "group": one.tenure if one.tenure in TENURES else "unknown",
            "asker": safe(one.asker, 60),
            "who": " · ".join(plain.say(ONE_OF_GROUP[key]) for key in known),
            "text": safe(one.text, 600) if one.text else None,
            "date": plain.date(one.published, clock=True),
            "url": web_link(one.url),
            "state": one.state,
            "answer": safe(one.answer_text, 600) if one.answer_text else None,
            "answer_date": plain.date(one.answer_published, clock=True) if one.answer_published else None,
            "answer_url": web_link(one.answer_url),
            "named": one.matched_by == "named",
            "acknowledged": one.acknowledged,
            "ditto": one.substance == "ditto",
        }
