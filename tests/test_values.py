"""Classes made late are what the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property
from typing import Any

import pytest

from cleaner import values


@values.dataclass(frozen=True, slots=True)
class Late:
    """Frozen, with slots."""

    name: str
    count: int = 1
    parts: list[int] = values.field(default_factory=list)

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("less than none")


@dataclasses.dataclass(frozen=True, slots=True)
class Early:
    """The same, made by the standard library."""

    name: str
    count: int = 1
    parts: list[int] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("less than none")


@values.dataclass(frozen=True, eq=False)
class Same:
    """Compared by identity; remembers what it worked out."""

    name: str = "a"
    parts: tuple[int, ...] = ()

    @cached_property
    def double(self) -> str:
        return self.name * 2


@values.dataclass(slots=True)
class Open:
    """May change; one field is no argument."""

    name: str = "a"
    seen: dict[str, int] = values.field(default_factory=dict)
    _inner: Any = values.field(init=False, default=None)


CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "the least": (("a",), {}),
    "all in a row": (("a", 2, [3]), {}),
    "by name": ((), {"parts": [1], "name": "a"}),
    "none": ((), {}),
    "too many": (("a", 1, [], 4), {}),
    "an unknown name": (("a",), {"size": 1}),
    "twice": (("a",), {"name": "b"}),
    "refused by the class": (("a", -1), {}),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_call_gives_what_the_standard_library_gives(call: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    args, named = call

    def made(cls: Any) -> Any:
        try:
            return dataclasses.astuple(cls(*args, **named))
        except (TypeError, ValueError) as error:
            return type(error), str(error).replace(cls.__name__, "X")

    assert made(Late) == made(Early)


def test_the_fields_are_the_same() -> None:
    def told(cls: Any) -> list[Any]:
        return [(f.name, f.type, f.default, f.init, f.compare) for f in dataclasses.fields(cls)]

    assert told(Late) == told(Early)
    assert dataclasses.is_dataclass(Late)
    assert [field.name for field in values.fields(Late)] == ["name", "count", "parts"]
    assert Late.__match_args__ == Early.__match_args__
    assert Late.__slots__ == Early.__slots__  # type: ignore[attr-defined]


def test_equality_and_hash() -> None:
    assert Late("a") == Late("a", 1, [])
    assert Late("a") != Late("b")
    assert Late("a") != Early("a")
    assert repr(Late("a")) == "Late(name='a', count=1, parts=[])"
    assert hash(Late("a", 1, ())) == hash(Late("a", 1, ()))  # type: ignore[arg-type]
    assert Same() != Same()
    assert len({Same(), Same()}) == 2
    assert Open() == Open()
    with pytest.raises(TypeError, match="unhashable"):
        hash(Open())


@pytest.mark.parametrize("attribute", ["name", "unheard_of"])
def test_what_is_frozen_cannot_change(attribute: str) -> None:
    for value in (Late("a"), Same()):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, attribute, "b")
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(value, attribute)


def test_what_is_not_frozen_can() -> None:
    value = Open()
    value.name = "b"
    assert (value.name, value.seen, value._inner) == ("b", {}, None)
    with pytest.raises(AttributeError):
        value.unheard_of = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [Late("a", 2, [3]), Open("b", {"c": 1})], ids=["frozen", "open"])
def test_copies_and_pickles(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.copy(value) == copy.deepcopy(value) == value


def test_replacing_in_both_ways() -> None:
    late = Late("a", 2)
    assert values.replace(late, count=3) == dataclasses.replace(late, count=3) == Late("a", 3)
    with pytest.raises(ValueError, match="less than none"):
        values.replace(late, count=-1)


def test_what_was_worked_out_is_kept() -> None:
    value = Same("b")
    assert value.double == "bb"
    assert "double" in vars(value)


def test_an_order_is_made_at_once() -> None:
    @values.dataclass(frozen=True, order=True)
    class Ordered:
        """Can be sorted."""

        number: int = values.field(default=1)

    assert sorted([Ordered(2), Ordered()]) == [Ordered(1), Ordered(2)]
