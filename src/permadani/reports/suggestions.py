"""Which accounts may be one person, in lines for people."""

from __future__ import annotations

from permadani.findings.suggestions import Account, Reason, Suggestion
from permadani.language import N_, Translate
from permadani.reports.foreign import safe

REASONS = {
    "checked_link": N_("one links to the other, and the link is marked as leading back (rel=me)"),
    "mutual_link": N_("each names the other's address in its profile"),
    "address": N_("both came with the same e-mail address (who only left a comment may have typed another's)"),
    "same_link": N_("both name {value} as their address (anybody can)"),
    "same_handle": N_("both have the same handle"),
}


def reason_text(reason: Reason, translate: Translate) -> str:
    """One reason in words."""
    return translate(REASONS[reason.kind]).format(value=safe(reason.value or "", 120))


def _named(who: Account) -> str:
    return f"{safe(who.id, 120)} ({safe(who.name, 60)})" if who.name else safe(who.id, 120)


def suggestion_lines(found: list[Suggestion], translate: Translate) -> list[str]:
    """Each pair with its reasons and the command that joins it."""
    if not found:
        return [translate(N_("No two accounts were found that look like one person. (Names alone are no reason.)"))]
    lines = []
    for one in found:
        names = [
            f"{safe(who.id, 120)} ({safe(who.name, 60)})" if who.name else safe(who.id, 120) for who in one.accounts
        ]
        lines.append(" = ".join(names) + " ?")
        lines += [f"    · {reason_text(why, translate)}" for why in one.reasons]
    hint = N_("Nothing was joined. If you are sure: permadani people link ONE OTHER")
    return [*lines, "", translate(hint)]
