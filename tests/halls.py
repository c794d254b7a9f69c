"""A demo that was run, beside the hall it came from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from permadani.demo.hall import make_hall
from permadani.demo.model import Account
from permadani.demo.truth import Truth, truth_of

KEYS = ("rani", "bima", "nora", "tom", "sari")


@dataclass(frozen=True)
class Demo:
    """``folder``: where it lies; what it printed is in ``lines.txt`` beside it."""

    folder: Path
    scale: float

    @property
    def full(self) -> bool:
        return self.scale == 1

    @cached_property
    def accounts(self) -> dict[str, Account]:
        return {account.key: account for account in make_hall(self.scale).accounts}

    @cached_property
    def truths(self) -> dict[str, Truth]:
        return {key: truth_of(account) for key, account in self.accounts.items()}

    @cached_property
    def audits(self) -> dict[str, dict[str, Any]]:
        return {key: json.loads((self.folder / f"audit-{key}.json").read_text("utf-8")) for key in KEYS}

    def question(self, key: str, name: str) -> dict[str, Any]:
        return next(question for question in self.audits[key]["questions"] if question["id"] == name)

    @property
    def lines(self) -> str:
        return (self.folder.parent / "lines.txt").read_text("utf-8")
