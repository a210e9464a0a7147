"""`@frozen` does what `@dataclass(frozen=True, slots=True)` does."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Generic, TypeVar

import pytest

from coach.values import frozen

T = TypeVar("T")


class Plain:
    """Something."""

    name: str
    count: int = 3
    tags: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)

    @property
    def twice(self) -> int:
        return 2 * self.count


def copy_of(cls):
    return type(cls.__name__, (), {key: each for key, each in vars(cls).items() if not key.startswith("__dict")})


Ours = frozen(copy_of(Plain))
Theirs = dataclass(frozen=True, slots=True)(copy_of(Plain))


@frozen
class Point:
    """At module level, where pickle finds it."""

    x: int
    y: int = 0


@frozen
class Box(Generic[T]):
    """Holds one thing."""

    inside: T


@frozen(eq=False)
class Part:
    """Is itself and nothing else."""

    name: str


@pytest.mark.parametrize("make", [Ours, Theirs])
class TestBoth:
    def test_fields_defaults_and_order(self, make):
        made = make("a", 4)
        assert (made.name, made.count, made.tags, made.twice) == ("a", 4, [], 8)
        assert [each.name for each in fields(made)] == ["name", "count", "tags", "seen"]
        assert make.__match_args__ == ("name", "count", "tags", "seen")
        assert make("a").tags is not make("a").tags

    def test_equal_is_by_class_and_compared_fields(self, make):
        assert make("a", seen=1) == make("a", seen=2)
        assert make("a") != make("b")
        assert make("a") != ("a", 3, [])

    def test_shown(self, make):
        assert repr(make("a")) == "Plain(name='a', count=3, tags=[])"

    def test_replace(self, make):
        assert replace(make("a"), count=9) == make("a", 9)
        with pytest.raises(TypeError):
            replace(make("a"), size=9)

    def test_nothing_can_be_set_or_taken_away(self, make):
        made = make("a")
        with pytest.raises(FrozenInstanceError):
            made.name = "b"
        with pytest.raises(FrozenInstanceError):
            del made.name
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            made.other = 1
        assert not hasattr(made, "__dict__")

    def test_arguments_are_held_to(self, make):
        with pytest.raises(TypeError):
            make()
        with pytest.raises(TypeError):
            make("a", 1, [], 0, 5)
        with pytest.raises(TypeError):
            make("a", size=1)


def test_equal_values_have_one_hash():
    assert {Point(1), Point(1, 0), Point(2)} == {Point(1), Point(2)}
    assert hash(Point(1)) == hash(Point(1, 0))


def test_copies_are_equal():
    point = Point(1, 2)
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == copy.copy(point) == point  # noqa: S301 - our own


def test_generic_classes_and_patterns():
    match Box(Point(1, 2)):
        case Box(inside=Point(x=x)):
            assert x == 1
        case _:
            raise AssertionError
    assert Box[int](3) == Box(3)


def test_without_eq_it_is_itself_only():
    one = Part("a")
    assert one == one  # noqa: PLR0124 - that is what is shown
    assert one != Part("a")
    assert len({one, Part("a")}) == 2


def test_a_value_may_have_no_fields():
    @frozen
    class Nothing:
        """Says it all by its name."""

    assert (Nothing() == Nothing(), hash(Nothing()) == hash(Nothing())) == (True, True)
    assert repr(Nothing()).endswith("Nothing()")
    with pytest.raises(TypeError):
        Nothing(1)


def test_a_value_may_stand_on_another():
    @frozen
    class Deep(Point):
        """A point with one more field."""

        z: int = 5

    assert Deep(1) != Point(1)
    assert replace(Deep(1), x=2) == Deep(2, 0, 5)
    assert (Deep.__match_args__, copy.copy(Deep(1, z=9)).z) == (("x", "y", "z"), 9)


def with_method(name):
    return {"__annotations__": {"x": "int"}, name: lambda *_: None}


@pytest.mark.parametrize(
    ("own", "space"),
    [
        *((name, with_method(name)) for name in ("__init__", "__post_init__", "__repr__", "__eq__", "__hash__")),
        ("x", {"__annotations__": {"x": "int"}, "x": field(default=1, init=False)}),
        ("x", {"__annotations__": {"x": "int"}, "x": field(default=1, kw_only=True)}),
        ("x", {"__annotations__": {"x": "int"}, "x": field(default=1, hash=False)}),
    ],
)
def test_what_it_would_pass_over_is_refused(own, space):
    with pytest.raises(TypeError, match=f"Odd has its own {own}"):
        frozen(type("Odd", (), space))
