"""How numbers, dates, groups and verdicts are said, in the language of the reader.

``Words`` knows no language by name: separators and months stand in the catalogue like every other text.
With ``html=True`` sentences come as ``Markup`` whose values are escaped; otherwise as plain text.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from permadani.findings.reasons import Reason
from permadani.findings.results import Year
from permadani.language import N_, Translate
from permadani.reports.foreign import safe
from permadani.reports.texts import (
    BASES,
    CHANNELS,
    COMPLETENESS,
    GROUPS,
    MONTHS,
    ONE_CHANNEL_OF,
    VERDICTS,
    VERDICTS_ON,
    WEAKENED,
)

if TYPE_CHECKING:
    from permadani.findings.results import Audit, Cell, Outbound, Subject

_DECIMAL = re.compile(r"\d+\.\d+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
WIDE = 0.4  # from here on an interval is called wide


class Share(Protocol):
    """A share 0..1 with its interval, whatever it is of; None where there are too few."""

    @property
    def rate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


class Words:
    """Sentences and numbers for one reader."""

    def __init__(self, translate: Translate, *, html: bool = False) -> None:
        self.translate, self.html = translate, html
        pattern = translate(N_("1,234.5"))  # the catalogue shows how numbers are written
        self.thousands, self.point = pattern[1], pattern[5]

    def say(self, text: str, /, **values: object) -> str:
        """The translated text with its values; escaped ``Markup`` for a page."""
        translated = self.translate(text)
        if not self.html:
            return translated.format(**values)
        from markupsafe import Markup, escape

        return Markup(escape(translated)).format(**values)  # noqa: S704 - escaped

    def plural(self, count: int, one: str, many: str) -> str:
        return self.say(one if count == 1 else many, n=self.count(count))

    def join(self, *sentences: str) -> str:
        """Sentences after one another."""
        if not self.html:
            return " ".join(sentences)
        from markupsafe import Markup

        return Markup(" ").join(sentences)

    # numbers

    def count(self, number: int | None) -> str:
        return "–" if number is None else f"{number:,}".replace(",", self.thousands)

    def count_known(self, number: int | None) -> str:
        """A count, or that it is unknown: where no such thing is marked, nothing was counted."""
        return str(self.say(N_("unknown"))) if number is None else self.count(number)

    def short_count(self, number: int | None) -> str:
        """41,200 as 41k, for the narrow columns of a chart."""
        if number is None or number < 10_000:
            return self.count(number)
        if number < 1_000_000:
            return self.say(N_("{n}k"), n=self.count(round(number / 1000)))
        return self.say(N_("{n}m"), n=f"{number / 1e6:.1f}".replace(".", self.point))

    def decimal(self, number: float | None) -> str:
        """Two digits after the point; None is an open end."""
        if number is None or not math.isfinite(number):
            return "…"
        return f"{number:.2f}".replace(".", self.point).replace("-", "−")

    def of_hundred(self, share: float | None) -> str:
        """A share 0..1 as a whole number of 100; next to none is not none, next to all is not all."""
        if share is None:
            return "–"
        hundredth = share * 100
        if 0 < hundredth < 0.5:
            return "<1"
        return ">99" if 99.5 <= hundredth < 100 else str(whole(share))

    def range(self, low: float | None, high: float | None) -> str:
        return "" if low is None or high is None else f"[{whole(low)}–{whole(high)}]"

    def optional(self, share: Share | None) -> str:
        """A figure with its range, or a dash where there is none."""
        return "–" if share is None or share.rate is None else self.figure(share)

    def figure(self, cell: Share) -> str:
        """``41 [37–46]``: the estimate never comes without its range."""
        return self.bounded(self.of_hundred(cell.rate), self.range(cell.low, cell.high))

    def bounded(self, estimate: str, bounds: str) -> str:
        """An estimate and its range, which are never broken apart."""
        if not self.html:
            return f"{estimate} {bounds}".strip()
        from markupsafe import Markup

        if not bounds:
            return Markup('<b class="estimate">{}</b>').format(estimate)
        return Markup('<span class="figure"><b class="estimate">{}</b> <span class="range">{}</span></span>').format(
            estimate, bounds
        )

    # times

    def date(self, moment: str | None, *, clock: bool = False) -> str:
        """An ISO 8601 time as a day (and hour, UTC); what is no time is shown as it is, made safe."""
        if moment is None:
            return self.say(N_("unknown"))
        try:
            when = datetime.fromisoformat(moment)
        except ValueError:
            return safe(moment, 30)
        if when.tzinfo is not None:
            when = when.astimezone(UTC)
        day = self.say(N_("{day} {month} {year}"), day=when.day, month=self.say(MONTHS[when.month - 1]), year=when.year)
        return f"{day}, {when:%H:%M}" if clock else str(day)

    def period(self, since: str | None, until: str | None) -> str:
        if since is None and until is None:
            return str(self.say(N_("period unknown")))
        return f"{self.date(since)} – {self.date(until)}"

    def hours(self, hours: float) -> str:
        if hours < 1:
            minutes = max(1, round(hours * 60))
            return self.plural(minutes, N_("{n} minute"), N_("{n} minutes"))
        if hours < 48:
            return self.plural(round(hours), N_("{n} hour"), N_("{n} hours"))
        return self.plural(round(hours / 24), N_("{n} day"), N_("{n} days"))

    # names

    def name(self, subject: Subject, limit: int = 60) -> str:
        name = safe(subject.name, limit) or safe(subject.handle, limit) or safe(subject.id, limit)
        if not self.html:
            return name
        from markupsafe import Markup

        return Markup("<bdi>{}</bdi>").format(name)

    def handle(self, subject: Subject) -> str:
        handle = safe(subject.handle, 80)
        return handle if not handle or handle.startswith("@") or "@" in handle else f"@{handle}"

    def channels(self, audit: Audit | Outbound) -> str:
        """All channels that were looked at; the account's own where nothing is known of any."""
        names = [line.channel for line in audit.coverage] or [audit.actor.channel]
        return ", ".join(self.channel(name) for name in names)

    def channel(self, channel: str) -> str:
        """A channel as people call it, as plain text."""
        if channel in CHANNELS:
            return str(self.say(CHANNELS[channel]))
        for begin, template in ONE_CHANNEL_OF.items():
            if channel.startswith(begin):
                return self.translate(template).format(name=safe(channel.removeprefix(begin), 60))
        return safe(channel, 40)

    def completeness(self, completeness: str) -> str:
        return str(self.say(COMPLETENESS[completeness]))

    def basis(self, text: str | None, limit: int) -> str:
        """How it is known what was collected; several claims of one channel stand in one text, parted by "; "."""
        if text is None:
            return self.translate(N_("not known"))
        return safe("; ".join(dict.fromkeys(self._claim(one) for one in safe(text, 1000).split("; "))), limit)

    def _claim(self, text: str) -> str:
        for pattern, template in WEAKENED:
            if found := pattern.match(text):
                values = found.groupdict()
                return self.translate(template).format(**values | {"basis": self._claim(values["basis"])})
        for pattern, template in BASES:
            if found := pattern.match(text):
                return self.translate(template).format(**found.groupdict())
        return text

    def group(self, key: str) -> str:
        return str(self.say(GROUPS[key])) if key in GROUPS else safe(key, 30)

    def messages_by(self, cell: Cell) -> str:
        return self.say(
            N_("{messages} by {people}"),
            messages=self.plural(cell.approaches, N_("{n} message"), N_("{n} messages")),
            people=self.plural(cell.askers, N_("{n} person"), N_("{n} people")),
        )

    def followers(self, standing: int | None) -> str:
        if standing is None:
            return self.say(N_("followers unknown"))
        return self.plural(standing, N_("{n} follower"), N_("{n} followers"))

    def fate(self, cell: Cell, days: int) -> str:
        """What became of the messages; where none can be judged, no word of what came back."""
        judged = self.judged(cell, days)
        if not cell.eligible and not cell.answered_late:
            return judged
        return judged + " " + self.later(cell)

    def judged(self, cell: Cell, days: int) -> str:
        """How many messages, how many could be judged, what became of them."""
        if not cell.eligible:
            return self.say(N_("None of them can be judged."))
        return self.say(
            N_("{eligible} could be judged, and {answered} of them were answered within {days} days."),
            eligible=self.count(cell.eligible),
            answered=self.count(cell.answered),
            days=days,
        )

    def liked(self, count: int) -> str:
        return self.plural(
            count,
            N_("{n} message without an answer got a like: a sign, but no answer."),
            N_("{n} messages without an answer got a like: a sign, but no answer."),
        )

    def later(self, cell: Cell) -> str:
        return self.plural(cell.answered_late, N_("{n} was answered later."), N_("{n} were answered later."))

    # years

    def silent(self, first: int, last: int) -> str:
        return str(first) if first == last else f"{first}–{last}"

    def year_note(self, year: Year) -> str:
        """Why there is no figure for a year."""
        if not year.measurable:
            return self.say(N_("not measurable"))
        return self.say(N_("too few") if year.cell.eligible else N_("nothing can be said"))

    # findings

    def verdict(self, verdict: str, dimension: str | None = None) -> str:
        return self.say(VERDICTS_ON.get((verdict, dimension or ""), VERDICTS[verdict]))

    def reason(self, reason: Reason) -> str:
        """The sentence of a reason, its numbers written as the reader writes them. Always plain text."""
        return self._spoken(reason).text(self.translate)

    def _spoken(self, reason: Reason) -> Reason:
        return Reason(reason.key, {key: self._value(value) for key, value in reason.values.items()})

    def _value(self, value: object) -> object:
        if isinstance(value, Reason):
            return self._spoken(value)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int):
            return self.count(value)
        if isinstance(value, float):
            value = f"{value:.2f}".rstrip("0").rstrip(".")
        if isinstance(value, str) and _DAY.fullmatch(value):
            return self.date(value)
        return self._word(str(value))

    def _word(self, value: str) -> str:
        if _DECIMAL.fullmatch(value):
            return value.replace(".", self.point)
        if value in GROUPS:
            return self.translate(GROUPS[value])
        return ", ".join(self.channel(name) for name in value.split(", "))


def whole(share: float) -> int:
    """A share 0..1 as a whole number of 100, halves upwards, within 0..100."""
    return min(100, max(0, math.floor(share * 100 + 0.5)))


def is_wide(cell: Share) -> bool:
    return cell.low is not None and cell.high is not None and cell.high - cell.low >= WIDE
