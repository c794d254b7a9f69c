"""What sources of other packages hand over is looked at before it is used; our own are trusted, for speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from permadani.errors import Unreadable
from permadani.language import N_
from permadani.sources.base import Source
from permadani.vocabulary import TABLE_OF, Problem, Record

PLUGIN_HINT = N_("Update or uninstall the package that brings it, or name the right source with --as.")
_ORIGIN = "permadani."


def is_own(source: Source) -> bool:
    """Whether it is one of this package."""
    return type(source).__module__.startswith(_ORIGIN)


def companions(source: Source) -> tuple[str, ...]:
    """The paths of a source's companions. Raises Unreadable where they are something else."""
    named: Any = getattr(source, "companions", ())
    if not isinstance(named, tuple | list) or not all(isinstance(path, str) for path in named):
        raise _broken(source.name, f"companions: {named!r:.100}")
    return tuple(named)


def checked(records: Iterable[Record], source: str) -> Iterator[Record]:
    """The same records. Raises Unreadable at one that no store can take."""
    for record in records:
        if wrong := fault(record):
            raise _broken(source, wrong)
        yield record


def fault(record: object) -> str | None:
    """What is wrong with the type of a record or of one of its values; None where all is well."""
    shape = _SHAPES.get(type(record))
    if shape is None:
        return f"not a record: {type(record).__name__}"
    getter, fields = shape
    for (name, types, words), value in zip(fields, getter(record), strict=True):
        kind = str if isinstance(value, str) else type(value)
        if kind not in types or (words and value is not None and value not in words):
            return f"{type(record).__name__}.{name} = {value!r:.100}"
    return None


def _broken(source: str, detail: str) -> Unreadable:
    message = N_("the source {name} hands over what is no record of the vocabulary ({detail})")
    return Unreadable(message, hint=PLUGIN_HINT, name=source, detail=detail)


_Field = tuple[str, frozenset[type], tuple[str, ...]]


def _field(name: str, hint: Any) -> _Field:
    """The types that a field may have (exact ones, save for texts), and its words where only some are allowed."""
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    words = tuple(word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind))
    return name, frozenset(str if get_origin(kind) is Literal else kind for kind in kinds), words


def _shape(record: type[Record]) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[_Field, ...]]:
    fields = tuple(_field(name, hint) for name, hint in get_type_hints(record).items())
    return attrgetter(*(name for name, _, _ in fields)), fields


_RECORDS: tuple[type[Record], ...] = (*TABLE_OF, Problem)
_SHAPES: dict[type, tuple[Callable[[Any], tuple[Any, ...]], tuple[_Field, ...]]] = {
    record: _shape(record) for record in _RECORDS
}
