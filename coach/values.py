"""Value classes: frozen, slotted dataclasses that are cheap to import.

`@frozen` equals `@dataclass(frozen=True, slots=True)`, and `dataclasses.replace` and `field` work with it. Up to
Python 3.12 a dataclass runs the compiler six times a class, 0.5 ms: for fifty classes that is longer than everything
else `coach list` does. Here it runs once, for `__init__`; all classes share the other methods.

Use it for every value. A plain `dataclass` is for objects that change, cache something, or define one of the generated
methods themselves, which `frozen` refuses.
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
    """Make a class a frozen, slotted dataclass; with `eq=False` its instances compare by identity."""
    return (lambda plain: _made(plain, eq=eq)) if cls is None else _made(cls, eq=eq)


_OURS = ("__init__", "__post_init__", "__setattr__", "__delattr__", "__repr__", "__reduce__", "__eq__", "__hash__")


def _made(plain: type[T], *, eq: bool) -> type[T]:
    own = [name for name in _OURS if name in vars(plain)]
    cls: Any = dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    own += [slot.name for slot in fields(cls) if not slot.init or slot.kw_only or slot.hash is not None]
    if own:
        raise TypeError(f"{plain.__qualname__} has its own {own[0]}: make it a dataclass(frozen=True, slots=True)")
    cls.__init__ = _initialiser(cls, fields(cls))
    cls.__setattr__ = _refuse
    cls.__delattr__ = _refuse
    cls.__repr__ = _shown
    cls.__reduce__ = _rebuilt
    if eq:
        names = [slot.name for slot in fields(cls) if slot.compare]
        values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

        def equal(self: object, other: object) -> Any:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        cls.__eq__ = equal
        cls.__hash__ = lambda self: hash(values(self))
    made: type[T] = cls
    return made


def _initialiser(cls: type, own: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Return `__init__`: it sets each slot by its descriptor, the quickest way past a frozen class."""
    space: dict[str, Any] = {"MISSING": MISSING}
    arguments, body = ["self"], [" pass"]
    for number, slot in enumerate(own):
        space[f"set{number}"] = getattr(cls, slot.name).__set__
        given = slot.name
        if slot.default_factory is not MISSING:
            space[f"make{number}"] = slot.default_factory
            given = f"make{number}() if {given} is MISSING else {given}"
            arguments.append(f"{slot.name}=MISSING")
        elif slot.default is not MISSING:
            space[f"default{number}"] = slot.default
            arguments.append(f"{slot.name}=default{number}")
        else:
            arguments.append(slot.name)
        body.append(f" set{number}(self, {given})")
    exec(f"def __init__({', '.join(arguments)}):\n" + "\n".join(body), space)  # noqa: S102 - names of fields only
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is frozen")


def _shown(self: Any) -> str:
    parts = (f"{slot.name}={getattr(self, slot.name)!r}" for slot in fields(self) if slot.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _rebuilt(self: Any) -> tuple[Any, ...]:
    """Copy and unpickle through `__init__`, since setting attributes is refused."""
    return type(self), tuple(getattr(self, slot.name) for slot in fields(self))
