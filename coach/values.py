"""Values: frozen, slotted dataclasses that cost an import little.

`@frozen` makes what `@dataclass(frozen=True, slots=True)` makes; `dataclasses.replace` and `field` work as they do
there. Up to Python 3.12 that runs the compiler six times a class, 0.5 ms: for fifty classes longer than all else that
`coach list` does. Here it runs once, for `__init__`; what remains is the same function for every class.

Every value of ours is one. A plain `dataclass` is for what changes, keeps something it has worked out, or has methods
of its own in place of the made ones, which are refused here.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(cls: None = None, /, *, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, /, *, eq: bool = True) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a frozen, slotted dataclass; with `eq` False its instances are compared by identity."""
    return (lambda each: _made(each, eq=eq)) if cls is None else _made(cls, eq=eq)


_OURS = ("__init__", "__post_init__", "__setattr__", "__delattr__", "__repr__", "__reduce__", "__eq__", "__hash__")


def _made(plain: type[T], *, eq: bool) -> type[T]:
    own = [name for name in _OURS if name in vars(plain)]
    cls: Any = dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    own += [each.name for each in fields(cls) if not each.init or each.kw_only or each.hash is not None]
    if own:
        raise TypeError(f"{plain.__qualname__} has its own {own[0]}: make it a dataclass(frozen=True, slots=True)")
    cls.__init__ = _initialiser(cls, fields(cls))
    cls.__setattr__ = _refuse
    cls.__delattr__ = _refuse
    cls.__repr__ = _shown
    cls.__reduce__ = _rebuilt
    if eq:
        names = [each.name for each in fields(cls) if each.compare]
        values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

        def equal(self: object, other: object) -> Any:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        cls.__eq__ = equal
        cls.__hash__ = lambda self: hash(values(self))
    made: type[T] = cls
    return made


def _initialiser(cls: type, own: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Return `__init__`: it sets each slot by its descriptor, which is the quickest way past a frozen class."""
    space: dict[str, Any] = {"MISSING": MISSING}
    arguments, body = ["self"], [" pass"]
    for number, each in enumerate(own):
        space[f"set{number}"] = getattr(cls, each.name).__set__
        given = each.name
        if each.default_factory is not MISSING:
            space[f"make{number}"] = each.default_factory
            given = f"make{number}() if {given} is MISSING else {given}"
            arguments.append(f"{each.name}=MISSING")
        elif each.default is not MISSING:
            space[f"default{number}"] = each.default
            arguments.append(f"{each.name}=default{number}")
        else:
            arguments.append(each.name)
        body.append(f" set{number}(self, {given})")
    exec(f"def __init__({', '.join(arguments)}):\n" + "\n".join(body), space)  # noqa: S102 - names of fields only
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is frozen")


def _shown(self: Any) -> str:
    parts = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _rebuilt(self: Any) -> tuple[Any, ...]:
    """Say how a copy is made: by its fields, since setting them one by one is refused."""
    return type(self), tuple(getattr(self, each.name) for each in fields(self))
