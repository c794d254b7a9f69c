"""The mark of a verdict: its shape says again what its words say."""

from __future__ import annotations

from markupsafe import Markup

_VERDICT_MARKS = {
    "less": '<path class="fill" d="M10 17 2 4h16z"/>',
    "less-signs": '<path class="line" d="M10 16 3 5h14z"/>',
    "more": '<path class="fill" d="M10 3l8 13H2z"/>',
    "more-signs": '<path class="line" d="M10 4l7 11H3z"/>',
    "even": '<path class="fill" d="M2 5h16v4H2zm0 6h16v4H2z"/>',
    "half": '<circle class="line" cx="10" cy="10" r="7"/><path class="fill" d="M10 3a7 7 0 0 1 0 14z"/>',
    "open": '<circle class="line" cx="10" cy="10" r="7"/>',
    "measured": '<circle class="fill" cx="10" cy="10" r="7"/>',
    "cannot": '<circle class="line" cx="10" cy="10" r="7"/><path class="line" d="M5 15 15 5"/>',
    "borne_out": '<path class="line" d="M3 11l5 5 9-12"/>',
    "contradicted": '<path class="line" d="M4 4l12 12M16 4 4 16"/>',
    "not_checkable": '<path class="line dashed" d="M3 10h14"/>',
    "later": '<circle class="line dashed" cx="10" cy="10" r="7"/>',
}


def verdict_mark(tone: str) -> Markup:
    return Markup(  # noqa: S704 - constants only
        f'<svg class="verdict-mark" viewBox="0 0 20 20" aria-hidden="true">{_VERDICT_MARKS[tone]}</svg>'
    )
