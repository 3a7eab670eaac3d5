"""`brief.yaml.j2`: values stay values, every fault has its place, and nothing in a template gets out of its sandbox or out of hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from briefing.errors import BriefingError, Place
from briefing.source import Cell, Row, SourceFile, read
from briefing.source.template import read_template
from tests.source.written import Texts, told


def row(**texts: str | None) -> Row:
    """A row as of a file with one value a line, in column 1."""
    names = [name.replace("__", ".") for name in texts]
    places = [Place("params.csv", line, 1) for line in range(2, len(texts) + 2)]
    cells = [Cell(*each, Place("params.csv")) for each in zip(names, texts.values(), places, strict=True)]
    return Row(1, Place("params.csv", 2, 1), tuple(cells))


def source(folder: Path, template: str, /, **texts: str | None) -> SourceFile:
    path = folder / "brief.yaml.j2"
    path.write_text(template, encoding="utf-8")
    return read(path, path.name, row(**texts) if texts else None)


def values(folder: Path, template: str, /, **texts: str | None) -> dict[str, Any]:
    return source(folder, template, **texts).values


def said(folder: Path, template: str, /, **texts: str | None) -> list[str]:
    with pytest.raises(BriefingError) as caught:
        source(folder, template, **texts)
    return told(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ region }}", "North"),
        ("a: The {{ region }} and {{ number | int + 1 }}", "The North and 8"),
        ("a: {{ series.title }} {{ series['title'] }}", "W W"),
        ("a: {{ empty }}", None),
        ("a: '{{ empty }}'", ""),
        ("a: {{ empty }}{{ empty }}", None),
        ("a: {{ empty | default('none') }} {{ nowhere | default('none') }}", "none none"),
        ("a: {{ 'no' if empty else 'yes' }}", "yes"),
        ("a: {{ nowhere if nowhere is defined else region }}", "North"),
        ("a: {{ none }}", None),
        ("a: {{ 'null' }}", "null"),
        ("a: {{ 1 == 1 }} {{ 7 / 2 }} {{ 7 // 2 }} {{ 2 ** 3 }} {{ -1 | abs }}", "true 3.5 3 8 1"),
        ("a:\n{% for each in tags | split(';') %}\n  - {{ each }} ({{ loop.index }})\n{% endfor %}\n", ["x (1)", "y (2)"]),
        ("a: [{{ region }}, '{{ tags }}', \"{{ text }}\"]", ["North", "x; y;", "one: 'two' # \"three\"\n- four"]),
        ("a: |\n  {{ text }}\n  end", "one: 'two' # \"three\"\n- four\nend"),
        ("a: >-\n  {{ text }}\n  end", "one: 'two' # \"three\"\n- four end"),
        ("{% set both = region ~ ' ' ~ number %}\na: {{ both | upper }}", "NORTH 7"),
        ("a: {% if region == 'South' %}s{% elif number | int > 6 %}n{% else %}x{% endif %}\n", "n"),
        ("a: {{ tags | split(';') | sort | reverse | join(', ') }}", "y, x"),
        ("a: {{ '%03d' | format(number | int) }}", "007"),
        ("a: '{% raw %}{{ braces }}{% endraw %}'{# a remark #}", "{{ braces }}"),
        ("a:\n  {%- for i in range(3) if i != 1 %} {{ i }}{% endfor %}\n", "0 2"),
        ("a: {{ [('x', 1), ('y', 2)] | length }}", "2"),
        ("a: {% for k, v in {'x': 1} | items %}{{ k }}={{ v }}{% endfor %}\n", "x=1"),
        ("a: &anchor {{ region }}\nb: *anchor", "North"),
    ],
)  # fmt: skip
def test_what_a_template_gives(tmp_path: Path, text: str, expected: Any) -> None:
    texts = {"region": "North", "number": "7", "series__title": "W", "tags": "x; y;", "empty": None}
    assert values(tmp_path, text, **texts, text="one: 'two' # \"three\"\n- four")["a"] == expected


def test_a_template_without_parameters_has_no_names(tmp_path: Path) -> None:
    assert values(tmp_path, "a: {{ 1 + 1 }}\n") == {"a": "2"}
    assert said(tmp_path, "a: {{ region }}\n") == [
        "1:7 undefined-name: 'region' is not defined; give its value with --params, or write it here"
    ]


TRICKY = [
    "null",
    "~",
    "a: b",
    "- a",
    "&a",
    "*a",
    "!!int 1",
    "'",
    '"',
    " #",
    "{{ x }}",
    "\U000f00000\U000f0000",
    "---",
    "...",
]
MANNERS = ["v: {}", "v: '{}'", 'v: "{}"', "v: [{}]", "v: {{x: {}}}", "v: |-\n  {}", "v: >-\n  {}", "v:\n- {}\n- x"]


@pytest.mark.parametrize("manner", MANNERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(text=Texts.filter(bool) | strategies.sampled_from(TRICKY))
def test_any_text_comes_back_as_it_is(tmp_path: Path, manner: str, text: str) -> None:
    found = values(tmp_path, manner.format("{{ text }}") + "\nafter: '1'\n", text=text)
    assert found["after"] == "1"
    assert only(found["v"]) == text
    assert only(values(tmp_path, manner.format("a{{ text }}b"), text=text)["v"]) == f"a{text}b"


def only(value: Any) -> Any:
    """The value, or the first in it."""
    return value[0] if isinstance(value, list) else value["x"] if isinstance(value, dict) else value


LOOP = """\
title: "About {{ region }} and {{ region | upper }}"
key_points:
{% for each in tags | split(';') %}
  - {{ each }} of \\
    {{- region }} is long
  - plain words
{% endfor %}
summary: |
  First {{ text }}
  then {{ region }} more
plain: {{ region }}
"""


@pytest.mark.parametrize(
    ("path", "offset", "place"),
    [
        ("title", 0, "brief.yaml.j2:1:9"),
        ("title", 6, "params.csv:2:1"),
        ("title", 12, "brief.yaml.j2:1:28"),
        ("title", 17, "brief.yaml.j2:1:35"),
        ("title", None, "brief.yaml.j2:1:8"),
        ("key_points[1]", 0, "brief.yaml.j2:6:5"),
        ("key_points[3]", 6, "brief.yaml.j2:6:11"),
        ("key_points[2]", 0, "brief.yaml.j2:4:8"),
        ("summary", 0, "brief.yaml.j2:9:3"),
        ("summary", 6, "params.csv:4:1"),
        ("summary", 14, "brief.yaml.j2:10:3"),
        ("summary", 20, "params.csv:2:1"),
        ("summary", 25, "brief.yaml.j2:10:21"),
        ("plain", 0, "params.csv:2:1"),
        ("plain", None, "params.csv:2:1"),
        ("nowhere", None, "brief.yaml.j2:1:1"),
    ],
)
def test_every_character_has_its_place(tmp_path: Path, path: str, offset: int | None, place: str) -> None:
    found = source(tmp_path, LOOP, region="North", tags="a;b", text="one\ntwo")
    assert found.values["summary"] == "First one\ntwo\nthen North more\n"
    assert str(found.place_of(path, offset)) == place


TESTED = "test it first: {% if name is defined %}"
KEYS = "begin with 'title: ...' and 'date: ...', with a space after the colon"
NUMBERS = "make a number of a text with | int, as in number | int + 1"
FAULTS: list[tuple[str, str]] = [
    # names
    ("a: {{ regon }}", "1:7 undefined-name: 'regon' is not defined; did you mean 'region'?"),
    ("a: {{ series.nuber }}", "1:7 undefined-name: 'series.nuber' is not defined; did you mean 'series.number'?"),
    ("a: {{ region.x }}", "1:7 undefined-name: 'region.x' is not defined; did you mean 'region'?"),
    ("{% if 1 %}\na: {{ y }}{% else %}{% set y = 1 %}{% endif %}", f"2:7 undefined-name: 'y' is undefined; {TESTED}"),
    # Jinja's grammar
    ("a: 1\nb: {{ x }\n", "2:1 data-template: this is not Jinja: unexpected '}'; write {{ name }} for a value and"),
    ("a: 1\nb: {{ x ? }}\n", "2:9 data-template: this is not Jinja: unexpected char '?'; write"),
    ("b: {{ x y }}", "1:9 data-template: this is not Jinja: expected token 'end of print statement', got 'y'; write"),
    ("a: 1\nb: {{ '\\N{x}' }}\n", "2:7 data-template: this is not Jinja: unknown Unicode character name; write"),
    ("a: 1\nb: {% do x %}\n", "2:7 data-template: this is not Jinja: Encountered unknown tag 'do'; write"),
    ("{{ x }}{% if x %}\n", "1:16 data-template: this is not Jinja: Unexpected end of template."),
    # YAML
    (
        "a: 1\n{% if region %}\na: {{ region }}\n{% endif %}",
        "3:1 duplicate-key: 'a' stands here a second time; the first is on line 1; keep one",
    ),
    (
        "{% for i in range(2) %}\nk: {{ i }}\n{% endfor %}",
        "2:1 duplicate-key: 'k' stands here a second time; the first is on line 2; keep one",
    ),
    ("a: {{ region }}: x", "1:16 syntax: a colon stands where no key can end; put text that holds ': ' between"),
    ("{{ region }}: x", "1:4 data-template: a key cannot come from an expression; write the key itself; {% if %}"),
    ("a: *{{ region }}", "1:4 forbidden-yaml: *{{ }} stands for nothing; put &{{ }} before the value it means"),
    ("- {{ region }}", f"1:1 wrong-type: the file must hold keys with values; {KEYS}"),
    ("", f"1:1 wrong-type: the file must hold keys with values; {KEYS}"),
    # expressions that fail
    ("a: x {{ 1 // 0 }}", "1:9 data-template: this cannot be worked out: integer division or modulo by zero; turn"),
    ("a: {{ region + 1 }}", f"1:7 data-template: '+' needs two numbers; {NUMBERS}"),
    ("a: {{ region | int }}", "1:7 data-template: 'North' is not a whole number; write it in digits"),
    ("a: {{ [1] }}", "1:7 data-template: a list is not a text; join it: {{ names | join(', ') }}"),
    ("a: {{ series }}", "1:7 data-template: this is not a single value; name a column of the parameters"),
    ("a:\n{% for c in region %}{% endfor %}", "2:4 data-template: a text is not a list; part it first: {{ names |"),
    ("a: {{ '\\x07' }}", "1:7 bad-text: the character U+0007 cannot be printed; leave it out; an escape does not"),
    # what is not part of the language
    ("a: {{ x.upper() }}", "1:7 data-template: 'upper' cannot be called; write it as a filter: {{ name | upper }}"),
    ("a: {{ x | uper }}", "1:7 data-template: there is no filter 'uper'; did you mean 'upper'?"),
    ("a: {{ x is uper }}", "1:7 data-template: there is no test 'uper'; did you mean 'number'?"),
    ("{% macro m() %}{% endmacro %}", "1:4 data-template: macros are not part of a data file; write what it gives"),
    ("a: 1\n{% include 'x' %}", "2:4 data-template: other templates cannot be read; write what it holds into this"),
    ("{% filter upper %}a: 1{% endfilter %}", "1:4 data-template: a filter cannot take a part of the file; put it"),
    ("{% set a %}a: 1{% endset %}", "1:4 data-template: a part of the file cannot be made a value; write {% set"),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_every_fault_is_said_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    (found,) = said(tmp_path, text, region="North", series__number="3", x="1")
    assert found.startswith(expected)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    assert [fault.split(";")[0] for fault in said(tmp_path, "a: {{ x.upper() }}\nb: {{ y | nope }}\n", x="1")] == [
        "1:7 data-template: 'upper' cannot be called",
        "2:7 data-template: there is no filter 'nope'",
    ]
    assert [fault.split(";")[0] for fault in said(tmp_path, "a: {{ y }}\nb: x {{ z }}{{ x }}\n", x="1")] == [
        "1:7 undefined-name: 'y' is not defined",
        "2:9 undefined-name: 'z' is not defined",
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__",
        "''.__class__.__mro__[1].__subclasses__()",
        "region._cell",
        "x['__init__']",
        "range.__globals__",
        "(region | upper).__class__",
        "self",
        "self._TemplateReference__context",
        "loop",
        "cycler",
        "lipsum()",
        "namespace()",
        "dict(a=1)",
        "'{0.__class__}'.format(1)",
        "'%(x)s' | format(1)",
        "'a' * 1000000000",
        "10 ** 10 ** 10",
        "'%1000000000d' | format(1)",
        "'%*d' | format(1000000000, 1)",
        "region | center(1000000000)",
        "region | indent(1000000000)",
        "range(1000000000) | length",
        "[1] * 1000000000",
        "region.ljust(1000000000)",
        "region | attr('upper')",
        "[1, 2] | map('upper') | first",
        "region | tojson",
        "region | upper(1)",
        "region is sameas 1",
        "(" * 5000 + "1",
        "1" * 5000,
        "-" * 5000 + "1",
    ],
)
def test_nothing_gets_out(tmp_path: Path, expression: str) -> None:
    problems = said(tmp_path, f"a: {{{{ {expression} }}}}\n", region="North", x="1")
    assert problems and all(problem.startswith("1:") for problem in problems)
    assert "<" not in "".join(problems).split(";")[0], "nothing of the program is shown"


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}a: 1",
        "a: {% for i in range(9999) %}{{ region | replace('', text) }}{% endfor %}",
        "a: {% for i in range(9999) %}{{ region ~ text ~ text }}{% endfor %}",
        "a: {% for i in range(9999) %}" + "x" * 1000 + "{% endfor %}",
        "{% set a = region %}" + "{% set a = a ~ a ~ a ~ a %}" * 30 + "a: {{ a }}",
        "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 40 + "a: {{ a == a }}",
        "{% set a = 999 %}" + "{% set a = a * a %}" * 40 + "a: {{ a }}",
        "{% set a = text | replace('x', 'x;') | split(';') %}{% for i in range(9999) %}{% set b = a | sort %}{% endfor %}a: 1",
        "{% if region %}" * 200 + "{% endif %}" * 200,
    ],
)
def test_nothing_gets_out_of_hand(tmp_path: Path, text: str) -> None:
    (problem,) = said(tmp_path, text, region="North", text="x" * 10_000)
    assert " data-template: " in problem


PIECES = strategies.sampled_from(
    [
        *("a", " b", "\n", "  \n", "\t", "ä水", "{ }", "'", "#", "%", "{# remark #}", "{#- remark -#}\n"),
        *("{{ x }}", "{{- x -}}", "{{ x ~ 'y' }}", "{% raw %}{{ raw }}\n{% endraw %}", "{%- raw -%} {{ raw {%- endraw +%}\n"),
        *("{% if x %}", "  {%- if x -%}  \n", "{% for i in [1, 2] %}\n", "{%+ for i in 'ab' | split('b') %}", "{% set y = x %}\n"),
    ]
)  # fmt: skip
ENDS = {"if": "{% endif %}", "for": "\n  {%- endfor +%}\n"}


@given(strategies.lists(PIECES, max_size=12))
def test_every_character_that_is_rendered_leads_back_to_itself(pieces: list[str]) -> None:
    opened = [word for piece in pieces for word in ENDS if f" {word} " in piece]
    text = "".join(pieces) + "".join(ENDS[word] for word in reversed(opened))
    rendered = read_template(text, "brief.yaml.j2").render(row(x="value"))
    lines = text.split("\n")
    marks = {
        index
        for found in re.finditer(f"{rendered.sign}[0-9]+{rendered.sign}", rendered.text)
        for index in range(*found.span())
    }
    line, column = 1, 1
    for index, character in enumerate(rendered.text):
        place = rendered.place(line, column)
        typed = f"{lines[place.line - 1]}\n"[place.column - 1 :]
        assert typed.startswith(("x ", "x~") if index in marks else character), (text, index)
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
