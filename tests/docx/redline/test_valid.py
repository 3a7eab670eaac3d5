"""A redline is valid, and so is what becomes of it when its changes are accepted or rejected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import compose_brief
from briefing.document.tree import Document
from briefing.formats.docx.read_revisions import accepted, rejected
from tests.docx.redline.pairs import BRIEF, document
from tests.docx.redline.trips import made
from tests.running import EXAMPLES
from tests.validators import open_xml_sdk, openxml_audit, word_assertions
from tests.validators.word_package import read_word_package
from tests.validators.word_structure import structure_faults

CASES: dict[str, Callable[[], tuple[Document, Document]]] = {
    "another brief": lambda: (
        compose_brief(EXAMPLES / "iss-withdrawal"),
        compose_brief(EXAMPLES / "veska-flood-storage"),
    ),
    "columns": lambda: (
        document(BRIEF),
        document({**BRIEF, "stakeholders": [{"name": "The city", "position": "Supports the basin."}]}),
    ),
    "headers": lambda: (document(BRIEF), document({**BRIEF, "handling": None, "sources": BRIEF["sources"]})),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_to_report(case: str, tmp_path: Path) -> None:
    old, new = CASES[case]()
    data = made(old, new)
    for name, state in (("redline", data), ("accepted", accepted(data)), ("rejected", rejected(data))):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(state)
        assert open_xml_sdk(path) == []
        assert openxml_audit(path) == []
        assert list(structure_faults(read_word_package(path))) == []
        assert name == "redline" or word_assertions(path) == []
