"""The page of the Python interface, made from docstrings."""

from __future__ import annotations

import enum
import inspect
import re
from collections import ChainMap
from typing import Any

from msgspec import Struct

import briefing

_INTRODUCTION = """\
# From Python

Everything that the command line does is a function of the package `briefing`. The names below are the whole interface; each is loaded when it is
first used, so that `import briefing` stays cheap. Faults are raised as `BriefingError` and its kinds, each with `.problems`.

```python
import briefing

result = briefing.build("examples/iss-withdrawal", formats=["pdf"])
print(result.outputs[0].path, result.outputs[0].pages)
```
"""


def api_page() -> str:
    """The whole page, in Markdown: functions first, then the types they return, then the errors."""
    named = [(name, getattr(briefing, name)) for name in briefing.__all__ if not name.startswith("_")]
    errors = [(name, it) for name, it in named if inspect.isclass(it) and issubclass(it, BaseException)]
    types = [(name, it) for name, it in named if inspect.isclass(it) and (name, it) not in errors]
    functions = [(name, it) for name, it in named if not inspect.isclass(it)]
    return "\n".join(
        (
            _INTRODUCTION,
            "## Functions\n",
            *(_function(name, it) for name, it in functions),
            "## What they return\n",
            *(_type(name, it) for name, it in types),
            "## Errors\n",
            *(_type(name, it) for name, it in errors),
        )
    )


def _function(name: str, function: Any) -> str:
    if not callable(function):
        return f"### {name}\n\n{_doc(function)}\n"
    return f"### {name}\n\n```python\n{name}{_signature(function)}\n```\n\n{_doc(function)}\n"


def _type(name: str, kind: type) -> str:
    lines = [f"### {name}\n", _doc(kind), ""]
    if issubclass(kind, enum.Enum):
        lines += [f"- `{member.name}` = `{member.value!r}`" for member in kind] + [""]
    elif issubclass(kind, Struct):
        written = ChainMap(*(inspect.get_annotations(each) for each in kind.__mro__))
        lines += [f"- `{name}`: `{_shown(written[name])}`" for name in kind.__struct_fields__] + [""]
    for attribute, value in vars(kind).items():
        if attribute.startswith("_") or (not isinstance(value, property) and not inspect.isfunction(value)):
            continue
        call = "" if isinstance(value, property) else _signature(value)
        lines.append(f"- `.{attribute}{call}`: {_doc(value).splitlines()[0] if _doc(value) else ''}")
    return "\n".join(lines).rstrip() + "\n"


def _doc(it: Any) -> str:
    """A docstring as Markdown: ``code`` with single backticks, as the rest of the documentation has it."""
    return re.sub(r"``([^`]+)``", r"`\1`", inspect.getdoc(it) or "")


def _signature(function: Any) -> str:
    """The call as a reader types it: annotations as written, and for a default that is an object its type's name."""
    signature = inspect.signature(function)
    parts, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        part = parameter.name
        if parameter.annotation is not parameter.empty:
            part += f": {_shown(parameter.annotation)}"
        if parameter.default is not parameter.empty:
            part += f" = {_default(parameter.default)}"
        parts.append(part)
    returned = "" if signature.return_annotation is signature.empty else f" -> {_shown(signature.return_annotation)}"
    line = f"({', '.join(parts)}){returned}"
    return line if len(line) < 100 else "(\n    " + ",\n    ".join(parts) + f",\n){returned}"


def _default(value: object) -> str:
    plain = value is None or isinstance(value, str | int | float | tuple)
    return repr(value) if plain else f"{type(value).__name__}()"


def _shown(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
