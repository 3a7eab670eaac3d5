"""Our dataclasses behave as the library's do."""

import copy
import dataclasses
import inspect
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from briefing.dataclass import dataclass


class _Base:
    plain: int
    made: tuple[int, ...] = dataclasses.field(default_factory=tuple)
    apart: str = dataclasses.field(default="a", compare=False, repr=False)
    unhashed: Any = dataclasses.field(default=(), hash=False)
    settled: int = dataclasses.field(default=3, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settled", self.settled + 1)


class _One:
    only: int


class _Own:
    value: int

    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "mine"


def _both(base: type, options: dict[str, bool]) -> list[type]:
    classes: list[type] = []
    for decorator in (dataclass, dataclasses.dataclass):
        names = {name: value for name, value in vars(base).items() if name not in ("__dict__", "__weakref__")}
        made = type(base.__name__, (), names)
        classes.append(decorator(**options)(made))
    return classes


def _outcome(call: Callable[..., object], *arguments: object) -> object:
    try:
        return call(*arguments)
    except Exception as error:
        return type(error)


def _observed(kind: Any) -> list[object]:
    first = dataclasses.fields(kind)[0].name
    names = {each.name for each in dataclasses.fields(kind)}

    def make(value: object = 1, **more: object) -> Any:
        return kind(**{first: value}, **{name: value for name, value in more.items() if name in names})

    one, other, less, apart, unhashed = make(), make(), make(0), make(apart="b"), make(unhashed=4)
    copies = (pickle.loads(pickle.dumps(other)), copy.deepcopy(other), dataclasses.replace(other, **{first: 5}))
    return [
        repr(one),
        [one == each for each in (one, other, less, apart, unhashed, 1)],
        kind.__hash__ is None,
        [_outcome(lambda each: hash(one) == hash(each), each) for each in (other, apart, unhashed)],
        [_outcome(compare, one, less) for compare in (operator.lt, operator.le, operator.gt, operator.ge)],
        _outcome(setattr, less, first, 2),
        _outcome(delattr, less, first),
        _outcome(lambda: bool(kind(1))),
        _outcome(kind, 1, 2, 3, 4, 5, 6),
        _outcome(kind),
        [[getattr(each, field.name) for field in dataclasses.fields(each)] for each in copies],
        kind.__match_args__,
        [(each.name, each.kind) for each in inspect.signature(kind.__init__).parameters.values()],
    ]


@pytest.mark.parametrize("base", [_Base, _One, _Own])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"slots": True},
        {"slots": True, "eq": False},
        {"frozen": True},
        {"frozen": True, "slots": True},
        {"frozen": True, "slots": True, "kw_only": True},
        {"frozen": True, "slots": True, "order": True},
    ],
    ids=str,
)
def test_like_the_librarys(base: type, options: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    observed = []
    for kind in _both(base, options):
        monkeypatch.setitem(globals(), base.__name__, kind)  # pickle finds a class by its name
        observed.append(_observed(kind))
    assert observed[0] == observed[1]
