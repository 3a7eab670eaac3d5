"""One rendering process for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.formats.pdf.process import PdfProcess


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running
