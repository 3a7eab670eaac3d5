"""Dataclasses whose `__init__` is written when the first one is made.

The library's decorator writes and compiles six functions a class when a module is loaded: with 330 classes that is a fifth of
`briefing check`, and most are never called. Here the library still reads the fields; what compares, shows and protects is shared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: TID251
else:
    import dataclasses
    import operator

    _SET = object.__setattr__
    _ORDERS = ("__lt__", "__le__", "__gt__", "__ge__")

    def dataclass(cls=None, /, *, eq=True, order=False, frozen=False, slots=False, kw_only=False):
        """The library's `dataclasses.dataclass`, loaded faster: a class to decorate, or what it is to be like."""

        def made(cls):
            return _finished(cls, eq=eq, order=order, frozen=frozen, slots=slots, kw_only=kw_only)

        return made if cls is None else made(cls)

    def _finished(cls, *, eq, order, frozen, slots, kw_only):
        own = {name for name, value in vars(cls).items() if value is not None}  # what a class defines itself stays
        if cls.__doc__ is None:
            cls.__doc__ = cls.__name__  # the library would work out a signature
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)  # noqa: TID251
        fields = dataclasses.fields(cls)
        methods = {"__repr__": _shown}
        if frozen:
            methods |= {"__setattr__": _refused, "__delattr__": _refused}
            if slots:
                methods |= {"__getstate__": _state, "__setstate__": _set_state}
        if eq:
            methods["__eq__"] = _comparison("__eq__", fields)
            if frozen:
                hashed = _values(each for each in fields if (each.compare if each.hash is None else each.hash))
                methods["__hash__"] = lambda self: hash(hashed(self))
        if order:
            methods |= {name: _comparison(name, fields) for name in _ORDERS}
        for name, method in methods.items():
            if name not in own:
                setattr(cls, name, method)
        if eq and not frozen and "__hash__" not in own:
            cls.__hash__ = None

        def first(self, /, *arguments, **named):
            cls.__init__ = written = _init(cls, fields, frozen)
            written(self, *arguments, **named)

        if "__init__" not in own:
            cls.__init__ = first
        return cls

    def _init(cls, fields, frozen):
        """The `__init__` that the library would write."""
        known = {"_set": _SET, "_missing": dataclasses.MISSING}
        positional, named, lines = ["self"], [], []
        for field in fields:
            name, value = field.name, field.name
            has_factory = field.default_factory is not dataclasses.MISSING
            has_default = field.default is not dataclasses.MISSING
            if has_factory:
                known[f"_make_{name}"] = field.default_factory
                value = f"_make_{name}() if {name} is _missing else {name}" if field.init else f"_make_{name}()"
            elif has_default:
                known[f"_default_{name}"] = field.default
                value = name if field.init else f"_default_{name}"
            elif not field.init:
                continue
            if field.init:
                default = "=_missing" if has_factory else f"=_default_{name}" if has_default else ""
                (named if field.kw_only else positional).append(name + default)
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        parameters = ", ".join([*positional, *(["*", *named] if named else [])])
        body = "\n    ".join(lines or ["pass"])
        exec(f"def __init__({parameters}):\n    {body}", known)
        written = known["__init__"]
        written.__qualname__ = f"{cls.__qualname__}.__init__"
        return written

    def _values(fields):
        """What gives the values of these fields."""
        names = [each.name for each in fields]
        return operator.attrgetter(*names) if names else lambda _: ()

    def _comparison(name, fields):
        values, compared = _values(each for each in fields if each.compare), getattr(operator, name)

        def method(self, other):
            return compared(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

        method.__name__ = name
        return method

    def _shown(self):
        shown = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _refused(self, name, *_):
        raise dataclasses.FrozenInstanceError(f"cannot assign to or delete field {name!r}")

    def _state(self):
        return [getattr(self, each.name) for each in dataclasses.fields(self)]

    def _set_state(self, state):
        for each, value in zip(dataclasses.fields(self), state, strict=True):
            _SET(self, each.name, value)
