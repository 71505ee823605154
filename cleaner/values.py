"""`dataclass`, as in the standard library, but each class is made ready when it is first used.

Making a dataclass compiles its methods, which takes a millisecond a class, and importing the module
five more; a check imports a hundred classes and makes instances of fifty. Here the class stands at once,
with its slots; `__init__` is written at the first instance, and whatever else is asked for (the fields,
`==`, `repr`) by the standard library, which makes a dataclass of the same body. What cannot wait, such as
an order or a base class, is made at once.

    dataclass, field, replace, fields, MISSING    as in `dataclasses`, for classes made here
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import MISSING as MISSING
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import replace as replace

    Field: Any
else:

    class MISSING:
        """Stands for no default."""

    class Field:
        """What a class says of one of its fields."""

        def __init__(self, default=MISSING, default_factory=MISSING, init=True, compare=True, metadata=None):
            self.name = ""
            self.default, self.default_factory = default, default_factory
            self.init, self.compare, self.metadata = init, compare, metadata or {}

        def real(self):
            """The same for the standard library."""
            import dataclasses

            given = {"default": self.default, "default_factory": self.default_factory}
            given = {name: value for name, value in given.items() if value is not MISSING}
            return dataclasses.field(**given, init=self.init, compare=self.compare, metadata=self.metadata)

    def field(**given):
        """A field with more to say than its default."""
        return Field(**given)

    def dataclass(cls=None, /, **options):
        """The class with the methods of a dataclass."""
        return _made(cls, options) if cls is not None else lambda cls: _made(cls, options)

    def replace(value, /, **changes):
        """A new value with some fields changed."""
        for name in value.__match_args__:
            if name not in changes:
                changes[name] = getattr(value, name)
        return type(value)(**changes)

    def fields(cls):
        """The fields of a class that was made here, in their order."""
        return cls.__cleaner_fields__


def is_made(kind: object) -> bool:
    """Whether something is a class that was made here."""
    return isinstance(kind, type) and hasattr(kind, "__cleaner_fields__")


_NOT_COPIED = ("__dict__", "__weakref__")
_FIELDS, _PARAMS = "__dataclass_fields__", "__dataclass_params__"


def _made(cls: type, options: dict[str, Any]) -> type:
    written = {name: value for name, value in vars(cls).items() if name not in _NOT_COPIED}
    kinds = written.get("__annotations__", {})
    cannot_wait = any(word in kind for kind in kinds.values() for word in ("ClassVar", "InitVar", "KW_ONLY"))
    later = _Later(written, options)
    if cls.__bases__ != (object,) or options.keys() - {"frozen", "slots", "eq"} or cannot_wait:
        for name, found in later.fields.items():
            if isinstance(written.get(name), Field):
                setattr(cls, name, found.real())
        import dataclasses

        cls = dataclasses.dataclass(**options)(cls)
        cls.__cleaner_fields__ = tuple(later.fields.values())  # type: ignore[attr-defined]
        return cls
    has_slots, names = options.get("slots"), tuple(kinds)
    if has_slots:
        kept = {name: value for name, value in written.items() if name not in kinds}
        cls = type(cls)(cls.__name__, cls.__bases__, {**kept, "__slots__": names})
    else:
        for name, found in later.fields.items():
            if isinstance(written.get(name), Field):
                if found.default is MISSING:
                    delattr(cls, name)
                else:
                    setattr(cls, name, found.default)
    later.cls = cls
    given: dict[str, Any] = {
        "__cleaner_fields__": tuple(later.fields.values()),
        "__match_args__": tuple(name for name, found in later.fields.items() if found.init),
        "__init__": later.first_instance(),
        "__repr__": later.stub("__repr__"),
        _FIELDS: _Asked(later, _FIELDS),
        _PARAMS: _Asked(later, _PARAMS),
    }
    if options.get("eq", True):
        given |= later.comparisons()
    if options.get("frozen"):
        given |= {"__setattr__": _refuse_assigning, "__delattr__": _refuse_deleting}
    if has_slots:  # what the standard library adds as well: `__setattr__` refuses what pickle does
        given["__getstate__"] = lambda self: [getattr(self, name) for name in names]
        given["__setstate__"] = lambda self, values: _fill(self, names, values)
    for name, value in given.items():
        if name not in written:
            setattr(cls, name, value)
    return cls


def _fill(instance: object, names: tuple[str, ...], values: list[Any]) -> None:
    for name, value in zip(names, values, strict=True):
        object.__setattr__(instance, name, value)


class _Later:
    """What is still to be done for a class; `written` is what its author wrote."""

    def __init__(self, written: dict[str, Any], options: dict[str, Any]) -> None:
        self.cls: Any = object
        self.written, self.options = written, options
        self.fields: dict[str, Any] = {}
        for name in written.get("__annotations__", {}):
            value = written.get(name, MISSING)
            found = value if isinstance(value, Field) else Field(value)
            found.name = name
            self.fields[name] = found

    def first_instance(self) -> Any:
        def __init__(instance: Any, *args: Any, **named: Any) -> None:
            self.cls.__init__ = self.init()
            self.cls.__init__(instance, *args, **named)

        return __init__

    def comparisons(self) -> dict[str, Any]:
        """`==` of instances of one class, and the hash of those that cannot change."""
        compared = [name for name, found in self.fields.items() if found.compare]
        values = attrgetter(*compared) if compared else lambda instance: ()

        def __eq__(instance: Any, other: object) -> Any:
            return values(instance) == values(other) if other.__class__ is self.cls else NotImplemented

        def __hash__(instance: Any) -> int:
            return hash(values(instance))

        return {"__eq__": __eq__, "__hash__": __hash__ if self.options.get("frozen") else None}

    def stub(self, name: str) -> Any:
        """A method that first has the real one written, then calls it."""

        def method(*args: Any) -> Any:
            self.complete()
            return getattr(self.cls, name)(*args)

        return method

    def init(self) -> Any:
        """`__init__`, as the standard library writes it."""
        known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
        arguments, lines = ["self"], []
        for name, found in self.fields.items():
            value = name
            if found.default_factory is not MISSING:
                known[f"_make_{name}"] = found.default_factory
                value = (
                    f"(_make_{name}() if {name} is _missing else {name})" if found.init else f"_make_{name}()"
                )
                default = "=_missing"
            elif found.default is not MISSING:
                known[f"_default_{name}"] = found.default
                value = name if found.init else f"_default_{name}"
                default = f"=_default_{name}"
            else:
                default = ""
            if found.init:
                arguments.append(name + default)
                lines.append((name, value))
            elif default:
                lines.append((name, value))
        set_it = "_set(self, {0!r}, {1})" if self.options.get("frozen") else "self.{0} = {1}"
        body = [set_it.format(name, value) for name, value in lines]
        body += ["self.__post_init__()"] if "__post_init__" in self.written else []
        exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(body or ["pass"]), known)
        method = known["__init__"]
        method.__qualname__ = f"{self.cls.__qualname__}.__init__"
        return method

    def complete(self) -> None:
        """Let the standard library make a dataclass of the same body, and take over what it wrote."""
        import dataclasses

        body = {
            name: value.real() if isinstance(value, Field) else value for name, value in self.written.items()
        }
        twin = type(self.cls)(self.cls.__name__, (object,), dict(body))
        twin = dataclasses.dataclass(**self.options)(twin)
        has_slots = self.options.get("slots")
        for name, value in vars(twin).items():
            is_slot = has_slots and name in self.fields
            frozen = name in ("__setattr__", "__delattr__")  # ours do the same for the class itself
            is_new = name not in body or body[name] is not value
            if is_new and not (is_slot or frozen or name in _NOT_COPIED):
                setattr(self.cls, name, value)


class _Asked:
    """Stands for an attribute of a dataclass until somebody asks for it."""

    def __init__(self, later: _Later, name: str) -> None:
        self._later, self._name = later, name

    def __get__(self, instance: object, owner: type) -> Any:
        self._later.complete()
        return getattr(owner, self._name)


def _refuse_assigning(instance: object, name: str, value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(instance: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")
