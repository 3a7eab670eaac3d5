"""A redline made and taken there and back."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import UTC, datetime

from lxml import etree
from msgspec.structs import replace

from briefing.document.tree import Document
from briefing.formats.docx.read_revisions import accepted, rejected, verify_redline
from briefing.formats.docx.redline import redline
from tests.docx.opened import POLICY, W, written
from tests.docx.redline.reading import Reading

_LAYOUT = dataclasses.replace(POLICY.tokens.layout, columns=1, source_columns=1, half_figures="below")
ONE_COLUMN = replace(POLICY, tokens=dataclasses.replace(POLICY.tokens, layout=_LAYOUT))
"""What a redline is set in: both states are read side by side."""
DATE = datetime(2026, 3, 14, tzinfo=UTC)


def made(old: Document, new: Document, reference: bytes | None = None) -> bytes:
    """The redline of two documents, in our styles or those of a house."""
    return redline(old, new, POLICY, reference, house=reference is not None, date=DATE).data


def check_round_trip(old: Document, new: Document, reference: bytes | None = None) -> bytes:
    """The redline, after holding it against both documents and against their own files."""
    data = made(old, new, reference)
    assert verify_redline(old, new, data) == ()
    assert_same(accepted(data), written(new, reference, ONE_COLUMN).data)
    assert_same(rejected(data), written(old, reference, ONE_COLUMN).data)
    return data


def assert_same(found: bytes, wanted: bytes) -> None:
    """Two files say the same in the same look."""
    one, other = Reading(found), Reading(wanted)
    assert one.body == other.body
    assert one.notes == other.notes
    assert one.edges == other.edges


def parts_of(data: bytes) -> dict[str, etree._Element]:
    """The parts with text, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {name: etree.fromstring(package.read(name)) for name in names}


def changes(data: bytes) -> tuple[list[str], list[str]]:
    """The texts that are deleted and those that are inserted, mark by mark, in the order of the parts."""
    went, came = [], []
    for root in parts_of(data).values():
        went += [_text(each) for each in root.iter(f"{{{W}}}del") if _text(each)]
        came += [_text(each) for each in root.iter(f"{{{W}}}ins") if _text(each)]
    return went, came


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{{{W}}}t", f"{{{W}}}delText"))
