"""The class map of a network, as a page and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permadani.language import N_, translator
from permadani.reports import pictures
from permadani.reports.json import dump
from permadani.reports.page import known, page
from permadani.reports.parts.class_map import Told, closure, collected, matrices, newcomers, over_time, reception
from permadani.reports.parts.class_map.drawn import Drawn
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.results import ClassMap

HEADS = {
    "reception": reception.HEADS,
    "followers": reception.FOLLOWERS_HEADS,
    "channels": reception.CHANNELS_HEADS,
    "club": closure.HEADS,
    "rich": closure.RICH_HEADS,
    "reciprocity": closure.RECIPROCITY_HEADS,
    "newcomers": newcomers.HEADS,
    "over_time": over_time.RECEPTION_HEADS,
    "club_over_time": over_time.CLUB_HEADS,
    "trends": over_time.TREND_HEADS,
    "collected": collected.HEADS,
    "classes": collected.CLASSES_HEADS,
    "left_out": collected.LEFT_OUT_HEADS,
}


def class_map_html(found: ClassMap, *, language: str = "en") -> str:
    """One page; ``language`` is shown first."""
    known(language)

    def body(code: str) -> dict[str, Any]:
        html, plain = Words(translator(code), html=True), Words(translator(code))
        told = Told(found, html, plain)
        return {
            "found": found,
            "told": told,
            "drawn": Drawn(told),
            "heads": {name: [plain.say(head) for head in texts] for name, texts in HEADS.items()},
            "texts": {
                "compared": {kind: html.say(text) for kind, text in matrices.COMPARED.items()},
                "chance": html.say(matrices.CHANCE),
                "caution": html.say(closure.CAUTION),
                "again": html.say(newcomers.AGAIN),
                "newcomers": html.say(newcomers.TITLE),
                "club": html.say(closure.TITLE),
                "returned": html.say(closure.RECIPROCITY_TITLE),
                "channels": html.say(reception.CHANNELS_TITLE),
                "channels_note": html.say(reception.CHANNELS_NOTE),
                "over_time": html.say(over_time.TITLE),
                "note": html.say(over_time.RECEPTION_NOTE, days=found.window_days),
                "no_text": html.say(collected.NO_TEXT_READ),
                "titles": {key: html.say(text) for key, text in reception.TITLES.items()},
            },
            "cannot": pictures.verdict_mark("cannot"),
            "share_heads": matrices.SHARE_HEADS,
            "marks": [(kind, pictures.heat_mark(kind), plain.say(text)) for kind, text in matrices.MARKS.items()],
        }

    words = Words(translator(language))
    channels = Told(found, words, words).collected.channels
    names = ", ".join(words.channel(one.channel) for one in channels[:3])
    title = words.say(N_("The class map of {channels}"), channels=names) if names else words.say(N_("The class map"))
    return page("classes.html", title, language, body)


def class_map_json(found: ClassMap) -> str:
    """The contract ``permadani.classes/1``, ending with a newline."""
    return dump(found.to_dict(), indent=2) + "\n"
