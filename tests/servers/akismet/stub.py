"""A stub of Akismet. It is a stub and says so: nothing leaves this computer, and nothing is judged by its words.

It was built from the service's documentation for developers, the pages *Key verification*, *Comment check* and
*Errors*: forms by POST, ``valid`` or ``invalid``, ``true`` or ``false``, the headers ``X-akismet-debug-help``,
``X-akismet-pro-tip`` and the alerts. The documented author name that is always spam is spam here too. Every answer
carries the header ``X-Stub``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.http.hostile import Behaviour, Hostile, Seen, answer, calls

SAYS = "a stub built from the documentation for developers; not Akismet"
ALWAYS_SPAM = "viagra-test-123"
KEY = "a-key-of-the-tests"


@dataclass
class AkismetStub:
    """``says``: what it answers to a check instead; ``headers``: with these headers besides."""

    says: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    server: Hostile = field(default_factory=Hostile)

    def __enter__(self) -> AkismetStub:
        self.server.__enter__()
        self.server.on("/1.1/verify-key", calls(self._verify))
        self.server.on("/1.1/comment-check", calls(self._check))
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    @property
    def base(self) -> str:
        return self.server.url("").rstrip("/")

    @property
    def sent(self) -> list[dict[str, str]]:
        """The forms of all checks."""
        return [_form(seen) for seen in self.server.seen if seen.path.endswith("comment-check")]

    def _verify(self, seen: Seen) -> Behaviour:
        form = _form(seen)
        if seen.method == "POST" and form.get("key") == KEY and form.get("blog", "").startswith("http"):
            return _said("valid")
        return _said("invalid", {"X-akismet-debug-help": f"We were unable to verify the key {form.get('key')}"})

    def _check(self, seen: Seen) -> Behaviour:
        form = _form(seen)
        if self.says is not None:
            return _said(self.says, self.headers)
        if seen.method != "POST" or form.get("api_key") != KEY:
            return _said("invalid", {"X-akismet-debug-help": f"{form.get('api_key')} is no key"})
        for needed in ("blog", "user_ip"):
            if not form.get(needed):
                return _said("invalid", {"X-akismet-debug-help": f'Empty "{needed}" value'})
        if form.get("comment_author") == ALWAYS_SPAM:
            return _said("true", self.headers)
        return _said("false", self.headers)


def _form(seen: Seen) -> dict[str, str]:
    return {name: values[0] for name, values in seen.form.items()}


def _said(word: str, headers: dict[str, str] | None = None) -> Behaviour:
    return answer(word, headers={"X-Stub": SAYS, **(headers or {})})
