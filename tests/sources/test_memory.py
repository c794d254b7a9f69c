"""What a file yielded already: each thing is new once, and memory is bounded."""

from __future__ import annotations

from permadani.sources.reading.memory import Memory


def test_each_key_is_new_once_until_the_memory_is_full() -> None:
    memory = Memory[str](2)
    assert [memory.is_new(key) for key in ("a", "a", "b", "b")] == [True, False, True, False]
    assert [memory.is_new(key) for key in ("c", "c", "a")] == [True, False, True]  # it began anew with c
