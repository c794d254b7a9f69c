"""config.toml: optional keys, and clear words for a broken one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from permadani.errors import PermadaniError
from permadani.settings import forget_key, secret_for, secret_variable, settings, system_language


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERMADANI_HOME", str(tmp_path))
    monkeypatch.delenv("PERMADANI_LOCK_SECONDS", raising=False)
    settings.cache_clear()
    return tmp_path


def test_without_a_file_everything_has_a_value(home: Path) -> None:
    assert settings().store == home / "permadani.duckdb"
    assert settings().lock_seconds == 10


def test_keys_are_read(home: Path) -> None:
    (home / "config.toml").write_text('language = "id"\nmemory_mb = 500\nstore = "~/x.duckdb"\n')
    assert (settings().language, settings().memory_mb) == ("id", 500)
    assert settings().store == Path("~/x.duckdb").expanduser()


@pytest.mark.parametrize(
    "text",
    ["language = [", 'language = "fr"', 'memory_mb = "much"', "memory_mb = 1", "colour = 1", "lock_seconds = -1"],
)
def test_a_broken_file_is_named(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text)
    with pytest.raises(PermadaniError, match="settings in"):
        settings()


@pytest.mark.parametrize(("value", "language"), [("id_ID.UTF-8", "id"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")])
def test_the_language_of_the_system(value: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", value)
    assert system_language() == language


def test_the_key_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    key = forget_key()
    assert key == forget_key()
    assert len(key) == 32
    assert (home / "forget.key").stat().st_mode & 0o077 == 0


def test_the_secret_of_a_host_is_that_hosts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_MASTODON_EXAMPLE", "tok-3n")
    found = secret_for("Mastodon.example")
    assert found is not None
    assert found.reveal() == "tok-3n"
    assert "tok-3n" not in f"{found} {found!r} {[found]}"
    assert secret_for("other.example") is None


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("mastodon.example:8443", "MASTODON_EXAMPLE___8443"),
        ("my-blog.example", "MY__BLOG_EXAMPLE"),
        ("127.0.0.1:80", "127_0_0_1___80"),
        ("b\u00fccher.example", "XN____BCHER__KVA_EXAMPLE"),
        ("[::1]:8443", None),
        ("under_score.example", None),
        ("social.-example", None),
        ("social..example", None),
        ("social.example:", None),
        ("ada@social.example", None),
        ("b\u00fccher.example/@social.example", None),
        ("social.example\n", None),
        ("", None),
    ],
)
def test_how_the_variable_of_a_host_is_called(host: str, name: str | None) -> None:
    assert secret_variable(host) == (name and f"PERMADANI_SECRET_{name}")


@pytest.mark.parametrize(
    "stranger",
    ["pixelfed-social.example", "pixelfed.social-example", "p\u0131xelfed.social.example", "pixelfed_social.example"],
)
def test_a_host_with_a_similar_name_gets_no_secret(monkeypatch: pytest.MonkeyPatch, stranger: str) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PIXELFED_SOCIAL_EXAMPLE", "tok-3n")
    assert secret_for("pixelfed.social.example") is not None
    assert secret_for(stranger) is None


@given(st.text("ab1-.:_", min_size=1, max_size=9), st.text("ab1-.:_", min_size=1, max_size=9))
def test_two_hosts_never_share_a_variable(one: str, other: str) -> None:
    assume(one != other)
    name = secret_variable(one)
    assert name is None or name != secret_variable(other)


def test_all_short_hosts_have_variables_of_their_own() -> None:
    hosts = ["".join(letters) for size in range(1, 8) for letters in product("a1-.:", repeat=size)]
    names = [name for host in hosts if (name := secret_variable(host)) is not None]
    assert len(names) > 3000
    assert len(set(names)) == len(names)
