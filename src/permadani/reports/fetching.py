"""What a fetch did, in lines for people."""

from __future__ import annotations

from collections import defaultdict

from permadani.language import N_, Translate
from permadani.reports.imports import problem_line, safe, totals
from permadani.reports.texts import COMPLETENESS
from permadani.reports.words import Words
from permadani.store.fetchreport import BUDGET, INTERRUPTED, Claim, FetchReport
from permadani.store.importreport import told

SEEN = {
    "outbound": N_("what it wrote"),
    "inbound": N_("what came under its messages"),
    "mentions": N_("where it is named elsewhere"),
}
NOT_SEEN = N_("cannot be seen")
GO_ON = N_("What was fetched is kept; run the same command again to go on.")
MOST_GROUPS = 30


def fetch_lines(report: FetchReport, translate: Translate) -> list[str]:
    """The whole report as lines of plain text: what was read, what is known now, what stopped it and how to go on."""
    words = Words(translate)
    counts = words.say(
        N_("{title}: {read} read, {new} new, {known} already known; {requests}"),
        title=safe(report.title), read=words.count(report.read), new=words.count(report.new),
        known=words.count(report.known),
        requests=words.plural(report.requests, N_("{n} request"), N_("{n} requests")),
    )  # fmt: skip
    lines = [counts, *(problem_line(p, words) for p in report.problems), totals(report, words)]
    if report.coverage:
        lines += [translate(N_("What the store holds of it now:")), *_claims(report.coverage, words)]
    return [*lines, *stop_lines(report, translate)]


def stop_lines(report: FetchReport, translate: Translate) -> list[str]:
    """Why it stopped where it did, and how to go on; of Ctrl-C whoever pressed it knows."""
    words = Words(translate)
    if report.stopped is None:
        return [translate(N_("All was read, as far back as asked. Run it again later to add what is new."))]
    if report.stopped == INTERRUPTED:
        return []
    if report.stopped == BUDGET:
        requests = words.plural(report.requests, N_("{n} request"), N_("{n} requests"))
        why = words.say(N_("Stopped after {requests}, as many as one run may make."), requests=requests)
        if not report.read and report.error and (hint := report.error.hint_text(translate)):
            return [why, safe(hint)]
    else:
        told_why = safe(told(report.error, translate)) if report.error else ""
        why = words.say(N_("Stopped early: {why}"), why=told_why)
    return [why, translate(GO_ON)]


def _claims(claims: tuple[Claim, ...], words: Words) -> list[str]:
    """A line each; accounts of which the same is known together."""
    alike: dict[str, set[str | None]] = defaultdict(set)
    channels = len({one.channel for one in claims}) > 1
    for claim in claims:
        line = _claim(claim, words)
        alike[f"{words.channel(claim.channel)}: {line}" if channels else line].add(claim.actor)
    several = len({one.actor for one in claims}) > 1
    lines = []
    for line, actors in list(alike.items())[:MOST_GROUPS]:
        whose = f" ({_whose(actors, words)})" if several else ""
        lines.append(f"    {line}{whose}")
    return lines + (["    …"] if len(alike) > MOST_GROUPS else [])


def _claim(claim: Claim, words: Words) -> str:
    seen = NOT_SEEN if claim.completeness == "none" else COMPLETENESS[claim.completeness]
    return words.say(
        N_("{what}, {period}: {seen}"), what=words.translate(SEEN[claim.direction]),
        period=words.period(claim.since, claim.until), seen=words.translate(seen),
    )  # fmt: skip


def _whose(actors: set[str | None], words: Words) -> str:
    if None in actors:
        return words.translate(N_("everybody there"))
    if len(actors) == 1:
        return safe(next(iter(actors)) or "")
    return words.plural(len(actors), N_("{n} account"), N_("{n} accounts"))
