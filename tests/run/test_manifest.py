"""The ledger's own form: what is written, what is read back, and what is said of a file that is not one."""

from __future__ import annotations

import copy
import hashlib
import json
import math
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from msgspec.structs import replace

from briefing.codes import CODES
from briefing.errors import DataError, Place, Problem
from briefing.files import path_from, write_all
from briefing.run import ledger
from briefing.run.ledger import (
    Entry,
    InputFile,
    Manifest,
    Output,
    hash_file,
    hash_input,
    parse,
    read_manifest,
    recorded,
    write_manifest,
)

A, B, C = "a" * 64, "b" * 64, "c" * 64
ENTRY = Entry(
    name="river",
    title="The “river”",
    date="2026-03",
    number=None,
    series="Weekly",
    data_file="../brief.yaml",
    built="2026-03-14T09:26:53Z",
    fingerprint=A,
    versions={"weasyprint": "70.0", "babel": "2.16"},
    options={"formats": ["pdf"], "strict": False, "house": {"look": {"red": 1}}},
    inputs=(InputFile("data", "brief.yaml", B, 12), InputFile("source", "s\udcff.txt", None, 0)),
    checks={"problems": [{"code": "x", "place": None}], "quotes": []},
    outputs=(Output("pdf", Path("river.pdf"), C, 7, 2, 5),),
    earlier=(Output("docx", Path("X.docx"), A, 8, None, 6),),
)
WRITTEN = f"""\
{{
 "generator": "briefing",
 "version": 1,
 "briefs": {{
  "river": {{
   "title": "The “river”",
   "date": "2026-03",
   "number": null,
   "series": "Weekly",
   "data_file": "../brief.yaml",
   "built": "2026-03-14T09:26:53Z",
   "fingerprint": "{A}",
   "outputs": [
    {{"format": "pdf", "file": "river.pdf", "sha256": "{C}", "bytes": 7, "pages": 2, "modified_ns": 5}}
   ],
   "earlier": [
    {{"format": "docx", "file": "X.docx", "sha256": "{A}", "bytes": 8, "pages": null, "modified_ns": 6}}
   ],
   "pending": [],
   "drafts": [],
   "inputs": [
    {{"role": "data", "path": "brief.yaml", "sha256": "{B}", "bytes": 12}},
    {{"role": "source", "path": "s\\udcff.txt", "sha256": null, "bytes": 0}}
   ],
   "options": {{
    "formats": [
     "pdf"
    ],
    "strict": false,
    "house": {{
     "look": {{"red": 1}}
    }}
   }},
   "versions": {{
    "babel": "2.16",
    "weasyprint": "70.0"
   }},
   "checks": {{
    "problems": [
     {{"code": "x", "place": null}}
    ],
    "quotes": []
   }}
  }}
 }}
}}
"""
MANIFEST = Manifest().with_entry(ENTRY)


def test_a_ledger_is_written_one_thing_a_line_and_read_back() -> None:
    # A copy, since an entry keeps the text that it was once written as.
    assert Manifest().with_entry(replace(ENTRY)).as_bytes().decode() == WRITTEN
    with pytest.raises(ValueError, match="not JSON"):
        Manifest().with_entry(replace(ENTRY, options={"a": math.nan})).as_bytes()
    assert parse(MANIFEST.as_bytes()) == MANIFEST
    assert Manifest().as_bytes() == b'{\n "generator": "briefing",\n "version": 1,\n "briefs": {}\n}\n'
    assert parse(Manifest().as_bytes()) == Manifest()


def test_briefs_stand_by_name_and_a_new_entry_takes_the_place_of_the_old() -> None:
    both = MANIFEST.with_entry(replace(ENTRY, name="dam"))
    assert list(json.loads(both.as_bytes())["briefs"]) == ["dam", "river"]
    assert MANIFEST.with_entry(replace(ENTRY, title="New")).briefs["river"].title == "New"
    assert list(MANIFEST.briefs) == ["river"]


def test_beside_another_marking_no_record_has_words_of_its_brief() -> None:
    problem = Problem("syntax", "the words of it", "a hint", place=Place("brief.yaml", 3, 2)).as_json()
    checks = {"problems": [problem], "waived": [{"reason": "words"}], "quotes": [{"text": "words"}]}
    whole = replace(ENTRY, checks=checks, options={**ENTRY.options, "overrides": ["title=Words"]})
    public = replace(ENTRY, name="public", options={**ENTRY.options, "marking": "PUBLIC"}, checks=checks)
    alone = Manifest(1, MappingProxyType({})).with_entry(whole)
    assert alone.briefs == {"river": whole}
    assert alone.with_entry(replace(whole, name="other")).briefs == {
        "river": whole,
        "other": replace(whole, name="other"),
    }
    kept = Problem("syntax", CODES["syntax"], place=Place("brief.yaml", 3, 2)).as_json()
    both = alone.with_entry(public).briefs
    assert both["river"].checks == {"problems": [kept], "waived": [], "quotes": []}
    assert both["river"].options == {**ENTRY.options, "overrides": []}
    assert both["public"] == replace(public, checks=both["river"].checks)
    assert both["public"].without_words() is both["public"] and both["river"].without_words() is both["river"]
    for odd in ([{"code": 5}], None, [{**problem, "severity": "odd"}]):
        strange = replace(whole, checks={"problems": odd, "more": 1})
        assert strange.without_words().checks == {"problems": [], "waived": [], "quotes": []}


def test_outputs_are_known_by_their_folder() -> None:
    assert [each.file for each in ENTRY.known] == ["river.pdf", "X.docx"]
    assert [each.path for each in ENTRY.outputs_in(Path("out"))] == [Path("out/river.pdf")]


def broken(way: str, value: Any = ...) -> bytes:
    """The ledger with the value at `way` changed, or left out."""
    values = json.loads(WRITTEN)
    *above, last = way.split(".")
    inner: Any = values
    for step in above:
        inner = inner[int(step) if step.isdigit() else step]
    if value is ...:
        del inner[last]
    else:
        inner[int(last) if last.isdigit() else last] = copy.deepcopy(value)
    return json.dumps(values).encode()


KEYS = list(json.loads(WRITTEN)["briefs"]["river"])
LISTED = [f"inputs.0.{key}" for key in ("role", "path", "sha256", "bytes")] + [
    f"outputs.0.{key}" for key in ("format", "file", "sha256", "bytes", "pages", "modified_ns")
]


def shown(key: str) -> str:
    """A way as messages write it: places in lists in brackets."""
    return key.replace(".0.", "[0].")


def test_a_record_from_before_there_were_drafts_has_none() -> None:
    assert parse(broken("briefs.river.drafts")).briefs["river"].drafts == ()


@pytest.mark.parametrize("key", [key for key in (*KEYS, *LISTED) if key != "drafts"])
def test_a_missing_value_is_named(key: str) -> None:
    with pytest.raises(ValueError, match="missing") as error:
        parse(broken(f"briefs.river.{key}"))
    assert str(error.value) == f"briefs.river.{shown(key)} is missing"


@pytest.mark.parametrize("key", [*KEYS, *LISTED])
@pytest.mark.parametrize("value", [True, 1.5, None], ids=str)
def test_a_value_of_the_wrong_kind_is_named(key: str, value: Any) -> None:
    if value is None and key in ("number", "series", "inputs.0.sha256", "outputs.0.pages"):
        parse(broken(f"briefs.river.{key}", None))
        return
    with pytest.raises(ValueError, match="wrong kind") as error:
        parse(broken(f"briefs.river.{key}", value))
    assert str(error.value) == f"briefs.river.{shown(key)} is of the wrong kind"


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("date", "2026-3", "has a value that does not fit"),
        ("date", "2026-03-14x", "has a value that does not fit"),
        ("built", "2026-03-14 09:26:53", "has a value that does not fit"),
        ("built", "2026-03-14T09:26:53Z ", "has a value that does not fit"),
        ("fingerprint", "A" * 64, "is not a SHA-256"),
        ("fingerprint", "a" * 63, "is not a SHA-256"),
        ("versions", {"a": 1}, "holds something that is not text"),
        ("inputs.0.sha256", "x", "is not a SHA-256"),
        ("outputs.0.sha256", "x", "is not a SHA-256"),
        *(("outputs.0.file", name, "is not the name of a file") for name in ("", ".", "..", "a/b", "a\\b", "a\0")),
    ],
)
def test_a_value_that_does_not_fit_is_named(key: str, value: Any, fault: str) -> None:
    with pytest.raises(ValueError, match=fault) as error:
        parse(broken(f"briefs.river.{key}", value))
    assert str(error.value) == f"briefs.river.{shown(key)} {fault}"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff", "it is not UTF-8"),
        (b"{\n x", "it is not JSON: Expecting property name enclosed in double quotes in line 2"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[]", "it is not one that briefing wrote"),
        (b'{"generator": "other"}', "it is not one that briefing wrote"),
        (b'{"generator": "briefing", "version": 2}', "its version is 2, and this program knows 1"),
        (b'{"generator": "briefing", "version": NaN}', "NaN is not a number that JSON has"),
        (b'{"generator": "briefing", "version": 1}', "briefs is missing"),
        (b'{"generator": "briefing", "version": 1, "briefs": []}', "briefs is of the wrong kind"),
        (broken("briefs.river", 1), "briefs.river is not an object"),
        (broken("briefs.river.inputs.1", 1), "briefs.river.inputs[1].role is missing"),
        (broken("briefs.river.outputs.0", 1), "briefs.river.outputs[0].file is missing"),
    ],
)
def test_what_is_no_ledger_is_told(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        parse(data)
    assert str(error.value) == what
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(DataError) as fault:
        read_manifest(tmp_path)
    (problem,) = fault.value.problems
    assert (problem.code, problem.message) == ("manifest", what)
    assert problem.hint == "move it away, or write to another folder: manifest.json is where briefing keeps its ledger"
    assert problem.place and problem.place.file == str(tmp_path / "manifest.json")
    assert recorded(tmp_path, "river") is None


def test_a_folder_without_a_ledger_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None and recorded(tmp_path, "river") is None
    assert read_manifest(tmp_path / "nowhere") is None


def test_what_was_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_alone: list[bool] = []

    def written(files: dict[Path, bytes], *, alone: bool = False) -> None:
        kept_alone.append(alone)
        write_all(files, alone=alone)

    monkeypatch.setattr(ledger, "_last_read", [])
    monkeypatch.setattr(ledger, "write_all", written)
    write_manifest(tmp_path, MANIFEST, alone=True)
    assert kept_alone == [True], "the next run must know for litter what this one leaves"
    assert (tmp_path / "manifest.json").read_bytes() == WRITTEN.encode()
    monkeypatch.setattr(ledger, "_last_read", [])
    assert read_manifest(tmp_path) == MANIFEST
    assert read_manifest(tmp_path) is read_manifest(tmp_path)
    assert recorded(tmp_path, "river") == ENTRY and recorded(tmp_path, "dam") is None
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(DataError, match="it cannot be read: it is a folder, not a file"):
        read_manifest(tmp_path)


def test_inputs_are_hashed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"river")
    digest = hashlib.sha256(b"river").hexdigest()
    assert hash_input("source", tmp_path, "a.txt") == InputFile("source", "a.txt", digest, 5)
    assert hash_input("figure", tmp_path, "b.png") == InputFile("figure", "b.png", None, 0)
    assert hash_input("figure", tmp_path, "a.txt/b.png") == InputFile("figure", "a.txt/b.png", None, 0)
    assert hash_file(tmp_path / "a.txt") == digest and hash_file(tmp_path / "b") is None
    (tmp_path / "folder").mkdir()
    for path, code, what in (
        ("folder", "not-a-file", "it is a folder, not a file"),
        ("a\0b", "unreadable", "no file can have that name"),
    ):
        with pytest.raises(DataError) as error:
            hash_input("source", tmp_path, path)
        (problem,) = error.value.problems
        assert (problem.code, problem.message) == (code, f"the file cannot be read: {what}")
        assert problem.hint and problem.place and problem.place.file == str(tmp_path / path)


def test_the_way_to_a_data_file_is_relative(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert path_from(tmp_path / "out", tmp_path / "a" / "brief.yaml") == "../a/brief.yaml"
