"""Equal inputs give equal bytes, wherever and whenever."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import written

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import hashlib
from pathlib import Path
from tests.document.sample import sample
from tests.docx.opened import written
print(hashlib.sha256(written(sample()).data).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_bytes_in_another_process_place_and_time(seed: str, tmp_path: Path) -> None:
    zone, language = {"1": ("Pacific/Kiritimati", "C"), "2": ("America/Adak", "C.UTF-8")}[seed]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LANG": language,
        "HOME": str(tmp_path),
        "PYTHONPATH": str(_ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(written(sample()).data).hexdigest()


def test_the_archive_tells_nothing_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(written(sample(), houses.data(houses.letterhead())).data)) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(0, 0o644 << 16)}
    assert entries[0].filename == "[Content_Types].xml"
    assert len({entry.filename for entry in entries}) == len(entries)


def test_the_tree_and_the_reference_document_are_left_as_they_were() -> None:
    document, reference = sample(), houses.data(houses.letterhead())
    first = written(document, reference)
    assert document == sample()
    assert written(document, reference) == first
