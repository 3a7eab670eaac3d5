"""Every value is the text that was typed, in both languages; nothing but text comes out, and nothing but a fault is raised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import DataError
from briefing.source import read
from tests.source.written import WRITERS, Texts, read_text

Values = st.recursive(
    Texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(Texts, inner, max_size=4), max_leaves=12
)


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=40)
@given(values=st.dictionaries(Texts, Values, min_size=1, max_size=4))
def test_any_text_survives_being_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, values: dict[str, Any]
) -> None:
    suffix, write = WRITERS[name]
    source = read_text(tmp_path_factory.getbasetemp(), write(values), suffix)
    assert source.values == values


PLAIN = "no on 1:30 08 0x1F 1.10 1e3 2026-03-14 -.inf .nan = << 0o17 1_000 12:30:45 y True"


@pytest.mark.parametrize("typed", PLAIN.split())
def test_yaml_keeps_plain_words(tmp_path: Path, typed: str) -> None:
    assert read_text(tmp_path, f"a: {typed}\nb: [{typed}]\n", ".yaml").values == {"a": typed, "b": [typed]}


@pytest.mark.parametrize("typed", ["1", "-0", "1.50", "1E5", "1e+5", "-1.5e-3", "9" * 5000, "true", "false"])
def test_json_keeps_numbers_and_truth_values(tmp_path: Path, typed: str) -> None:
    assert read_text(tmp_path, f'{{"a": {typed}, "b": [{typed}]}}', ".json").values == {"a": typed, "b": [typed]}


def test_nothing_is_none_in_yaml_and_json(tmp_path: Path) -> None:
    yaml = "a:\nb: ~\nc: null\nd: NULL\ne: ''\nf: \"~\"\ng: nULL\nh: [ , x]\n".replace("[ ,", "[~,")
    assert read_text(tmp_path, yaml, ".yaml").values == {
        "a": None, "b": None, "c": None, "d": None, "e": "", "f": "~", "g": "nULL", "h": [None, "x"],
    }  # fmt: skip
    assert read_text(tmp_path, '{"a": null, "b": "null"}', ".json").values == {"a": None, "b": "null"}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, ending: str, mark: str) -> None:
    text = ending.join([mark + "a: |", "  one", "  two", "b: c", ""])
    source = read_text(tmp_path, text, ".yaml")
    assert source.values == {"a": "one\ntwo\n", "b": "c"}
    assert (source.place_of("b").line, source.place_of("b").column) == (4, 4)


def test_aliases_stand_for_what_they_name(tmp_path: Path) -> None:
    text = "a: &office {name: Office}\nb: [*office, *office]\nc: &office other\nd: *office\n"
    office = {"name": "Office"}
    assert read_text(tmp_path, text, ".yaml").values == {"a": office, "b": [office, office], "c": "other", "d": "other"}


SEEDS = {
    ".yaml": "a: &x [1, 'two', \"thr\\u0065e\"]\nb: {c: *x}\nd: |\n  text\n  more\ne: >-\n  folded\n\n  text # no\n? f\n: g\n",
    ".json": '{"a": [1, -2.5e3, "t\\u0065n"], "b": {"c": null, "d": true}}',
}
SIGNS = "\t\n \"'[]{}:,-#&*!|>%@`?=\\.~<0189azTZ\x00\x7f\u0085\u2028\ufeff\U0001f600"
WORDS = (
    "\\u",
    "\\U00110000",
    "\\ud800",
    "<<:",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "%FOO\n",
    "NaN",
    '"""',
    "'''",
    "[[",
    "&a ",
    "*a",
    "!!x ",
    "1e",
)
PIECES = [*SIGNS, *WORDS]


@pytest.mark.parametrize("suffix", SEEDS)
@given(data=st.data())
def test_a_damaged_file_gives_a_fault_at_a_place_within_it_or_values(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    text = SEEDS[suffix]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 3))
        text = text[:start] + "".join(data.draw(st.lists(st.sampled_from(PIECES), max_size=3))) + text[end:]
    _read_safely(tmp_path_factory.getbasetemp() / f"damaged{suffix}", text.encode(errors="surrogatepass"))


@pytest.mark.parametrize("suffix", SEEDS)
@given(
    data=st.binary(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "".join(pieces).encode())
)
def test_no_bytes_raise_anything_but_a_fault(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    _read_safely(tmp_path_factory.getbasetemp() / f"bytes{suffix}", data)


def _read_safely(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    lines = data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        values = read(path).values
    except DataError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.message and problem.hint and problem.place is not None
            assert 1 <= problem.place.line <= len(lines) + 1
            assert all(each.isprintable() for each in problem.message), repr(problem.message)
    else:
        _check_text(values)


def _check_text(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            assert type(key) is str
            _check_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_text(inner)
    else:
        assert value is None or isinstance(value, str)
