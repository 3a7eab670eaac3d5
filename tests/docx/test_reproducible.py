"""Equal inputs give equal bytes, wherever and whenever."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from briefing.formats.docx.embedded_fonts import MIXED, compressed_file
from briefing.formats.docx.package import archive
from briefing.themes.typeface import BUNDLED, bundled_files
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


def test_no_library_of_the_machine_compresses(monkeypatch: pytest.MonkeyPatch) -> None:
    given = (None, houses.data(houses.letterhead()))
    monkeypatch.delattr(zlib, "compressobj")
    monkeypatch.delattr(zlib, "compress")
    for reference in given:
        with zipfile.ZipFile(io.BytesIO(written(sample(), reference).data)) as package:
            assert package.testzip() is None


def test_the_compressed_fonts_are_the_bundled_ones() -> None:
    for family in BUNDLED:
        for font in bundled_files(family).values():
            assert zlib.decompress(compressed_file(font).read_bytes(), -zlib.MAX_WBITS) == font.data[MIXED:], (
                "run `make reference`"
            )


def test_large_parts_of_a_house_document_stay_compressed_as_they_are() -> None:
    house = houses.plain()
    logo = io.BytesIO()
    Image.linear_gradient("L").resize((600, 400)).save(logo, "BMP")
    house.sections[0].header.paragraphs[0].add_run().add_picture(logo)
    given = houses.data(house)
    with (
        zipfile.ZipFile(io.BytesIO(given)) as before,
        zipfile.ZipFile(io.BytesIO(written(sample(), given).data)) as after,
    ):
        (old,) = (each for each in before.infolist() if each.filename.endswith(".bmp"))
        (new,) = (each for each in after.infolist() if each.CRC == old.CRC)
        assert new.compress_size == old.compress_size < old.file_size / 10
        assert after.testzip() is None


def test_a_part_is_never_swapped_for_another_with_its_checksum() -> None:
    """A CRC-32 is easily forged: what is taken over compressed is told by its SHA-256."""
    forged, stream = b"a" * 64, zlib.compress(b"b" * 64, wbits=-15)
    data = archive([("part", forged)], {hashlib.sha256(b"b" * 64).digest(): stream})
    assert zipfile.ZipFile(io.BytesIO(data)).read("part") == forged
    swapped = archive([("part", b"b" * 64)], {hashlib.sha256(b"b" * 64).digest(): stream})
    with zipfile.ZipFile(io.BytesIO(swapped)) as package:
        assert package.read("part") == b"b" * 64 and package.infolist()[0].compress_size == len(stream)
