"""`brief.yaml.j2`: values stay values, every fault has its place, and no expression gets out of its sandbox or out of hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from briefing.errors import BriefingError, Place
from briefing.source import Cell, Row, SourceFile, read
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
        ('a: "{{ region }}"', "North"),
        ("a: The {{ region }} and {{ number | int + 1 }}", "The North and 8"),
        ("a: The {{ series.title }}{{ series.title }}", "The WW"),
        ('a: "{{ empty }}"', None),
        ("a: ' {{ empty }} {{ empty }}'", None),
        ("a: x {{ empty | default('none') }} {{ nowhere | default('none') }}", "x none none"),
        ("a: x {{ 'no' if empty else 'yes' }}", "x yes"),
        ("a: x {{ 'no' if not answer else 'yes' }}", "x no"),
        ("a: x {{ answer }}", "x No"),
        ("a: x {{ 'both' if region == 'North' and number | int > 6 else 'not both' }}", "x both"),
        ("a: x {{ 'in' if region in ['North', 'South'] else 'out' }}", "x in"),
        ("a: '{{ none }}'", None),
        ("a: \"{{ 'null' }}\"", "null"),
        ("a: x {{ 7 / 2 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ -1 + 2 * 3 }}", "x 3.5 3 3 5"),
        ("a: x {{ level | float | round }} {{ level | float | round(1) }} {{ level | float | int }}", "x 4 3.8 3"),
        ("a: x {{ [region, empty, number] | join(', ') }}", "x North, 7"),
        ("a: x {{ region | upper | lower | title | trim | length }}", "x 5"),
        ("a: x {{ region | replace('th', 'ern') ~ number }}", "x Norern7"),
        ("a: x {{ '{{' }} {{ '}}' }} {{ '{%' }} { % }", "x {{ }} {% { % }"),
        ("a: |\n  {{ text }}\n  end", "one: 'two' # \"three\"\n- four\nend"),
        ("a: >-\n  {{ text }}\n  end", "one: 'two' # \"three\"\n- four end"),
        ('a: &anchor "{{ region }}"\nb: *anchor', "North"),
        ("a: ['{{ region }}', '{{ empty }}', x]", ["North", "x"]),
        ("a: x {{ result }}{{ loop }}", "x rl"),
    ],
)
def test_what_is_filled_in(tmp_path: Path, text: str, expected: Any) -> None:
    texts = {"region": "North", "number": "7", "level": "3.75", "series__title": "W", "empty": None, "answer": "No"}
    others = {"result": "r", "loop": "l", "text": "one: 'two' # \"three\"\n- four"}
    assert values(tmp_path, text, **texts, **others)["a"] == expected


def test_a_template_without_parameters_has_no_names(tmp_path: Path) -> None:
    assert values(tmp_path, "a: x {{ 1 + 1 }}\n") == {"a": "x 2"}
    assert said(tmp_path, "a: x {{ region }}\n") == [
        "1:9 undefined-name: 'region' is not defined; give its value with --params, or write it here"
    ]


@pytest.mark.parametrize("name", ["brief.yaml", "brief.json"])
def test_a_file_of_another_name_is_never_filled_in(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('{"a": "{{ region }}", "b": [{"when": "no"}]}', encoding="utf-8")
    assert read(path, row=row(region="North")).values == {"a": "{{ region }}", "b": [{"when": "no"}]}


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
    "{% if x %}",
    "{# x #}",
    "---",
    "...",
]
TRICKY += ["**a**", "[@a]", "# A", "<b>", "when"]
MANNERS = ["v: '{}'", 'v: "{}"', "v: ['{}']", "v: {{x: '{}'}}", "v: |-\n  {}", "v: >-\n  {}", "v:\n- '{}'\n- x"]


@pytest.mark.parametrize("manner", MANNERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(text=Texts.filter(str.strip) | strategies.sampled_from(TRICKY))
def test_any_text_comes_back_as_it_is(tmp_path: Path, manner: str, text: str) -> None:
    found = values(tmp_path, manner.format("{{ text }}") + "\nafter: '1'\n", text=text)
    assert found["after"] == "1"
    assert only(found["v"]) == text
    assert only(values(tmp_path, manner.format("a{{ text }}b"), text=text)["v"]) == f"a{text}b"


def only(value: Any) -> Any:
    """The value, or the first in it."""
    return value[0] if isinstance(value, list) else value["x"] if isinstance(value, dict) else value


ITEMS = """\
a:
  - {when: region == 'North', text: first}
  - when: flag
    text: second
  - text: third
b: {when: not flag, text: fourth}
"""


@pytest.mark.parametrize("no", ["", "no", "No", " FALSE ", "0", "n", "off", "nein", "non", "FALSCH", "Faux"])
def test_what_has_a_false_when_is_left_out(tmp_path: Path, no: str) -> None:
    assert values(tmp_path, ITEMS, region="North", flag=no) == {
        "a": [{"text": "first"}, {"text": "third"}],
        "b": {"text": "fourth"},
    }


@pytest.mark.parametrize("yes", ["yes", "1", "x", "Nothing", "00"])
def test_what_has_a_true_when_stays_without_it(tmp_path: Path, yes: str) -> None:
    assert values(tmp_path, ITEMS, region="South", flag=yes) == {"a": [{"text": "second"}, {"text": "third"}]}


@pytest.mark.parametrize(
    ("when", "stays"),
    [
        ("level | float > 4", True),
        ("level | float > 5", False),
        ("flag or level", True),
        ("flag and level", False),
        ("true", True),
        ("flag | lower", False),
        ("flag ~ flag", True),
        ("1 - 1", False),
        ("nowhere | default('')", False),
        ("\"'x' in level\"", False),
    ],
)
def test_when_is_an_expression(tmp_path: Path, when: str, stays: bool) -> None:
    found = values(tmp_path, f"a: [x]\nb:\n- when: {when}\n  c: d\n", level="4.5", flag="no")
    assert found == {"a": ["x"], "b": [{"c": "d"}] if stays else []}


FILLED = """\
title: "About {{ region }} and {{ region | upper }}"
key_points:
  - {when: tags == '', text: gone}
  - "{{ tags }} of \\
    {{ region }} is long"
  - plain words
summary: |
  First {{ text }}
  then {{ region }} more
plain: '{{ region }}'
"""


@pytest.mark.parametrize(
    ("path", "offset", "place"),
    [
        ("title", 0, "brief.yaml.j2:1:9"),
        ("title", 6, "params.csv:2:1"),
        ("title", 12, "brief.yaml.j2:1:28"),
        ("title", 17, "brief.yaml.j2:1:35"),
        ("title", None, "brief.yaml.j2:1:8"),
        ("key_points[0]", 0, "params.csv:3:1"),
        ("key_points[0]", 4, "brief.yaml.j2:4:17"),
        ("key_points[0]", 7, "params.csv:2:1"),
        ("key_points[0]", 15, "brief.yaml.j2:5:21"),
        ("key_points[1]", 6, "brief.yaml.j2:6:11"),
        ("summary", 0, "brief.yaml.j2:8:3"),
        ("summary", 6, "params.csv:4:1"),
        ("summary", 14, "brief.yaml.j2:9:3"),
        ("summary", 19, "params.csv:2:1"),
        ("summary", 25, "brief.yaml.j2:9:21"),
        ("plain", 0, "params.csv:2:1"),
        ("plain", None, "params.csv:2:1"),
        ("nowhere", None, "brief.yaml.j2:1:1"),
    ],
)
def test_every_character_has_its_place(tmp_path: Path, path: str, offset: int | None, place: str) -> None:
    found = source(tmp_path, FILLED, region="North", tags="a;b", text="one\ntwo")
    assert found.values["summary"] == "First one\ntwo\nthen North more\n"
    assert found.values["key_points"] == ["a;b of North is long", "plain words"]
    assert str(found.place_of(path, offset)) == place


KEYS = "begin with 'title: ...' and 'date: ...', with a space after the colon"
NUMBERS = "make a number of a text with | int or | float; put texts together with ~"
QUOTES = 'needs quotation marks; write them around the whole text: "{{ name }}"'
UNQUOTED = f"data-template: a text that begins with braces, or stands in a list or mapping of one line, {QUOTES}"
NO_WHEN = "data-template: 'when' has no expression; write one without braces, as in 'when: name'"
FAULTS: list[tuple[str, str]] = [
    # names
    ("a: x {{ regon }}", "1:9 undefined-name: 'regon' is not defined; did you mean 'region'?"),
    ("a: x {{ series.nuber }}", "1:9 undefined-name: 'series.nuber' is not defined; did you mean 'series.number'?"),
    ("a: x {{ series }}", "1:9 undefined-name: 'series' is not defined; did you mean 'series.number'?"),
    ("a: x {{ region.x }}", "1:9 undefined-name: 'region.x' is not defined; did you mean 'region'?"),
    ("b: [{when: regon, c: d}]", "1:12 undefined-name: 'regon' is not defined; did you mean 'region'?"),
    ("b: [{when: '', c: x}]", f"1:6 {NO_WHEN}"),
    # what is no expression
    ("a: 1\nb: x {{ y }\n", "2:6 data-template: the braces that open here are not closed; write {{ name }}, and both"),
    ("a: |\n  b\n  c {{ x ' }}\n", "3:5 data-template: the braces that open here are not closed; write {{ name }}, and"),
    ("a: 1\nb: x {{ x ? }}\n", "2:9 data-template: this is not an expression: unexpected char '?'; write {{ name }}"),
    ("b: x {{ x y }}", "1:9 data-template: this is not an expression: expected token 'end of print statement', got"),
    ("b: x {{ }}", "1:9 data-template: this is not an expression: Expected an expression, got"),
    ("a: |\n  {% if x %}\n  b\n  {% endif %}", "2:3 data-template: there are no conditions and loops here; leave a whole item out with"),
    ("a: 1\n{% if x %}\nb: 2\n{% endif %}", "2:1 data-template: there are no conditions and loops here; leave a whole item"),
    ("a: x {# remark #}", "1:6 data-template: there are no remarks in a text; begin a line of its own with #"),
    # where it cannot stand
    ("x{{ region }}: x", "1:1 data-template: a key cannot be filled in; write the key itself"),
    ("when: region\na: x", "1:1 data-template: the whole brief cannot be left out; put 'when' into an item of a list"),
    ("a: [{when: '{{ region }}', b: c}]", f"1:6 {NO_WHEN}"),
    ("a:\n- when: {{ region }}\n  b: c", f"2:9 {NO_WHEN}"),
    ("a:\n- when: [region]\n  b: c", f"2:3 {NO_WHEN}"),
    ("a: {{ region }}", f"1:4 {UNQUOTED}"),
    ("a: {{ series['x'] }}", f"1:4 {UNQUOTED}"),
    ("a:\n- {{ region }} and more", f"2:3 {UNQUOTED}"),
    ("b: [The {{ region }}]", f"1:9 {UNQUOTED}"),
    # YAML
    ("a: x {{ region }}\na: 2", "2:1 duplicate-key: 'a' stands here a second time; the first is on line 1; keep one"),
    ("a: {b: c", "1:4 syntax: the bracket that opens here is not closed"),
    ("- x {{ region }}", f"1:1 wrong-type: the file must hold keys with values; {KEYS}"),
    ("", f"1:1 wrong-type: the file must hold keys with values; {KEYS}"),
    # expressions that fail
    ("a: x {{ 1 // 0 }}", f"1:9 data-template: this cannot be worked out; {NUMBERS}"),
    ("a: x {{ region > 4 }}", f"1:9 data-template: this cannot be worked out; {NUMBERS}"),
    ("a: x {{ region + 1 }}", f"1:9 data-template: a number should stand here; {NUMBERS}"),
    ("b:\n- when: x == 1", f"2:9 data-template: a text is compared with a number; {NUMBERS}"),
    ("b:\n- when: x in [1]", f"2:9 data-template: a text is compared with a number; {NUMBERS}"),
    ("a: x {{ region | int }}", "1:9 data-template: 'North' is not a whole number; write it in digits"),
    ("a: x {{ 'inf' | float }}", "1:9 data-template: the number grows too large; at most 18 digits"),
    ("a: x {{ [1] }}", "1:9 data-template: a list is not a text; join it: {{ [a, b] | join(', ') }}"),
    ("a: x {{ x ~ [1] }}", "1:9 data-template: a list is not a text; join it: {{ [a, b] | join(', ') }}"),
    ("a: x {{ x | join }}", "1:9 data-template: only a list can be joined; write {{ [a, b] | join(', ') }}"),
    ("a: x {{ x == region }}", "1:9 data-template: this is yes or no, not a text; write {{ 'a text' if name else 'another' }}"),
    ("a: x {{ x or region }}", "1:9 data-template: 'and' and 'or' give yes or no, not a text; write {{ name | default("),
    ("a: x {{ 'y' if x }}", "1:9 data-template: this 'if' has no 'else'; write {{ 'a text' if name else '' }}"),
    ("a: x {{ '\\x07' }}", "1:10 bad-text: the character U+0007 cannot be printed; leave it out; an escape does not"),
    # what is not part of the language
    ("a: x {{ x.upper() }}", "1:9 data-template: nothing can be called here; write a filter: {{ name | upper }}"),
    ("a: x {{ x | uper }}", "1:9 data-template: there is no filter 'uper'; did you mean 'upper'?"),
    ("a: x {{ x is defined }}", "1:9 data-template: this is not part of an expression; write {{ name }}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_every_fault_is_said_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    (found,) = said(tmp_path, text, region="North", series__number="3", x="1")
    assert found.startswith(expected)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = "a: x {{ x.upper() }}\nb: [{when: y, c: '{{ z }}'}]\nd: x {{ x | nope }} {{ y }}\n"
    assert [fault.split(";")[0] for fault in said(tmp_path, text, x="1")] == [
        "1:9 data-template: nothing can be called here",
        "2:12 undefined-name: 'y' is not defined",
        "2:22 undefined-name: 'z' is not defined",
        "3:9 data-template: there is no filter 'nope'",
        "3:24 undefined-name: 'y' is not defined",
    ]
    assert [fault.split(":")[0] for fault in said(tmp_path, "a: x {{ x | int }}\nb: x {{ x | float }}\n", x="y")] == [
        "1",
        "2",
    ]
    assert len(said(tmp_path, "a: x" + " {{ y }}" * 100, x="1")) == 20


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__",
        "''.__class__.__mro__[1].__subclasses__()",
        "region.place",
        "x['__init__']",
        "x[0]",
        "(region | upper).__class__",
        "self",
        "self._TemplateReference__context",
        "cycler",
        "lipsum()",
        "namespace()",
        "range(3)",
        "{'a':1}",
        "'{0.__class__}'.format(1)",
        "'%(x)s' | format(1)",
        "'%s' % x",
        "'a' * 1000000000",
        "1000000000 * region",
        "[1] * 1000000000",
        "10 ** 10 ** 10",
        "2 ** 3",
        "999999999 * 999999999 * 999999999",
        "5 | round(-1000000000)",
        "region | center(1000000000)",
        "region | attr('upper')",
        "[1, 2] | map('upper') | join",
        "[x, x] | join(',', '__class__')",
        "region | upper(1)",
        "region is sameas x",
        "(" * 190 + "1" + ")" * 190,
        "1" * 5000,
        "-" * 390 + "1",
        "text | replace('', text)",
        "text ~ text ~ text ~ text ~ text ~ text",
        "text | replace('x', 'xx') | replace('x', 'xxxx')",
    ],
)
def test_nothing_gets_out_or_out_of_hand(tmp_path: Path, expression: str) -> None:
    (problem,) = said(tmp_path, f"a: x {{{{ {expression} }}}}\n", region="North", x="1", text="x" * 10_000)
    assert problem.startswith("1:9 ")
    assert "<" not in problem.split(";")[0], "nothing of the program is shown"


@pytest.mark.parametrize("when", ["x }} {{ x", "x }}{% set y = 1 %}{{ x", "x }}{# ", "lipsum()", "2 ** 3"])
def test_when_is_kept_in_as_well(tmp_path: Path, when: str) -> None:
    (problem,) = said(tmp_path, f"a:\n- when: {when}\n", x="1")
    assert " data-template: " in problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n" + "- x {{ text }}\n" * 60, "51:3 data-template: the texts grow too long; at most 2,000,000 characters in all"),
        ("a: x" + " {{ 1 }}" * 6_000, "1:40009 data-template: there are too many expressions; at most 5,000"),
    ],
)  # fmt: skip
def test_what_is_filled_in_has_limits(tmp_path: Path, text: str, expected: str) -> None:
    assert said(tmp_path, text, text="x" * 40_000)[0] == expected
