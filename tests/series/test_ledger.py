"""The manifest of an output folder: readable, stable, and read with suspicion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.run.ledger import Entry, InputFile, Manifest, Output, parse

A, B, C = "a" * 64, "b" * 64, "c" * 64
ENTRY = Entry(
    name="river-012",
    title="River «Weekly»",
    date="2026-03-14",
    number=12,
    series="River Weekly",
    data_file="../brief.yaml",
    built="2026-03-14T09:26:53Z",
    fingerprint=A,
    versions={"weasyprint": "70.0", "briefing": "0.1.0+00"},
    options={"formats": ["pdf", "docx"], "strict": False},
    inputs=(InputFile("data", "brief.yaml", B, 210), InputFile("settings", "briefing.toml", None, 0)),
    checks={"problems": [{"code": "unused-source"}], "waived": [], "quotes": []},
    outputs=(Output("pdf", Path("river-012.pdf"), C, 60_000, 3, 1_742_000_000_000_000_001),),
)
text = st.text(max_size=12)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
sizes = st.integers(0, 2**63)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
outputs = st.lists(
    st.builds(
        Output,
        text,
        text.filter(lambda name: name not in ("", ".", "..") and not set(name) & set("/\\\0")).map(Path),
        digests,
        sizes,
        st.none() | sizes,
        sizes,
    ),
    max_size=3,
).map(tuple)
entries = st.builds(
    Entry,
    name=text,
    title=text,
    date=st.sampled_from(["2026", "2026-03", "2026-03-14"]),
    number=st.none() | sizes,
    series=st.none() | text,
    data_file=text,
    built=st.just("2026-03-14T09:26:53Z"),
    fingerprint=digests,
    versions=st.dictionaries(text, text, max_size=3),
    options=st.dictionaries(text, json_values, max_size=3),
    inputs=st.lists(st.builds(InputFile, text, text, st.none() | digests, sizes), max_size=3).map(tuple),
    checks=st.dictionaries(text, json_values, max_size=3),
    outputs=outputs,
    pending=outputs,
    earlier=outputs,
)


@given(st.lists(entries, max_size=3))
def test_what_is_written_is_read_back_and_is_the_same_bytes_again(found: list[Entry]) -> None:
    manifest = Manifest(briefs={entry.name: entry for entry in found})
    data = manifest.as_bytes()
    assert parse(data) == manifest
    assert parse(data).as_bytes() == data
    assert Manifest(briefs=dict(reversed(list(manifest.briefs.items())))).as_bytes() == data


def test_it_can_be_read_by_a_person() -> None:
    lines = Manifest().with_entry(ENTRY).as_bytes().decode().splitlines()
    assert '   "title": "River «Weekly»",' in lines
    assert f'    {{"role": "data", "path": "brief.yaml", "sha256": "{B}", "bytes": 210}},' in lines
    assert '    "problems": [' in lines and '     {"code": "unused-source"}' in lines


def test_a_file_name_that_is_not_utf_8_is_kept() -> None:
    entry = replace(ENTRY, inputs=(InputFile("figure", "caf\udce9.png", B, 1),))
    assert parse(Manifest().with_entry(entry).as_bytes()).briefs[entry.name] == entry


def changed(*path: str | int, to: Any) -> bytes:
    values = json.loads(Manifest().with_entry(ENTRY).as_bytes())
    at = values
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return json.dumps(values).encode()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "not JSON"),
        (b"\xff", "not UTF-8"),
        (b"[]", "not one that briefing wrote"),
        (b'{"name": "an app", "icons": []}', "not one that briefing wrote"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"generator": "briefing", "version": NaN}', "NaN is not a number"),
        (changed("version", to=2), "its version is 2, and this program knows 1"),
        (changed("briefs", to=[]), "briefs is of the wrong kind"),
        (changed("briefs", "river-012", to=3), r"briefs\.river-012 is not an object"),
        (changed("briefs", "river-012", "number", to=True), r"briefs\.river-012\.number is of the wrong kind"),
        (changed("briefs", "river-012", "date", to="soon"), r"river-012\.date has a value that does not fit"),
        (changed("briefs", "river-012", "versions", "a", to=1), r"versions holds something that is not text"),
        (changed("briefs", "river-012", "inputs", 0, "sha256", to="x"), r"inputs\[0\]\.sha256 is not a SHA-256"),
        (changed("briefs", "river-012", "outputs", 0, to={}), r"outputs\[0\]\.file is missing"),
        (
            changed("briefs", "river-012", "outputs", 0, "file", to="../../x"),
            r"outputs\[0\]\.file is not the name of a file",
        ),
        (changed("briefs", "river-012", "pending", to=[1]), r"pending\[0\]\.file is missing"),
    ],
)
def test_anything_else_is_refused_and_said_what_is_wrong(data: bytes, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parse(data)
