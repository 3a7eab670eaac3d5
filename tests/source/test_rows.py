"""Files of parameters: the same rows from CSV, YAML and JSON lines, each value with its place, every fault at its own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, strategies

from briefing.errors import BriefingError, DataError, UsageError
from briefing.source import Row, read_rows
from briefing.source.csv_reader import read_csv
from tests.source.written import told


def rows(folder: Path, text: str | bytes, suffix: str = ".csv") -> tuple[Row, ...]:
    path = folder / f"params{suffix}"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_rows(path, path.name)


def values(found: tuple[Row, ...]) -> list[dict[str, str | None]]:
    return [{cell.name: cell.text for cell in row.cells} for row in found]


def said(folder: Path, text: str | bytes, suffix: str = ".csv") -> list[str]:
    with pytest.raises(BriefingError) as caught:
        rows(folder, text, suffix)
    return told(caught.value)


EXPECTED = [
    {"region": "North", "series.number": "007", "summary": 'One, "two";\n\nthree'},
    {"region": "Süd", "series.number": "no", "summary": None},
]


CSV = """\
region,series.number,summary
North,007,"One, ""two"";

three"
Süd,no,
"""
WRITTEN = [
    (".csv", CSV),
    (".csv", "\ufeff" + CSV.replace(",", ";").replace("One;", "One,").replace("\n", "\r\n") + "\r\n;;\r\n"),
    (".csv", CSV.replace(",", "\t").replace("One\t", "One,").replace("region", ' "region" '.strip()).rstrip("\n")),
    (
        ".yaml",
        '- region: North\n  series: {number: 007}\n  summary: "One, \\"two\\";\\n\\nthree"\n- {region: Süd, series.number: no}\n',
    ),
    (
        ".yml",
        "- {region: North, series.number: 007, summary: 'One, \"two\";\n\n\n  three'}\n- region: Süd\n  series:\n    number: no\n- {}\n",
    ),
    (
        ".jsonl",
        '{"region": "North", "series": {"number": "007"}, "summary": "One, \\"two\\";\\n\\nthree"}\n\n{"region": "S\\u00fcd", "series.number": "no"}',
    ),
    (
        ".ndjson",
        '{"region":"North","series.number":"007","summary":"One, \\"two\\";\\n\\nthree"}\n{"region":"Süd","series":{"number":"no"},"summary":null}\n',
    ),
]


@pytest.mark.parametrize(("suffix", "text"), WRITTEN)
def test_every_format_gives_the_same_rows(tmp_path: Path, suffix: str, text: str) -> None:
    found = rows(tmp_path, text, suffix)
    assert values(found) == EXPECTED
    assert [row.number for row in found] == [1, 2]
    assert len({row.sha256 for row in found}) == 2


def test_values_are_text_as_typed(tmp_path: Path) -> None:
    assert values(rows(tmp_path, '{"a": 1.50, "b": true, "c": 1e3, "d": "null", "e": ""}', ".jsonl")) == [
        {"a": "1.50", "b": "true", "c": "1e3", "d": "null", "e": None}
    ]


@pytest.mark.parametrize(
    ("suffix", "text", "places"),
    [
        (".csv", 'a,b\n"x\ny",z\n1,\n', ["2:1", "3:4", "4:1", "4:3"]),
        (".yaml", "- a: x\n  b: z\n- {b: 2, c: 3}\n", ["1:6", "2:6", "1:3", "3:3", "3:7", "3:13"]),
        (".jsonl", '{"a": "x", "b": 1}\n\n {"b": 2, "c": {"d": 1}}', ["1:7", "1:17", "1:1", "3:2", "3:8", "3:22"]),
    ],
)
def test_every_value_has_its_place(tmp_path: Path, suffix: str, text: str, places: list[str]) -> None:
    found = rows(tmp_path, text, suffix)
    assert [f"{cell.place.line}:{cell.place.column}" for row in found for cell in row.cells] == places


def test_every_column_is_where_it_is_named_first(tmp_path: Path) -> None:
    found = rows(tmp_path, '{"a": "x"}\n{"b": {"c": 2}}', ".jsonl")
    assert [str(cell.heading) for cell in found[0].cells] == ["params.jsonl:1:2", "params.jsonl:2:8"]


def test_a_value_does_not_hold_others(tmp_path: Path) -> None:
    assert said(tmp_path, '{"a": "x"}\n {"a": {"c": 1}}', ".jsonl") == [
        "2:9 wrong-type: 'a.c' cannot stand in 'a', which is a single value elsewhere; rename or delete one of the two"
    ]


RAGGED = "put a value that holds what parts values between quotation marks, and nothing for a value that is missing"
NO_ROWS = "no-rows: there is no row with a value; give each brief a row below the line of names, or an item of the list"
MARK = 'write "" for a mark inside'
FAULTS: list[tuple[str, str | bytes, list[str]]] = [
    (".csv", "", [f"1:1 {NO_ROWS}"]),
    (".csv", "a,b\n,\n\n", [f"1:1 {NO_ROWS}"]),
    (".yaml", "", [f"1:1 {NO_ROWS}"]),
    (".jsonl", "", [f"1:1 {NO_ROWS}"]),
    (
        ".csv",
        "a,b,a,\n1,2,3,4\n",
        [
            "1:5 duplicate-key: 'a' stands here a second time; the first is on line 1; keep one",
            "1:7 missing-key: the column has no name; name it, or delete it",
        ],
    ),
    (
        ".csv",
        "a,b\n1\n1,2\n1,2,3\n",
        [
            f"2:1 ragged-row: the row has 1 value, and there are 2 names; {RAGGED}",
            f"4:5 ragged-row: the row has 3 values, and there are 2 names; {RAGGED}",
        ],
    ),
    (
        ".csv",
        'a,b\n1,"x" y\n"1,2\n',
        [
            f"2:3 syntax: text stands behind the mark that closes this value; put the whole value between marks; {MARK}",
            f"3:1 syntax: the quotation mark that opens here is not closed; close it; {MARK}",
        ],
    ),
    (".csv", b"a\nB\xe4r\n", ["2:2 encoding: the file is not UTF-8 here; save it as UTF-8"]),
    (".csv", "a\nx\x07\n", ["2:2 bad-text: the character U+0007 cannot be printed; delete it"]),
    (
        ".yaml",
        "a: 1\n",
        ["1:1 wrong-type: this is not a list of rows; begin each row with '- ', as in '- region: North'"],
    ),
    (
        ".yaml",
        "- 1\n- {a: [1]}\n- {a: {b: 1}, a.b: 2}\n",
        [
            "1:3 wrong-type: this is not a row; write names with values",
            "2:7 wrong-type: a list cannot be the value of a row; give each item a name of its own, such as reader_1 and reader_2",
            "3:15 duplicate-key: 'a.b' stands here a second time; the first is on line 3; keep one",
        ],
    ),
    (
        ".yaml",
        '- {a: "\\a"}',
        ["1:8 bad-text: the character U+0007 cannot be printed; leave it out; an escape does not make it printable"],
    ),
    (
        ".jsonl",
        '{"a": 1}\n{"a": }\n[1]\n{"a": NaN, "b": "\\u0000"}\n',
        [
            "2:7 syntax: this is not JSON: Expecting value; check commas, quotation marks and brackets",
            "3:1 wrong-type: this is not a row; write names with values",
            "4:7 syntax: NaN is not a number that JSON knows; write a number in digits, or text",
        ],
    ),
]


@pytest.mark.parametrize(("suffix", "text", "expected"), FAULTS)
def test_every_fault_is_said_at_its_place(tmp_path: Path, suffix: str, text: str | bytes, expected: list[str]) -> None:
    assert said(tmp_path, text, suffix) == expected


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "params.xlsx").touch()
    with pytest.raises(UsageError, match=r"its name must end in one of \.csv, \.yaml, \.yml, \.jsonl, \.ndjson"):
        read_rows(tmp_path / "params.xlsx")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_rows(tmp_path / "params.csv")


def test_too_many_rows_and_faults(tmp_path: Path) -> None:
    assert said(tmp_path, "a\n" + "1\n" * 10_001) == ["10002:1 too-large: there are too many rows; at most 10,000"]
    assert len(said(tmp_path, "a\n" + "1,2\n" * 1000)) == 20


CELLS = strategies.text(strategies.sampled_from('ab ,;"\n\tä'), max_size=6)


@given(strategies.lists(strategies.lists(CELLS, min_size=2, max_size=3), max_size=4), strategies.sampled_from(",;\t"))
def test_csv_is_read_as_the_standard_library_writes_and_reads_it(records: list[list[str]], delimiter: str) -> None:
    heading = ["one", "two", "three"]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows([heading, *records])
    text = stream.getvalue()
    found = read_csv(text, "params.csv")
    assert [[field.text for field in record] for record in found] == [heading, *records]
    lines = text.split("\n")
    for record in found:
        for field in record:
            typed = lines[field.line - 1][field.column - 1 :]
            assert typed.lstrip('"').startswith(field.text.split("\n")[0].split('"')[0])


@given(strategies.text(strategies.sampled_from('ab,"\n'), max_size=40))
def test_what_the_standard_library_takes_strictly_is_read_alike(text: str) -> None:
    try:
        ours = [[field.text for field in record] for record in read_csv(f"a,b\n{text}", "params.csv")]
    except DataError:
        ours = None
    try:
        theirs = [record for record in csv.reader(io.StringIO(f"a,b\n{text}", newline=""), strict=True) if record]
    except csv.Error:
        theirs = None
    assert ours == theirs
