"""Whom an account replies to, on a terminal, as a page, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permadani.language import N_, translator
from permadani.reports import pictures
from permadani.reports.json import dump
from permadani.reports.page import known, page
from permadani.reports.parts import outbound as parts
from permadani.reports.parts import received
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.results import Outbound


def outbound_html(found: Outbound, *, language: str = "en") -> str:
    """One page; ``language`` is shown first."""
    known(language)

    def body(code: str) -> dict[str, Any]:
        html, plain = Words(translator(code), html=True), Words(translator(code))
        heads = {
            "curve_heads": (parts.CURVE_ACROSS, parts.CURVE_UP),
            "quartile_heads": parts.QUARTILE_HEADS,
            "known_heads": parts.KNOWN_HEADS,
            "year_heads": parts.YEAR_HEADS,
            "client_heads": parts.CLIENT_HEADS,
            "most_heads": parts.MOST_HEADS,
            "coverage_heads": received.COVERAGE_HEADS,
        }
        return {
            "found": found,
            "told": parts.Told(found, html, plain),
            "mark": pictures.verdict_mark("cannot"),
            "nothing_inbound": html.say(parts.NOTHING_INBOUND),
            "coverage": received.collected(found, plain),
            **{name: [plain.say(head) for head in texts] for name, texts in heads.items()},
        }

    words = Words(translator(language))
    title = words.say(N_("Whom {name} replies to"), name=words.name(found.actor))
    return page("outbound.html", title, language, body)


def outbound_json(found: Outbound) -> str:
    """The contract ``permadani.outbound/1``, ending with a newline."""
    return dump(found.to_dict(), indent=2) + "\n"
