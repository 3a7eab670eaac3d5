"""What is said of a file that cannot be read, in words for people, each at its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.errors import DataError
from briefing.source import Format, read
from tests.source.written import read_text

DEEP = "".join(f"a{n}: &a{n} {{k: *a{n - 1}}}\n" for n in range(1, 60))
MANY = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

FAULTS = [
    (".yaml", "a: b\n\tc: d", "2:1 syntax: a tab stands here; indent with spaces"),
    (".yaml", "a: b: c", "1:5 syntax: a colon stands where no key can end"),
    (".yaml", "a: @b", "1:4 syntax: text cannot begin with @; put it between quotation marks"),
    (".yaml", "a: 'b\nc: d\n", "1:4 syntax: the quotation mark that opens here is not closed"),
    (".yaml", 'a: "b" c\n', "1:8 syntax: text stands behind the quotation mark that closes the value"),
    (".yaml", "a: b\nc:d\n", "2:1 syntax: a space is missing after the colon of 'c'"),
    (".yaml", "a: [b\nc: d", "1:4 syntax: the bracket that opens here is not closed"),
    (".yaml", "a: {b: c", "1:4 syntax: the bracket that opens here is not closed"),
    (".yaml", "a: - b", "1:4 syntax: a list cannot begin here"),
    (".yaml", 'a: "\\q"', "1:6 syntax: \\q means nothing"),
    (".yaml", 'a: "\\u12"', "1:7 syntax: an escape has 4 hexadecimal digits here"),
    (".yaml", 'b: c\na: "\\U00110000"', "2:5 syntax: there is no character \\U00110000"),
    (".yaml", "a: | b\n c", "1:6 syntax: text cannot stand behind the '|' or '>' that opens a block"),
    (".yaml", "%YAML 2.0\n---\na: b", "1:1 syntax: this version of YAML is not known"),
    (".yaml", "a: !!python/name:os.system b", "1:4 forbidden-yaml: the tag 'python/name:os.system' is not data"),
    (".yaml", "a: ! b", "1:4 forbidden-yaml: the tag '!' is not data"),
    (".yaml", "a: &b {}\nc:\n  <<: *b", "3:3 forbidden-yaml: merge keys (<<) are not part of YAML 1.2"),
    (".yaml", "a: b\n---\nc: d", "2:1 forbidden-yaml: a second document starts here"),
    (".yaml", "[a]: b", "1:1 forbidden-yaml: a key must be a word"),
    (".yaml", "~: b", "1:1 forbidden-yaml: a key must be a word"),
    (".yaml", "a: &b [*b]", "1:8 forbidden-yaml: *b stands within what it stands for"),
    (".yaml", "a: *b", "1:4 forbidden-yaml: *b stands for nothing"),
    (".yaml", "a0: &a0 x\n" + DEEP, "40:15 too-deep: values are nested too deeply; at most 40 levels"),
    (".yaml", "a0: &a0 x\n" + MANY, "7:10 too-many-aliases: aliases stand for too many values"),
    (".yaml", "a: " + "[" * 5000, "1:43 too-deep: values are nested too deeply"),
    (".yaml", "a: [" + "x, " * 200_001 + "x]", "1:599996 too-large: the file holds too many values"),
    (".yaml", "a: 1\na: 2\nb: {c: 1, c: 2}", "2:1 duplicate-key: 'a' stands here a second time; the first is on line 1 | 3:11 duplicate-key"),
    (".yaml", 'a: "b\\e[31m"\nc: "\\ud800"', "1:6 bad-text: the character U+001B cannot be printed | 2:5 bad-text: the character U+D800"),
    (".yaml", "- a", "1:1 wrong-type: the file must hold keys with values"),
    (".yaml", "", "1:1 wrong-type: the file must hold keys with values"),
    (".yaml", "title:no space", "1:1 wrong-type: the file must hold keys with values; begin with 'title: ...'"),
    (".json", '{"a": 1,}', "1:8 syntax: this is not JSON: nothing follows the comma before '}'; take the comma away"),
    (".json", '{"a": [1,\n 2 , \n ]}', "2:4 syntax: this is not JSON: nothing follows the comma before ']'; take the comma away"),
    (".json", '{"a": [1,,]}', "1:10 syntax: this is not JSON: nothing follows the comma before ']'"),
    (".json", '{"a": "x,\n]"}', "1:10 syntax: this is not JSON: Invalid control character at"),
    (".json", "", "1:1 syntax: this is not JSON: Expecting value"),
    (".json", '{"a": "NaN",\n "b": NaN, "c": -Infinity}', "2:7 syntax: NaN is not a number that JSON knows | 2:17 syntax: -Infinity is not"),
    (".json", "NaN!", "1:4 syntax: this is not JSON: Extra data"),
    (".json", '{"a": 1, "a": 2,\n "b": {"c": 1, "c": 2}}', "1:10 duplicate-key: 'a' stands here a second time | 2:16 duplicate-key"),
    (".json", '{"a": "\\ud800"}', "1:8 bad-text: the character U+D800 cannot be printed"),
    (".json", '{"\\u0000": 1}', "1:3 bad-text: the character U+0000 cannot be printed"),
    (".json", '{"a": [' + "1," * 200_001 + "1]}", "1:400002 too-large: the file holds too many values; at most 200000"),
    (".json", "[" * 41 + "1,]" + "]" * 40, "1:43 syntax: this is not JSON: nothing follows the comma before ']'"),
    (".json", "[" * 100_000, "1:41 too-deep: values are nested too deeply"),
    (".json", '"' + '\\"' * 100_000, "1:1 syntax: this is not JSON: "),
    (".json", "[1]", "1:1 wrong-type: the file must hold keys with values"),
    (".yaml", "a: b\x0c\nc: \u2028", "1:5 bad-text: the character U+000C cannot be printed; delete it | 2:4 bad-text"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "text", "expected"), FAULTS, ids=lambda each: repr(each)[:30])
def test_a_fault_is_said_at_its_place(tmp_path: Path, suffix: str, text: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        read_text(tmp_path, text, suffix)
    said = [
        f"{problem.place.line}:{problem.place.column} {problem.code}: {problem.message}; {problem.hint}"
        for problem in caught.value.problems
        if problem.place
    ]
    wanted = expected.split(" | ")
    assert len(said) == len(wanted), said
    for each, part in zip(said, wanted, strict=True):
        assert part in each


def test_bytes_that_are_no_utf_8_are_found(tmp_path: Path) -> None:
    path = tmp_path / "brief.yaml"
    path.write_bytes("\ufefftitle: Ä\r\nb: é".encode() + b"\xe9")
    with pytest.raises(DataError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:2:5: error: the file is not UTF-8 here; save it as UTF-8 [encoding]"


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    for name in ("nothing.yaml", "folder.yaml"):
        path = tmp_path / name
        if name.startswith("folder"):
            path.mkdir()
        with pytest.raises(DataError) as caught:
            read(path, "shown")
        assert [problem.code for problem in caught.value.problems] == [
            "not-a-file" if name.startswith("folder") else "unreadable"
        ]
        assert str(caught.value).startswith("shown:1:1: error: the file cannot be read: ")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"its name must end in one of \.yaml, \.yml, \.json, \.yaml\.j2"):
        read(tmp_path / "brief.txt")
    with pytest.raises(DataError, match=r"not written in TOML; write it in YAML or JSON"):
        read(tmp_path / "brief.toml")


def test_no_more_is_read_than_a_brief_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "brief.yaml"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 1 << 40)
    with pytest.raises(DataError, match="the file has more than 2,000,000 bytes"):
        read(path)


def test_a_file_tells_its_language_and_its_fingerprint(tmp_path: Path) -> None:
    source = read_text(tmp_path, "a: b\r\n", ".YML")
    assert source.format is Format.YAML
    assert source.path == tmp_path / "brief.YML"
    assert source.text == "a: b\n"
    assert source.sha256 == "9a1fd7c6fd81361011266f35d32e8bfcf5d7d40e80582827c4bc3b507ea88044"
