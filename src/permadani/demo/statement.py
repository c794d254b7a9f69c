"""The accounts' own say: a file beside the exports, as docs/statement.md describes it."""

from __future__ import annotations

from datetime import UTC, datetime

from permadani.demo.model import DAY, Account

TOLD = {
    "tom": (
        "For ten weeks I repaired a lighthouse without a line to the shore. What came in that time I read afterwards, "
        "but I did not answer all of it.",
        "At the lighthouse",
    ),
}
"""What an account says, and the note beside its absences; in its own language, and not translated."""


def statement_name(key: str) -> str | None:
    """The file of its statement, or None where it says nothing."""
    return f"{key}-statement.toml" if key in TOLD else None


def statement_text(account: Account) -> str:
    text, note = TOLD[account.key]
    away = [f'\n[[away]]\nsince = {_day(since)}\nuntil = {_day(until - DAY)}\nnote = "{note}"\n'
            for since, until in account.absences]  # fmt: skip
    return f'text = "{text}"\n{"".join(away)}'


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
